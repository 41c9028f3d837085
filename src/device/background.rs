//! Having the browser deliver while no page is open (`crates/background`), where it can.

use wasm_bindgen::JsValue;

use super::named::{get, object, wait};

/// How often to look for news at most, in milliseconds. Browsers decide, by how often the app is used.
const EVERY_MS: f64 = 12.0 * 3_600_000.0;

/// What the browser is asked for is called by it.
const NAME: &str = "deliver";

/// Asks the browser to deliver as soon as it finds a network, and to look for news from time to time,
/// with the page or without. Where the browser cannot, or does not want to, delivery goes on when the
/// app is opened.
pub(crate) async fn ask() {
    let _ = ask_for("sync", &[NAME.into()]).await;
    // A browser that refuses one may grant the other.
    ask_for_news().await;
}

/// Asks the browser to look for news alone. At each start: who put the phone away right after sealing
/// may have been gone before the browser heard the rest.
pub(crate) async fn ask_for_news() {
    // Only for an app that is on the home screen.
    if let Ok(rarely) = object(&[("minInterval", EVERY_MS.into())]) {
        let _ = ask_for("periodicSync", &[NAME.into(), rarely]).await;
    }
}

async fn ask_for(what: &str, arguments: &[JsValue]) -> Result<(), JsValue> {
    let workers = get(&get(&js_sys::global(), "navigator")?, "serviceWorker")?;
    let registration = wait(&workers, "getRegistration", &[]).await?;
    wait(&get(&registration, what)?, "register", arguments).await?;
    Ok(())
}
