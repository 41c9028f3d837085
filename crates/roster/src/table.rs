//! A spreadsheet as rows of text.

/// The most rows that are read: a township has some 30,000 people.
const MOST_ROWS: usize = 200_000;

/// A table: its headings, and its rows with the line that each stands on in the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, as wide as the headings.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// A file that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATable {
    /// Neither Excel nor UTF-8 CSV.
    #[error("打不开这个文件：要 Excel（.xlsx、.xls）或者 UTF-8 的 CSV")]
    Unreadable,
    /// Nothing in it.
    #[error("表是空的：第一行写列名，下面一人一行")]
    Empty,
    /// Too much of it.
    #[error("行数太多：一张表最多二十万行")]
    TooLong,
}

impl Table {
    /// Reads the first sheet of an Excel workbook, or a CSV file.
    ///
    /// # Errors
    /// See [`NotATable`].
    pub fn read(file: &[u8]) -> Result<Self, NotATable> {
        let is_excel = file.starts_with(b"PK") || file.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
        let mut rows = match is_excel {
            true => xlsform::first_sheet(file).ok_or(NotATable::Unreadable)?,
            false => csv(file)?,
        };
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return Err(NotATable::Empty);
        }
        if rows.len() > MOST_ROWS {
            return Err(NotATable::TooLong);
        }
        let (_, headings) = rows.remove(0);
        for (_, cells) in &mut rows {
            cells.resize(headings.len(), String::new());
        }
        Ok(Self { headings, rows })
    }
}

fn csv(file: &[u8]) -> Result<Vec<(u32, Vec<String>)>, NotATable> {
    // Excel begins UTF-8 with a mark.
    let file = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(file);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|_| NotATable::Unreadable)?;
        let line = record.position().map_or(0, |position| line(file, position));
        let cells = record.iter().map(|cell| cell.trim().to_owned()).collect();
        rows.push((u32::try_from(line).map_err(|_| NotATable::TooLong)?, cells));
    }
    Ok(rows)
}

/// The line on which a record begins: the reader tells where it began to look, before blank lines.
fn line(file: &[u8], position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = file.get(start..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    position.line() + blank.filter(|byte| **byte == b'\n').count() as u64
}
