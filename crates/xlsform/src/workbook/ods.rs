//! Workbooks of LibreOffice (OpenDocument 1.3, part 3, section 9.1). Read here and not by the
//! library that reads the others: it follows a file that is cut off without end.

use calamine::Data;
use roxmltree::{Document, Node, ParsingOptions};

use super::excel::{Rows, text};
use super::{COLUMNS, Grid, zipped};

const OFFICE: &str = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
const TABLE: &str = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
const TEXT: &str = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

/// More elements and texts than the largest of workbooks has.
const MOST_NODES: u32 = 4_000_000;

/// More blanks in a row than anybody means.
const MOST_BLANKS: usize = 100;

/// All sheets; none where the bytes are no such workbook.
pub(super) fn grids(bytes: &[u8]) -> Option<Vec<Grid>> {
    let content = zipped::part(bytes, "content.xml")?;
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&content, options).ok()?;
    let tables = document.descendants().filter(|node| node.has_tag_name((TABLE, "table")));
    tables.map(grid).collect()
}

fn grid(table: Node<'_, '_>) -> Option<Grid> {
    let mut rows = Rows::default();
    let mut number = 0u32;
    for row in table.descendants().filter(|node| node.has_tag_name((TABLE, "table-row"))) {
        let times = repeated(row, "number-rows-repeated");
        let cells = cells(row);
        // Sheets end with a million rows in which nothing stands.
        for time in 0..if cells.is_empty() { 0 } else { times } {
            for (column, text) in &cells {
                rows.put((number.saturating_add(time), *column), text.clone())?;
            }
        }
        number = number.saturating_add(times);
    }
    Some(rows.named(table.attribute((TABLE, "name")).unwrap_or_default().to_owned()))
}

/// What stands in a row, by columns.
fn cells(row: Node<'_, '_>) -> Vec<(u32, String)> {
    let mut cells = Vec::new();
    let mut column = 0u32;
    let is_cell = |node: &Node<'_, '_>| {
        matches!(node.tag_name().name(), "table-cell" | "covered-table-cell")
            && node.tag_name().namespace() == Some(TABLE)
    };
    for cell in row.children().filter(is_cell) {
        let end = column.saturating_add(repeated(cell, "number-columns-repeated"));
        let text = text(&value(cell));
        if !text.is_empty() {
            cells.extend((column..end.min(COLUMNS as u32)).map(|column| (column, text.clone())));
        }
        column = end;
    }
    cells
}

fn repeated(node: Node<'_, '_>, name: &str) -> u32 {
    node.attribute((TABLE, name)).map_or(1, |times| times.trim().parse().unwrap_or(u32::MAX))
}

/// What a cell says it is (section 19.387); a text is written in it.
fn value(cell: Node<'_, '_>) -> Data {
    let own = |name: &str| cell.attribute((OFFICE, name));
    let number = || own("value")?.trim().parse().ok().map(Data::Float);
    let truth = || own("boolean-value").map(|truth| Data::Bool(truth.eq_ignore_ascii_case("true")));
    let day = || own("date-value").map(|day| Data::DateTimeIso(day.to_owned()));
    let time = || own("time-value").map(|time| Data::DurationIso(time.to_owned()));
    let words = || own("string-value").map(|words| Data::String(words.to_owned()));
    let written = || (own("value-type") == Some("string")).then(|| Data::String(written(cell)));
    let value = number().or_else(truth).or_else(day).or_else(time).or_else(words);
    value.or_else(written).unwrap_or(Data::Empty)
}

/// The paragraphs of a cell, a line each; not those of what others remarked on it.
fn written(cell: Node<'_, '_>) -> String {
    let mut words = String::new();
    let paragraphs = cell.children().filter(|node| node.has_tag_name((TEXT, "p")));
    for (place, paragraph) in paragraphs.enumerate() {
        if place > 0 {
            words.push('\n');
        }
        for node in paragraph.descendants() {
            match node.tag_name().name() {
                _ if node.is_text() => words.push_str(node.text().unwrap_or_default()),
                "s" => {
                    let count = node.attribute((TEXT, "c")).map_or(Ok(1), str::parse);
                    words.push_str(&" ".repeat(count.unwrap_or(MOST_BLANKS).min(MOST_BLANKS)));
                }
                "tab" => words.push('\t'),
                "line-break" => words.push('\n'),
                _ => {}
            }
        }
    }
    words
}
