//! People of the roster: what is known of them is not asked again.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::applicant::Applicant;
use e2e::browser::{Engine, Find};
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::{Value, json};

use crate::household;

/// Without network, somebody picks an applicant and a household: nothing of that is asked again, but
/// for the number that has changed.
pub(crate) async fn what_is_known_of_people_is_not_asked_again(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    // It comes last of all.
    person.has_kept("forms", "id_type", 1).await?;
    scene.network.cut();
    person.begin("ybcb").await?;
    let [head, ..] = household::names();
    person.tap("本人办理").await?;
    pick(&person, "wxl", head).await?;
    person.keep_picture("roster").await?;

    // The number has changed; all else of the applicant is as it was.
    let differs = "[data-question=app_name] [data-action=differs]";
    person.browser.tap(&Find::selector(differs)).await?;
    person.browser.write(&Find::selector("[data-question=app_name] input"), "王秀梅").await?;
    let asked = goes_on_to(&person, "m").await?;
    let known = ["app_id", "app_eth", "app_phone", "app_village", "app_group", "app_addr"];
    for question in known {
        ensure!(!asked.contains(question), "{question} is asked again: {asked:?}");
    }

    pick(&person, "dashan", "王秀兰、王大山、王小军、王小雨").await?;
    for (row, name) in (1..).zip(household::names()) {
        person.sees(&format!("[data-repeat=m][data-row=\"{row}\"]")).await?;
        person.reads(name).await?;
    }
    person.keep_picture("roster-household").await?;
    // Picked twice, nobody is there twice.
    pick(&person, "", "王秀兰、王大山、王小军、王小雨").await?;
    person.sees_no_more("[data-repeat=m][data-row=\"5\"]").await?;

    let asked = goes_on_to(&person, "promise").await?;
    for question in ["m_name", "m_id", "m_rel"] {
        ensure!(!asked.contains(question), "{question} is asked again: {asked:?}");
    }
    ensure!(asked.contains("m_type"), "what is not known is asked: {asked:?}");
    person.skip_to_review().await?;
    for words in ["王秀梅", "529999 19700101 0247", "529999 20180630 1155", "示例一村三组 18 号"]
    {
        person.reads(words).await?;
    }
    Ok(())
}

/// The clerk's second household: where the form says so, what was answered the last time is there.
pub(crate) async fn what_was_answered_the_last_time_is_there() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    let given = Applicant::new(&scene, &person, "gljt")?.apply().await?;
    let bank = given.into_iter().find(|given| given.question == "pay_bank");
    let bank = bank.and_then(|given| given.words.into_iter().next()).context("a bank")?;
    person.open_app().await?;
    person.begin("gljt").await?;
    goes_on_to(&person, "pay_bank").await?;
    let stands = "return document.querySelector('[data-question=pay_bank] input')?.value === args;";
    person.browser.until(&format!("{bank} to be there"), stands, json!(bank)).await?;
    Ok(())
}

/// Opens the roster, types, and takes who is found.
async fn pick(person: &Person, typed: &str, name: &str) -> Result<()> {
    let sheet = "dialog[open][data-sheet=roster]";
    person.act("open-roster").await?;
    if !typed.is_empty() {
        person.browser.write(&Find::selector(format!("{sheet} input")), typed).await?;
    }
    person.browser.tap(&Find::selector(format!("{sheet} [data-choice=\"{name}\"]"))).await?;
    person.sees_no_more(sheet).await
}

/// Goes on, leaving empty what is asked, until a question is on the page. Tells what was asked before.
async fn goes_on_to(person: &Person, question: &str) -> Result<BTreeSet<String>> {
    let mut asked = BTreeSet::new();
    loop {
        let here = "const own = [...document.querySelectorAll('[data-question]')];
            return own.filter((one) => !one.querySelector('[data-action=differs]')).map((one) => one.dataset.question);";
        let here = person.browser.until("a page", here, Value::Null).await?;
        let here: Vec<String> = serde_json::from_value(here)?;
        if here.iter().any(|own| own == question) {
            return Ok(asked);
        }
        asked.extend(here);
        let on = "const before = location.pathname;
            document.querySelector('[data-action=next]').click();
            if (location.pathname === before) document.querySelector('[data-action=skip]')?.click();
            return location.pathname !== before;";
        person.browser.until("the next page", on, Value::Null).await?;
    }
}

/// Of four people the first is removed; a slip in the last one's name is taken back, and the page is
/// still that one's.
pub(crate) async fn a_slip_in_a_row_is_taken_back_there() -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.begin("ybcb").await?;
    goes_on_to(&person, "m").await?;
    pick(&person, "", "王秀兰、王大山、王小军、王小雨").await?;
    let browser = &person.browser;
    browser.tap(&Find::selector("[data-row='1'] [data-action=remove-row]")).await?;
    person.sees_no_more("[data-row='4']").await?;
    browser.tap(&Find::selector("[data-row='3'] [data-action=edit-row]")).await?;
    person.sees("main[data-row='3']").await?;
    browser.tap(&Find::selector("[data-question=m_name] [data-action=differs]")).await?;
    let name = "[data-question=m_name] input";
    browser.write(&Find::selector(name), "王小雪").await?;
    person.act("undo-answer").await?;
    let is_back = "return document.querySelector(args)?.value === '王小雨'
        && document.querySelector('main').dataset.row === '3';";
    browser.until("her own name again", is_back, json!(name)).await?;
    person.sees_no_more("[data-action=undo-answer]").await
}
