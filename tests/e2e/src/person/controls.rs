//! The controls that are more than a field or a list: what hands do there.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::filling::Question;
use crate::browser::Browser;

/// A day as the Chinese calendar names it.
#[derive(Clone, Copy, Debug)]
pub struct LunarDay {
    /// Such as `1957`.
    pub year: &'static str,
    /// Such as `闰八月`.
    pub month: &'static str,
    /// Such as `初八`.
    pub day: &'static str,
}

/// Taps the button of an action so many times.
pub(super) async fn tap_often(
    browser: &Browser,
    question: &Question,
    action: &str,
    times: usize,
) -> Result<()> {
    for _ in 0..times {
        browser.tap(&question.part(&format!("[data-action=\"{action}\"]"))).await?;
    }
    Ok(())
}

/// Types into the fields in turn.
pub(super) async fn write_each(
    browser: &Browser,
    question: &Question,
    texts: &[&str],
) -> Result<()> {
    for (place, text) in texts.iter().enumerate() {
        let field = format!("label:nth-of-type({}) input", place + 1);
        browser.write(&question.part(&field), text).await?;
    }
    leave(browser).await
}

/// Opens a long list, looks for something, and takes what is found first.
pub(super) async fn search(
    browser: &Browser,
    question: &Question,
    typed: &str,
    words: &str,
) -> Result<()> {
    browser.tap(&question.part("[data-action=open-list]")).await?;
    let rows = "return document.querySelectorAll('[data-sheet] [data-choice]').length < args;";
    browser.until("only some rows of a long list", rows, json!(100)).await?;
    browser.write(&question.part("input[type=search]"), typed).await?;
    let first =
        "return document.querySelector('[data-sheet] [data-choice]')?.textContent.trim() === args;";
    browser.until(&format!("「{words}」 to be found by {typed}"), first, json!(words)).await?;
    browser.tap(&question.part("[data-choice]").saying(words)).await
}

/// Gives a day by the Chinese calendar.
pub(super) async fn name_day(browser: &Browser, question: &Question, day: LunarDay) -> Result<()> {
    browser.tap(&question.part("[data-action=by-lunar]")).await?;
    browser.write(&question.part("input"), day.year).await?;
    for (part, words) in [("month", day.month), ("day", day.day)] {
        let choose = "const field = document.querySelector(args.field);
            const option = [...(field?.options || [])].find((one) => one.text === args.words);
            if (!option) return false;
            field.value = option.value;
            field.dispatchEvent(new Event('change', { bubbles: true }));
            return true;";
        let field = format!("{} [data-part={part}]", question.selector());
        let args = json!({ "field": field, "words": words });
        browser.until(&format!("「{words}」 to be chosen"), choose, args).await?;
    }
    Ok(())
}

/// Walks from corner to corner (latitude and longitude), and takes each.
pub(super) async fn walk(
    browser: &Browser,
    question: &Question,
    corners: &[(f64, f64)],
    closes: bool,
) -> Result<()> {
    for (place, corner) in corners.iter().enumerate() {
        stand_at(browser, *corner).await?;
        tap_often(browser, question, "take-corner", 1).await?;
        let taken = "return document.querySelectorAll(args.corners).length === args.count;";
        let corners = format!("{} [data-corner]", question.selector());
        let args = json!({ "corners": corners, "count": place + 1 });
        browser.until(&format!("corner {} to be taken", place + 1), taken, args).await?;
    }
    if closes {
        tap_often(browser, question, "close-shape", 1).await?;
    }
    Ok(())
}

/// The phone is there from now on. Not every engine can be told by its driver.
async fn stand_at(browser: &Browser, (latitude, longitude): (f64, f64)) -> Result<()> {
    let script = "
        const coords = { latitude: args.latitude, longitude: args.longitude, altitude: null, accuracy: 5 };
        const geolocation = { getCurrentPosition: (found) => found({ coords }) };
        Object.defineProperty(navigator, 'geolocation', { configurable: true, get: () => geolocation });";
    let args = json!({ "latitude": latitude, "longitude": longitude });
    browser.run(script, args).await.map(drop)
}

/// Chooses something, and the page goes on by itself.
pub(super) async fn choose_and_be_led_on(
    browser: &Browser,
    question: &Question,
    words: &str,
) -> Result<()> {
    let address = "return location.href;";
    let before = browser.run(address, Value::Null).await?;
    let before = before.as_str().context("an address")?;
    browser.tap(&question.part("[data-choice]").saying(words)).await?;
    browser
        .until("the page to go on by itself", "return location.href !== args;", json!(before))
        .await?;
    Ok(())
}

/// The field that has the focus is left.
pub(super) async fn leave(browser: &Browser) -> Result<()> {
    browser.run("document.activeElement.blur();", Value::Null).await.map(drop)
}
