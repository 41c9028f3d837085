//! Workbooks, sheets and cells as texts.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, Xlsx};

use crate::fault::Fault;
use crate::heading::Heading;

/// The sheets that a form is read from.
pub(crate) struct Workbook {
    pub(crate) survey: Sheet,
    pub(crate) choices: Sheet,
    pub(crate) settings: Sheet,
}

/// A sheet: a row of headings and rows of texts.
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) headings: Vec<(usize, Heading)>,
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

impl Workbook {
    pub(crate) fn open(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| {
            vec![Fault::of_file("打不开这个文件", "请用 Excel 或 WPS 另存为 .xlsx")]
        })?;
        let mut sheet = |name: &str| -> Result<Sheet, Vec<Fault>> {
            let own = workbook
                .sheet_names()
                .into_iter()
                .find(|own| own.trim().eq_ignore_ascii_case(name));
            let Some(own) = own else { return Ok(Sheet::empty(name)) };
            let range = workbook.worksheet_range(&own).map_err(|_| {
                vec![Fault::of_file(format!("读不出 {own} 表"), "请用 Excel 或 WPS 另存为 .xlsx")]
            })?;
            Ok(Sheet::read(&own, &range))
        };
        let workbook = Self {
            survey: sheet("survey")?,
            choices: sheet("choices")?,
            settings: sheet("settings")?,
        };
        if workbook.survey.headings.is_empty() {
            let remedy = "加一张叫 survey 的表，第一行写 type、name、label";
            return Err(vec![Fault::of_file("没有 survey 表", remedy)]);
        }
        Ok(workbook)
    }
}

impl Sheet {
    fn empty(name: &str) -> Self {
        Self { name: name.to_owned(), headings: Vec::new(), rows: Vec::new() }
    }

    fn read(name: &str, range: &Range<Data>) -> Self {
        let (top, left) = range.start().map_or((0, 0), |(row, column)| (row, column as usize));
        let mut rows = range.rows().enumerate().map(|(place, cells)| {
            (top + place as u32 + 1, cells.iter().map(text).collect::<Vec<_>>())
        });
        let headings = rows.next().map(|(_, cells)| cells).unwrap_or_default();
        let headings = headings.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let headings = headings.map(|(place, cell)| (place, Heading::read(cell))).collect();
        let filled = |(_, cells): &(u32, Vec<String>)| cells.iter().any(|cell| !cell.is_empty());
        let mut sheet =
            Self { name: name.to_owned(), headings, rows: rows.filter(filled).collect() };
        // Cells count from the sheet's own left edge, not from the first that is filled.
        for (place, _) in &mut sheet.headings {
            *place += left;
        }
        sheet.rows.iter_mut().for_each(|(_, cells)| {
            cells.splice(0..0, std::iter::repeat_n(String::new(), left));
        });
        sheet
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(number, cells)| Row { number: *number, sheet: self, cells })
    }

    /// The letter and the heading of the column of a canonical name.
    pub(crate) fn column(&self, name: &str) -> Option<(String, String)> {
        let (place, heading) = self.headings.iter().find(|(_, heading)| heading.name == name)?;
        Some((letters(*place), heading.written.clone()))
    }

    /// Canonical names of the columns that `known` does not have, in order.
    pub(crate) fn others(&self, known: &[&str]) -> Vec<String> {
        let names =
            self.headings.iter().filter(|(_, heading)| !known.contains(&heading.name.as_str()));
        names.map(|(_, heading)| heading.name.clone()).collect()
    }
}

impl<'s> Row<'s> {
    /// What stands in the column of a canonical name without a language.
    pub(crate) fn get(&self, heading: &'static str) -> Option<Cell<'s>> {
        let text = self.text(heading)?;
        Some(Cell { row: self.number, heading, text })
    }

    /// The same as text only.
    pub(crate) fn text(&self, name: &str) -> Option<&'s str> {
        let (place, _) = self.sheet.headings.iter().find(|(_, heading)| heading.name == name)?;
        self.cells.get(*place).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// What stands in the columns of a canonical name, with the language of each.
    pub(crate) fn translations(
        &self,
        name: &str,
    ) -> impl Iterator<Item = (Option<&'s str>, &'s str)> {
        let columns = self.sheet.headings.iter().filter(move |(_, heading)| heading.name == name);
        let cells = columns.map(|(place, heading)| {
            (heading.language.as_deref(), self.cells.get(*place).map_or("", String::as_str))
        });
        cells.filter(|(_, text)| !text.is_empty())
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

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(value) => moment(*value),
        // A no-break space is invisible in a spreadsheet and breaks expressions.
        other => other.to_string().replace('\u{a0}', " ").trim().to_owned(),
    }
}

/// As XForms writes a date, or a date with a time.
fn moment(value: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    match (hour, minute, second) {
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
    }
}
