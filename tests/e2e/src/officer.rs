//! An officer at the console.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::PATIENCE;
use crate::browser::{Browser, Engine, Find, Window};
use crate::picture;
use crate::township::Account;

/// An officer with a browser, signed in.
pub struct Officer {
    /// The desk's browser.
    pub browser: Browser,
    console: String,
}

impl Officer {
    pub(crate) async fn sign_in(
        engine: Engine,
        profile: PathBuf,
        origin: &str,
        account: &Account,
    ) -> Result<Self> {
        fs::create_dir_all(&profile)?;
        let browser = Browser::start(engine, &profile, Window::Desk).await?;
        let officer = Self { browser, console: format!("{origin}/console") };
        officer.browser.go(&officer.console).await?;
        officer.browser.write(&Find::selector("input[name=account]"), &account.name).await?;
        officer.browser.write(&Find::selector("input[name=password]"), &account.password).await?;
        officer.browser.tap(&Find::words("登录")).await?;
        let inside = "return document.querySelector('[data-find]') !== null;";
        officer.browser.until("the console", inside, Value::Null).await?;
        Ok(officer)
    }

    /// The numbers of all cases in the queue.
    ///
    /// # Errors
    /// When the console does not answer.
    pub async fn cases(&self) -> Result<BTreeSet<String>> {
        self.browser.go(&self.console).await?;
        self.texts("[data-case]", "case").await
    }

    /// Waits until so many cases are in the queue.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn gets_cases(&self, count: usize) -> Result<()> {
        let end = Instant::now() + PATIENCE;
        while self.cases().await?.len() < count {
            ensure!(Instant::now() < end, "waited in vain for {count} cases");
        }
        Ok(())
    }

    /// Opens a case file.
    ///
    /// # Errors
    /// When it does not open.
    pub async fn open(&self, case: &str) -> Result<()> {
        self.browser.go(&self.console).await?;
        let link = "return document.querySelector(`[data-case=\"${args}\"]`).closest('a, [data-case]').href;";
        let address = self.browser.run(link, json!(case)).await?;
        self.browser.go(address.as_str().context("a case is a link")?).await?;
        self.browser
            .until(
                "the case file",
                "return document.querySelector('[data-answer]') !== null;",
                Value::Null,
            )
            .await?;
        Ok(())
    }

    /// Asks the applicant of the open case to correct it: some words, and what is wrong with the answer
    /// to a question.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn returns(&self, words: &str, question: &str, wrong: &str) -> Result<()> {
        let fields = json!({ "words": words, format!("at:{question}"): wrong });
        self.acts("return", fields).await
    }

    /// Does the work of the stage that the open case is at.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn works(&self, outcome: &str, words: &str) -> Result<()> {
        self.acts(&format!("work:{outcome}"), json!({ "words": words })).await
    }

    /// Does something to the open case, and waits until its page is there anew.
    async fn acts(&self, act: &str, fields: Value) -> Result<()> {
        let script = "const button = document.querySelector(`button[name=act][value=\"${args.act}\"]`);
            const around = button.closest('details');
            if (around) around.open = true;
            for (const [name, value] of Object.entries(args.fields)) button.form.elements[name].value = value;
            document.documentElement.dataset.before = '';
            button.click();";
        self.browser.run(script, json!({ "act": act, "fields": fields })).await?;
        let anew = "return document.documentElement.dataset.before === undefined
            && document.querySelector('.trail li') !== null;";
        self.browser.until("the case file anew", anew, Value::Null).await?;
        Ok(())
    }

    /// The answers to a question as the case file shows them, one for each row; what is masked is looked at.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn answers(&self, name: &str) -> Result<Vec<String>> {
        let press =
            "const button = document.querySelector(`button[name=field][value=\"${args}\"]`);
            if (!button) return false;
            document.documentElement.dataset.before = '';
            button.click();
            return true;";
        if self.browser.run(press, json!(name)).await? == json!(true) {
            let anew = "return document.documentElement.dataset.before === undefined
                && document.querySelector('[data-answer]') !== null;";
            self.browser.until("what was masked", anew, Value::Null).await?;
        }
        let script =
            "return [...document.querySelectorAll(args)].map((one) => one.textContent.trim());";
        let answers = self.browser.run(script, json!(format!("[data-answer=\"{name}\"]"))).await?;
        Ok(serde_json::from_value(answers)?)
    }

    /// What the server calculated itself.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn calculated(&self, name: &str) -> Result<String> {
        self.text(&format!("[data-calculated=\"{name}\"]")).await
    }

    /// Downloads every file of the open case file and tells the digests of what came. Each must be
    /// what the console says that it is.
    ///
    /// # Errors
    /// When one cannot be downloaded or is another.
    pub async fn download_files(&self) -> Result<BTreeSet<String>> {
        let script = "const files = {};
            for (const link of document.querySelectorAll('a[data-file]')) {
              const answer = await fetch(link.href);
              if (!answer.ok) throw new Error(link.href + ': ' + answer.status);
              const digest = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
              const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
              files[link.dataset.file] = hex;
            }
            return files;";
        let files: BTreeMap<String, String> =
            serde_json::from_value(self.browser.run(script, Value::Null).await?)?;
        for (said, is) in &files {
            ensure!(said == is, "the file {said} is {is}");
        }
        Ok(files.into_values().collect())
    }

    /// What was refused, once anything is: the digest of what was seen, and what is said of it.
    ///
    /// # Errors
    /// When nothing was.
    pub async fn refused(&self) -> Result<BTreeMap<String, String>> {
        self.browser.go(&format!("{}/refused", self.console)).await?;
        let any = "return document.querySelector('[data-refused]') !== null;";
        self.browser.until("something refused", any, Value::Null).await?;
        let all = "return Object.fromEntries([...document.querySelectorAll('[data-refused]')].map((one) => [one.dataset.refused, one.innerText]));";
        Ok(serde_json::from_value(self.browser.run(all, Value::Null).await?)?)
    }

    /// Waits until every picture of the case file is shown; tells how many there are.
    ///
    /// # Errors
    /// When one is not.
    pub async fn sees_pictures(&self) -> Result<u64> {
        let script = "const pictures = [...document.querySelectorAll('a[data-file] img')];
            for (const one of pictures) one.loading = 'eager';
            return pictures.every((one) => one.naturalWidth > 0) && [pictures.length];";
        let shown = self.browser.until("all pictures", script, Value::Null).await?;
        shown[0].as_u64().context("a number")
    }

    /// Whether the page says this.
    ///
    /// # Errors
    /// When it does not.
    pub async fn reads(&self, words: &str) -> Result<()> {
        let script = "return document.body.innerText.includes(args);";
        self.browser.until(&format!("「{words}」"), script, json!(words)).await?;
        Ok(())
    }

    /// Keeps a picture of the screen, where pictures are asked for.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub async fn keep_picture(&self, name: &str) -> Result<()> {
        picture::keep(&self.browser, name).await
    }

    async fn texts(&self, selector: &str, name: &str) -> Result<BTreeSet<String>> {
        let script = "return [...document.querySelectorAll(args.selector)].map((one) => one.dataset[args.name]);";
        let args = json!({ "selector": selector, "name": name });
        Ok(serde_json::from_value(self.browser.run(script, args).await?)?)
    }

    async fn text(&self, selector: &str) -> Result<String> {
        let script = "return document.querySelector(args)?.textContent.trim();";
        let text = self.browser.run(script, json!(selector)).await?;
        text.as_str().map(str::to_owned).with_context(|| format!("{selector} is not there"))
    }
}
