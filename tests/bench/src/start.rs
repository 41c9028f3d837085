//! From nothing to the first question, and from a kept app to the home screen.

use anyhow::{Context, Result};
use e2e::browser::Engine;
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

use crate::{Figure, median};

/// How often a start is measured.
const TIMES: usize = 3;
/// Tells when the first question stands there, and goes on by itself as soon as it can.
const WATCH: &str = "
    new MutationObserver(() => {
        for (const step of ['start', 'understood']) {
            const button = document.querySelector(`[data-action=${step}]`);
            if (button && !window[step]) { window[step] = true; button.click(); }
        }
        if (!window.asked && document.querySelector('[data-question]')) window.asked = performance.now();
        if (!window.usable && document.querySelector('a[data-item]')) window.usable = performance.now();
    }).observe(document, { childList: true, subtree: true });";
/// Bytes of everything that was there when the first question was, with its headers as the browser
/// reckons them.
const FETCHED: &str = "
    const all = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type));
    return all.filter((entry) => entry.responseEnd < window.asked).reduce((sum, entry) => sum + entry.transferSize, 0);";

/// Everything that crosses the wire before the first question of the household's form, over a link
/// so weak that what comes after it is not there before it.
pub(crate) async fn bytes_to_first_question() -> Result<Figure> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    watch(&person).await?;
    weak_link(&person).await?;
    first_question(&person, &scene).await?;
    let bytes = person.browser.run(FETCHED, Value::Null).await?;
    person.browser.close().await?;
    let bytes = bytes.as_f64().context("a number")? / 1000.0;
    Ok(Figure { unit: "kB", ..Figure::beside(bytes, None, 260.0) })
}

/// The same over a weak link (400 ms, 50 kB/s) on a phone a quarter as fast.
pub(crate) async fn cold_start() -> Result<Figure> {
    let mut took = Vec::new();
    for _ in 0..TIMES {
        let scene = Scene::new(Engine::WholeChromium).await?;
        let person = scene.person().await?;
        watch(&person).await?;
        slow_processor(&person).await?;
        weak_link(&person).await?;
        took.push(first_question(&person, &scene).await?);
        person.browser.close().await?;
    }
    Ok(Figure::beside(median(took), None, 6000.0))
}

/// From a browser that was closed, without network, to the home screen, on a phone a quarter as
/// fast.
pub(crate) async fn warm_start_offline() -> Result<Figure> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let mut person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    let mut took = Vec::new();
    for _ in 0..TIMES {
        person = person.close_and_come_back().await?;
        watch(&person).await?;
        slow_processor(&person).await?;
        person.go_to_app().await?;
        took.push(moment(&person, "the home screen", "usable").await?);
    }
    person.browser.close().await?;
    Ok(Figure::beside(median(took), None, 1000.0))
}

async fn first_question(person: &Person, scene: &Scene) -> Result<f64> {
    person.browser.go(&format!("{}/item/ybcb", scene.network.origin())).await?;
    moment(person, "the first question", "asked").await
}

/// When, in milliseconds since the page began, something was there.
async fn moment(person: &Person, what: &str, name: &str) -> Result<f64> {
    let when = person.browser.until(what, "return window[args];", json!(name)).await?;
    when.as_f64().context("a number")
}

pub(crate) async fn call(person: &Person, method: &str, params: Value) -> Result<Value> {
    person.browser.dev_tools().context("Chromium")?.call(method, params).await
}

async fn watch(person: &Person) -> Result<()> {
    call(person, "Page.enable", json!({})).await?;
    call(person, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    Ok(())
}

pub(crate) async fn slow_processor(person: &Person) -> Result<()> {
    call(person, "Emulation.setCPUThrottlingRate", json!({ "rate": 4 })).await?;
    Ok(())
}

pub(crate) async fn weak_link(person: &Person) -> Result<()> {
    call(person, "Network.enable", json!({})).await?;
    let link = json!({
        "offline": false, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000,
    });
    call(person, "Network.emulateNetworkConditions", link).await?;
    Ok(())
}

/// The link as it is.
pub(crate) async fn strong_link(person: &Person) -> Result<()> {
    let link = json!({
        "offline": false, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    call(person, "Network.emulateNetworkConditions", link).await?;
    Ok(())
}
