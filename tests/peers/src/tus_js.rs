//! tus-js-client (<https://github.com/tus/tus-js-client>), which sends files.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::process::Peer;

/// The client, waiting for files. It is killed when this is dropped.
pub struct TusJs(Peer);

/// A file to be sent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Upload<'a> {
    /// The file.
    pub file: &'a str,
    /// Where uploads are made, of its `id`.
    pub endpoint: Option<&'a str>,
    /// The upload, where it is known.
    pub url: Option<&'a str>,
    /// What the server is to call it.
    pub id: &'a str,
    /// The file in which the client remembers which uploads it began.
    pub remembered: Option<&'a str>,
    /// Bytes of a request; all of them where nothing is said.
    pub piece: Option<u64>,
}

/// What became of it.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Outcome {
    Failed { error: String },
    Sent(Sent),
}

/// A file that was sent.
#[derive(Debug, Deserialize)]
pub struct Sent {
    /// The upload's address.
    pub url: Option<String>,
    /// Where the server said that the file was, if it was asked.
    pub from: Option<u64>,
}

impl TusJs {
    /// Starts the one that is installed in the folder that `XST_TUS_JS` names.
    ///
    /// # Errors
    /// When it is not there.
    pub fn start() -> Result<Self> {
        let folder = env::var_os("XST_TUS_JS")
            .context("XST_TUS_JS is not set: call `cargo xtask test peers`")?;
        let script = Path::new(&folder).join("upload.mjs");
        // Node looks for packages beside the script.
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("upload.mjs"), &script)?;
        Peer::start(Command::new("node").arg(script)).map(Self)
    }

    /// Has it begin to send, and does not wait.
    ///
    /// # Errors
    /// When it has ended.
    pub fn begin(&mut self, upload: &Upload<'_>) -> Result<()> {
        self.0.tell(upload)
    }

    /// Has it send a file, and waits until it is sent.
    ///
    /// # Errors
    /// When the client says so.
    pub fn send(&mut self, upload: &Upload<'_>) -> Result<Sent> {
        match self.0.ask(upload)? {
            Outcome::Sent(sent) => Ok(sent),
            Outcome::Failed { error } => bail!("tus-js-client: {error}"),
        }
    }

    /// Has it end an upload.
    ///
    /// # Errors
    /// When the client says so.
    pub fn end(&mut self, url: &str) -> Result<()> {
        match self.0.ask(&json!({ "end": url }))? {
            Outcome::Sent(_) => Ok(()),
            Outcome::Failed { error } => bail!("tus-js-client: {error}"),
        }
    }
}
