//! How long a person waits for what they touch while they fill in a form.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use e2e::browser::{Browser, Find};
use serde_json::{Value, json};

use crate::phone::{Begun, ITEM, Phone};
use crate::{Figure, median};

/// At least so many answers, for what holds for nineteen of twenty.
const ANSWERS: usize = 80;
/// How often a draft is opened.
const TIMES: usize = 7;
/// The application for 低保 of a household of ten.
const FAMILY: Begun = Begun { item: "dibao", rows: 10, times: 1 };

/// Measures every answer: a choice until it is marked, a line until the frame after it.
const WATCH_ANSWERS: &str = "
    addEventListener('click', (event) => {
        const choice = event.target.closest?.('[data-choice]');
        const block = choice?.closest('[data-question]');
        if (!block) return;
        const { question } = block.dataset;
        const marked = `[data-question='${question}'] [data-choice='${choice.dataset.choice}'][aria-checked=true]`;
        measure(event, () => document.querySelector(marked));
    }, true);
    addEventListener('input', (event) => {
        if (event.target.type !== 'file') measure(event, () => true);
    }, true);";

/// What stands on the page: its address, whether it is a form's, what can be answered by a touch or
/// by typing, the rows of a list, whether there is a way past what is wrong.
const LOOK: &str = "
    const isShown = (element) => element.getClientRects().length > 0;
    const main = document.querySelector('main');
    const blocks = [...main.querySelectorAll('[data-question]')].filter(isShown);
    const answers = blocks.flatMap((block) => {
        const { question } = block.dataset;
        const own = `[data-question='${question}'] `;
        const has = (part) => [...block.querySelectorAll(part)].some(isShown) && own + part;
        const part = has('[data-choice][aria-checked=false]') || has('input.field[type=text]:not([readonly])') || has('textarea');
        return part ? [{ question, part }] : [];
    });
    const rows = [...main.querySelectorAll('[data-action=edit-row]')].map((row) => row.closest('[data-row]').dataset.row);
    return { page: location.pathname, screen: main.dataset.screen, answers, rows };";

/// The slowest but the slowest twentieth of all answers to the form of a household of ten.
pub(crate) async fn answer_family() -> Result<Figure> {
    answers(&Phone::with(FAMILY).await?).await
}

/// The same for a form of so many questions.
pub(crate) async fn answer_large(questions: usize) -> Result<Figure> {
    let begun = Begun { item: ITEM, rows: 0, times: 1 };
    answers(&Phone::with_form(&large(questions), begun).await?).await
}

async fn answers(phone: &Phone) -> Result<Figure> {
    phone.look_at_mine().await?;
    phone.open_draft().await?;
    phone.person.browser.run(WATCH_ANSWERS, Value::Null).await?;
    answer(phone).await?;
    let took = phone.took().await?;
    ensure!(took.len() >= ANSWERS, "only {} answers could be given", took.len());
    Ok(Figure::beside(slow(took), None, 50.0))
}

/// From the touch of a draft to its question, of the form of a household of ten.
pub(crate) async fn open() -> Result<Figure> {
    let phone = Phone::with(FAMILY).await?;
    phone.look_at_mine().await?;
    // What is told before the first answer is told once.
    phone.open_draft().await?;
    let watch = "addEventListener('click', (event) => {
        if (!event.target.closest?.('[data-application]')) return;
        measure(event, () => document.querySelector('[data-screen=form] [data-question]'));
    }, true);";
    phone.person.browser.run(watch, Value::Null).await?;
    for time in 0..TIMES {
        phone.person.browser.run("history.back();", Value::Null).await?;
        phone.person.sees("[data-screen=mine] [data-application]").await?;
        phone.person.open_draft().await?;
        phone.until_measured(time).await?;
    }
    let took = phone.took().await?;
    phone.end().await?;
    Ok(Figure::beside(median(took), None, 300.0))
}

