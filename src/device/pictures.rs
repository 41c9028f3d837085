//! Pictures: from a camera or a gallery, made small enough for a weak link, without what the
//! camera wrote into them (where, when, by which phone).
//!
//! A picture of 12 megapixels is 48 MB while it is open. Only one is open at a time, and its memory
//! is given back at once and not when the browser finds time for it: an old phone has 1 GB for all.

mod canvas;
mod cutting;
mod decoding;
mod fitting;

use vault::Source as _;
use wasm_bindgen::prelude::*;
use web_sys::{Event, File, HtmlInputElement};

use super::content::Content;
use super::object_url::ObjectUrl;

pub(crate) use canvas::{Canvas, of_canvas};
pub(crate) use cutting::Cutting;
pub(crate) use fitting::Misfit;

/// The long edge where a form says nothing, in pixels: a page of a document stays readable.
const LONG_EDGE: u32 = 1600;
/// The long edge of what is only looked at among others.
const PREVIEW_EDGE: u32 = 480;
/// As ODK Collect does for `max-pixels`.
const JPEG_QUALITY: f64 = 0.8;
/// How much of a file tells what it is: the first box's length, kind and brand (ISO 14496-12, 4.3).
const HEAD: u64 = 12;

/// A file that a person chose.
#[derive(Clone)]
pub(crate) struct ChosenFile(File);

/// A picture, ready to be kept.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) media_type: &'static str,
    pub(crate) content: Content,
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

    /// The bytes as they are.
    pub(crate) fn content(&self) -> Content {
        Content(self.0.clone().into())
    }

    /// The picture as a JPEG, right way up, its long edge at most `max_pixels`.
    pub(crate) async fn picture(&self, max_pixels: Option<u32>) -> Result<Picture, Unreadable> {
        let canvas = self.open(max_pixels.unwrap_or(LONG_EDGE)).await?;
        let content = Content(canvas.encoded("image/jpeg", JPEG_QUALITY).await?);
        Ok(Picture { media_type: "image/jpeg", content })
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
        let head = self.content().piece(0..HEAD).await.unwrap_or_default();
        head.get(4..8) == Some(b"ftyp")
            && [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"]
                .iter()
                .any(|brand| head.get(8..12) == Some(&brand[..]))
    }
}

/// A small picture of a large one, to be looked at among others.
pub(crate) async fn preview(large: &Content) -> Option<ObjectUrl> {
    let canvas = decoding::decode(&large.0, PREVIEW_EDGE).await.ok()?;
    let small = canvas.encoded("image/jpeg", JPEG_QUALITY).await.ok()?;
    ObjectUrl::of_blob(&small)
}
