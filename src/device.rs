//! The browser. Nothing outside this module names `web_sys`.

pub(crate) mod channel;
pub mod clock;
pub(crate) mod compression;
pub mod crypto;
pub(crate) mod dialog;
pub(crate) mod drawing;
pub(crate) mod hand;
pub(crate) mod history;
pub(crate) mod install;
pub(crate) mod language;
pub(crate) mod locks;
pub(crate) mod media;
mod named;
pub(crate) mod network;
pub(crate) mod object_url;
pub(crate) mod page;
pub(crate) mod pictures;
pub(crate) mod place;
pub(crate) mod preferences;
pub(crate) mod presence;
pub(crate) mod radios;
pub mod random;
pub(crate) mod recording;
pub(crate) mod shell;
pub(crate) mod speech;
pub(crate) mod storage;
