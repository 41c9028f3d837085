//! Somebody who has a keyboard and cannot touch: Tab, Enter, Space, arrows and typing alone. The
//! focus is always to be seen, and never lost.

use anyhow::{Context, Result, bail, ensure};
use e2e::answers::AnswerSheet;
use e2e::browser::{Browser, Engine, Find};
use e2e::material;
use e2e::person::Person;
use e2e::scene::Scene;
use serde_json::Value;

/// More keys than any page takes to go through.
const MOST_TABS: usize = 60;

/// Where the focus is, and whether that can be seen.
const FOCUS: &str = "
const here = document.activeElement;
if (!here || here === document.body) return { lost: true };
const framed = here.closest('.search, .take') || here;
const style = [framed, here].map((one) => getComputedStyle(one));
const isSeen = style.some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0 || one.boxShadow !== 'none');
const box = here.getBoundingClientRect();
const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
const isBefore = top && (here.contains(top) || top.contains(here));
const main = document.querySelector('main');
return {
  lost: false, seen: isSeen && isBefore,
  what: here.outerHTML.slice(0, 160),
  item: here.dataset.item || '', action: here.dataset.action || '', role: here.role || here.getAttribute('role') || '',
  choice: here.dataset.choice || '', checked: here.getAttribute('aria-checked') === 'true', type: here.type || '',
  question: here.closest('[data-question]')?.dataset.question || '', empty: !here.value,
  row: main?.dataset.row ? [main.dataset.repeat, Number(main.dataset.row)] : null,
  screen: main?.dataset.screen || '', page: location.pathname,
};
";

/// The focus, which can be seen.
async fn focus(browser: &Browser) -> Result<Value> {
    let here = browser.run(FOCUS, Value::Null).await?;
    ensure!(here["lost"] == false, "the focus is lost");
    ensure!(here["seen"] == true, "the focus cannot be seen: {}", here["what"]);
    Ok(here)
}

/// Presses Tab until the focus is where it is wanted.
async fn tab_to(browser: &Browser, what: &str, is_it: impl Fn(&Value) -> bool) -> Result<Value> {
    for _ in 0..MOST_TABS {
        browser.press("Tab").await?;
        let here = browser.run(FOCUS, Value::Null).await?;
        // Behind the last of the page, the focus goes through the browser's own window.
        if here["lost"] == false {
            ensure!(here["seen"] == true, "the focus cannot be seen: {}", here["what"]);
            if is_it(&here) {
                return Ok(here);
            }
        }
    }
    bail!("{what} is not reached with Tab")
}

/// F01 for a household of one, from the home page until it is sealed.
pub(crate) async fn insurance_is_applied_for_with_keys_alone(engine: Engine) -> Result<()> {
    let scene = Scene::new(engine).await?;
    let person = scene.person().await?;
    person.open_app().await?;
    person.has_everything_to_fill_in_offline().await?;
    let browser = &person.browser;
    tab_to(browser, "the item", |here| here["item"] == "ybcb").await?;
    browser.press("Enter").await?;
    person.until_screen("item").await?;
    focus(browser).await?;
    tab_to(browser, "the way in", |here| here["action"] == "start").await?;
    browser.press("Enter").await?;
    person.until_screen("notice").await?;
    focus(browser).await?;
    tab_to(browser, "that the notice is understood", |here| here["action"] == "understood").await?;
    browser.press("Enter").await?;
    person.until_screen("form").await?;
    person.sees("[data-screen=form] [data-question]").await?;
    let keys = Keys { scene: &scene, person: &person, sheet: AnswerSheet::of("ybcb")? };
    keys.fill_in().await?;
    tab_to(browser, "the way to finish", |here| here["action"] == "finish").await?;
    browser.press("Enter").await?;
    person.until_screen("done").await?;
    focus(browser).await?;
    Ok(())
}

struct Keys<'a> {
    scene: &'a Scene,
    person: &'a Person,
    sheet: AnswerSheet,
}

