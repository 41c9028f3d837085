//! pyxform (<https://github.com/XLSForm/pyxform>).

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::json;

use crate::process::Peer;

/// pyxform, waiting for spreadsheets.
pub struct Pyxform(Peer);

/// What it makes of a spreadsheet.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Converted {
    /// The XForm.
    Xform(String),
    /// Why there is none.
    Error(String),
}

impl Pyxform {
    /// Starts the one of the Python that `XST_PYXFORM` names.
    ///
    /// # Errors
    /// When it is not there.
    pub fn start() -> Result<Self> {
        let python = env::var_os("XST_PYXFORM")
            .context("XST_PYXFORM is not set: call `cargo xtask test peers`")?;
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("convert.py");
        Peer::start(Command::new(python).arg(script)).map(Self)
    }

    /// Converts the spreadsheet at `path`.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn convert(&mut self, path: &Path) -> Result<Converted> {
        self.0.ask(&json!({ "path": path }))
    }
}
