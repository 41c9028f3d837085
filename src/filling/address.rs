//! Where in a form a page is, in numbers that stay true while the form is filled in.

use core::fmt;

use super::Pages;

/// How an address of single questions begins.
const SINGLE: char = 'q';

/// `3.2.1` is the form's third page (a list of rows), there the second row, of that row the first
/// page; `q3.2.1` the same where every question has its own page. All count from 1, as people do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    pages: Pages,
    numbers: Vec<u32>,
}

impl Address {
    /// From page and row numbers in turn, outermost first.
    pub(crate) fn new(pages: Pages, numbers: Vec<u32>) -> Self {
        Self { pages, numbers }
    }

    /// Reads what `Display` wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (pages, text) = match text.strip_prefix(SINGLE) {
            Some(text) => (Pages::Single, text),
            None => (Pages::Few, text),
        };
        let numbers: Option<Vec<u32>> = text.split('.').map(|number| number.parse().ok()).collect();
        numbers
            .filter(|numbers| numbers.len() % 2 == 1 && numbers.iter().all(|number| *number > 0))
            .map(|numbers| Self { pages, numbers })
    }

    /// How the form was cut that it is an address of.
    pub(crate) fn pages(&self) -> Pages {
        self.pages
    }

    /// Page and row numbers in turn, outermost first.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pages == Pages::Single {
            write!(f, "{SINGLE}")?;
        }
        for (place, number) in self.numbers.iter().enumerate() {
            if place > 0 {
                f.write_str(".")?;
            }
            write!(f, "{number}")?;
        }
        Ok(())
    }
}
