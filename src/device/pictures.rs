//! Pictures: from a camera or a gallery, made small enough for a weak link, without what the
//! camera wrote into them (where, when, by which phone).
//!
//! A picture of 12 megapixels is 48 MB while it is open. Only one is open at a time, and its memory
//! is given back at once and not when the browser finds time for it: an old phone has 1 GB for all.

mod canvas;
mod cutting;
mod decoding;
mod fitting;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Event, File, HtmlInputElement};

use super::named::call;
use super::object_url::{ObjectUrl, blob_of};

pub(crate) use canvas::{Canvas, of_canvas};
pub(crate) use cutting::Cutting;
pub(crate) use fitting::Misfit;

/// The long edge where a form says nothing, in pixels: a page of a document stays readable.
const LONG_EDGE: u32 = 1600;
/// The long edge of what is only looked at among others.
const PREVIEW_EDGE: u32 = 480;
/// As ODK Collect does for `max-pixels`.
const JPEG_QUALITY: f64 = 0.8;
/// How much of a file tells what it is.
const HEAD: u32 = 32;

/// A file that a person chose.
#[derive(Clone)]
pub(crate) struct ChosenFile(File);

/// A picture, ready to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) media_type: &'static str,
    pub(crate) bytes: Vec<u8>,
}

/// Why the browser cannot read a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Another format, or a damaged file.
    Unknown,
    /// What iPhones and some others write unless they are told not to; few browsers read it.
    Heic,
}

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
        read(&self.0).await.map_err(|_| Unreadable::Unknown)
    }

    /// Bytes of it; none where they cannot be read, or it ends before.
    pub(crate) async fn piece(&self, place: std::ops::Range<u64>) -> Option<Vec<u8>> {
        let ends = [(place.start as f64).into(), (place.end as f64).into()];
        let piece = call(&self.0, "slice", &ends).and_then(JsCast::dyn_into).ok()?;
        let bytes = read(&piece).await.ok()?;
        (bytes.len() as u64 == place.end - place.start).then_some(bytes)
    }

    /// The picture as a JPEG, right way up, its long edge at most `max_pixels`.
    pub(crate) async fn picture(&self, max_pixels: Option<u32>) -> Result<Picture, Unreadable> {
        let canvas = self.open(max_pixels.unwrap_or(LONG_EDGE)).await?;
        canvas.picture("image/jpeg", JPEG_QUALITY).await
    }

    /// The picture, right way up, its long edge at most `long_edge`.
    pub(crate) async fn open(&self, long_edge: u32) -> Result<Canvas, Unreadable> {
        match decoding::decode(&self.0, long_edge).await {
            Err(_) if self.is_heic().await => Err(Unreadable::Heic),
            outcome => outcome,
        }
    }

    /// By its first box (ISO 23008-12): many browsers do not tell the media type.
    async fn is_heic(&self) -> bool {
        let head = call(&self.0, "slice", &[0.into(), HEAD.into()]).and_then(JsCast::dyn_into);
        let Ok(head) = head else { return false };
        let head = read(&head).await.unwrap_or_default();
        head.get(4..8) == Some(b"ftyp")
            && [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]
                .iter()
                .any(|brand| head.get(8..12) == Some(&brand[..]))
    }
}

/// A small picture of a large one, to be looked at among others.
pub(crate) async fn preview(bytes: &[u8], media_type: &str) -> Option<ObjectUrl> {
    let large = blob_of(bytes, media_type)?;
    let canvas = decoding::decode(&large, PREVIEW_EDGE).await.ok()?;
    let small = canvas.encoded("image/jpeg", JPEG_QUALITY).await.ok()?;
    ObjectUrl::of_blob(&small)
}

pub(super) async fn read(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
