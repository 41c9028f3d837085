//! A link that is paid for by the byte.

use anyhow::{Result, ensure};
use e2e::browser::{Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;

use crate::household;

/// Somebody on such a link, who lets photos wait for WiFi, has reported a lamp: what was filled in is
/// there, and the phone says what waits.
async fn whose_photos_wait(scene: &Scene) -> Result<Person> {
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.spares_bytes(true).await?;
    person.act("settings").await?;
    person.browser.tap(&Find::selector("[data-setting=files] [data-choice=wait]")).await?;
    person.sees("[data-setting=files] [data-choice=wait][aria-checked=true]").await?;
    person.keep_picture("setting-files").await?;
    person.open_app().await?;
    household::reports_the_dark_lamp(&person, scene).await?;
    person.sees("[data-held]").await?;
    person.sees_states(&["sending"]).await?;
    person.keep_picture("photos-wait").await?;
    let officer = scene.officer_inside("综合办公室").await?;
    ensure!(officer.cases().await?.len() == 1, "what was filled in is there without its photos");
    Ok(person)
}

/// One touch sends them all the same.
pub(crate) async fn photos_wait_for_wifi_where_the_person_wants_that() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = whose_photos_wait(&scene).await?;
    person.act("send-anyway").await?;
    person.sees_delivered(1).await?;
    person.sees_no_more("[data-held]").await
}

/// They go by themselves as soon as the link is another.
pub(crate) async fn photos_that_waited_go_when_there_is_wifi() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = whose_photos_wait(&scene).await?;
    person.spares_bytes(false).await?;
    person.finds_network().await?;
    person.sees_delivered(1).await
}
