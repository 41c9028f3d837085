//! What several screens share.

mod card;
mod header;
mod icon;
mod pill;
mod record;
mod strip;
mod tabs;

pub(crate) use card::{Card, Tag, Tone};
pub(crate) use header::Header;
pub(crate) use icon::{Icon, of_item};
pub(crate) use pill::Pill;
pub(crate) use record::record_part;
pub(crate) use strip::{Empty, Strip};
pub(crate) use tabs::Tabs;
