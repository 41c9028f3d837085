//! The first things that people meet: what they look for, where they opened it, in which language.

use anyhow::{Context, Result};
use e2e::browser::{Engine, Find};
use e2e::scene::Scene;
use serde_json::{Value, json};

/// A certificate that nobody gives any more is found by what people call it, and with it whom to ask.
pub(crate) async fn who_wants_a_needless_certificate_is_told_whom_to_ask() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.browser.write(&Find::selector(".search input"), "我要开单身证明").await?;
    person.reads("婚姻状况证明").await?;
    person.reads("找民政局婚姻登记处").await
}

/// The browser is asked to keep what is here when the phone runs out of room.
pub(crate) async fn the_browser_is_asked_to_keep_what_is_here() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    let tools = person.browser.dev_tools().context("Chromium has them")?;
    let watch = "const { persist } = StorageManager.prototype;
        StorageManager.prototype.persist = function () { window.asked = true; return persist.call(this); };";
    tools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
    person.open_app().await?;
    person.browser.until("it to be asked", "return window.asked;", Value::Null).await?;
    Ok(())
}

/// In a window inside another app that keeps nothing, the page leads to a real browser.
pub(crate) async fn who_is_inside_another_app_is_led_to_a_browser() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    let tools = person.browser.dev_tools().context("Chromium has them")?;
    let agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) MicroMessenger/8.0.40";
    tools.call("Emulation.setUserAgentOverride", json!({ "userAgent": agent })).await?;
    let without =
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined });";
    tools.call("Page.addScriptToEvaluateOnNewDocument", json!({ "source": without })).await?;
    person.browser.go(&scene.network.origin()).await?;
    person.until_screen("plain").await?;
    person.reads("在浏览器打开").await?;
    person.reads(&scene.network.origin()).await?;
    let english = "localStorage.setItem('language', 'en'); location.reload();";
    person.browser.run(english, Value::Null).await?;
    person.reads("Open it in a browser").await?;
    person.reads(&scene.network.origin()).await
}

/// Another language is chosen in the settings, is spoken at once, and still without a network.
pub(crate) async fn another_language_is_chosen_and_stays() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.act("settings").await?;
    person.browser.tap(&Find::selector("[data-setting=language] [data-choice=en]")).await?;
    person.reads("Size of letters").await?;
    scene.network.cut();
    let person = person.close_and_come_back().await?;
    person.open_app().await?;
    person.sees("[lang=en] [placeholder='What do you need?']").await
}

/// Who cannot read sees what there is to choose: faces stand beside the words, without network too.
pub(crate) async fn who_cannot_read_sees_what_there_is_to_choose() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    // Pictures come last of all.
    person.has_kept("forms", "<svg", 5).await?;
    scene.network.cut();
    person.begin("mydc").await?;
    person.skip_to("[data-question=q1]").await?;
    let drawn = "const faces = [...document.querySelectorAll('[data-choice] img')];
        return faces.length === 5 && faces.every((face) => face.naturalWidth > 0);";
    person.browser.until("five faces", drawn, Value::Null).await?;
    person.keep_picture("faces").await
}

/// The way to the office of an item, as a drawing, where there is no network for a map.
pub(crate) async fn the_way_to_an_office_is_found_without_network() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.has_kept("forms", "汽车站", 1).await?;
    scene.network.cut();
    person.open_path("item/gljt").await?;
    let drawn = "return document.querySelector(args)?.naturalWidth > 0;";
    person.browser.until("a drawing", drawn, json!("[data-map] img")).await?;
    person.act("enlarge").await?;
    let large = json!("dialog[open] .illustration--large img");
    person.browser.until("a large drawing", drawn, large).await?;
    person.keep_picture("way").await
}
