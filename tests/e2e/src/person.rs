//! A person at a phone.

mod controls;
mod filling;
mod mailbag;
mod phone;
mod pin;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Browser, Engine, Find, Window};
use crate::picture;

pub use self::controls::LunarDay;
pub use self::filling::{Answer, Filling};
pub use self::phone::PutAway;

/// Somebody with a phone, whose browser is open.
pub struct Person {
    /// The phone's browser.
    pub browser: Browser,
    profile: PathBuf,
    origin: String,
}

impl Person {
    /// With a new phone; the browser shows nothing yet.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn with_phone(engine: Engine, profile: PathBuf, origin: String) -> Result<Self> {
        fs::create_dir_all(&profile)?;
        let browser = Browser::start(engine, &profile, Window::Phone).await?;
        let person = Self { browser, profile, origin };
        person.lets("granted", &["camera", "microphone"]).await?;
        Ok(person)
    }

    /// Opens the app.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn open_app(&self) -> Result<()> {
        self.go_to_app().await?;
        self.until_app_started().await
    }

    /// Goes to the app's address, whatever comes.
    ///
    /// # Errors
    /// When nothing comes.
    pub async fn go_to_app(&self) -> Result<()> {
        self.browser.go(&format!("{}/", self.origin)).await
    }

    /// Waits until the page has begun to load the app.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_app_loads(&self) -> Result<()> {
        let script = "return document.querySelector('script[type=module]') !== null;";
        self.browser.until("the app to be loaded", script, Value::Null).await?;
        Ok(())
    }

    /// Waits until the app takes input.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn until_app_started(&self) -> Result<()> {
        self.until_html("the app to start", "app", "started").await
    }

    /// Waits until the app and all forms are on the phone.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn has_everything_to_fill_in_offline(&self) -> Result<()> {
        self.until_html("the app to be kept", "shell", "kept").await?;
        self.until_html("the forms to be kept", "pack", "kept").await
    }

    /// Chooses how the app is on this phone, as the settings keep it, and opens it so.
    ///
    /// # Errors
    /// When the app does not start.
    pub async fn prefers(&self, choices: &[(&str, &str)]) -> Result<()> {
        let keep = "localStorage.clear(); for (const [name, value] of args) localStorage.setItem(name, value);";
        self.browser.run(keep, json!(choices)).await?;
        self.open_app().await
    }

    /// Goes on until the button for an action is on the page.
    ///
    /// # Errors
    /// When it does not come, or a page cannot be left.
    pub async fn until_asked(&self, action: &str) -> Result<()> {
        let script = "const is = () => document.querySelector(`[data-action='${args}']`) !== null;
            if (!is()) document.querySelector('[data-action=next]')?.click();
            return is();";
        self.browser.until(&format!("the button to {action}"), script, json!(action)).await?;
        Ok(())
    }

    /// Taps what has these words on it.
    ///
    /// # Errors
    /// When nothing has.
    pub async fn tap(&self, words: &str) -> Result<()> {
        self.browser.tap(&Find::words(words)).await
    }

    /// Taps the button for an action.
    ///
    /// # Errors
    /// When there is none.
    pub async fn act(&self, action: &str) -> Result<()> {
        self.browser.tap(&Find::selector(format!("[data-action=\"{action}\"]"))).await
    }

    /// Begins an application of this item.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn begin(&self, item: &str) -> Result<()> {
        self.browser.tap(&Find::selector(format!("[data-item=\"{item}\"]"))).await?;
        let ready = "return document.querySelector('[data-screen=form] [data-question], [data-action=start]')";
        self.browser
            .until("the form, or what to know before it", &format!("{ready} !== null"), Value::Null)
            .await?;
        let start = format!("{ready}?.dataset.action === 'start'");
        if self.browser.run(&start, Value::Null).await? == true {
            self.act("start").await?;
        }
        self.is_told_first().await?;
        self.until_screen("form").await
    }

    /// Reads what is told before the first answer, where anything is, and says so.
    async fn is_told_first(&self) -> Result<()> {
        let screen = "return document.querySelector('[data-screen=notice], [data-screen=form] [data-question]')";
        let is_there = format!("{screen} !== null");
        self.browser.until("a notice, or the form", &is_there, Value::Null).await?;
        let is_notice = format!("{screen}?.dataset.screen === 'notice'");
        match self.browser.run(&is_notice, Value::Null).await? == true {
            true => self.act("understood").await,
            false => Ok(()),
        }
    }

    /// Goes on with the only draft there is.
    ///
    /// # Errors
    /// When there is none.
    pub async fn go_on_with_draft(&self) -> Result<()> {
        self.open_draft().await?;
        self.browser
            .until("the draft", "return document.querySelector('[data-screen=form], [data-screen=review]') !== null", Value::Null)
            .await?;
        Ok(())
    }

    /// Opens the only draft there is, whatever comes.
    ///
    /// # Errors
    /// When there is none.
    pub async fn open_draft(&self) -> Result<()> {
        self.browser.tap(&Find::selector("[data-application][data-state=draft]")).await
    }

    /// Opens a screen by its address, once the app takes input there and has read what it shows.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open_path(&self, path: &str) -> Result<()> {
        self.browser.go(&format!("{}/{path}", self.origin)).await?;
        self.until_app_started().await?;
        let is_there = "const main = document.querySelector('main');
            return main?.dataset.screen !== 'shell' && main?.ariaBusy !== 'true' && main?.childElementCount > 0
              && document.querySelector('main [aria-busy=true]') === null;";
        self.browser.until(&format!("what is at {path}"), is_there, Value::Null).await?;
        Ok(())
    }

    /// Waits until something on the page is as `selector` says.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn sees(&self, selector: &str) -> Result<()> {
        let there = "return document.querySelector(args) !== null;";
        self.browser.until(selector, there, json!(selector)).await?;
        Ok(())
    }

    /// Goes from page to page without an answer, to the review of what is missing.
    ///
    /// # Errors
    /// When a page cannot be left.
    pub async fn skip_to_review(&self) -> Result<()> {
        self.skip_to("main[data-screen=review]").await
    }

    /// Goes from page to page without an answer, until something is there as `selector` says.
    ///
    /// # Errors
    /// When a page cannot be left, or is not there.
    pub async fn skip_to(&self, selector: &str) -> Result<()> {
        let place = "return document.querySelector(args) ? '' : location.pathname + document.querySelector('main')?.dataset.screen;";
        loop {
            let before = self.browser.run(place, json!(selector)).await?;
            if before == "" {
                return Ok(());
            }
            let gone = "const skip = document.querySelector('[data-action=skip]');
                (skip || document.querySelector('[data-action=next]'))?.click();
                return location.pathname + document.querySelector('main')?.dataset.screen !== args;";
            self.browser.until("another page", gone, before).await?;
        }
    }

    /// Waits until nothing on the page is as `selector` says.
    ///
    /// # Errors
    /// When it stays.
    pub async fn sees_no_more(&self, selector: &str) -> Result<()> {
        let gone = "return document.querySelector(args) === null;";
        self.browser.until(&format!("no {selector}"), gone, json!(selector)).await?;
        Ok(())
    }

    /// Fills in everything, and looks it over. Tells the digests of the files that the phone took.
    ///
    /// # Errors
    /// When something is asked that cannot be answered.
    pub async fn fill_in(&self, filling: &Filling) -> Result<BTreeSet<String>> {
        filling::fill_in(&self.browser, filling, None).await
    }

    /// Fills in until this question is answered and everything is kept.
    ///
    /// # Errors
    /// When something is asked that cannot be answered.
    pub async fn fill_in_up_to(&self, filling: &Filling, question: &str) -> Result<()> {
        self.answer_up_to(filling, question).await?;
        self.has_kept_all_answers().await
    }

    /// Fills in until this question is answered, kept or not.
    ///
    /// # Errors
    /// When something is asked that cannot be answered.
    pub async fn answer_up_to(&self, filling: &Filling, question: &str) -> Result<()> {
        filling::fill_in(&self.browser, filling, Some(question)).await?;
        Ok(())
    }

    /// Attaches a file to a question that is asked, whatever comes of it.
    ///
    /// # Errors
    /// When it is not asked.
    pub async fn attach(&self, question: &str, file: &Path) -> Result<()> {
        filling::attach(&self.browser, question, file).await
    }

    /// Waits until every answer is in the vault.
    ///
    /// # Errors
    /// When they are not.
    pub async fn has_kept_all_answers(&self) -> Result<()> {
        let kept = "document.activeElement?.blur(); return document.querySelector('main')?.dataset.kept === 'yes';";
        self.browser.until("all answers to be kept", kept, Value::Null).await?;
        Ok(())
    }

    /// Touches 「再试一次」 for as long as it is there; gone, the phone has tried by itself.
    ///
    /// # Errors
    /// When an answer is not kept.
    pub async fn tries_again_until_kept(&self) -> Result<()> {
        let kept = "document.querySelector('[data-action=try-again]')?.click(); return document.querySelector('main')?.dataset.kept === 'yes';";
        self.browser.until("all answers to be kept", kept, Value::Null).await?;
        Ok(())
    }

    /// Finishes the application that is looked over.
    ///
    /// # Errors
    /// When it cannot be finished.
    pub async fn finish(&self) -> Result<()> {
        // A guardian agrees, where children are named.
        let asked =
            "return document.querySelector('[data-choice=guardian][aria-checked=false]') !== null;";
        if self.browser.run(asked, Value::Null).await? == true {
            self.browser.tap(&Find::selector("[data-choice=guardian]")).await?;
        }
        self.act("finish").await?;
        self.until_screen("done").await
    }

    /// Goes to 我的.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn look_at_mine(&self) -> Result<()> {
        self.browser.go(&format!("{}/mine", self.origin)).await?;
        self.until_screen("mine").await
    }

    /// Waits for a screen.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn until_screen(&self, screen: &str) -> Result<()> {
        let shown = "return document.querySelector('main')?.dataset.screen === args;";
        self.browser.until(&format!("the screen {screen}"), shown, json!(screen)).await?;
        Ok(())
    }

    /// Waits until a case shows what was sent.
    ///
    /// # Errors
    /// When it does not.
    pub async fn until_sent_is_shown(&self) -> Result<()> {
        self.sees("[data-sent]").await
    }

    /// Waits until the pill says that so many wait. It must not say that nothing does.
    ///
    /// # Errors
    /// When it says anything else.
    pub async fn is_told_that_wait(&self, count: usize) -> Result<()> {
        let script = "const pill = document.querySelector('[data-pill]');
            const { pill: state, waiting } = pill.dataset;
            if (['delivered', 'idle'].includes(state)) return pill.textContent;
            return state === 'waiting' && waiting === String(args);";
        let said = self.browser.until(&format!("{count} to wait"), script, json!(count)).await?;
        ensure!(said == true, "the pill says {said}");
        Ok(())
    }

    /// Waits until this many applications are delivered whole. Touches nothing.
    ///
    /// # Errors
    /// When they are not, within a minute.
    pub async fn sees_delivered(&self, count: usize) -> Result<()> {
        let whole = "return document.querySelectorAll('[data-complete] [data-application][data-state=delivered]').length === args;";
        self.browser.until(&format!("{count} delivered applications"), whole, json!(count)).await?;
        Ok(())
    }

    /// Waits until the applications listed are in these states, in alphabetical order.
    ///
    /// # Errors
    /// When they are not.
    pub async fn sees_states(&self, states: &[&str]) -> Result<()> {
        let script = "return [...document.querySelectorAll('[data-application]')].map((one) => one.dataset.state).sort().join() === args;";
        let states = states.join(",");
        self.browser.until(&format!("the states {states}"), script, json!(states)).await?;
        Ok(())
    }

    /// The case numbers on the receipts of everything in 我的 that was delivered.
    ///
    /// # Errors
    /// When one has none.
    pub async fn receipts(&self) -> Result<BTreeSet<String>> {
        let cases = "return [...document.querySelectorAll('[data-application][data-state=delivered]')].map((one) => one.href);";
        let cases: Vec<String> =
            serde_json::from_value(self.browser.run(cases, Value::Null).await?)?;
        let mut receipts = BTreeSet::new();
        for case in cases {
            self.browser.go(&case).await?;
            let number =
                "return document.querySelector('[data-receipt]')?.textContent.replace(/\\s/g, '');";
            let number = self.browser.until("a receipt", number, Value::Null).await?;
            receipts.extend(number.as_str().map(str::to_owned));
        }
        self.look_at_mine().await?;
        Ok(receipts)
    }

    /// Waits until an application in 我的 was refused, and tells what it says about that.
    ///
    /// # Errors
    /// When none was.
    pub async fn is_told_of_refusal(&self) -> Result<String> {
        let script = "return document.querySelector('[data-application][data-state=refused]')?.innerText.trim();";
        let words = self.browser.until("something refused", script, Value::Null).await?;
        words.as_str().map(str::to_owned).context("words are text")
    }

    /// Whether the page says this.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let script = "return document.body.innerText.replace(/\\s+/g, ' ').includes(args);";
        self.browser.until(&format!("「{words}」"), script, json!(words)).await?;
        Ok(())
    }

    /// Waits until the township serves something at `path` that says this.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_served(&self, path: &str, words: &str) -> Result<()> {
        let script = "const answer = await fetch(args.path, { cache: 'no-store' });
            return (await answer.text()).includes(args.words);";
        let args = json!({ "path": path, "words": words });
        self.browser.until(&format!("「{words}」 at {path}"), script, args).await?;
        Ok(())
    }

    /// Keeps a picture of the screen, where pictures are asked for.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn keep_picture(&self, name: &str) -> Result<()> {
        picture::keep(&self.browser, name).await
    }

    async fn until_html(&self, what: &str, name: &str, value: &str) -> Result<()> {
        let script = "return document.documentElement.dataset[args.name] === args.value;";
        self.browser.until(what, script, json!({ "name": name, "value": value })).await?;
        Ok(())
    }
}
