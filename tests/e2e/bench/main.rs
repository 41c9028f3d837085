//! What the phone app achieves in a browser, on a weak link and a slow processor. Called by `cargo
//! xtask bench`, with the names of cases or without; prints one JSON object a line.
#![allow(clippy::print_stdout)] // Its results are what it prints.

use anyhow::{Context, Result};
use e2e::browser::{DevTools, Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

/// How much slower than this machine the phone's processor is.
const SLOWER: u32 = 4;
/// The weak link: 400 ms there and back, 50 kB/s.
const LATENCY_MS: u32 = 400;
const BYTES_PER_SECOND: u32 = 50_000;

/// Notes when something is there for the first time, in milliseconds since the page was asked for.
const WATCH: &str = "
window.seen = {};
const look = () => {
  const note = (name, is) => { if (is && !(name in seen)) seen[name] = performance.now(); };
  note('started', document.documentElement?.dataset.app === 'started');
  note('question', document.querySelector('[data-screen=form] [data-question]'));
  const start = document.querySelector('[data-action=start]');
  if (start && !('start' in seen)) { note('start', true); start.click(); }
  const understood = document.querySelector('[data-action=understood]');
  if (understood && !('notice' in seen)) { note('notice', true); understood.click(); }
};
new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
";

#[tokio::main]
async fn main() -> Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    let is_wanted = |case: &str| wanted.is_empty() || wanted.iter().any(|name| name == case);
    if is_wanted("bytes_to_first_question") || is_wanted("cold_start") {
        let (bytes, cold) = cold_start().await?;
        print("bytes_to_first_question", bytes, "B");
        print("cold_start", cold, "ms");
    }
    if is_wanted("warm_start_offline") {
        print("warm_start_offline", warm_start_offline().await?, "ms");
    }
    if is_wanted("answer_repair") {
        print("answer_repair", answer_repair().await?, "ms");
    }
    Ok(())
}

fn print(case: &str, ours: f64, unit: &str) {
    println!("{}", json!({ "case": case, "ours": ours, "unit": unit }));
}

/// From nothing to the first question, over the weak link: bytes on the wire, and milliseconds.
async fn cold_start() -> Result<(f64, f64)> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    let tools = slow(&person).await?;
    tools.call("Network.enable", json!({})).await?;
    let link = json!({ "offline": false, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND });
    tools.call("Network.emulateNetworkConditions", link).await?;
    person.browser.go(&format!("{}/item/bxsj", scene.network.origin())).await?;
    let seen = seen(&person, "question").await?;
    let bytes = "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
        .filter((one) => one.responseEnd <= args).reduce((sum, one) => sum + one.transferSize, 0);";
    let bytes = person.browser.run(bytes, json!(seen)).await?;
    Ok((bytes.as_f64().context("a number of bytes")?, seen))
}

/// The browser is started, without network, to a screen that takes input.
async fn warm_start_offline() -> Result<f64> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    let person = person.close_and_come_back().await?;
    slow(&person).await?;
    person.open_app().await?;
    seen(&person, "started").await
}

/// One answer in the repair form, until everything that follows from it is on the screen: median
/// of forty.
async fn answer_repair() -> Result<f64> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.begin("bxsj").await?;
    person.browser.tap(&Find::selector("[data-question=cat] [data-action=open-list]")).await?;
    let script =
        "const choices = [...document.querySelectorAll('[data-choice=road], [data-choice=light]')];
        const times = [];
        for (let turn = 0; turn < 40; turn++) {
          const before = performance.now();
          choices[turn % 2].click();
          await Promise.resolve();
          times.push(performance.now() - before);
        }
        return times.sort((one, other) => one - other)[20];";
    let median = person.browser.run(script, Value::Null).await?;
    median.as_f64().context("a number of milliseconds")
}

async fn slow(person: &Person) -> Result<&DevTools> {
    let tools = person.browser.dev_tools().context("Chromium has them")?;
    tools.call("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    tools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await?;
    Ok(tools)
}

async fn seen(person: &Person, what: &str) -> Result<f64> {
    let when = person.browser.until(what, "return window.seen?.[args];", json!(what)).await?;
    when.as_f64().context("a number of milliseconds")
}
