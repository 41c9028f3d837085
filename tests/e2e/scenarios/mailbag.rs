//! Where no network ever comes: envelopes travel on a stick, or on somebody else's phone.

use anyhow::{Result, ensure};
use e2e::browser::{Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::Value;

use crate::household;

/// Somebody who never has a network, and the mailbag with the one application that waits.
async fn cut_off(scene: &Scene) -> Result<(Person, Vec<u8>)> {
    let person = scene.person().await?;
    if scene.engine == Engine::Chromium {
        person.wants_stillness().await?;
    }
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    person.fill_in(&household::dark_lamp(scene)?).await?;
    person.finish().await?;
    person.look_at_mine().await?;
    person.act("mailbag").await?;
    person.reads("有 1 件还没送到").await?;
    person.keep_picture("mailbag").await?;
    let bag = person.packs_a_mailbag().await?;
    Ok((person, bag))
}

/// A neighbour's phone carries the mailbag to where there is a network, and brings the receipts
/// back: the phone that never had one knows that everything is there.
///
/// kobotoolbox/docs#45, kobotoolbox/docs#18: whoever cleared the browser's data lost what was not
/// sent.
/// getodk/skunkworks-crow#27, getodk/collect#3800, surveysolutions/surveysolutions#2522: no way
/// from phone to phone without a network, or one that fell over permissions.
pub(crate) async fn a_neighbour_carries_it_and_brings_the_receipt_back(
    engine: Engine,
) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let (person, bag) = cut_off(&scene).await?;
    let there = scene.file("there.xstbag", &bag)?;
    let person = person.puts_the_phone_away().await?;

    scene.network.mend();
    let neighbour = scene.neighbour().await?;
    neighbour.open_app().await?;
    neighbour.has_everything_to_fill_in_offline().await?;
    neighbour.takes_in_a_mailbag(&there).await?;
    neighbour.reads("收下了 1 件").await?;
    neighbour.reads("替别人带的 1 件，镇里收到了").await?;
    neighbour.takes_in_a_mailbag(&there).await?;
    neighbour.reads("先前都收过了").await?;
    let back = scene.file("back.xstbag", &neighbour.packs_a_mailbag().await?)?;
    neighbour.browser.close().await?;

    scene.network.cut();
    let person = person.takes_it_up_again().await?;
    person.look_at_mine().await?;
    person.is_told_that_wait(1).await?;
    person.takes_in_a_mailbag(&back).await?;
    person.reads("镇里收到了 1 件").await?;
    person.look_at_mine().await?;
    person.sees_delivered(1).await?;

    let officer = {
        scene.network.mend();
        scene.officer("综合办公室").await?
    };
    let cases = officer.cases().await?;
    ensure!(cases.len() == 1, "one case: {cases:?}");
    Ok(())
}

/// The neighbour films the codes on the screen; neither phone has a network then.
///
/// getodk/skunkworks-crow#27, getodk/collect#3800, surveysolutions/surveysolutions#2522: no way
/// from phone to phone without a network, or one that fell over permissions.
pub(crate) async fn a_neighbour_films_it_from_the_screen(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let neighbour = scene.neighbour().await?;
    neighbour.open_app().await?;
    neighbour.has_everything_to_fill_in_offline().await?;
    let (person, _) = cut_off(&scene).await?;
    person.act("show-codes").await?;
    person.sees("dialog[open] canvas[width]").await?;
    person.keep_picture("mailbag-codes").await?;
    neighbour.films_a_mailbag(&person).await?;
    neighbour.reads("收下了 1 件").await?;
    person.browser.close().await?;
    scene.network.mend();
    neighbour.reads("替别人带的 1 件，镇里收到了").await
}

/// A stick brings it to the counter; the officer takes it in, files and all, and once only.
///
/// getodk/collect#3185: no way to bring answers out where there is never a network.
pub(crate) async fn the_counter_takes_in_what_a_stick_brings() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let (person, bag) = cut_off(&scene).await?;
    let stick = scene.file("stick.xstbag", &bag)?;
    scene.network.mend();
    person.browser.close().await?;

    let officer = scene.officer("综合办公室").await?;
    for _ in 0..2 {
        officer.browser.go(&format!("{}/console/mailbag", scene.network.origin())).await?;
        officer.browser.attach(&Find::selector("input[name=bag]"), &[&stick]).await?;
        officer.browser.tap(&Find::words("收下")).await?;
        let brought = "return document.querySelector('[data-brought=\"1\"]') !== null;";
        officer.browser.until("the mailbag to be taken in", brought, Value::Null).await?;
    }
    let cases = officer.cases().await?;
    ensure!(cases.len() == 1, "one case: {cases:?}");
    for case in cases {
        officer.open(&case).await?;
        ensure!(officer.download_files().await?.len() == 2, "a picture and a recording");
    }
    Ok(())
}
