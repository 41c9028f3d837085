//! Driving Chromium over the DevTools protocol.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::{Message, protocol::WebSocketConfig};

use super::engine::given;
use super::{Engine, Place, Window};
use crate::process::Process;

/// A Chromium and the connection to its page.
pub struct DevTools {
    process: Process,
    wire: Wire,
    session: String,
}

/// What Chromium does beside the page, for whoever owns the machine: it takes processors from the tests.
const WITHOUT: [&str; 8] = [
    "--disable-breakpad",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-features=MediaRouter,OptimizationHints,SpareRendererForSitePerProcess,Translate",
    "--disable-sync",
    "--no-default-browser-check",
];

impl DevTools {
    pub(super) async fn start(engine: Engine, profile: &Path, window: Window) -> Result<Self> {
        let (program, own): (_, &[&str]) = match engine {
            Engine::Chromium102 => (given("XST_CHROMIUM_102")?, &["--headless"]),
            Engine::WholeChromium => ("/usr/bin/chromium".into(), &["--headless=new"]),
            // Without windows it has none to ask in whether it may hear.
            _ => ("/usr/bin/chromium-headless-shell".into(), &["--use-fake-ui-for-media-stream"]),
        };
        let mut process = Process::start(
            Command::new(program)
                .args(own)
                .args(["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"])
                .args(["--no-first-run", "--lang=zh-CN", "--remote-debugging-port=0"])
                .args(WITHOUT)
                .arg("--use-fake-device-for-media-stream")
                .arg(format!("--user-data-dir={}", profile.display()))
                .env("TZ", "Asia/Shanghai")
                .stdout(Stdio::null())
                .stderr(Stdio::piped()),
        )?;
        let address = read_address(&mut process).await?;
        let wire = Wire::connect(&address).await?;
        let target =
            wire.call(None, "Target.createTarget", json!({ "url": "about:blank" })).await?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = wire.call(None, "Target.attachToTarget", attach).await?;
        let session = session["sessionId"].as_str().context("a session has an id")?.to_owned();
        let this = Self { process, wire, session };
        this.call("Page.enable", json!({})).await?;
        let (width, height) = window.size();
        let phone = window == Window::Phone;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": if phone { 2 } else { 1 }, "mobile": phone });
        this.call("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(this)
    }

    /// Calls a method of the protocol.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value> {
        self.wire.call(Some(&self.session), method, params).await
    }