impl Keys<'_> {
    async fn fill_in(&self) -> Result<()> {
        let browser = &self.person.browser;
        loop {
            let here = focus(browser).await.context("on a new page")?;
            if here["screen"] == "review" {
                return Ok(());
            }
            self.fill_in_page(&here).await.with_context(|| format!("at {}", here["page"]))?;
        }
    }

    /// From one control to the next, answering each, until the page can be left.
    async fn fill_in_page(&self, page: &Value) -> Result<()> {
        let browser = &self.person.browser;
        let mut groups = Vec::new();
        for _ in 0..MOST_TABS {
            let here = tab_to(browser, "the next control", |_| true).await?;
            if here["action"] == "next" {
                browser.press("Enter").await?;
                let other = "return location.pathname !== args || document.querySelector('[data-problem]')?.innerText;";
                let said = browser.until("another page", other, page["page"].clone()).await?;
                ensure!(said == true, "the page cannot be left: {said}");
                return Ok(());
            }
            let question = here["question"].as_str().unwrap_or_default().to_owned();
            if here["role"] == "radio" {
                ensure!(
                    !groups.contains(&question),
                    "Tab comes twice to the choices of {question}"
                );
                groups.push(question.clone());
            }
            if !question.is_empty() {
                self.answer(&here, &question).await.with_context(|| question.clone())?;
            }
        }
        bail!("the way on is not reached")
    }

    async fn answer(&self, here: &Value, question: &str) -> Result<()> {
        let browser = &self.person.browser;
        let row = here["row"]
            .as_array()
            .and_then(|row| Some((row[0].as_str()?, usize::try_from(row[1].as_u64()?).ok()?)));
        let spoken = vec!["voice".to_owned()];
        let answer = match question {
            // A name cannot be drawn with keys: it is spoken.
            "sign_kind" => Some(spoken),
            "m" | "m_specialproof" => None,
            _ => self.sheet.answer(row, question)?,
        };
        let first = answer.as_ref().and_then(|answer| answer.first()).map_or("", String::as_str);
        match (here["role"].as_str(), here["action"].as_str(), here["type"].as_str()) {
            (Some("radio"), ..) if !first.is_empty() => self.go_to_choice(first).await?,
            (Some("checkbox"), ..) => {
                let wanted = answer.iter().flatten().any(|name| here["choice"] == name.as_str());
                if wanted && here["checked"] == false {
                    browser.press("Space").await?;
                }
            }
            (_, Some("record"), _) => self.speak().await?,
            (_, Some("open-list"), _) if !first.is_empty() => {
                browser.press("Enter").await?;
                let choice = tab_to(browser, "the list", |here| here["role"] == "radio").await?;
                ensure!(choice["question"] == question, "the focus stays in the list");
                // Choosing closes the list, and the focus is back where it was.
                self.go_to_choice(first).await?;
                let back = focus(browser).await?;
                ensure!(back["action"] == "open-list", "the focus is back on {question}");
            }
            (_, _, Some("file")) => {
                let is_asked = question == "m_idphoto" || question == "m_specialproof";
                let has = format!(
                    "return document.querySelector('[data-question={question}] [data-file]') !== null;"
                );
                if is_asked && browser.run(&has, Value::Null).await? == false {
                    // What Enter opens is the browser's own; it is told the file.
                    let file = self.scene.file("paper.png", &material::png(1)?)?;
                    let field = format!("[data-question={question}] input[type=file]");
                    browser.attach(&Find::selector(field), &[&file]).await?;
                    self.person.sees(&format!("[data-question={question}] [data-file]")).await?;
                }
            }
            (_, _, Some("text" | "textarea")) if here["empty"] == true && !first.is_empty() => {
                browser.type_text(first).await?;
            }
            _ => {}
        }
        focus(browser).await.context("after the answer")?;
        Ok(())
    }

    /// With arrows to the choice of this name; the first with Space.
    async fn go_to_choice(&self, name: &str) -> Result<()> {
        let browser = &self.person.browser;
        for _ in 0..MOST_TABS {
            let here = focus(browser).await?;
            ensure!(here["role"] == "radio", "an arrow leads away from the choices");
            if here["choice"] == name {
                if here["checked"] == false {
                    browser.press("Space").await?;
                }
                return Ok(());
            }
            browser.press("ArrowDown").await?;
        }
        bail!("{name} is not reached with arrows")
    }

    async fn speak(&self) -> Result<()> {
        let browser = &self.person.browser;
        browser.press("Enter").await?;
        let counts = "return /:0[1-9]|:5[0-9]/.test(document.querySelector('[data-question=oral]').innerText);";
        browser.until("the recording to run", counts, Value::Null).await?;
        browser.press("Enter").await?;
        self.person.sees("[data-question=oral] [data-file]").await
    }
}
