//! A person asks something of a case without a network, while the office works it.

use anyhow::{Context, Result, ensure};
use e2e::browser::{Engine, Find};
use e2e::officer::Officer;
use e2e::person::Person;
use e2e::scene::Scene;

use crate::household;

const MARK: &str = "[data-question=mark] input";

/// The office asks for a correction, which is made without a network; meanwhile it asks for another.
/// The phone shows both, the person does it again, and the office reads that. Then it is done, and
/// rated.
///
/// getodk/central#698: a chain of changes made offline met somebody else's change in between.
pub(crate) async fn what_was_asked_too_late_is_shown_beside_what_is_so_and_done_again(
    engine: Engine,
) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    household::reports_the_dark_lamp(&person, &scene).await?;
    person.sees_delivered(1).await?;

    let officer = scene.officer_inside("综合办公室").await?;
    let case = officer.cases().await?.into_iter().next().context("a case")?;
    officer.open(&case).await?;
    officer.keep_picture("case-acts").await?;
    officer.returns("地方找不到", "mark", "写清楚在哪棵树旁边").await?;
    person.finds_network().await?;
    person.reads("请补正").await?;
    opens_case(&person).await?;
    for words in ["请您补上或者改一改", "地方找不到", "写清楚在哪棵树旁边"] {
        person.reads(words).await?;
    }
    person.keep_picture("asked-to-correct").await?;

    scene.network.cut();
    corrects(&person, "correct", "村口第二棵老槐树").await?;
    person.sees("[data-command=waiting]").await?;
    person.keep_picture("correction-waits").await?;
    officer.open(&case).await?;
    officer.returns("还要写门牌号", "mark", "写上最近的门牌号").await?;
    scene.network.mend();
    person.finds_network().await?;
    person.sees("[data-command=refused]").await?;
    let (meant, now) = (side(&person, "meant").await?, side(&person, "now").await?);
    ensure!(meant.contains("村口第二棵老槐树"), "what the person meant: {meant}");
    ensure!(now.contains("还要写门牌号") && now.contains("写上最近的门牌号"), "what is so: {now}");
    person.keep_picture("changed-meanwhile").await?;
    person.look_at_mine().await?;
    person.sees("[data-application][data-state=changed]").await?;

    opens_case(&person).await?;
    person.sees("[data-action=redo]").await?;
    let kept = corrects(&person, "redo", "村口第二棵老槐树，12 号对面").await?;
    ensure!(kept == "村口第二棵老槐树", "what was meant is not written twice: {kept}");
    person.finds_network().await?;
    person.sees_no_more("[data-command]").await?;
    officer.open(&case).await?;
    let read = officer.answers("mark").await?;
    ensure!(read == ["村口第二棵老槐树，12 号对面"], "the office reads {read:?}");
    is_done_and_rated(&person, &officer, &case).await
}

/// The office sends somebody; it is not mended, says the person, and then it is; and that is rated.
async fn is_done_and_rated(person: &Person, officer: &Officer, case: &str) -> Result<()> {
    officer.works("done", "派老王去").await?;
    officer.works("done", "换了灯泡").await?;
    person.finds_network().await?;
    person.sees("[data-confirm]").await?;
    person.keep_picture("is-it-mended").await?;
    person.act("not-mended").await?;
    person.act("tell-not-mended").await?;
    person.reads("写一句哪里还没有好").await?;
    person.browser.write(&Find::selector("#not-mended"), "还是不亮").await?;
    person.keep_picture("not-mended").await?;
    person.act("tell-not-mended").await?;
    person.sees_no_more("[data-confirm]").await?;
    person.finds_network().await?;
    person.sees_no_more("[data-command]").await?;
    officer.open(case).await?;
    officer.reads("还是不亮").await?;
    officer.works("done", "线也换了").await?;
    person.finds_network().await?;
    person.act("mended").await?;
    person.sees("[data-rate]").await?;
    person.browser.tap(&Find::selector("[data-rate] [data-choice=\"2\"]")).await?;
    person.keep_picture("rating").await?;
    person.act("rate").await?;
    person.sees("[data-rated]").await?;
    person.reads("您评的是：满意").await
}

async fn opens_case(person: &Person) -> Result<()> {
    person.look_at_mine().await?;
    person.browser.tap(&Find::selector("[data-application]")).await?;
    person.until_screen("case").await
}

/// Goes to what is to be corrected and says it anew; tells what stood there.
async fn corrects(person: &Person, way: &str, mark: &str) -> Result<String> {
    person.act(way).await?;
    person.until_screen("review").await?;
    person.sees("[data-corrections] [data-action=correct-answer]").await?;
    person.keep_picture(&format!("review-to-{way}")).await?;
    person.act("correct-answer").await?;
    person.sees(MARK).await?;
    let stood = "return document.querySelector(args).value;";
    let stood = person.browser.run(stood, MARK.into()).await?;
    person.browser.write(&Find::selector(MARK), mark).await?;
    person.has_kept_all_answers().await?;
    person.act("next").await?;
    person.until_screen("review").await?;
    person.act("finish").await?;
    person.until_screen("case").await?;
    Ok(stood.as_str().context("text")?.to_owned())
}

/// What stands on one side.
async fn side(person: &Person, which: &str) -> Result<String> {
    let selector = format!("[data-{which}] .both__line");
    person.sees(&selector).await?;
    let words = "return document.querySelector(args).innerText;";
    let words = person.browser.run(words, format!("[data-{which}]").into()).await?;
    Ok(words.as_str().context("words")?.to_owned())
}
