//! The browser. Nothing outside this module, and `crates/browser` below it, names `web_sys`.

pub(crate) mod authenticator;
pub(crate) mod background;
pub(crate) mod camera;
pub(crate) mod codes;
pub(crate) mod content;
pub(crate) mod dialog;
pub(crate) mod drawing;
pub(crate) mod frame;
pub(crate) mod hand;
pub(crate) mod history;
pub(crate) mod install;
pub(crate) mod language;
pub(crate) mod mailbag;
pub(crate) mod media;
mod named;
pub(crate) mod object_url;
pub(crate) mod page;
pub(crate) mod pictures;
pub(crate) mod place;
pub(crate) mod preferences;
pub(crate) mod presence;
pub(crate) mod radios;
pub(crate) mod recording;
pub(crate) mod shell;
pub(crate) mod speech;

pub(crate) use browser::{channel, link, locks, storage};
pub use browser::{clock, random};
