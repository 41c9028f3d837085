//! Pictures: from a camera or a gallery, made small enough for a weak link, without what the
//! camera wrote into them (where, when, by which phone).

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, Event, File, HtmlCanvasElement, HtmlImageElement,
    HtmlInputElement,
};

use super::object_url::ObjectUrl;

/// The long edge where a form says nothing, in pixels: a page of a document stays readable.
const LONG_EDGE: u32 = 1600;
/// As ODK Collect does for `max-pixels`.
const JPEG_QUALITY: f64 = 0.8;

/// A file that a person chose.
pub(crate) struct ChosenFile(File);

/// A picture, ready to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// The browser cannot read the picture: another format, or a damaged file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreadable;

/// The files that were chosen with the `<input type=file>` that this `change` event is of. The
/// input forgets them, so that the same file can be chosen again.
pub(crate) fn chosen(event: &Event) -> Vec<ChosenFile> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return Vec::new() };
    let files = input.files();
    let files = files.iter().flat_map(|files| (0..files.length()).filter_map(|at| files.get(at)));
    let chosen = files.map(ChosenFile).collect();
    input.set_value("");
    chosen
}

impl ChosenFile {
    /// Such as `audio/mpeg`; empty where the browser does not know.
    pub(crate) fn media_type(&self) -> String {
        self.0.type_()
    }

    /// What it is called on the phone.
    pub(crate) fn name(&self) -> String {
        self.0.name()
    }

    /// In bytes.
    pub(crate) fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// The bytes as they are.
    pub(crate) async fn bytes(&self) -> Result<Vec<u8>, Unreadable> {
        read(&self.0).await.map_err(|_| Unreadable)
    }

    /// The picture as a JPEG, right way up, its long edge at most `max_pixels`.
    pub(crate) async fn picture(&self, max_pixels: Option<u32>) -> Result<Picture, Unreadable> {
        let url = ObjectUrl::of_blob(&self.0).ok_or(Unreadable)?;
        let image = HtmlImageElement::new().map_err(|_| Unreadable)?;
        image.set_src(url.as_str());
        JsFuture::from(image.decode()).await.map_err(|_| Unreadable)?;
        let canvas = scaled(&image, max_pixels.unwrap_or(LONG_EDGE)).map_err(|_| Unreadable)?;
        of_canvas(&canvas, "image/jpeg").await
    }
}

/// What is drawn on a canvas, as `image/jpeg` or `image/png`.
pub(crate) async fn of_canvas(
    canvas: &HtmlCanvasElement,
    media_type: &'static str,
) -> Result<Picture, Unreadable> {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let resolved = Closure::once_into_js(move |blob: JsValue| {
            // Nothing in a resolved promise throws.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let quality = JsValue::from_f64(JPEG_QUALITY);
        let asked = canvas.to_blob_with_type_and_encoder_options(
            resolved.unchecked_ref(),
            media_type,
            &quality,
        );
        if asked.is_err() {
            let resolved: js_sys::Function = resolved.unchecked_into();
            let _ = resolved.call1(&JsValue::NULL, &JsValue::NULL);
        }
    });
    let blob = JsFuture::from(promise).await.map_err(|_| Unreadable)?;
    let blob: Blob = blob.dyn_into().map_err(|_| Unreadable)?;
    let bytes = read(&blob).await.map_err(|_| Unreadable)?;
    Ok(Picture { media_type, bytes })
}

/// Browsers turn an image element the right way up by themselves, also when it is drawn.
fn scaled(image: &HtmlImageElement, long_edge: u32) -> Result<HtmlCanvasElement, JsValue> {
    let (width, height) = (f64::from(image.natural_width()), f64::from(image.natural_height()));
    let scale = (f64::from(long_edge) / width.max(height)).min(1.0);
    let (width, height) = ((width * scale).max(1.0).round(), (height * scale).max(1.0).round());
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::NULL)?;
    let canvas: HtmlCanvasElement = document.create_element("canvas")?.dyn_into()?;
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.dyn_into()?;
    // What is transparent would come out black.
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, width, height)?;
    Ok(canvas)
}

pub(super) async fn read(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
