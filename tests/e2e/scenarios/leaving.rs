//! Leaving a page in other ways than by its buttons, and taking back what was done on it.

use anyhow::Result;
use e2e::browser::{Engine, Find};
use e2e::person::{Answer, Filling};
use e2e::scene::Scene;
use serde_json::json;

use crate::household;

/// Who swipes back while typing leaves no field by touch: the field is taken from the page with the
/// focus in it. What was typed is kept, and the app goes on.
pub(crate) async fn the_phones_way_back_ends_what_is_typed(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("bxsj").await?;
    person.answer_up_to(&household::dark_lamp(&scene)?, "mark").await?;
    let line = "[data-question=mark] input";
    for words in ["村口", household::LANDMARK] {
        person.browser.write(&Find::selector(line), words).await?;
        person.browser.run("history.back();", json!(null)).await?;
        person.sees_no_more(line).await?;
        person.act("next").await?;
        let has = "return document.querySelector(args.line)?.value === args.words;";
        let args = json!({ "line": line, "words": words });
        person.browser.until("what was typed", has, args).await?;
    }
    Ok(())
}

/// A slip of the finger: another answer, a picture taken away. Both are taken back on the spot, and
/// the picture arrives.
pub(crate) async fn what_was_answered_by_mistake_is_taken_back(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    scene.network.cut();
    person.begin("bxsj").await?;
    let lamp = household::dark_lamp(&scene)?;
    person.fill_in_up_to(&lamp, "danger").await?;
    let slip = Filling::default().with("danger", Answer::Choice("是".to_owned()));
    person.fill_in_up_to(&slip, "danger").await?;
    person.act("undo-answer").await?;
    let chosen =
        "const chosen = document.querySelector('[data-question=danger] [aria-checked=true]');
        return chosen?.dataset.choice === args;";
    person.browser.until("what was chosen before", chosen, json!("no")).await?;

    person.fill_in_up_to(&lamp.from("say"), "ph").await?;
    let picture = "[data-question=ph] [data-file]";
    let remove = "[data-question=ph] [data-action=remove-file]";
    person.browser.tap(&Find::selector(remove)).await?;
    person.sees_no_more(picture).await?;
    person.keep_picture("undo").await?;
    person.act("undo-answer").await?;
    let whole = "return document.querySelector(args)?.dataset.file.length === 64;";
    person.browser.until("the picture again", whole, json!(picture)).await?;

    person.fill_in(&lamp.from("mark")).await?;
    person.reads("1 张照片").await?;
    person.finish().await?;
    scene.network.mend();
    person.look_at_mine().await?;
    person.sees_delivered(1).await
}

/// The phone's own way back closes what lies over the page; the page stays, and the next one leaves it.
pub(crate) async fn the_phones_way_back_closes_what_lies_over_a_page() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    person.begin("ybcb").await?;
    person.act("open-roster").await?;
    person.sees("dialog[open] [data-choice]").await?;
    person.browser.run("history.back();", json!(null)).await?;
    person.sees_no_more("dialog[open]").await?;
    person.sees("main[data-screen=form]").await?;
    let is_here = "return location.pathname.startsWith('/fill/');";
    person.browser.until("the form's own path", is_here, json!(null)).await?;
    person.browser.run("history.back();", json!(null)).await?;
    person.until_screen("item").await
}
