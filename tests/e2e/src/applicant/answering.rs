//! Giving one answer with what the page offers for it.

use std::cell::Cell;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Applicant;
use super::sight::{Asked, Control};
use crate::browser::{Browser, Find};
use crate::material;
use crate::scene::Scene;

/// What can be photographed and played.
pub(super) struct Papers<'a> {
    scene: &'a Scene,
    count: Cell<u32>,
}

impl<'a> Papers<'a> {
    pub(super) fn new(scene: &'a Scene) -> Self {
        Self { scene, count: Cell::new(0) }
    }

    /// A picture unlike all before.
    fn picture(&self) -> Result<PathBuf> {
        let number = self.count.get() + 1;
        self.count.set(number);
        self.scene.file(&format!("paper-{number}.png"), &material::png(number)?)
    }

    fn sound(&self) -> Result<PathBuf> {
        self.scene.file("sound.wav", &material::wav(2)?)
    }
}

/// An answer where the sheet has none.
pub(super) fn sensible(question: &Asked) -> Vec<String> {
    let answer = match question.control {
        Control::Text if question.is_numeric => "1",
        Control::Text => "示例",
        Control::Moment => "now",
        Control::Choices => question.choices.first().map_or("", String::as_str),
        // The first, whatever it is called.
        Control::List => "",
        Control::Files => "1",
        Control::Sound => "file",
        Control::Place => "here",
        Control::Signature | Control::Rows | Control::None => "",
    };
    vec![answer.to_owned()]
}

/// Something in the question's block.
fn part(question: &Asked, selector: &str) -> String {
    format!("[data-question=\"{}\"] {selector}", question.name)
}

/// Gives the answer; tells its words.
pub(super) async fn give(
    applicant: &Applicant<'_>,
    question: &Asked,
    answer: &[String],
) -> Result<Vec<String>> {
    let browser = &applicant.person.browser;
    let first = answer.first().map_or("", String::as_str);
    match question.control {
        Control::Text => {
            write(browser, question, ":is(input:not([type=file]), textarea)", first).await?;
        }
        Control::Moment if first == "now" => {
            browser.tap(&Find::selector(part(question, "[data-action=now]"))).await?;
            return Ok(Vec::new());
        }
        Control::Moment => pick_moment(browser, question, first).await?,
        Control::Choices => return choose(browser, question, answer).await,
        Control::List => return choose_in_list(applicant, question, answer).await,
        Control::Files => {
            let count = first.parse().with_context(|| format!("{first} pictures"))?;
            let pictures: Result<Vec<_>> = (0..count).map(|_| applicant.papers.picture()).collect();
            attach(browser, question, &pictures?).await?;
        }
        Control::Sound if first == "spoken" && applicant.papers.scene.engine.has_microphone() => {
            speak(browser, question).await?;
        }
        Control::Sound => attach(browser, question, &[applicant.papers.sound()?]).await?,
        Control::Signature => sign(browser, question).await?,
        Control::Place => take_place(browser, question).await?,
        Control::Rows | Control::None => {}
    }
    let is_said = matches!(question.control, Control::Text | Control::Moment);
    Ok(if is_said { vec![first.to_owned()] } else { Vec::new() })
}

async fn write(browser: &Browser, question: &Asked, field: &str, text: &str) -> Result<()> {
    browser.write(&Find::selector(part(question, field)), text).await?;
    browser.run("document.activeElement.blur();", Value::Null).await?;
    Ok(())
}

/// Each browser has a picker of its own, which no driver can handle: it is told what was picked.
async fn pick_moment(browser: &Browser, question: &Asked, moment: &str) -> Result<()> {
    let pick = "const field = document.querySelector(args.field);
        field.focus();
        field.value = args.moment;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.blur();";
    let args = json!({ "field": part(question, "input"), "moment": moment });
    browser.run(pick, args).await?;
    Ok(())
}