    /// Calls a method of the protocol that is of the whole browser and not of its page.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn call_browser(&self, method: &str, params: Value) -> Result<Value> {
        self.wire.call(None, method, params).await
    }

    pub(super) async fn close(self) -> Result<()> {
        self.wire.call(None, "Browser.close", json!({})).await?;
        self.process.wait().await
    }

    pub(super) async fn kill(self) -> Result<()> {
        self.process.kill().await
    }

    pub(super) async fn go(&self, address: &str) -> Result<()> {
        let answer = self.call("Page.navigate", json!({ "url": address })).await?;
        match answer["errorText"].as_str() {
            Some(error) => bail!("{error}"),
            None => Ok(()),
        }
    }

    pub(super) async fn run(&self, script: &str, args: &Value) -> Result<Value> {
        let expression = format!("(async (args) => {{ {script} }})({args})");
        let request = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true });
        let answer = self.call("Runtime.evaluate", request).await?;
        if let Some(thrown) = answer.get("exceptionDetails") {
            bail!("{}", thrown["exception"]["description"].as_str().unwrap_or("it throws"));
        }
        Ok(answer["result"]["value"].clone())
    }

    pub(super) async fn tap(&self, place: Place) -> Result<()> {
        // The browser takes them one after the other, but need not answer each before the next.
        tokio::try_join!(
            self.mouse("mouseMoved", place.x, place.y, 0),
            self.mouse("mousePressed", place.x, place.y, 1),
            self.mouse("mouseReleased", place.x, place.y, 0),
        )?;
        Ok(())
    }

    pub(super) async fn write(&self, place: Place, text: &str) -> Result<()> {
        let focus = "const field = document.querySelector(args); field.focus(); if (field.select) field.select();";
        self.run(focus, &json!(place.selector())).await?;
        self.call("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    pub(super) async fn press(&self, key: &str) -> Result<()> {
        let (key, code, number, text) = match key {
            "Tab" => ("Tab", "Tab", 9, ""),
            "Enter" => ("Enter", "Enter", 13, "\r"),
            "Space" => (" ", "Space", 32, " "),
            "ArrowLeft" => (key, key, 37, ""),
            "ArrowUp" => (key, key, 38, ""),
            "ArrowRight" => (key, key, 39, ""),
            "ArrowDown" => (key, key, 40, ""),
            _ => bail!("there is no key {key}"),
        };
        for kind in ["keyDown", "keyUp"] {
            let event = json!({ "type": kind, "key": key, "code": code, "windowsVirtualKeyCode": number, "text": text });
            self.call("Input.dispatchKeyEvent", event).await?;
        }
        Ok(())
    }

    pub(super) async fn type_text(&self, text: &str) -> Result<()> {
        self.call("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    pub(super) async fn attach(&self, place: Place, files: &[String]) -> Result<()> {
        let expression = format!("document.querySelector({})", json!(place.selector()));
        let field = self.call("Runtime.evaluate", json!({ "expression": expression })).await?;
        let request = json!({ "files": files, "objectId": field["result"]["objectId"] });
        self.call("DOM.setFileInputFiles", request).await?;
        Ok(())
    }

    pub(super) async fn draw(&self, place: Place) -> Result<()> {
        let (x, y, reach) = (place.x, place.y, place.width / 3.0);
        self.mouse("mousePressed", x - reach, y, 1).await?;
        for step in -9_i32..=9 {
            let bend = if step % 2 == 0 { 14.0 } else { -14.0 };
            self.mouse("mouseMoved", x + reach * f64::from(step) / 9.0, y + bend, 1).await?;
        }
        self.mouse("mouseReleased", x + reach, y, 0).await
    }

    pub(super) async fn picture(&self) -> Result<Vec<u8>> {
        let answer = self.call("Page.captureScreenshot", json!({ "format": "png" })).await?;
        Ok(BASE64_STANDARD.decode(answer["data"].as_str().context("a picture has data")?)?)
    }

    async fn mouse(&self, kind: &str, x: f64, y: f64, buttons: u8) -> Result<()> {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": 1 });
        self.call("Input.dispatchMouseEvent", event).await?;
        Ok(())
    }
}

/// Chromium tells its address among its complaints.
async fn read_address(process: &mut Process) -> Result<String> {
    let complaints = process.take_complaints().context("they were asked for")?;
    let mut lines = BufReader::new(complaints).lines();
    while let Some(line) = lines.next_line().await? {
        if let Some(address) = line.strip_prefix("DevTools listening on ") {
            let address = address.to_owned();
            // Nobody reads the rest, but the pipe must not fill up.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Ok(address);
        }
    }
    bail!("the browser ended before it told its address")
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Value>>>>;

/// Requests and answers over one web socket.
struct Wire {
    send: mpsc::UnboundedSender<Message>,
    waiting: Waiting,
    last: AtomicU64,
}

impl Wire {
    async fn connect(address: &str) -> Result<Self> {
        // Pictures of a page are larger than what the library takes by default.
        let config = WebSocketConfig::default().max_frame_size(None).max_message_size(None);
        let (socket, _) =
            tokio_tungstenite::connect_async_with_config(address, Some(config), true).await?;
        let (mut sink, mut stream) = socket.split();
        let (send, mut outgoing) = mpsc::unbounded_channel();
        let waiting = Waiting::default();
        tokio::spawn(async move {
            while let Some(message) = outgoing.recv().await {
                if sink.send(message).await.is_err() {
                    break;
                }
            }
        });
        let answers = Arc::clone(&waiting);
        tokio::spawn(async move {
            while let Some(Ok(message)) = stream.next().await {
                let Ok(answer) = serde_json::from_slice::<Value>(&message.into_data()) else {
                    continue;
                };
                let waiting = answer["id"].as_u64().and_then(|id| answers.lock().ok()?.remove(&id));
                if let Some(waiting) = waiting {
                    // Who asked may have given up.
                    let _ = waiting.send(answer);
                }
            }
            // Whoever still waits learns that the browser is gone.
            if let Ok(mut waiting) = answers.lock() {
                waiting.clear();
            }
        });
        Ok(Self { send, waiting, last: AtomicU64::new(0) })
    }

    async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let (answered, answer) = oneshot::channel();
        self.waiting.lock().map_err(|_| anyhow!("a task panicked"))?.insert(id, answered);
        let mut request = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = session {
            request["sessionId"] = session.into();
        }
        self.send.send(Message::text(request.to_string())).context("the browser is gone")?;
        let mut answer = tokio::time::timeout(crate::PATIENCE, answer)
            .await
            .with_context(|| format!("{method} is not answered"))?
            .context("the browser is gone")?;
        match answer.get("error") {
            Some(error) => bail!("{method}: {}", error["message"].as_str().unwrap_or_default()),
            None => Ok(answer["result"].take()),
        }
    }
}
