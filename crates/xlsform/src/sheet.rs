//! Sheets: a row of headings, and rows of texts.

use std::collections::HashMap;

use crate::clean::{collapsed, straight};
use crate::fault::Faults;
use crate::heading::{Heading, Role};
use form::compile::nearest::nearest;

/// A sheet that a form is read from.
pub(crate) struct Sheet {
    pub(crate) name: String,
    role: Role,
    /// The row of the headings; 1, as a rule.
    top: u32,
    pub(crate) headings: Vec<(usize, Heading)>,
    /// Where in `headings` those of a canonical name are: every row asks for every column.
    named: HashMap<String, Vec<usize>>,
    rows: Vec<(u32, Vec<String>)>,
}

/// A row of a sheet.
#[derive(Clone, Copy)]
pub(crate) struct Row<'s> {
    /// Counted from 1.
    pub(crate) number: u32,
    sheet: &'s Sheet,
    cells: &'s [String],
}

/// What stands in a cell that is not empty.
#[derive(Clone, Copy)]
pub(crate) struct Cell<'s> {
    pub(crate) row: u32,
    pub(crate) heading: &'static str,
    pub(crate) text: &'s str,
}

impl Sheet {
    /// From the rows in which something stands; the first has the headings.
    pub(crate) fn read(name: String, role: Role, rows: Vec<(u32, Vec<String>)>) -> Self {
        let mut rows = rows.into_iter();
        let (top, written) = rows.next().unwrap_or((1, Vec::new()));
        let is_double = written.iter().any(|heading| heading.contains("::"));
        let headings = written.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let headings: Vec<_> =
            headings.map(|(place, cell)| (place, Heading::read(cell, role, is_double))).collect();
        let mut named: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, (_, heading)) in headings.iter().enumerate() {
            named.entry(heading.name.clone()).or_default().push(place);
        }
        Self { name, role, top, headings, named, rows: rows.collect() }
    }

    /// Makes one space of several, in all rows.
    pub(crate) fn collapse_blanks(&mut self) {
        for (_, cells) in &mut self.rows {
            cells.iter_mut().for_each(|cell| *cell = collapsed(cell));
        }
    }

    /// The row of the headings.
    pub(crate) fn top(&self) -> u32 {
        self.top
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(number, cells)| Row { number: *number, sheet: self, cells })
    }

    /// The letter and the heading of the column of a canonical name.
    pub(crate) fn column(&self, name: &str) -> Option<(String, String)> {
        let (place, heading) = self.called(name).next()?;
        Some((letters(*place), heading.written.clone()))
    }

    /// The places and the headings of the columns of a canonical name.
    fn called(&self, name: &str) -> impl Iterator<Item = &(usize, Heading)> {
        self.named.get(name).into_iter().flatten().map(|place| &self.headings[*place])
    }

    /// How many cells it has where every row has one for every heading: some are read so.
    pub(crate) fn cells(&self) -> usize {
        self.rows.len().saturating_mul(self.headings.len())
    }

    /// The names of the columns that have no meaning of their own, in order.
    pub(crate) fn others(&self) -> Vec<&str> {
        let others = self.headings.iter().map(|(_, heading)| heading);
        others.filter(|heading| !heading.is_known).map(|heading| heading.name.as_str()).collect()
    }

    /// Tells which headings mean the same and which mean nothing.
    pub(crate) fn check_headings(&self, faults: &mut Faults) {
        for (place, (_, heading)) in self.headings.iter().enumerate() {
            let same_name = self.named.get(&heading.name).into_iter().flatten();
            let mut before = same_name.take_while(|own| **own < place);
            let is_same = |other: &Heading| other.language == heading.language;
            let same = before.find(|own| is_same(&self.headings[**own].1));
            if let Some((_, other)) = same.map(|own| &self.headings[*own]) {
                let what = format!("“{}”和“{}”是同一列", other.written, heading.written);
                faults.row(self, self.top, &heading.name, what, "只留一列");
            } else if !heading.is_known {
                self.check_other(heading, faults);
            }
        }
    }

    fn check_other(&self, heading: &Heading, faults: &mut Faults) {
        if self.role.has_free_columns() {
            if heading.name.contains(char::is_whitespace) {
                let what = format!("列名“{}”里有空格，式子用不了这一列", heading.written);
                faults.warn(self, self.top, &heading.name, what, "去掉空格，可用下划线");
            }
            return;
        }
        // Names that say themselves that they are for somebody else.
        if heading.written.starts_with(['_', '#', '$', '/']) {
            return;
        }
        let remedy = match nearest(&heading.name, self.role.columns().iter().copied()) {
            Some(similar) => format!("是不是想写 {similar}？"),
            None => "写给自己看的话放在 author_note 列，或在列名前加下划线".to_owned(),
        };
        let what = format!("不认识“{}”这一列，没有用到它", heading.written);
        faults.warn(self, self.top, &heading.name, what, remedy);
    }
}

impl<'s> Row<'s> {
    /// Its place in the sheet as pyxform counts, for names that are made of it: the headings stand
    /// in row 1.
    pub(crate) fn ordinal(&self) -> u32 {
        self.number.saturating_sub(self.sheet.top) + 1
    }

    /// What stands in the column of a canonical name without a language.
    pub(crate) fn get(&self, heading: &'static str) -> Option<Cell<'s>> {
        let text = self.text(heading)?;
        Some(Cell { row: self.number, heading, text })
    }

    /// The same as text only.
    pub(crate) fn text(&self, name: &str) -> Option<&'s str> {
        let columns = self.sheet.called(name);
        columns.map(|(place, _)| self.at(*place)).find(|text| !text.is_empty())
    }

    /// The same as an expression.
    pub(crate) fn expression(&self, name: &str) -> Option<String> {
        self.text(name).map(straight)
    }

    /// What stands in the columns of a canonical name, with the language of each.
    pub(crate) fn translations(
        &self,
        name: &str,
    ) -> impl Iterator<Item = (Option<&'s str>, &'s str)> {
        let columns = self.sheet.called(name);
        let cells = columns.map(|(place, heading)| (heading.language.as_deref(), self.at(*place)));
        cells.filter(|(_, text)| !text.is_empty())
    }

    /// What stands in the columns whose names begin with one of `prefixes`.
    pub(crate) fn with_prefix(
        &self,
        prefixes: &'static [&'static str],
    ) -> impl Iterator<Item = (&'s str, &'s str)> {
        let columns = self.sheet.headings.iter().map(|(place, heading)| (*place, &heading.name));
        let own = columns
            .filter(|(_, name)| prefixes.iter().any(|prefix| name.starts_with(prefix)))
            .map(|(place, name)| (name.as_str(), self.at(place)));
        own.filter(|(_, text)| !text.is_empty())
    }

    /// All columns in which something stands, by their canonical names.
    pub(crate) fn filled(&self) -> impl Iterator<Item = (&'s Heading, &'s str)> {
        let cells = self.sheet.headings.iter().map(|(place, heading)| (heading, self.at(*place)));
        cells.filter(|(_, text)| !text.is_empty())
    }

    fn at(&self, place: usize) -> &'s str {
        self.cells.get(place).map_or("", String::as_str)
    }
}

/// `A` to `Z`, then `AA`.
fn letters(place: usize) -> String {
    let last = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => last.to_string(),
        more => format!("{}{last}", letters(more - 1)),
    }
}
