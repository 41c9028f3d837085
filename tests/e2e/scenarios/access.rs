//! Everybody can read and reach everything: on every screen, in every way the app can be.

use anyhow::Result;
use e2e::applicant::Applicant;
use e2e::browser::{Engine, Find};
use e2e::eyes::Eyes;
use e2e::person::Person;
use e2e::scene::Scene;

/// The pages of these forms are looked at, one by one.
pub(crate) async fn forms_keep_nobody_out(
    preferences: &[(&str, &str)],
    items: &[&str],
) -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.wants_stillness().await?;
    let eyes = Eyes::open()?;
    for item in items {
        person.open_app().await?;
        person.prefers(preferences).await?;
        person.is_somewhere().await?;
        Applicant::new(&scene, &person, item)?.watched_by(&eyes).apply().await?;
    }
    eyes.tell()?;
    Ok(())
}

/// Every other screen.
pub(crate) async fn screens_keep_nobody_out(preferences: &[(&str, &str)]) -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.wants_stillness().await?;
    let eyes = Eyes::open()?;
    person.open_app().await?;
    person.prefers(preferences).await?;
    person.has_everything_to_fill_in_offline().await?;
    eyes.look(&person, "").await?;
    look_at_searching(&person, &eyes).await?;
    look_at_errors(&person, &eyes).await?;
    for path in ["mine", "offices", "settings", "certificates", "offline"] {
        look_at(&person, &eyes, path).await?;
    }
    scene.network.cut();
    person.open_app().await?;
    Applicant::new(&scene, &person, "mydc")?.apply().await?;
    eyes.look(&person, "waits").await?;
    look_at(&person, &eyes, "mine").await?;
    person.browser.tap(&Find::selector("[data-application]:not([data-state=draft])")).await?;
    person.until_screen("case").await?;
    person.until_sent_is_shown().await?;
    eyes.look(&person, "waits").await?;
    scene.network.mend();
    person.look_at_mine().await?;
    person.sees_delivered(1).await?;
    eyes.look(&person, "delivered").await?;
    person.browser.tap(&Find::selector("[data-application][data-state=delivered]")).await?;
    person.until_screen("case").await?;
    person.until_sent_is_shown().await?;
    eyes.look(&person, "delivered").await?;
    look_at_damaged(&person, &eyes).await?;
    eyes.tell()?;
    Ok(())
}

async fn look_at(person: &Person, eyes: &Eyes, path: &str) -> Result<()> {
    person.open_path(path).await?;
    eyes.look(person, "").await
}

async fn look_at_searching(person: &Person, eyes: &Eyes) -> Result<()> {
    for wanted in ["低保", "没有这种事"] {
        person.browser.write(&Find::selector("input[type=search]"), wanted).await?;
        eyes.look(person, "searching").await?;
    }
    Ok(())
}

/// The item's page, a page on which everything is still missing, and the review of it.
async fn look_at_errors(person: &Person, eyes: &Eyes) -> Result<()> {
    look_at(person, eyes, "item/ybcb").await?;
    person.act("start").await?;
    person.until_screen("notice").await?;
    eyes.look(person, "").await?;
    person.act("understood").await?;
    person.until_screen("form").await?;
    person.act("next").await?;
    person.sees("[data-problem]").await?;
    eyes.look(person, "wrong").await?;
    person.act("skip").await?;
    // From page to page without an answer, to the review of what is missing.
    person.skip_to_review().await?;
    eyes.look(person, "wrong").await
}

async fn look_at_damaged(person: &Person, eyes: &Eyes) -> Result<()> {
    person.has_records_damaged("drafts").await?;
    person.has_records_damaged("draft_index").await?;
    look_at(person, eyes, "mine").await
}
