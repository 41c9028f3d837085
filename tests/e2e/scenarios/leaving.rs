//! Leaving a page in other ways than by its buttons.

use anyhow::Result;
use e2e::browser::{Engine, Find};
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
