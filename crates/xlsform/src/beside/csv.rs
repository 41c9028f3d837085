//! Tables in text: the first row has the names of the columns.

use super::{Table, check_size};
use crate::clean::trimmed;

pub(super) fn read(text: &str) -> Result<Table, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|error| error.to_string())?;
    let columns: Vec<String> = headings.iter().map(trimmed).collect();
    if columns.iter().all(String::is_empty) {
        return Err("第一行没有列名".to_owned());
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
        cells.resize(columns.len(), String::new());
        if cells.iter().any(|cell| !cell.is_empty()) {
            check_size(columns.len().saturating_mul(rows.len() + 1))?;
            rows.push(cells);
        }
    }
    Ok((columns, rows))
}

/// Spreadsheet programs of many countries write semicolons: whichever the first line has more of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark| first.matches(mark).count();
    if count(';') > count(',') { b';' } else { b',' }
}
