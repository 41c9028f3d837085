//! Pictures of screens, kept where XST_PICTURES names a folder: for people to look at.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::browser::{Browser, DevTools, Engine};

/// A phone, by the width and height of its page in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phone {
    pub(crate) width: u32,
    height: u32,
}

impl Phone {
    /// The narrowest that a page must fit (WCAG 2.2, 1.4.10).
    pub const NARROW: Self = Self { width: 320, height: 568 };
    /// A cheap one, as tests have it.
    pub const SMALL: Self = Self { width: 360, height: 640 };
    /// A large one.
    pub const LARGE: Self = Self { width: 412, height: 915 };

    /// Makes the window of a browser as large as this phone's.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn is_taken(self, tools: &DevTools) -> Result<()> {
        self.is_taken_at(tools, 2).await
    }

    async fn is_taken_at(self, tools: &DevTools, scale: u32) -> Result<()> {
        let Self { width, height } = self;
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": true });
        tools.call("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }
}

/// Keeps a picture of what is on the screen; one engine's, not all four.
pub(crate) async fn keep(browser: &Browser, name: &str) -> Result<()> {
    if matches!(browser.engine(), Engine::Chromium | Engine::WholeChromium)
        && let Some(folder) = std::env::var_os("XST_PICTURES")
    {
        let file = Path::new(&folder).join(format!("{name}.png"));
        fs::create_dir_all(file.parent().context("a folder")?)?;
        fs::write(file, browser.picture().await?)?;
    }
    Ok(())
}

/// Keeps a picture for each phone, as `screens/<name>-<width>.png`.
pub(crate) async fn keep_on(browser: &Browser, phones: &[Phone], name: &str) -> Result<()> {
    if std::env::var_os("XST_PICTURES").is_none() {
        return Ok(());
    }
    let tools = browser.dev_tools().context("only Chromium changes its size")?;
    for phone in phones {
        // A hundred pictures are kept: each as small as it can be read.
        phone.is_taken_at(tools, 1).await?;
        // Twice: the first frame may have been laid out for the phone before.
        let drawn = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); return true;";
        browser.until("two frames", drawn, Value::Null).await?;
        keep(browser, &format!("screens/{name}-{}", phone.width)).await?;
    }
    Phone::SMALL.is_taken(tools).await
}
