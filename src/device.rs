//! The browser. Nothing outside this module names `web_sys`.

pub(crate) mod dialog;
pub(crate) mod drawing;
pub(crate) mod history;
pub(crate) mod page;
