//! How mailbags leave the phone: as a file, by its own way of sharing where it has one for them, else
//! as a download; and as codes that are drawn.

use js_sys::{Array, Function, Reflect, Uint8ClampedArray};
use leptos::html::Canvas;
use leptos::prelude::{GetUntracked, NodeRef};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::codes::Modules;
use super::content::{Content, Pile};
use super::named::{call, get, object, set, wait};
use super::object_url::ObjectUrl;

/// What it is called on the way; no system has a name of its own for it.
const KIND: &str = "application/octet-stream";

/// Hands a mailbag to whatever the person chooses, as a file called `name`; saves it where there is
/// nothing to choose. False where neither can be done. A person who changes their mind has what they
/// wanted.
pub(crate) async fn hand_over(pile: &Pile, name: &str) -> bool {
    match pile.whole(KIND) {
        Some(Content(blob)) => share(&blob, name).await || save(&blob, name),
        None => false,
    }
}

/// True also where the person has closed the sheet again.
async fn share(blob: &Blob, name: &str) -> bool {
    let shared = async {
        let navigator = get(&js_sys::global(), "navigator")?;
        let constructor: Function = get(&js_sys::global(), "File")?.dyn_into()?;
        let parts = Array::of1(blob);
        let about = object(&[("type", KIND.into())])?;
        let arguments = Array::of3(&parts, &name.into(), &about);
        let file = Reflect::construct(&constructor, &arguments)?;
        let what = object(&[("files", Array::of1(&file).into())])?;
        if call(&navigator, "canShare", std::slice::from_ref(&what))? != JsValue::TRUE {
            return Err(JsValue::NULL);
        }
        wait(&navigator, "share", &[what]).await
    };
    match shared.await {
        Ok(_) => true,
        Err(error) => get(&error, "name").is_ok_and(|name| name == "AbortError"),
    }
}

fn save(blob: &Blob, name: &str) -> bool {
    let saved = || -> Result<(), JsValue> {
        let url = ObjectUrl::of_blob(blob).ok_or(JsValue::NULL)?;
        let document = get(&js_sys::global(), "document")?;
        let link = call(&document, "createElement", &["a".into()])?;
        set(&link, "href", url.as_str())?;
        set(&link, "download", name)?;
        call(&link, "click", &[])?;
        // The browser reads it while the page lives.
        std::mem::forget(url);
        Ok(())
    };
    saved().is_ok()
}

/// A code needs this much around it (ISO/IEC 18004, section 5.3.8), in modules.
const QUIET: usize = 4;

/// Draws a code, one pixel for a module: the style makes it as large as there is room.
pub(crate) fn draw(canvas: NodeRef<Canvas>, code: &Modules) {
    let Some(canvas) = canvas.get_untracked() else { return };
    let drawn = || -> Result<(), JsValue> {
        let side = code.side + 2 * QUIET;
        let mut pixels = vec![u8::MAX; side * side * 4];
        for (at, _) in code.dark.iter().enumerate().filter(|(_, dark)| **dark == 1) {
            let (x, y) = (at % code.side + QUIET, at / code.side + QUIET);
            let pixel = (y * side + x) * 4;
            pixels[pixel..pixel + 3].fill(0);
        }
        let side = JsValue::from(side as u32);
        set(&canvas, "width", side.clone())?;
        set(&canvas, "height", side.clone())?;
        let kind: Function = get(&js_sys::global(), "ImageData")?.dyn_into()?;
        let pixels = Uint8ClampedArray::from(&pixels[..]);
        let image = Reflect::construct(&kind, &Array::of2(&pixels, &side))?;
        let context = call(&canvas, "getContext", &["2d".into()])?;
        call(&context, "putImageData", &[image, 0.into(), 0.into()])?;
        Ok(())
    };
    // A browser that cannot draw shows nothing; the file is there.
    let _ = drawn();
}
