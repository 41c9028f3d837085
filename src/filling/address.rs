//! Where in a form a page is, in numbers that stay true while the form is filled in.

use core::fmt;

/// `3.2.1` is the form's third page (a list of rows), there the second row, of that row the first
/// page. All count from 1, as people do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(Vec<u32>);

impl Address {
    /// From page and row numbers in turn, outermost first.
    pub(crate) fn new(numbers: Vec<u32>) -> Self {
        Self(numbers)
    }

    /// Reads what `Display` wrote.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Option<Vec<u32>> = text.split('.').map(|number| number.parse().ok()).collect();
        numbers
            .filter(|numbers| numbers.len() % 2 == 1 && numbers.iter().all(|number| *number > 0))
            .map(Self)
    }

    /// Page and row numbers in turn, outermost first.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, number) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(".")?;
            }
            write!(f, "{number}")?;
        }
        Ok(())
    }
}
