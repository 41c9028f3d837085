//! pyxform's notation in text: the name of a sheet in the first column of a row, its headings in
//! the next row, indented by one column, then its rows.

use super::{COLUMNS, Grid};
use crate::clean::trimmed;

/// All sheets; none where the bytes are no such text.
pub(super) fn grids(bytes: &[u8]) -> Option<Vec<Grid>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut grids: Vec<Grid> = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let number = record.position().map_or(0, |position| position.line()) as u32;
        let mut cells = record.iter().take(COLUMNS).map(trimmed);
        let name = cells.next().unwrap_or_default();
        if !name.is_empty() {
            grids.push(Grid { name, rows: Vec::new() });
        }
        let cells: Vec<String> = std::iter::once(String::new()).chain(cells).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            grids.last_mut()?.rows.push((number, cells));
        }
    }
    grids.iter().any(|grid| !grid.rows.is_empty()).then_some(grids)
}
