//! Somebody who fills in a whole form, from the home page until it is sealed: looks at each page,
//! answers what the sheet of answers says and what must be answered, and goes on.

mod answering;
mod sight;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::answers::AnswerSheet;
use crate::browser::Find;
use crate::eyes::Eyes;
use crate::person::Person;
use crate::scene::Scene;

use self::answering::Papers;
use self::sight::{Asked, Control, Sight};

/// Somebody at a phone, with a sheet of answers.
pub struct Applicant<'a> {
    person: &'a Person,
    item: &'a str,
    sheet: AnswerSheet,
    papers: Papers<'a>,
    /// Who looks at every screen before it is left.
    eyes: Option<&'a Eyes>,
}

/// What was answered to one question, as the phone said it then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The question's name.
    pub question: String,
    /// In which row of which repeat.
    pub row: Option<(String, usize)>,
    /// The words: what was typed, or what stands on the choices.
    pub words: Vec<String>,
}

impl<'a> Applicant<'a> {
    /// Somebody who applies for an item, by the sheet of answers that is written for it.
    ///
    /// # Errors
    /// When there is no such sheet.
    pub fn new(scene: &'a Scene, person: &'a Person, item: &'a str) -> Result<Self> {
        let sheet = AnswerSheet::of(item)?;
        Ok(Self { person, item, sheet, papers: Papers::new(scene), eyes: None })
    }

    /// With eyes that look at every screen, where there are any.
    #[must_use]
    pub fn watched_by(self, eyes: Option<&'a Eyes>) -> Self {
        Self { eyes, ..self }
    }

    /// From the home page until the application is sealed. Tells what was answered.
    ///
    /// # Errors
    /// When a page cannot be left, something is wrong in the end, or it is not sealed.
    pub async fn apply(&self) -> Result<Vec<Given>> {
        let sealed = self.person.count_records("sent").await?;
        self.person.begin(self.item).await?;
        let given = self.fill_in().await?;
        self.finds_nothing_wrong().await?;
        self.look("review").await?;
        self.person.finish().await?;
        let now = self.person.count_records("sent").await?;
        ensure!(now == sealed + 1, "{now} sealed applications are in the vault, after {sealed}");
        Ok(given)
    }

    /// From the page that is open to the review.
    ///
    /// # Errors
    /// When a page cannot be left.
    pub async fn fill_in(&self) -> Result<Vec<Given>> {
        let browser = &self.person.browser;
        let mut answered = BTreeSet::new();
        let mut given = Vec::new();
        let mut sight = Sight::look(browser).await?;
        while sight.screen != "review" {
            let place = |question: &str| (sight.row.clone(), question.to_owned());
            let open = sight.questions.iter().find(|one| {
                !answered.contains(&place(&one.name))
                    && !matches!(one.control, Control::Rows | Control::None)
            });
            if let Some(question) = open {
                answered.insert(place(&question.name));
                let words = self.answer(&sight, question).await.with_context(|| {
                    format!("{} cannot be answered at {}", question.name, sight.page)
                })?;
                if let Some(words) = words {
                    given.push(Given {
                        question: question.name.clone(),
                        row: sight.row.clone(),
                        words,
                    });
                }
                sight = Sight::look(browser).await?;
            } else {
                sight = self.go_on(&sight).await?;
            }
        }
        Ok(given)
    }

    /// Answers, where the sheet says what, or where there must be an answer.
    async fn answer(&self, sight: &Sight, question: &Asked) -> Result<Option<Vec<String>>> {
        let row = sight.row.as_ref().map(|(repeat, row)| (repeat.as_str(), *row));
        let answer = match self.sheet.answer(row, &question.name)? {
            Some(answer) => answer,
            None if question.is_optional || question.is_answered => return Ok(None),
            None => answering::sensible(question),
        };
        let words = answering::give(self, question, &answer).await?;
        Ok(Some(words))
    }

    /// Adds a row where the sheet has more of them; else goes to the next page.
    async fn go_on(&self, sight: &Sight) -> Result<Sight> {
        let lacks_row = |one: &Asked| {
            one.control == Control::Rows
                && !one.is_full
                && one.rows < self.sheet.count_rows(&one.name)
        };
        let button = match sight.questions.iter().any(lacks_row) {
            true => "[data-action=add-row]",
            false => {
                self.look(&sight.page).await?;
                "[data-action=next]"
            }
        };
        let browser = &self.person.browser;
        browser.tap(&Find::selector(button)).await?;
        let after = sight.after(browser).await?;
        // The review lists what is missing: that is seen when it is looked over.
        if after.page == sight.page {
            bail!("the page {} cannot be left: {}", sight.page, after.problems.join("; "));
        }
        Ok(after)
    }

    async fn look(&self, screen: &str) -> Result<()> {
        match self.eyes {
            Some(eyes) => eyes.look(self.person, screen).await,
            None => Ok(()),
        }
    }

    async fn finds_nothing_wrong(&self) -> Result<()> {
        let review = Sight::look(&self.person.browser).await?;
        ensure!(review.problems.is_empty(), "the review says: {}", review.problems.join("; "));
        let finish = "return document.querySelector('[data-action=finish]') !== null;";
        self.person.browser.until("the way to finish", finish, Value::Null).await?;
        Ok(())
    }
}
