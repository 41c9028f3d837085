//! Finding things on a page, as a person does: by the words on them.

use std::fmt;

use serde_json::{Value, json};

/// What to look for. The first that is visible and fits is taken; of several, the one whose words
/// fit best.
#[derive(Clone, Debug)]
pub struct Find {
    selector: String,
    words: Option<String>,
    hidden: bool,
}

/// Looks for it, brings it to the middle of the window, and marks it.
pub(super) const SCRIPT: &str = include_str!("find.js");

/// What can be tapped.
const TAPPABLE: &str = "a, button, label, summary, input[type=submit], [role=button], [role=radio], [role=checkbox], [role=link], [data-choice], [data-item], [data-application], [data-case]";

impl Find {
    /// Something to tap with these words on it.
    pub fn words(words: &str) -> Self {
        Self { selector: TAPPABLE.to_owned(), words: Some(words.to_owned()), hidden: false }
    }

    /// By a CSS selector.
    pub fn selector(selector: impl Into<String>) -> Self {
        Self { selector: selector.into(), words: None, hidden: false }
    }

    /// With these words.
    #[must_use]
    pub fn saying(self, words: &str) -> Self {
        Self { words: Some(words.to_owned()), ..self }
    }

    /// Even if it cannot be seen, as file fields behind a button.
    #[must_use]
    pub fn even_hidden(self) -> Self {
        Self { hidden: true, ..self }
    }
}

impl From<&Find> for Value {
    fn from(find: &Find) -> Self {
        json!({ "selector": find.selector, "words": find.words, "hidden": find.hidden })
    }
}

impl fmt::Display for Find {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.words, self.selector == TAPPABLE) {
            (Some(words), true) => write!(f, "「{words}」"),
            (Some(words), false) => write!(f, "{} 「{words}」", self.selector),
            (None, _) => write!(f, "{}", self.selector),
        }
    }
}
