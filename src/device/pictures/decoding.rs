//! From a file to pixels: the right way up, and no larger than wanted.
//!
//! An image element tells a picture's size, as turned by its EXIF orientation, without decoding it.
//! `createImageBitmap` then decodes beside the page and gives back a small picture. Where that does
//! not work (Chromium before 111 does not know `from-image`), the element is drawn: browsers decode
//! what is drawn small at a fraction of its size, which is why nobody asks it to `decode()` before.

use async_lock::Mutex;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::super::named::{call, get, number, object, set, wait};
use super::canvas::Canvas;
use super::{ObjectUrl, Unreadable};

/// Held by who has a large picture open.
static OPEN: Mutex<()> = Mutex::new(());

/// The picture with its long edge at most `long_edge`.
pub(super) async fn decode(blob: &Blob, long_edge: u32) -> Result<Canvas, Unreadable> {
    let _turn = OPEN.lock().await;
    let url = ObjectUrl::of_blob(blob).ok_or(Unreadable::Unknown)?;
    let image = Loaded::from(&url).await.map_err(|_| Unreadable::Unknown)?;
    let size = within(image.size(), long_edge).ok_or(Unreadable::Unknown)?;
    let canvas = Canvas::white(size).map_err(|_| Unreadable::Unknown)?;
    let drawn = match Bitmap::of(blob, size).await {
        Some(bitmap) => bitmap.draw(&canvas),
        None => image.draw(&canvas, size),
    };
    drawn.map_err(|_| Unreadable::Unknown)?;
    Ok(canvas)
}

/// The size of a picture whose long edge is at most `long_edge`, of the same shape. None where the
/// picture has no size.
fn within((width, height): (u32, u32), long_edge: u32) -> Option<(u32, u32)> {
    let longest = width.max(height);
    if width == 0 || height == 0 {
        return None;
    }
    let scale = (f64::from(long_edge) / f64::from(longest)).min(1.0);
    let scaled = |edge: u32| ((f64::from(edge) * scale).round() as u32).max(1);
    Some((scaled(width), scaled(height)))
}

/// An image element whose size is known. It lets go of the picture when it is dropped.
struct Loaded(JsValue);

impl Loaded {
    async fn from(url: &ObjectUrl) -> Result<Self, JsValue> {
        let document = get(&js_sys::global(), "document")?;
        let image = Self(call(&document, "createElement", &["img".into()])?);
        let loaded = Promise::new(&mut |resolve, reject| {
            let followed = set(&image.0, "onload", resolve)
                .and_then(|()| set(&image.0, "onerror", &reject))
                .and_then(|()| set(&image.0, "src", url.as_str()));
            if let Err(error) = followed {
                // Nothing in a rejected promise throws.
                let _ = reject.call1(&JsValue::NULL, &error);
            }
        });
        JsFuture::from(loaded).await?;
        Ok(image)
    }

    fn size(&self) -> (u32, u32) {
        (number(&self.0, "naturalWidth") as u32, number(&self.0, "naturalHeight") as u32)
    }

    fn draw(&self, canvas: &Canvas, (width, height): (u32, u32)) -> Result<(), JsValue> {
        let place = [self.0.clone(), 0.into(), 0.into(), width.into(), height.into()];
        call(&canvas.context()?, "drawImage", &place).map(|_| ())
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        // Nothing to be done where it is gone already.
        let _ = set(&self.0, "onerror", JsValue::NULL).and_then(|()| set(&self.0, "src", ""));
    }
}

/// Pixels of a size that was asked for.
struct Bitmap(JsValue);

impl Bitmap {
    /// None where the browser cannot, or does something else than it was asked.
    async fn of(blob: &Blob, (width, height): (u32, u32)) -> Option<Self> {
        let wanted = object(&[
            ("imageOrientation", "from-image".into()),
            ("resizeWidth", width.into()),
            ("resizeHeight", height.into()),
            ("resizeQuality", "medium".into()),
        ]);
        let arguments = [blob.into(), wanted.ok()?];
        let bitmap = Self(wait(&js_sys::global(), "createImageBitmap", &arguments).await.ok()?);
        let size = (number(&bitmap.0, "width") as u32, number(&bitmap.0, "height") as u32);
        (size == (width, height)).then_some(bitmap)
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), JsValue> {
        let place = [self.0.clone(), 0.into(), 0.into()];
        call(&canvas.context()?, "drawImage", &place).map(|_| ())
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        // Only old browsers have none.
        let _ = call(&self.0, "close", &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_picture_keeps_its_shape_and_never_grows() {
        assert_eq!(within((4000, 3000), 1600), Some((1600, 1200)));
        assert_eq!(within((3000, 4000), 1600), Some((1200, 1600)));
        assert_eq!(within((320, 200), 1600), Some((320, 200)));
        assert_eq!(within((9000, 3), 480), Some((480, 1)));
        assert_eq!(within((0, 3), 480), None);
    }
}
