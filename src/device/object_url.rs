//! Addresses for bytes that only this page has, for `<img>` and `<audio>`.

use web_sys::{Blob, Url};

use super::content::Content;

/// The address of some bytes; ends when it is dropped.
#[derive(Debug)]
pub(crate) struct ObjectUrl(String);

impl ObjectUrl {
    /// An address for `bytes`.
    pub(crate) fn new(bytes: &[u8], media_type: &str) -> Option<Self> {
        Self::to(&Content::of(bytes, media_type)?)
    }

    /// An address for `content`.
    pub(crate) fn to(content: &Content) -> Option<Self> {
        Self::of_blob(&content.0)
    }

    pub(super) fn of_blob(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    /// The address.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // Refused for addresses that are none.
        let _ = Url::revoke_object_url(&self.0);
    }
}

/// What a file of the pack is, by its name.
pub(crate) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "audio/ogg",
    }
}
