//! What somebody answers to a whole form: `answers/<item>.toml`, beside what everybody answers to
//! what many forms ask (`answers/everywhere.toml`).
//!
//! An answer is written as the form stores it: a text, a number, the name of a choice or a list of
//! such names. A repeat is a table for each of its rows. Of pictures it says how many; of a sound
//! `spoken` (into the microphone) or `file`; of a place `here`; of a moment itself or `now`.

use std::fs;

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

/// The answers to one form.
#[derive(Clone, Debug)]
pub struct AnswerSheet {
    own: Table,
    everywhere: Table,
}

impl AnswerSheet {
    /// The sheet of an item.
    ///
    /// # Errors
    /// When there is none, or it is not TOML.
    pub fn of(item: &str) -> Result<Self> {
        Ok(Self { own: read(item)?, everywhere: read("everywhere")? })
    }

    /// The answer to a question, in a row (from 1) of a repeat or in none; none where it says none.
    ///
    /// # Errors
    /// When it is something that nobody can answer.
    pub fn answer(
        &self,
        row: Option<(&str, usize)>,
        question: &str,
    ) -> Result<Option<Vec<String>>> {
        let value = match row {
            Some((repeat, row)) => {
                self.rows(repeat).get(row.saturating_sub(1)).and_then(|row| row.get(question))
            }
            None => self.own.get(question).or_else(|| self.everywhere.get(question)),
        };
        value
            .map(|value| words(value).with_context(|| format!("{question}: {value:?}")))
            .transpose()
    }

    /// How many rows a repeat is to have.
    pub fn count_rows(&self, repeat: &str) -> usize {
        self.rows(repeat).len()
    }

    fn rows(&self, repeat: &str) -> &[Value] {
        self.own.get(repeat).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

fn read(name: &str) -> Result<Table> {
    let path = format!("{}/answers/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    text.parse().with_context(|| format!("{path} is not TOML"))
}

fn words(value: &Value) -> Result<Vec<String>> {
    Ok(match value {
        Value::String(text) => vec![text.clone()],
        Value::Integer(number) => vec![number.to_string()],
        Value::Float(number) => vec![number.to_string()],
        Value::Array(several) => {
            several.iter().map(words).collect::<Result<Vec<_>>>()?.into_iter().flatten().collect()
        }
        _ => bail!("an answer is a text, a number, or several texts"),
    })
}
