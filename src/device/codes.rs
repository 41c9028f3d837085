//! QR codes and bar codes: read by the browser where it can, else by a WebAssembly file of our own
//! (`crates/codes`), which also shows mailbags as runs of codes and puts them together. It is loaded
//! when it is first needed.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use super::named::{call, get, number, object, wait};
use super::pictures::Canvas;
use super::shell;

/// What `cargo xtask precache` puts beside the app.
const PATH: &str = "/codes.wasm";

/// The file could not be had. Asking again may help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoReader;

/// What reads codes.
pub(crate) enum Reader {
    /// `BarcodeDetector`.
    Browser(JsValue),
    /// Our own file.
    Ours(Rc<Codes>),
}

/// What our own file exports.
pub(crate) struct Codes(JsValue);

/// A code, row by row: whether each of its modules is dark.
pub(crate) struct Modules {
    pub(crate) side: usize,
    pub(crate) dark: Vec<u8>,
}

/// How far a film of a mailbag is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// The code is none of a mailbag.
    Nothing,
    /// So many percent.
    Part(u8),
    /// The mailbag.
    Whole(Vec<u8>),
}

thread_local! {
    static READER: RefCell<Option<Rc<Reader>>> = const { RefCell::new(None) };
    static CODES: RefCell<Option<Rc<Codes>>> = const { RefCell::new(None) };
}

impl Reader {
    /// The better one of the two that this phone has.
    pub(crate) async fn get() -> Result<Rc<Self>, NoReader> {
        if let Some(reader) = READER.with_borrow(Clone::clone) {
            return Ok(reader);
        }
        let reader = match browser().await {
            Some(detector) => Self::Browser(detector),
            None => Self::Ours(Codes::get().await?),
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
            Self::Ours(codes) => codes.read(picture).ok().flatten(),
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

impl Codes {
    /// The file, loaded where it is not yet.
    pub(crate) async fn get() -> Result<Rc<Self>, NoReader> {
        if let Some(codes) = CODES.with_borrow(Clone::clone) {
            return Ok(codes);
        }
        let codes = Rc::new(load().await.ok_or(NoReader)?);
        CODES.set(Some(Rc::clone(&codes)));
        Ok(codes)
    }

    fn read(&self, picture: &Canvas) -> Result<Option<String>, JsValue> {
        let (width, height) = (number(&picture.0, "width"), number(&picture.0, "height"));
        let place = [0.0, 0.0, width, height].map(JsValue::from);
        let pixels = get(&call(&picture.context()?, "getImageData", &place)?, "data")?;
        self.give(pixels)?;
        let words = self.made("read_code", &[width.into()], |length| length)?;
        Ok(words.and_then(|words| String::from_utf8(words).ok()))
    }

    /// Begins to show a mailbag. Tells how many codes it has at least; none where it is too long.
    pub(crate) fn show(&self, bag: &[u8]) -> Option<usize> {
        self.give(Uint8Array::from(bag).into()).ok()?;
        let least = call(&self.0, "show_mailbag", &[]).ok()?.as_f64()?;
        (least > 0.0).then_some(least as usize)
    }

    /// The next code of the mailbag that is shown.
    pub(crate) fn next(&self) -> Option<Modules> {
        let mut side = 0.0;
        let dark = self.made("next_code", &[], |own| {
            side = own;
            own * own
        });
        Some(Modules { dark: dark.ok()??, side: side as usize })
    }

    /// Begins to film another mailbag.
    pub(crate) fn film(&self) {
        // It takes nothing and fails at nothing.
        let _ = call(&self.0, "film_mailbag", &[]);
    }

    /// Takes in what a code says.
    pub(crate) fn see(&self, words: &str) -> Seen {
        if self.give(Uint8Array::from(words.as_bytes()).into()).is_err() {
            return Seen::Nothing;
        }
        let mut told = -1.0;
        let bag = self.made("see_code", &[], |own| {
            told = own;
            own - 100.0
        });
        match bag {
            Ok(Some(bag)) => Seen::Whole(bag),
            Ok(None) if told >= 0.0 => Seen::Part(told as u8),
            _ => Seen::Nothing,
        }
    }

    /// Writes bytes where the file has room for them.
    fn give(&self, bytes: JsValue) -> Result<(), JsValue> {
        let room = call(&self.0, "room", &[get(&bytes, "length")?])?;
        call(&self.memory()?, "set", &[bytes, room])?;
        Ok(())
    }

    /// Calls a function that makes bytes; `length` tells from its answer how many. None where there
    /// are none.
    fn made(
        &self,
        function: &str,
        arguments: &[JsValue],
        length: impl FnOnce(f64) -> f64,
    ) -> Result<Option<Vec<u8>>, JsValue> {
        let length = length(call(&self.0, function, arguments)?.as_f64().unwrap_or_default());
        if length <= 0.0 {
            return Ok(None);
        }
        let from = call(&self.0, "made", &[])?.as_f64().unwrap_or_default();
        let made = call(&self.memory()?, "slice", &[from.into(), (from + length).into()])?;
        Ok(Some(made.unchecked_into::<Uint8Array>().to_vec()))
    }

    /// Whatever takes room may move it, so that it is asked for each time.
    fn memory(&self) -> Result<JsValue, JsValue> {
        let buffer = get(&get(&self.0, "memory")?, "buffer")?;
        Ok(Uint8Array::new(&buffer).into())
    }
}

async fn load() -> Option<Codes> {
    let bytes = shell::file(PATH).await?;
    let module = Uint8Array::from(&bytes[..]).into();
    let assembly = get(&js_sys::global(), "WebAssembly").ok()?;
    let made = wait(&assembly, "instantiate", &[module, object(&[]).ok()?]).await.ok()?;
    get(&get(&made, "instance").ok()?, "exports").ok().map(Codes)
}
