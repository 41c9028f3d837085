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
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.ok()?;
        // The library does not count lines within cells, nor blank ones before a record.
        let start = record.position().map_or(0, |position| position.byte()) as usize;
        let blank = text[start..].find(|c| c != '\r' && c != '\n').unwrap_or(0);
        line += text[counted..start + blank].matches('\n').count() as u32;
        counted = start + blank;
        let mut cells = record.iter().take(COLUMNS).map(trimmed);
        let name = cells.next().unwrap_or_default();
        if !name.is_empty() {
            grids.push(Grid { name, rows: Vec::new() });
        }
        let cells: Vec<String> = std::iter::once(String::new()).chain(cells).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            grids.last_mut()?.rows.push((line, cells));
        }
    }
    grids.iter().any(|grid| !grid.rows.is_empty()).then_some(grids)
}
