//! Eyes that look at every screen for what would keep somebody from reading or reaching it: axe-core
//! by all rules of WCAG 2.2 A and AA and its best practices, in every light; at the narrowest phone
//! with letters twice as large; the sizes of what is touched and read (工信部《移动互联网应用适老化通用
//! 设计规范》).
//!
//! What they find they keep, and tell it all in the end.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::browser::{Browser, given};
use crate::person::Person;
use crate::picture::{self, Phone};

/// Looks by axe-core's rules.
const AXE: &str = include_str!("eyes/axe.js");
/// Looks for what is wider than the window.
const WIDTH: &str = include_str!("eyes/width.js");
/// Looks for what is too small.
const SIZES: &str = include_str!("eyes/sizes.js");

/// What is asked on a page of a form, and what else stands there.
const ALIKE: &str = "if (document.querySelector('main')?.dataset.screen !== 'form') return '';
const one = 'dialog[open], [data-question], [data-problem], [data-action], [data-choice]';
const { lang, dataset } = document.documentElement;
return [...document.querySelectorAll(one)].filter((one) => one.getClientRects().length)
  .map((one) => one.tagName + JSON.stringify({ ...one.dataset, found: '' })).concat(dataset.mode || '', lang).join(' ');";

/// What any eyes looked at: the same questions of another form are the same screen.
static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Eyes, and what they have found.
pub struct Eyes {
    axe: String,
    /// What is wrong, and on which screens.
    found: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// How many screens were before them.
    screens: Cell<usize>,
}

impl Eyes {
    /// Eyes that have seen nothing yet.
    ///
    /// # Errors
    /// When axe-core is not here.
    pub fn open() -> Result<Self> {
        let axe = fs::read_to_string(given("XST_AXE")?).context("axe-core")?;
        Ok(Self { axe, found: RefCell::default(), screens: Cell::default() })
    }

    /// Looks at the screen that is open.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn look(&self, person: &Person, screen: &str) -> Result<()> {
        let browser = &person.browser;
        let name = "return [document.querySelector('main')?.dataset.screen, document.documentElement.dataset.mode || '', document.title].join(' ');";
        let name = browser.run(name, Value::Null).await?;
        let screen = format!("{} {screen}", name.as_str().unwrap_or_default());
        self.screens.update(|screens| screens + 1);
        let alike = browser.run(ALIKE, Value::Null).await?;
        let alike = alike.as_str().filter(|questions| !questions.is_empty()).unwrap_or(&screen);
        if !SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(alike.to_owned()) {
            return Ok(());
        }
        self.look_by_rules(browser).await?.into_iter().for_each(|one| self.keep(one, &screen));
        for one in list(browser.run(SIZES, Value::Null).await?)? {
            self.keep(one, &screen);
        }
        let tools = browser.dev_tools().context("only Chromium changes its width")?;
        Phone::NARROW.is_taken(tools).await?;
        let wide =
            browser.run(WIDTH, json!({ "width": Phone::NARROW.width, "letters": "200%" })).await;
        Phone::SMALL.is_taken(tools).await?;
        list(wide?)?.into_iter().for_each(|one| self.keep(one, &screen));
        Ok(())
    }

    /// The same, and keeps pictures for people to look at, one for each of these phones.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn look_and_keep(
        &self,
        person: &Person,
        screen: &str,
        phones: &[Phone],
        picture: &str,
    ) -> Result<()> {
        self.look(person, screen).await?;
        picture::keep_on(&person.browser, phones, picture).await
    }

    /// Tells what was found.
    ///
    /// # Errors
    /// When anything was, or nothing was looked at.
    pub fn tell(self) -> Result<()> {
        let (screens, found) = (self.screens.get(), self.found.into_inner());
        if found.is_empty() && screens > 0 {
            return Ok(());
        }
        let lines = found.iter().map(|(what, where_)| {
            let first = where_.first().map_or("", String::as_str);
            format!("{what}\n    on {} screens, as {first}", where_.len())
        });
        bail!(
            "{} faults on {screens} screens:\n{}",
            found.len(),
            lines.collect::<Vec<_>>().join("\n")
        )
    }

    async fn look_by_rules(&self, browser: &Browser) -> Result<Vec<String>> {
        let has_axe = "return typeof axe === 'object';";
        if browser.run(has_axe, Value::Null).await? != true {
            // As the developer's console does: the page's own policy stays as it is.
            browser.run(&format!("{}\nwindow.axe = axe;", self.axe), Value::Null).await?;
        }
        list(browser.run(AXE, Value::Null).await?)
    }

    fn keep(&self, what: String, screen: &str) {
        self.found.borrow_mut().entry(what).or_default().insert(screen.to_owned());
    }
}

fn list(found: Value) -> Result<Vec<String>> {
    Ok(serde_json::from_value(found)?)
}
