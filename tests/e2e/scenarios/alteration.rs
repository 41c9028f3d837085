//! What somebody changes on the way.

use anyhow::{Result, ensure};
use e2e::browser::Engine;
use e2e::scene::Scene;

use crate::household;

/// One bit of an envelope is changed on its way: it is refused, kept and explained on both sides,
/// and what the person wrote still arrives, whole, once.
pub(crate) async fn an_altered_application_is_refused_and_explained(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.alter_envelopes(true);
    household::reports_the_dark_lamp(&person, &scene).await?;
    let told = person.is_told_of_refusal().await?;
    ensure!(told.contains("被改过"), "the person is told that it was altered: {told}");
    // It is kept, and nothing says that it arrived.
    person.sees_states(&["refused"]).await?;
    scene.network.alter_envelopes(false);
    person.finds_network().await?;
    person.sees_delivered(1).await?;
    let officer = scene.officer("综合办公室").await?;
    ensure!(
        officer.cases().await? == person.receipts().await?,
        "what was not altered arrived once"
    );
    let refused = officer.refused().await?;
    ensure!(
        refused.keys().eq(&scene.network.altered()),
        "what was altered is kept, each just as it came: {refused:?}"
    );
    for words in refused.values() {
        ensure!(words.contains("被改过"), "the officer is told that it was altered: {words}");
        ensure!(words.contains("同一封后来完好送到了"), "and that it came whole then: {words}");
    }
    Ok(())
}
