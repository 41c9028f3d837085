//! What several screens share.

mod card;
mod glyph;
mod header;
mod icon;
mod picture;
mod pieces;
mod pill;
mod pin;
mod record;
mod strip;
mod tabs;

pub(crate) use card::{Card, Tag, Tone};
pub(crate) use glyph::Glyph;
pub(crate) use header::Header;
pub(crate) use icon::{Icon, of_item};
pub(crate) use picture::{LargePicture, Source, film, picture};
pub(crate) use pieces::{in_pieces, pieces};
pub(crate) use pill::Pill;
pub(crate) use pin::PinEntry;
pub(crate) use record::record_part;
pub(crate) use strip::{Empty, Strip, trouble};
pub(crate) use tabs::Tabs;

/// So many percent of a width, for `transform`. Percent signs in it are newer than the browsers.
pub(crate) fn part_of_width(percent: u64) -> String {
    format!("scaleX({}.{:02})", percent / 100, percent % 100)
}
