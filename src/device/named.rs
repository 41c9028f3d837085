//! What of the browser only the second file needs, called by its name. A binding of `web_sys` brings
//! along a function in the glue that the first visit loads (`docs/decisions/0007-size.md`); a name is
//! text in the second file.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A property.
pub(super) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// A property that is a number; nothing where it is none.
pub(super) fn number(of: &JsValue, name: &str) -> f64 {
    get(of, name).ok().and_then(|value| value.as_f64()).unwrap_or_default()
}

/// Sets a property.
pub(super) fn set(of: &JsValue, name: &str, value: impl Into<JsValue>) -> Result<(), JsValue> {
    Reflect::set(of, &name.into(), &value.into()).map(|_| ())
}

/// Calls a method.
pub(super) fn call(of: &JsValue, name: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(of, name)?.dyn_into()?;
    method.apply(of, &arguments.iter().collect::<Array>())
}

/// Calls a method that promises something, and waits for that.
pub(super) async fn wait(
    of: &JsValue,
    name: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::resolve(&call(of, name, arguments)?)).await
}

/// An object of these properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = Object::new().into();
    for (name, value) in properties {
        set(&object, name, value)?;
    }
    Ok(object)
}
