//! Filling in a form: a person answers what is asked, page by page, and never counts pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::controls::{self, LunarDay};
use crate::browser::{Browser, Find};

/// What somebody will answer, wherever it is asked.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    answers: Vec<(Question, Answer)>,
}

/// A question, in a row (from 1) or in none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    row: Option<u64>,
    name: String,
}

/// An answer.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Typed.
    Text(String),
    /// One choice, by its words.
    Choice(String),
    /// One choice without words, such as a star, by its name.
    Named(&'static str),
    /// Files that are attached.
    Files(Vec<PathBuf>),
    /// Drawn by finger.
    Signature,
    /// The time now.
    Now,
    /// Several choices, by their words.
    Choices(&'static [&'static str]),
    /// One choice, by its words, after which the page goes on by itself.
    QuickChoice(&'static str),
    /// What is found first in a long list.
    Found {
        /// What is typed.
        typed: &'static str,
        /// What is found.
        words: &'static str,
    },
    /// The button of an action, tapped so many times.
    Taps(&'static str, usize),
    /// Typed into several fields.
    Texts(&'static [&'static str]),
    /// A day by the Chinese calendar.
    LunarDay(LunarDay),
    /// Corners that somebody walks to, latitude and longitude; whether they are closed to a shape.
    Corners(&'static [(f64, f64)], bool),
}

impl Filling {
    /// With this answer too.
    #[must_use]
    pub fn with(mut self, name: &str, answer: Answer) -> Self {
        self.answers.push((Question { row: None, name: name.to_owned() }, answer));
        self
    }

    /// With this answer in a row too.
    #[must_use]
    pub fn with_in_row(mut self, row: u64, name: &str, answer: Answer) -> Self {
        self.answers.push((Question { row: Some(row), name: name.to_owned() }, answer));
        self
    }

    /// Only this answer and those after it.
    #[must_use]
    pub fn from(&self, name: &str) -> Self {
        let after = self.answers.iter().skip_while(|(question, _)| question.name != name);
        Self { answers: after.cloned().collect() }
    }

    fn rows(&self) -> u64 {
        self.answers.iter().filter_map(|(question, _)| question.row).max().unwrap_or(0)
    }

    fn answer(&self, question: &Question) -> Option<&Answer> {
        self.answers.iter().find(|(other, _)| other == question).map(|(_, answer)| answer)
    }
}

impl Question {
    pub(super) fn selector(&self) -> String {
        let block = format!("[data-question=\"{}\"]", self.name);
        match self.row {
            None => block,
            Some(row) => format!("[data-row=\"{row}\"] {block}"),
        }
    }

    /// Something in the block, or in the sheet that was opened for it.
    pub(super) fn part(&self, selector: &str) -> Find {
        Find::selector(format!(
            "{} {selector}, [data-sheet=\"{}\"] {selector}",
            self.selector(),
            self.name
        ))
    }
}

/// What is on the screen.
struct Sight {
    screen: String,
    questions: Vec<Question>,
    /// Rows that are listed, where rows can be added.
    rows: Option<u64>,
    /// Changes whenever a person would say that this is another page.
    page: String,
    problem: Option<String>,
}

const LOOK: &str = "
const isShown = (element) => element.getClientRects().length > 0;
const row = (element) => Number(element.closest('[data-row]')?.dataset.row) || null;
const blocks = [...document.querySelectorAll('[data-question]')].filter(isShown);
const questions = blocks.map((block) => ({ name: block.dataset.question, row: row(block) }));
const adder = [...document.querySelectorAll('[data-action=add-row]')].find(isShown);
const screen = document.querySelector('main')?.dataset.screen || '';
const rows = adder ? new Set([...document.querySelectorAll('[data-row]')].map((one) => one.dataset.row)).size : null;
const problem = [...document.querySelectorAll('[data-problem]')].filter(isShown).map((one) =>
  (one.closest('[data-question]')?.dataset.question || '') + ': ' + one.textContent).join('; ');
return { screen, questions, rows, problem, page: JSON.stringify([location.href, screen, blocks[0]?.dataset.question, questions[0]?.row, rows]) };
";

impl Sight {
    async fn look(browser: &Browser) -> Result<Self> {
        let seen = browser.until("a screen", LOOK, Value::Null).await?;
        let text = |name: &str| seen[name].as_str().unwrap_or_default().to_owned();
        let questions = seen["questions"].as_array().context("a list")?.iter().map(|question| {
            let name = question["name"].as_str().unwrap_or_default().to_owned();
            Question { row: question["row"].as_u64(), name }
        });
        Ok(Self {
            screen: text("screen"),
            questions: questions.collect(),
            rows: seen["rows"].as_u64(),
            page: text("page"),
            problem: Some(text("problem")).filter(|problem| !problem.is_empty()),
        })
    }
}

/// Answers what is asked, and goes on, until everything is looked over or the last question wanted
/// is answered. Tells the digests of the files that were taken.
pub(super) async fn fill_in(
    browser: &Browser,
    filling: &Filling,
    up_to: Option<&str>,
) -> Result<BTreeSet<String>> {
    let mut answered = BTreeSet::new();
    let mut files = BTreeSet::new();
    loop {
        let sight = Sight::look(browser).await?;
        if sight.screen == "review" {
            return Ok(files);
        }
        let open = sight.questions.iter().find_map(|question| {
            let answer = filling.answer(question).filter(|_| !answered.contains(question))?;
            Some((question.clone(), answer))
        });
        if let Some((question, answer)) = open {
            let taken = give(browser, &question, answer).await;
            files.extend(taken.with_context(|| format!("{} cannot be answered", question.name))?);
            if up_to == Some(&question.name) {
                return Ok(files);
            }
            answered.insert(question);
        } else if sight.rows.is_some_and(|rows| rows < filling.rows()) {
            go_on(browser, "add-row", &sight).await?;
        } else {
            go_on(browser, "next", &sight).await?;
        }
    }
}

/// Taps, and waits for another page. There is none where something is wrong with this one.
async fn go_on(browser: &Browser, action: &str, before: &Sight) -> Result<()> {
    let button = match action {
        "next" => "[data-action=next], [data-action=review]".to_owned(),
        _ => format!("[data-action=\"{action}\"]"),
    };
    browser.tap(&Find::selector(button)).await?;
    let other = format!(
        "const sight = await (async () => {{ {LOOK} }})(); return sight.page !== args || sight.problem;"
    );
    browser.until("another page", &other, json!(before.page)).await?;
    let after = Sight::look(browser).await?;
    match after.problem {
        Some(problem) if after.page == before.page => bail!("the page is not good: {problem}"),
        _ => Ok(()),
    }
}

/// Attaches a file, whatever comes of it.
pub(super) async fn attach(browser: &Browser, question: &str, file: &Path) -> Result<()> {
    let question = Question { row: None, name: question.to_owned() };
    browser.attach(&question.part("input[type=file]"), &[file]).await
}

async fn give(browser: &Browser, question: &Question, answer: &Answer) -> Result<Vec<String>> {
    match answer {
        Answer::Text(text) => {
            browser.write(&question.part(":is(input:not([type=file]), textarea)"), text).await?;
            controls::leave(browser).await?;
        }
        Answer::Choice(words) => choose(browser, question, words).await?,
        Answer::Files(files) => {
            let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
            browser.attach(&question.part("input[type=file]"), &files).await?;
            return take_files(browser, question, files.len()).await;
        }
        Answer::Signature => {
            if has(browser, &format!("{} [data-action=sign]", question.selector())).await? {
                browser.tap(&question.part("[data-action=sign]")).await?;
            }
            browser.draw(&question.part("canvas")).await?;
            browser.tap(&question.part("[data-action=keep]")).await?;
            return take_files(browser, question, 1).await;
        }
        Answer::Now => browser.tap(&question.part("[data-action=now]")).await?,
        Answer::Named(name) => {
            browser.tap(&question.part(&format!("[data-choice=\"{name}\"]"))).await?;
        }
        Answer::Choices(all) => {
            for words in *all {
                choose(browser, question, words).await?;
            }
        }
        Answer::QuickChoice(words) => {
            controls::choose_and_be_led_on(browser, question, words).await?;
        }
        Answer::Found { typed, words } => controls::search(browser, question, typed, words).await?,
        Answer::Taps(action, times) => {
            controls::tap_often(browser, question, action, *times).await?;
        }
        Answer::Texts(texts) => controls::write_each(browser, question, texts).await?,
        Answer::LunarDay(day) => controls::name_day(browser, question, *day).await?,
        Answer::Corners(corners, closes) => {
            controls::walk(browser, question, corners, *closes).await?;
        }
    }
    Ok(Vec::new())
}

async fn choose(browser: &Browser, question: &Question, words: &str) -> Result<()> {
    if has(browser, &format!("{} [data-action=open-list]", question.selector())).await? {
        browser.tap(&question.part("[data-action=open-list]")).await?;
        browser.tap(&question.part("[data-choice]").saying(words)).await?;
        let shows = "return ![...document.querySelectorAll('[data-sheet]')].some((one) => one.getClientRects().length) && document.querySelector(args.block)?.textContent.includes(args.words);";
        let args = json!({ "block": question.selector(), "words": words });
        browser.until(&format!("「{words}」 to be chosen"), shows, args).await?;
        return Ok(());
    }
    browser.tap(&question.part("[data-choice]").saying(words)).await?;
    let chosen = format!("{} [data-choice][aria-checked=true]", question.selector());
    let script = "return [...document.querySelectorAll(args.chosen)].some((one) => one.textContent.includes(args.words));";
    browser
        .until(
            &format!("「{words}」 to be chosen"),
            script,
            json!({ "chosen": chosen, "words": words }),
        )
        .await?;
    Ok(())
}

async fn has(browser: &Browser, selector: &str) -> Result<bool> {
    Ok(browser.run("return document.querySelector(args) !== null;", json!(selector)).await? == true)
}

/// The digests of the files that the phone took for a question, once there are so many.
async fn take_files(browser: &Browser, question: &Question, count: usize) -> Result<Vec<String>> {
    let script = "const files = [...document.querySelectorAll(args.files)].map((one) => one.dataset.file);
        return files.length === args.count && files.every((digest) => digest.length === 64) && files;";
    let args = json!({ "files": format!("{} [data-file]", question.selector()), "count": count });
    let files = browser.until(&format!("{count} files to be kept"), script, args).await?;
    Ok(serde_json::from_value(files)?)
}
