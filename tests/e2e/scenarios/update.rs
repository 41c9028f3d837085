//! A new edition of the app, while people use the old one.

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::edition;
use e2e::person::Filling;
use e2e::scene::Scene;

use crate::household;

/// The app is updated while an application is half filled: the page goes on with its own edition,
/// the next start has the new one, and the draft is whole.
///
/// medic/cht-core#7375: one update in fifty was never offered nor taken.
pub(crate) async fn an_update_waits_for_the_next_start(engine: Engine) -> Result<()> {
    let mut scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    let person = person.close_and_come_back().await?;
    let (before, modules) = (person.revision().await?, person.modules().await?);
    let lamp = household::dark_lamp(&scene)?;
    person.begin("bxsj").await?;
    person.fill_in_up_to(&lamp, "mark").await?;

    let next = update(&mut scene).await?;
    person.look_for_update().await?;
    person.fill_in(&lamp.from("vil")).await?;
    ensure!(person.revision().await? == before, "the page goes on with its own edition");
    let all = person.modules().await?;
    ensure!(all.is_superset(&modules) && all.len() == 2, "with its own WebAssembly: {all:?}");

    let person = person.close_and_come_back().await?;
    ensure!(person.revision().await? == next, "the next start has the new edition");
    person.go_on_with_draft().await?;
    person.fill_in(&Filling::default()).await?;
    let next_modules = person.modules().await?;
    ensure!(next_modules.len() == 2, "with two files of WebAssembly too: {next_modules:?}");
    ensure!(next_modules.is_disjoint(&all), "which are its own");
    household::reads_lamp(&person).await?;
    person.reads("1 张照片").await?;
    person.finish().await
}

/// The township is updated while a page of the old edition is still loading: what that page asks
/// for is gone, and it starts in the new edition, without anybody's doing.
///
/// medic/cht-core#7375: one update in fifty was never offered nor taken.
pub(crate) async fn a_page_that_loads_during_an_update_recovers(engine: Engine) -> Result<()> {
    let mut scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    scene.network.hold_requests_for("/start-");
    person.go_to_app().await?;
    person.until_app_loads().await?;
    scene.network.is_holding().await?;
    let next = update(&mut scene).await?;
    scene.network.let_go();
    person.until_app_started().await?;
    ensure!(person.revision().await? == next, "it is the new edition");
    Ok(())
}

/// Serves the next edition of the app; tells its revision.
async fn update(scene: &mut Scene) -> Result<String> {
    let folder = scene.folder().join("next");
    let revision = edition::write_next(scene.township.app(), &folder)?;
    scene.township.end().await?;
    scene.township.take_app(folder);
    scene.township.start_again().await?;
    Ok(revision)
}
