//! Pixels that are worked on.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::super::content::Content;
use super::super::named::{call, get, set};
use super::{JPEG_QUALITY, Picture, Unreadable};

/// Pixels that nobody sees. Their memory is given back when this is dropped: a canvas that merely
/// nobody refers to keeps it until the next collection, and iPhones count it.
pub(crate) struct Canvas(pub(in super::super) JsValue);

impl Canvas {
    /// White: what is transparent in a picture would come out black.
    pub(in super::super) fn white((width, height): (u32, u32)) -> Result<Self, JsValue> {
        let document = get(&js_sys::global(), "document")?;
        let canvas = Self(call(&document, "createElement", &["canvas".into()])?);
        set(&canvas.0, "width", width)?;
        set(&canvas.0, "height", height)?;
        let context = canvas.context()?;
        set(&context, "fillStyle", "#fff")?;
        call(&context, "fillRect", &[0, 0, width, height].map(JsValue::from))?;
        Ok(canvas)
    }

    pub(in super::super) fn context(&self) -> Result<JsValue, JsValue> {
        call(&self.0, "getContext", &["2d".into()])
    }

    /// Encoded as `image/jpeg` or `image/png`; the quality, from 0 to 1, is of the former.
    pub(super) async fn encoded(&self, media_type: &str, quality: f64) -> Result<Blob, Unreadable> {
        encoded(&self.0, media_type, quality).await
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        // Nothing to be done where it is gone already.
        let _ = set(&self.0, "width", 0).and_then(|()| set(&self.0, "height", 0));
    }
}

/// What is drawn on a canvas of the page.
pub(crate) async fn of_canvas(
    canvas: &JsValue,
    media_type: &'static str,
) -> Result<Picture, Unreadable> {
    let content = Content(encoded(canvas, media_type, JPEG_QUALITY).await?);
    Ok(Picture { media_type, content })
}

async fn encoded(canvas: &JsValue, media_type: &str, quality: f64) -> Result<Blob, Unreadable> {
    let promise = Promise::new(&mut |resolve, reject| {
        let arguments = [resolve.into(), media_type.into(), quality.into()];
        if let Err(error) = call(canvas, "toBlob", &arguments) {
            // Nothing in a rejected promise throws.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    let blob = JsFuture::from(promise).await.map_err(|_| Unreadable::Unknown)?;
    // Nothing, where it cannot be encoded.
    blob.dyn_into().map_err(|_| Unreadable::Unknown)
}
