//! Bytes that the browser has, outside this app's memory: of a large one only a piece is ever in it.

use core::ops::Range;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use vault::Source;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use super::named::{call, object};

/// What was chosen, recorded or drawn.
#[derive(Clone, Debug)]
pub(crate) struct Content(pub(super) Blob);

impl Content {
    /// `bytes`, handed to the browser; none where it does not take them.
    pub(crate) fn of(bytes: &[u8], media_type: &str) -> Option<Self> {
        let kind = BlobPropertyBag::new();
        kind.set_type(media_type);
        let parts = Array::of1(&Uint8Array::from(bytes));
        Blob::new_with_u8_array_sequence_and_options(&parts, &kind).ok().map(Self)
    }
}

impl Source for Content {
    fn length(&self) -> u64 {
        self.0.size() as u64
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        let ends = [(place.start as f64).into(), (place.end as f64).into()];
        let piece = call(&self.0, "slice", &ends).and_then(JsCast::dyn_into).ok()?;
        let bytes = read(&piece).await.ok()?;
        (bytes.len() as u64 == place.end - place.start).then_some(bytes)
    }
}

/// All bytes, of something that is small.
pub(super) async fn read(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Bytes that become one content, one after the other. The browser may keep them on the disk.
#[derive(Default)]
pub(crate) struct Pile {
    parts: Array,
    /// How many bytes each part has.
    lengths: Vec<u64>,
}

/// What parts are, of which nobody asks.
const PART: &str = "application/octet-stream";

impl Pile {
    /// Puts `bytes` at the end; false where the browser does not take them.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> bool {
        let part = Content::of(bytes, PART);
        self.lengths.extend(part.as_ref().map(Content::length));
        part.map(|part| self.parts.push(&part.0)).is_some()
    }

    /// Puts `bytes` at the beginning; false where the browser does not take them.
    pub(crate) fn put_first(&mut self, bytes: &[u8]) -> bool {
        let part = Content::of(bytes, PART);
        self.lengths.splice(..0, part.as_ref().map(Content::length));
        part.map(|part| self.parts.unshift(&part.0)).is_some()
    }

    /// Takes parts back until no more than `length` bytes are left.
    pub(crate) fn cut(&mut self, length: u64) {
        while self.lengths.iter().sum::<u64>() > length {
            self.lengths.pop();
            self.parts.pop();
        }
    }

    /// All of it.
    pub(crate) fn whole(&self, media_type: &str) -> Option<Content> {
        let kind = object(&[("type", media_type.into())]).ok()?;
        let kind = kind.unchecked_ref();
        Blob::new_with_blob_sequence_and_options(&self.parts, kind).ok().map(Content)
    }
}
