//! The words of the page's language, which `public/boot.js` loads before the app starts, and what
//! the browser knows about the language.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The language of the page, as BCP 47 names it.
pub(crate) fn of_page() -> Option<String> {
    web_sys::window()?.document()?.document_element()?.get_attribute("lang")
}

/// The words that were loaded, by key. None for Chinese.
pub(crate) fn words() -> Option<Vec<(String, String)>> {
    let words = Reflect::get(&js_sys::global(), &"words".into()).ok()?;
    let words = words.dyn_into::<Object>().ok()?;
    let pair = |entry: JsValue| {
        let entry: Array = entry.unchecked_into();
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    };
    Some(Object::entries(&words).iter().filter_map(pair).collect())
}

/// The plural category of a number in the language of the page: `one`, `few`, `other`.
pub(crate) fn plural(number: u64) -> String {
    let language = of_page().unwrap_or_default();
    let rules = Intl::PluralRules::new(&Array::of1(&language.into()), &Object::new());
    let category = Reflect::get(&rules, &"select".into()).ok().and_then(|select| {
        select.dyn_into::<Function>().ok()?.call1(&rules, &JsValue::from(number as f64)).ok()
    });
    category.and_then(|category| category.as_string()).unwrap_or_else(|| "other".to_owned())
}
