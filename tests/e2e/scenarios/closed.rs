//! The app is closed.

use anyhow::{Context as _, Result};
use e2e::browser::Engine;
use e2e::scene::Scene;

use crate::household;

/// Who seals an application and closes the app before there is a network need not open it again: the
/// browser finds a network and calls the service worker, which delivers it with its files and writes
/// down the receipts.
pub(crate) async fn what_waits_is_delivered_while_no_page_is_open() -> Result<()> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    household::reports_the_dark_lamp(&person, &scene).await?;
    person.is_told_that_wait(1).await?;

    person.closes_the_app().await?;
    scene.network.mend();
    person.browser_finds_network().await?;
    let officer = scene.officer_inside("综合办公室").await?;
    officer.gets_cases(1).await?;
    person.looks_beside_the_app().await?;
    for store in ["envelopes", "files"] {
        person.has_nothing_left(store).await?;
    }

    scene.network.cut();
    person.look_at_mine().await?;
    person.sees_delivered(1).await
}

/// What the office says meanwhile is there when the app is opened, without a network: the browser calls
/// the service worker from time to time, which it was asked for.
pub(crate) async fn news_come_while_no_page_is_open() -> Result<()> {
    let scene = Scene::new(Engine::WholeChromium).await?;
    let person = scene.person().await?;
    person.lets_itself_be_called().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    household::reports_the_dark_lamp(&person, &scene).await?;
    person.sees_delivered(1).await?;
    person.has_asked_to_be_called().await?;
    person.closes_the_app().await?;

    let officer = scene.officer_inside("综合办公室").await?;
    let case = officer.cases().await?.into_iter().next().context("a case")?;
    officer.open(&case).await?;
    officer.returns("地方找不到", "mark", "写清楚在哪棵树旁边").await?;
    person.browser_looks_for_news().await?;
    person.looks_beside_the_app().await?;
    person.has_news().await?;

    scene.network.cut();
    person.look_at_mine().await?;
    person.reads("请补正").await
}
