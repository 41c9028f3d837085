//! Mailbags: packed on one phone, taken in on another or at the counter.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use tokio::time::{Duration, Instant};

use super::Person;
use crate::browser::Find;

/// How long somebody films.
const PATIENCE: Duration = Duration::from_secs(60);

/// The page keeps in mind what it would have saved, and saves nothing.
const KEEP_IN_MIND: &str = "
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => { window.saved = blob; return make.call(URL, blob); };
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function () { if (!this.download) click.call(this); };
";

const SAVED: &str = "
const bytes = new Uint8Array(await window.saved.arrayBuffer());
let text = '';
for (const byte of bytes) text += String.fromCharCode(byte);
return btoa(text);
";

/// The camera sees what is painted on a stage.
const CAMERA: &str = "
const stage = document.createElement('canvas');
stage.width = stage.height = 600;
window.stage = stage.getContext('2d');
window.stage.fillRect(0, 0, 600, 600);
navigator.mediaDevices.getUserMedia = async () => stage.captureStream();
";

/// The code on the screen: a letter for each pixel, row by row.
const SHOWN: &str = "
const canvas = document.querySelector('dialog[open] canvas');
const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
let text = '';
for (let at = 0; at < pixels.length; at += 4) text += pixels[at] < 128 ? '1' : '0';
return text;
";

/// Paints a code on the stage, as large as it goes.
const PAINT: &str = "
const side = Math.sqrt(args.length);
const scale = Math.floor(600 / side);
window.stage.fillStyle = '#ddd';
window.stage.fillRect(0, 0, 600, 600);
window.stage.fillStyle = '#222';
for (let at = 0; at < args.length; at += 1) {
  if (args[at] === '1') window.stage.fillRect((at % side) * scale, Math.floor(at / side) * scale, scale, scale);
}
return document.querySelector('dialog[open][data-sheet=film]') === null;
";

impl Person {
    /// Films the codes that another phone shows, until the mailbag is whole.
    ///
    /// # Errors
    /// When it does not become whole.
    pub async fn films_a_mailbag(&self, other: &Self) -> Result<()> {
        self.open_path("/mailbag").await?;
        self.browser.run(CAMERA, Value::Null).await?;
        self.act("film-codes").await?;
        self.sees("dialog[open][data-sheet=film]").await?;
        let end = Instant::now() + PATIENCE;
        loop {
            let code = other.browser.run(SHOWN, Value::Null).await?;
            if self.browser.run(PAINT, code).await? == Value::Bool(true) {
                return Ok(());
            }
            ensure!(Instant::now() < end, "the codes do not become a mailbag");
        }
    }

    /// Packs what waits, and tells the bytes of the file.
    ///
    /// # Errors
    /// When nothing can be packed.
    pub async fn packs_a_mailbag(&self) -> Result<Vec<u8>> {
        self.open_path("/mailbag").await?;
        self.browser.run(KEEP_IN_MIND, Value::Null).await?;
        self.act("pack").await?;
        self.sees("[data-packed]").await?;
        self.reads("装好了").await?;
        let saved = self.browser.run(SAVED, Value::Null).await?;
        Ok(BASE64_STANDARD.decode(saved.as_str().context("a file")?)?)
    }

    /// Opens a mailbag that somebody brought.
    ///
    /// # Errors
    /// When nothing comes of it.
    pub async fn takes_in_a_mailbag(&self, file: &Path) -> Result<()> {
        self.open_path("/mailbag").await?;
        let field = Find::selector("main[data-screen=mailbag] input[type=file]");
        self.browser.attach(&field, &[file]).await?;
        self.sees("[data-taken]").await
    }
}