/// Answers what is asked with something else than what stands there, page after page and row after
/// row.
async fn answer(phone: &Phone) -> Result<()> {
    let browser = &phone.person.browser;
    let mut done = BTreeSet::new();
    let mut given = 0;
    while given < ANSWERS {
        let sight = Sight::look(browser).await?;
        let new = sight
            .answers
            .iter()
            .find(|(question, _)| done.insert(format!("{} {question}", sight.page)));
        if let Some((_, part)) = new {
            let find = Find::selector(part.as_str());
            match part.contains("data-choice") {
                true => browser.tap(&find).await?,
                false => browser.write(&find, &(200 + given).to_string()).await?,
            }
            phone.until_measured(given).await?;
            given += 1;
            continue;
        }
        let row = sight.rows.iter().find(|row| done.insert(format!("{} row {row}", sight.page)));
        match row {
            Some(row) => {
                let card = format!("[data-row='{row}'] [data-action=edit-row]");
                browser.tap(&Find::selector(card)).await?;
            }
            None if sight.screen == "form" => browser.tap(&Find::selector(ON)).await?,
            None => break,
        }
        leave(browser, &sight).await?;
    }
    Ok(())
}

/// The way on.
const ON: &str = "[data-action=next]";

/// Waits for another page; where something is wrong with this one, goes past it.
async fn leave(browser: &Browser, sight: &Sight) -> Result<()> {
    let gone = "if (location.pathname !== args) return true;
        document.querySelector('[data-action=skip]')?.click();
        return false;";
    browser.until("another page", gone, json!(sight.page)).await?;
    Ok(())
}

/// A page, as [`LOOK`] sees it.
struct Sight {
    page: String,
    screen: String,
    /// Questions, and where to touch them.
    answers: Vec<(String, String)>,
    rows: Vec<String>,
}

impl Sight {
    async fn look(browser: &Browser) -> Result<Self> {
        let seen = browser.run(LOOK, Value::Null).await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |name: &str| seen[name].as_array().context("a list");
        Ok(Self {
            page: text(&seen["page"]),
            screen: text(&seen["screen"]),
            answers: list("answers")?
                .iter()
                .map(|answer| (text(&answer["question"]), text(&answer["part"])))
                .collect(),
            rows: list("rows")?.iter().map(text).collect(),
        })
    }
}

/// A form of so many questions: lines, numbers that each show while the one before is less than
/// 1,000, choices; sums of what was answered, and their sum.
fn large(questions: usize) -> String {
    let mut survey = String::new();
    let mut sums = Vec::new();
    let mut numbers = Vec::new();
    for number in 1..=questions {
        survey += &match number % 3 {
            0 => format!(",text,q{number},第 {number} 问,,,\n"),
            1 => format!(",select_one answer,q{number},第 {number} 问,,,\n"),
            _ => {
                let before = numbers.last().map(|last| format!("${{{last}}} < 1000"));
                numbers.push(format!("q{number}"));
                format!(",integer,q{number},第 {number} 问,{},,\n", before.unwrap_or_default())
            }
        };
        if numbers.len() == 100 || number == questions {
            let of: Vec<_> =
                numbers.drain(..).map(|name| format!("coalesce(${{{name}}}, 0)")).collect();
            sums.push(format!("${{s{number}}}"));
            survey += &format!(",calculate,s{number},,,{},\n", quoted(&of.join(" + ")));
        }
    }
    survey += &format!(",calculate,total,,,{},\n,note,all,共 ${{total}},,,\n", sums.join(" + "));
    let choices = "choices,,,,,,\n,list_name,name,label,,,\n,answer,yes,是,,,\n,answer,no,否,,,\n,answer,some,有一些,,,\n";
    survey + choices
}

/// As one field of a line.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// What nineteen of twenty do not exceed.
fn slow(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() * 95).div_ceil(100).saturating_sub(1);
    values.get(place).copied().unwrap_or(f64::NAN)
}
