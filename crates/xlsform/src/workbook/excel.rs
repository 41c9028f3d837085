//! Workbooks of Excel and WPS.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xls, Xlsx};

use super::{COLUMNS, Grid, biff, ods, zipped};
use crate::clean::trimmed;

/// All sheets; none where the bytes are no workbook.
pub(super) fn grids(bytes: &[u8]) -> Option<Vec<Grid>> {
    // The library trusts lengths and places that a damaged file tells.
    let read = || match bytes {
        [b'P', b'K', ..] if zipped::is_small(bytes) => xlsx(bytes).or_else(|| ods::grids(bytes)),
        [b'P', b'K', ..] => None,
        // Not handed to the readers of zipped workbooks: to see whether there is a password, they
        // follow sectors that lead back to themselves without end.
        _ => xls(bytes),
    };
    catch_unwind(AssertUnwindSafe(read)).ok().flatten()
}

/// Cell by cell: a single cell far out must not make a range of a thousand million.
fn xlsx(bytes: &[u8]) -> Option<Vec<Grid>> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).ok()?;
    let mut grids = Vec::new();
    for name in workbook.sheet_names() {
        let mut rows = Rows::default();
        // A sheet that is a chart has no cells.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else { continue };
        while let Some(cell) = cells.next_cell().ok()? {
            rows.put(cell.get_position(), shared(cell.get_value()))?;
        }
        grids.push(rows.named(name));
    }
    Some(grids)
}

fn xls(bytes: &[u8]) -> Option<Vec<Grid>> {
    biff::is_small(bytes).then_some(())?;
    let mut workbook = Xls::new(Cursor::new(bytes)).ok()?;
    let mut grids = Vec::new();
    for (name, range) in workbook.worksheets() {
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, value) in range.used_cells() {
            rows.put((top + row as u32, left + column as u32), text(value))?;
        }
        grids.push(rows.named(name));
    }
    Some(grids)
}

/// More bytes than all cells of a sheet have.
const MOST: usize = 256 << 20;

/// Rows as far as they are filled in.
#[derive(Default)]
pub(super) struct Rows {
    rows: BTreeMap<u32, Vec<String>>,
    bytes: usize,
}

impl Rows {
    /// Puts a text where it belongs. None where there is no room: a short file can put a text that
    /// it has once, or one cell far to the right, into every row.
    pub(super) fn put(&mut self, (row, column): (u32, u32), text: String) -> Option<()> {
        let column = column as usize;
        if text.is_empty() || column >= COLUMNS {
            return Some(());
        }
        let cells = self.rows.entry(row.saturating_add(1)).or_default();
        let more = (column + 1).saturating_sub(cells.len());
        self.bytes += text.len() + more * size_of::<String>();
        if self.bytes > MOST {
            return None;
        }
        cells.resize(cells.len() + more, String::new());
        cells[column] = text;
        Some(())
    }

    pub(super) fn named(self, name: String) -> Grid {
        Grid { name: name.trim().to_owned(), rows: self.rows.into_iter().collect() }
    }
}

fn shared(value: &DataRef<'_>) -> String {
    match value {
        DataRef::SharedString(words) => trimmed(words),
        other => text(&other.clone().into()),
    }
}

pub(super) fn text(value: &Data) -> String {
    match value {
        Data::Empty | Data::Error(_) => String::new(),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(value) => moment(*value),
        Data::DateTimeIso(value) => value.trim_end_matches("T00:00:00").to_owned(),
        Data::DurationIso(value) => time_of_day(value).unwrap_or_else(|| value.clone()),
        other => trimmed(&other.to_string()),
    }
}

/// As XForms writes a date, a time, or a date with a time.
fn moment(value: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (hour, minute, second) {
        // The numbers below 1 are times of no day.
        _ if (0.0..1.0).contains(&value.as_f64()) => time,
        (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

/// `PT08H30M00S` is half past eight.
fn time_of_day(value: &str) -> Option<String> {
    let (hour, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minute, rest) = rest.split_once('M')?;
    let second = rest.strip_suffix('S')?.split(['.', ',']).next()?;
    let number = |text: &str| text.parse::<u32>().ok();
    Some(format!("{:02}:{:02}:{:02}", number(hour)?, number(minute)?, number(second)?))
}