/// The words on the choices of these names, once all of them are chosen.
async fn choose(browser: &Browser, question: &Asked, names: &[String]) -> Result<Vec<String>> {
    for name in names {
        let choice = part(question, &format!("[data-choice=\"{name}\"]"));
        let is_chosen =
            "return document.querySelector(args)?.getAttribute('aria-checked') === 'true';";
        if browser.run(is_chosen, json!(choice)).await? != true {
            browser.tap(&Find::selector(&choice)).await?;
        }
        browser.until(&format!("{name} to be chosen"), is_chosen, json!(choice)).await?;
    }
    let words = "return [...document.querySelectorAll(args)].map((one) => one.innerText.trim());";
    let chosen = json!(part(question, "[data-choice][aria-checked=true]"));
    Ok(serde_json::from_value(browser.run(words, chosen).await?)?)
}

async fn choose_in_list(
    applicant: &Applicant<'_>,
    question: &Asked,
    names: &[String],
) -> Result<Vec<String>> {
    let browser = &applicant.person.browser;
    let sheet = format!("[data-sheet=\"{}\"][open]", question.name);
    browser.tap(&Find::selector(part(question, "[data-action=open-list]"))).await?;
    let is_open = "return document.querySelector(args) !== null;";
    browser.until("the list to open", is_open, json!(format!("{sheet} [data-choice]"))).await?;
    applicant.look(&format!("list of {}", question.name)).await?;
    for name in names {
        let choice = match name.as_str() {
            "" => format!("{sheet} [data-choice]"),
            _ => format!("{sheet} [data-choice=\"{name}\"]"),
        };
        browser.tap(&Find::selector(choice)).await?;
    }
    // A list of which several can be chosen stays open.
    let close = "const sheet = document.querySelector(args);
        if (sheet?.querySelector('[role=checkbox]')) sheet.querySelector('[data-action=close]').click();
        return sheet === null;";
    browser.until("the list to close", close, json!(sheet)).await?;
    let words = "return document.querySelector(args).innerText.trim();";
    let words = browser.run(words, json!(part(question, "[data-action=open-list]"))).await?;
    Ok(vec![words.as_str().unwrap_or_default().to_owned()])
}

async fn attach(browser: &Browser, question: &Asked, files: &[PathBuf]) -> Result<()> {
    let paths: Vec<_> = files.iter().map(PathBuf::as_path).collect();
    browser.attach(&Find::selector(part(question, "input[type=file]")), &paths).await?;
    are_kept(browser, question, files.len()).await
}

/// Waits until the vault has so many files of the question.
async fn are_kept(browser: &Browser, question: &Asked, count: usize) -> Result<()> {
    let script = "const files = [...document.querySelectorAll(args.files)];
        return files.length === args.count && files.every((one) => one.dataset.file.length === 64);";
    let args = json!({ "files": part(question, "[data-file]"), "count": count });
    browser.until(&format!("{count} files to be kept"), script, args).await?;
    Ok(())
}

/// Taps, speaks until the phone counts, and taps again.
async fn speak(browser: &Browser, question: &Asked) -> Result<()> {
    let button = Find::selector(part(question, "[data-action=record]"));
    browser.tap(&button).await?;
    let counts = "const running = document.querySelector(args.running);
        return running !== null && !running.innerText.includes(args.full);";
    let args = json!({ "running": part(question, ".recorder--running"), "full": ":00" });
    browser.until("the recording to run", counts, args).await?;
    browser.tap(&button).await?;
    are_kept(browser, question, 1).await
}

async fn sign(browser: &Browser, question: &Asked) -> Result<()> {
    browser.draw(&Find::selector(part(question, "canvas"))).await?;
    browser.tap(&Find::selector(part(question, "[data-action=keep]"))).await?;
    are_kept(browser, question, 1).await
}

async fn take_place(browser: &Browser, question: &Asked) -> Result<()> {
    browser.tap(&Find::selector(part(question, "[data-action=take-place]"))).await?;
    let taken = "return document.querySelector(args) !== null;";
    let remove = json!(part(question, "[data-action=remove-place]"));
    browser.until("the place to be taken", taken, remove).await?;
    Ok(())
}
