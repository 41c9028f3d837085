//! One browser with one profile: started, driven as a person would, killed, started again.
//!
//! Both Chromiums are driven over the DevTools protocol: today's driver no longer speaks with
//! Chromium 102, and the benchmarks need its slowed processor and network. Firefox and WebKitGTK
//! are driven over WebDriver.

mod dev_tools;
mod engine;
mod find;
mod web_driver;

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use self::web_driver::WebDriver;
use crate::PATIENCE;

pub use self::dev_tools::DevTools;
pub(crate) use self::engine::given;
pub use self::engine::{Engine, Window};
pub use self::find::Find;

/// How often a condition is looked at again.
const GLANCE: Duration = Duration::from_millis(40);

/// A running browser with one page open.
pub struct Browser {
    engine: Engine,
    driver: Driver,
}

enum Driver {
    DevTools(DevTools),
    WebDriver(WebDriver),
}

impl Browser {
    /// Starts it with the profile in `profile`, a folder.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(engine: Engine, profile: &Path, window: Window) -> Result<Self> {
        let driver = match engine {
            Engine::Chromium | Engine::WholeChromium | Engine::Chromium102 => {
                Driver::DevTools(DevTools::start(engine, profile, window).await?)
            }
            Engine::Firefox | Engine::WebKit => {
                Driver::WebDriver(WebDriver::start(engine, profile, window).await?)
            }
        };
        Ok(Self { engine, driver })
    }

    /// Which engine it has.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The DevTools protocol, where the engine speaks it.
    pub fn dev_tools(&self) -> Option<&DevTools> {
        match &self.driver {
            Driver::DevTools(dev_tools) => Some(dev_tools),
            Driver::WebDriver(_) => None,
        }
    }

    /// Closes it, as a person does.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn close(self) -> Result<()> {
        match self.driver {
            Driver::DevTools(dev_tools) => dev_tools.close().await,
            Driver::WebDriver(web_driver) => web_driver.close().await,
        }
    }

    /// Kills it with all its processes, as the system does when memory is short.
    ///
    /// # Errors
    /// When it does not end.
    pub async fn kill(self) -> Result<()> {
        match self.driver {
            Driver::DevTools(dev_tools) => dev_tools.kill().await,
            Driver::WebDriver(web_driver) => web_driver.kill().await,
        }
    }

    /// Opens an address, and waits until its page is read: of this page all is there, and of the
    /// one before nothing.
    ///
    /// # Errors
    /// When the page does not load.
    pub async fn go(&self, address: &str) -> Result<()> {
        self.run("window.isLeft = true;", Value::Null).await?;
        match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.go(address).await,
            Driver::WebDriver(web_driver) => web_driver.go(address).await,
        }
        .with_context(|| format!("{address} does not load"))?;
        let is_there = "return !window.isLeft && document.readyState !== 'loading';";
        self.until(&format!("{address} to be read"), is_there, Value::Null).await?;
        Ok(())
    }

    /// Runs the body of an asynchronous function, which sees `args`, in the page.
    ///
    /// # Errors
    /// When it throws.
    pub async fn run(&self, script: &str, args: Value) -> Result<Value> {
        match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.run(script, &args).await,
            Driver::WebDriver(web_driver) => web_driver.run(script, &args).await,
        }
    }

    /// Waits until the script gives something other than `null`, `false`, 0 or an empty text.
    ///
    /// # Errors
    /// When it does not, for longer than a person has patience; tells what the page shows then.
    pub async fn until(&self, what: &str, script: &str, args: Value) -> Result<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            // While a page is on its way to another one, nothing can be asked of it.
            let last = self.run(script, args.clone()).await;
            match last {
                Ok(value) if is_something(&value) => return Ok(value),
                Ok(_) if self.is_broken().await => {
                    bail!("the app broke, while waiting for: {what}\n{}", self.describe().await)
                }
                Ok(_) | Err(_) if Instant::now() < end => sleep(GLANCE).await,
                Ok(_) => bail!("waited in vain for: {what}\n{}", self.describe().await),
                Err(error) => {
                    return Err(error.context(format!(
                        "waited in vain for: {what}\n{}",
                        self.describe().await
                    )));
                }
            }
        }
    }

    /// Whether the app stopped in the middle of something, which is always a fault of its own.
    async fn is_broken(&self) -> bool {
        let script = "return document.documentElement.dataset.app === 'broken';";
        self.run(script, Value::Null).await.is_ok_and(|broken| broken == true)
    }

    /// Taps it, once it is there and nothing is before it.
    ///
    /// # Errors
    /// When it is not to be had.
    pub async fn tap(&self, find: &Find) -> Result<()> {
        self.touch(find, async |place| match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.tap(place).await,
            Driver::WebDriver(web_driver) => web_driver.tap(place).await,
        })
        .await
    }

    /// Types into a field, in place of what is there.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn write(&self, find: &Find, text: &str) -> Result<()> {
        self.touch(find, async |place| match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.write(place, text).await,
            Driver::WebDriver(web_driver) => web_driver.write(place, text).await,
        })
        .await
    }

    /// Chooses files in a file field.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn attach(&self, find: &Find, files: &[&Path]) -> Result<()> {
        let files = files
            .iter()
            .map(|path| path.to_str().map(str::to_owned).context("a path is text"))
            .collect::<Result<Vec<_>>>()?;
        self.touch(&find.clone().even_hidden(), async |place| match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.attach(place, &files).await,
            Driver::WebDriver(web_driver) => web_driver.attach(place, &files).await,
        })
        .await
    }

    /// Presses a key: `Tab`, `Enter`, `Space`, `ArrowDown` and the other arrows.
    ///
    /// # Errors
    /// When there is no such key.
    pub async fn press(&self, key: &str) -> Result<()> {
        match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.press(key).await,
            Driver::WebDriver(web_driver) => web_driver.press(key).await,
        }
    }

    /// Types what the keyboard of a phone or a computer makes of keys, to where the focus is.
    ///
    /// # Errors
    /// When the browser does not take it.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.type_text(text).await,
            Driver::WebDriver(web_driver) => web_driver.type_text(text).await,
        }
    }

    /// Draws a line across it, from left to right.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn draw(&self, find: &Find) -> Result<()> {
        self.touch(find, async |place| match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.draw(place).await,
            Driver::WebDriver(web_driver) => web_driver.draw(place).await,
        })
        .await
    }

    /// A picture of the window, as PNG.
    ///
    /// # Errors
    /// When none can be taken.
    pub async fn picture(&self) -> Result<Vec<u8>> {
        match &self.driver {
            Driver::DevTools(dev_tools) => dev_tools.picture().await,
            Driver::WebDriver(web_driver) => web_driver.picture().await,
        }
    }

    /// Finds, brings into view, and does; again, as long as something moves or stands before it.
    async fn touch(&self, find: &Find, act: impl AsyncFn(Place) -> Result<()>) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.run(find::SCRIPT, find.into()).await;
            let outcome = match found.map(|value| Place::read(&value)) {
                Ok(Some(place)) => act(place).await,
                Ok(None) => Err(anyhow::anyhow!("it is not there")),
                Err(error) => Err(error),
            };
            match outcome {
                Ok(()) => return Ok(()),
                Err(_) if Instant::now() < end => sleep(GLANCE).await,
                Err(error) => {
                    return Err(error
                        .context(format!("{find} cannot be touched\n{}", self.describe().await)));
                }
            }
        }
    }

    /// The words on the page, for whoever reads why a test failed.
    async fn describe(&self) -> String {
        const WORDS: &str = "const all = document.documentElement;
            return JSON.stringify(all.dataset) + ' ' + location.pathname + '\\n' + document.body.innerText
                + '\\nTouched:\\n' + (window.trail || []).join('\\n');";
        match self.run(WORDS, Value::Null).await {
            Ok(words) => format!("The page says: {}", words.as_str().unwrap_or_default()),
            Err(error) => format!("The page says nothing: {error:#}"),
        }
    }
}

/// Something found on the page: its mark, and where its middle is.
#[derive(Clone, Copy, Debug)]
struct Place {
    mark: u64,
    x: f64,
    y: f64,
    width: f64,
}

impl Place {
    fn read(value: &Value) -> Option<Self> {
        let number = |name: &str| value[name].as_f64();
        Some(Self {
            mark: value["mark"].as_u64()?,
            x: number("x")?,
            y: number("y")?,
            width: number("width")?,
        })
    }

    /// A selector for it.
    fn selector(self) -> String {
        format!("[data-found=\"{}\"]", self.mark)
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
