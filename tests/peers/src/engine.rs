//! ODK's engine (<https://github.com/getodk/web-forms>), and how it sees a form that is filled in.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use form::Moment;
use player::Action;
use serde::Deserialize;
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;

use crate::process::Peer;

/// The engine, waiting for forms.
pub struct Engine(Peer);

/// What it says of one form, after loading and after each action.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Played {
    /// Nodes by path.
    pub states: Vec<BTreeMap<String, Node>>,
    /// Why it did not go on.
    pub error: Option<String>,
}

/// What it says of one node.
#[derive(Clone, Debug, Deserialize)]
pub struct Node {
    /// `group`, `input`, `model-value` …
    pub kind: String,
    /// The value as the instance has it; nothing of groups and rows.
    pub value: Option<String>,
    /// Whether it is asked.
    pub relevant: bool,
    /// Whether it must be answered.
    pub required: bool,
    /// Whether it cannot be changed.
    pub readonly: bool,
    /// Whether constraint and required hold.
    pub valid: bool,
    /// Its words.
    pub label: Option<String>,
    /// The choices on offer, of a select.
    pub choices: Option<Vec<String>>,
}

impl Engine {
    /// Starts the one that is installed in the folder that `XST_ODK_ENGINE` names, in the offset of
    /// the township.
    ///
    /// # Errors
    /// When it is not there.
    pub fn start() -> Result<Self> {
        let folder = env::var_os("XST_ODK_ENGINE")
            .context("XST_ODK_ENGINE is not set: call `cargo xtask test peers`")?;
        let script = Path::new(&folder).join("play.mjs");
        // Node looks for packages beside the script.
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("play.mjs"), &script)?;
        Peer::start(Command::new("node").arg(script).env("TZ", "Asia/Shanghai")).map(Self)
    }

    /// Plays `actions` over an XForm, with the files beside it, by a clock that stands still.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn play(
        &mut self,
        xform: &str,
        files: &BTreeMap<String, Vec<u8>>,
        now: Moment,
        actions: &[Action],
    ) -> Result<Played> {
        let files: BTreeMap<&str, String> = files
            .iter()
            .map(|(name, bytes)| (name.as_str(), String::from_utf8_lossy(bytes).into_owned()))
            .collect();
        let actions: Vec<Value> = actions.iter().map(written).collect();
        let now = now.format(&Rfc3339)?;
        self.0.ask(&json!({ "xform": xform, "files": files, "now": now, "actions": actions }))
    }
}

fn written(action: &Action) -> Value {
    match action {
        Action::Set { path, value } => json!({ "op": "set", "path": path, "value": value }),
        Action::Add { path } => json!({ "op": "add", "path": path }),
        Action::Remove { path } => json!({ "op": "remove", "path": path }),
        Action::Language { value } => json!({ "op": "language", "value": value }),
    }
}
