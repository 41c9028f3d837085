//! What differs on purpose, with the reason: `differences.toml`.

use std::cell::RefCell;
use std::collections::BTreeSet;

use anyhow::Result;
use serde::Deserialize;

/// All that is known to differ from what one peer says.
pub struct Known {
    differences: Vec<Difference>,
    /// Those that were seen, by form and place.
    met: RefCell<BTreeSet<(String, String)>>,
}

#[derive(Deserialize)]
struct Table {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
struct Difference {
    /// Beside whom.
    peer: String,
    /// Why it is so here.
    why: String,
    /// What shows it: a form's name, or a name and the beginning of the paths that differ.
    forms: Vec<Place>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum Place {
    Form(String),
    At(String, String),
}

impl Place {
    fn parts(&self) -> (&str, &str) {
        match self {
            Self::Form(form) => (form, ""),
            Self::At(form, path) => (form, path),
        }
    }
}

impl Known {
    /// Reads what is known beside `peer`.
    ///
    /// # Errors
    /// When the table is none, or something has no reason.
    pub fn beside(peer: &str) -> Result<Self> {
        let table: Table = toml::from_str(include_str!("../differences.toml"))?;
        let differences: Vec<_> =
            table.difference.into_iter().filter(|own| own.peer == peer).collect();
        anyhow::ensure!(differences.iter().all(|own| !own.why.is_empty()), "a reason is missing");
        Ok(Self { differences, met: RefCell::default() })
    }

    /// Whether it is known that `form` differs at `path`. It is remembered.
    pub fn differs(&self, form: &str, path: &str) -> bool {
        let mut places = self.differences.iter().flat_map(|own| &own.forms).map(Place::parts);
        let found = places.find(|(own, from)| *own == form && path.starts_with(from));
        if let Some((form, from)) = found {
            self.met.borrow_mut().insert((form.to_owned(), from.to_owned()));
        }
        found.is_some()
    }

    /// What does not differ any more.
    pub fn idle(&self) -> Vec<(&str, &str)> {
        let met = self.met.borrow();
        let places = self.differences.iter().flat_map(|own| &own.forms).map(Place::parts);
        places.filter(|(form, from)| !met.contains(&((*form).into(), (*from).into()))).collect()
    }
}
