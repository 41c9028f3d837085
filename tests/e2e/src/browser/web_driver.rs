//! Driving Firefox and WebKitGTK over WebDriver.

use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::process::Command;
use tokio::time::{Instant, sleep};

use super::engine::given;
use super::{Engine, Place, Window};
use crate::PATIENCE;
use crate::process::Process;

/// A driver, its browser, and the session with it.
pub(super) struct WebDriver {
    process: Process,
    client: Client,
}

impl WebDriver {
    pub(super) async fn start(engine: Engine, profile: &Path, window: Window) -> Result<Self> {
        let port = free_port()?;
        let process = Process::start(
            driver(engine, port)?
                .env("TZ", "Asia/Shanghai")
                .env("XST_PROFILE", profile)
                .env("XST_WINDOW", format!("{}x{}", window.size().0, window.size().1))
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )?;
        let client = connect(port, &capabilities(engine, profile)?).await?;
        let (width, height) = window.size();
        client.set_window_size(width, height).await?;
        let timeouts = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
        client.update_timeouts(timeouts).await?;
        Ok(Self { process, client })
    }

    pub(super) async fn close(self) -> Result<()> {
        self.client.close().await?;
        // WebKit's storage process finishes writing after its window is closed.
        let end = Instant::now() + PATIENCE;
        while self.process.still_runs("WebKitNetwork")? && Instant::now() < end {
            sleep(super::GLANCE).await;
        }
        self.process.kill().await
    }

    pub(super) async fn kill(self) -> Result<()> {
        self.process.kill().await
    }

    pub(super) async fn go(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    pub(super) async fn run(&self, script: &str, args: &Value) -> Result<Value> {
        let script = format!(
            "const [args, done] = arguments;
            (async () => {{ {script} }})().then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let mut answer = self.client.execute_async(&script, vec![args.clone()]).await?;
        match answer["error"].as_str() {
            Some(error) => bail!("{error}"),
            None => Ok(answer["value"].take()),
        }
    }

    pub(super) async fn tap(&self, place: Place) -> Result<()> {
        Ok(self.element(place).await?.click().await?)
    }

    pub(super) async fn write(&self, place: Place, text: &str) -> Result<()> {
        let field = self.element(place).await?;
        if field.prop("value").await?.is_some_and(|value| !value.is_empty()) {
            field.clear().await?;
        }
        Ok(field.send_keys(text).await?)
    }

    pub(super) async fn press(&self, key: &str) -> Result<()> {
        let key = match key {
            "Tab" => Key::Tab,
            "Enter" => Key::Enter,
            "Space" => Key::Space,
            "ArrowLeft" => Key::Left,
            "ArrowUp" => Key::Up,
            "ArrowRight" => Key::Right,
            "ArrowDown" => Key::Down,
            _ => bail!("there is no key {key}"),
        };
        self.type_text(&String::from(char::from(key))).await
    }

    pub(super) async fn type_text(&self, text: &str) -> Result<()> {
        let keys = KeyActions::new("keyboard".into());
        let keys = text.chars().fold(keys, |keys, value| {
            keys.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        });
        Ok(self.client.perform_actions(keys).await?)
    }

    pub(super) async fn attach(&self, place: Place, files: &[String]) -> Result<()> {
        Ok(self.element(place).await?.send_keys(&files.join("\n")).await?)
    }

    pub(super) async fn draw(&self, place: Place) -> Result<()> {
        let canvas = self.element(place).await?;
        #[expect(clippy::cast_possible_truncation, reason = "a window is smaller than that")]
        let reach = (place.width / 3.0) as i64;
        let to = |x: i64, y: i64| PointerAction::MoveToElement {
            element: canvas.clone(),
            duration: Some(Duration::from_millis(20)),
            x: x as f64,
            y: y as f64,
        };
        let mut line = MouseActions::new("finger".into())
            .then(to(-reach, 0))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        for step in -9..=9 {
            line = line.then(to(reach * step / 9, if step % 2 == 0 { 14 } else { -14 }));
        }
        let line = line.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        Ok(self.client.perform_actions(line).await?)
    }

    pub(super) async fn picture(&self) -> Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    async fn element(&self, place: Place) -> Result<fantoccini::elements::Element> {
        Ok(self.client.find(Locator::Css(&place.selector())).await?)
    }
}

fn driver(engine: Engine, port: u16) -> Result<Command> {
    if engine == Engine::WebKit {
        let mut command = Command::new("xvfb-run");
        // Searching for a free number, two that start at once would find the same.
        command.arg(format!("--server-num={}", 100 + port % 50_000));
        command.args(["--server-args=-screen 0 1400x900x24", "WebKitWebDriver"]);
        command.arg(format!("--port={port}"));
        // There is no graphics processor here.
        command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
        return Ok(command);
    }
    let mut command = Command::new(given("XST_GECKODRIVER")?);
    command.arg(format!("--port={port}"));
    Ok(command)
}

fn capabilities(engine: Engine, profile: &Path) -> Result<Capabilities> {
    let wanted = if engine == Engine::WebKit {
        // MiniBrowser forgets everything when it is automated; this browser keeps its profile.
        let browser = concat!(env!("CARGO_MANIFEST_DIR"), "/src/browser/webkit.js");
        json!({ "webkitgtk:browserOptions": { "binary": browser, "args": [] }, "pageLoadStrategy": "none" })
    } else {
        json!({ "pageLoadStrategy": "none", "moz:firefoxOptions": {
            "binary": "/usr/bin/firefox-esr",
            "args": ["-headless", "-profile", profile],
            "prefs": {
                "intl.accept_languages": "zh-CN",
                "media.navigator.permission.disabled": true,
                "media.navigator.streams.fake": true,
            },
        } })
    };
    wanted.as_object().cloned().context("capabilities are an object")
}

/// The driver takes a moment before it listens.
async fn connect(port: u16, capabilities: &Capabilities) -> Result<Client> {
    let address = format!("http://127.0.0.1:{port}");
    let end = Instant::now() + PATIENCE;
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if Instant::now() > end {
            bail!("the driver does not listen");
        }
        sleep(super::GLANCE).await;
    }
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities.clone());
    builder.connect(&address).await.context("the browser does not start")
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
