//! Reading QR codes and bar codes: by the browser where it can, else by a WebAssembly file of our
//! own (`crates/codes`), which is loaded when it is first needed.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::named::{call, get, number, object, wait};
use super::pictures::Canvas;
use super::shell;

/// What `cargo xtask precache` puts beside the app.
const PATH: &str = "/codes.wasm";

/// The reader could not be had. Asking again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoReader;

/// What reads codes.
pub(crate) enum Reader {
    /// `BarcodeDetector`.
    Browser(JsValue),
    /// What our own file exports.
    Ours(JsValue),
}

thread_local! {
    static READER: RefCell<Option<Rc<Reader>>> = const { RefCell::new(None) };
}

impl Reader {
    /// The better one of the two that this phone has.
    pub(crate) async fn get() -> Result<Rc<Self>, NoReader> {
        if let Some(reader) = READER.with_borrow(Clone::clone) {
            return Ok(reader);
        }
        let reader = match browser().await {
            Some(detector) => Self::Browser(detector),
            None => Self::Ours(ours().await.ok_or(NoReader)?),
        };
        let reader = Rc::new(reader);
        READER.set(Some(Rc::clone(&reader)));
        Ok(reader)
    }

    /// What the first code in a picture says.
    pub(crate) async fn read(&self, picture: &Canvas) -> Option<String> {
        let words = match self {
            Self::Browser(detector) => {
                let found: Array = wait(detector, "detect", std::slice::from_ref(&picture.0))
                    .await
                    .ok()?
                    .dyn_into()
                    .ok()?;
                get(&found.iter().next()?, "rawValue").ok()?.as_string()
            }
            Self::Ours(exports) => read(exports, picture).ok().flatten(),
        };
        words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
    }
}

/// Some browsers have the name and nothing behind it.
async fn browser() -> Option<JsValue> {
    let detector: Function = get(&js_sys::global(), "BarcodeDetector").ok()?.dyn_into().ok()?;
    let formats: Array = wait(&detector, "getSupportedFormats", &[]).await.ok()?.dyn_into().ok()?;
    let has_qr = formats.iter().any(|format| format == "qr_code");
    has_qr.then(|| Reflect::construct(&detector, &Array::new()).ok()).flatten()
}

async fn ours() -> Option<JsValue> {
    let bytes = shell::file(PATH).await?;
    let module = Uint8Array::from(&bytes[..]).into();
    let assembly = get(&js_sys::global(), "WebAssembly").ok()?;
    let made = wait(&assembly, "instantiate", &[module, object(&[]).ok()?]).await.ok()?;
    get(&get(&made, "instance").ok()?, "exports").ok()
}

fn read(exports: &JsValue, picture: &Canvas) -> Result<Option<String>, JsValue> {
    let (width, height) = (number(&picture.0, "width"), number(&picture.0, "height"));
    let place = [0.0, 0.0, width, height].map(JsValue::from);
    let pixels = get(&call(&picture.context()?, "getImageData", &place)?, "data")?;
    let room = call(exports, "room", &[get(&pixels, "length")?])?;
    // Whatever takes room may move the memory, so that it is asked for each time.
    let memory = || {
        let buffer = get(&get(exports, "memory")?, "buffer")?;
        Ok::<JsValue, JsValue>(Uint8Array::new(&buffer).into())
    };
    call(&memory()?, "set", &[pixels, room])?;
    let length = call(exports, "read_code", &[width.into()])?.as_f64().unwrap_or_default();
    if length == 0.0 {
        return Ok(None);
    }
    let from = call(exports, "words", &[])?.as_f64().unwrap_or_default();
    let words = call(&memory()?, "slice", &[from.into(), (from + length).into()])?;
    Ok(String::from_utf8(words.unchecked_into::<Uint8Array>().to_vec()).ok())
}
