//! Having the browser deliver while no page is open (`crates/background`), where it can.

use js_sys::Object;
use wasm_bindgen::JsValue;

use super::named::{get, object, wait};

/// How often to look for news at most, in milliseconds. Browsers decide, by how often the app is used.
const EVERY_MS: f64 = 12.0 * 3_600_000.0;

/// Asks the browser to deliver as soon as it finds a network, and to look for news from time to time,
/// with the page or without. `sparing`: files wait on a link that is paid for by the byte. Where the
/// browser cannot, or does not want to, delivery goes on when the app is opened.
pub(crate) async fn ask(sparing: bool) {
    let tag = if sparing { "deliver-sparing" } else { "deliver" };
    let _ = ask_for_all(tag).await;
}

async fn ask_for_all(tag: &str) -> Result<(), JsValue> {
    let workers = get(&get(&js_sys::global(), "navigator")?, "serviceWorker")?;
    let registration = wait(&workers, "getRegistration", &[]).await?;
    wait(&get(&registration, "sync")?, "register", &[tag.into()]).await?;
    // Only for an app that is on the home screen.
    let rarely: Object = object(&[("minInterval", EVERY_MS.into())])?.into();
    wait(&get(&registration, "periodicSync")?, "register", &["deliver".into(), rarely.into()])
        .await?;
    Ok(())
}
