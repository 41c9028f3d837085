//! How large the sheets of an .xls file are, told from its records before they are read: a sheet is
//! read as a rectangle, and two cells far apart would make one of four thousand million.

use std::io::{Cursor, Read};

/// More cells than any form has.
const MOST: u64 = 4_000_000;

/// What the stream of records is called, by newer and by older programs.
const NAMES: [&str; 2] = ["Workbook", "Book"];

/// The place where a sheet begins.
const SHEET: u16 = 0x0085;

/// The beginning and the end of what is about the whole file, of each sheet, and of each chart in
/// it.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000a;

/// How large a sheet says it is: room is made for that before it is read.
const DIMENSIONS: u16 = 0x0200;

/// The records that begin with the row and the column of a cell.
const CELLS: [u16; 9] = [0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205];

/// The same for a number in few bytes.
const SHORT_NUMBER: u16 = 0x027e;

/// Whether the rectangles of all sheets are small enough to be read.
pub(super) fn is_small(bytes: &[u8]) -> bool {
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else { return false };
    // Wherever they are: which of them is read is not known.
    let is_workbook = |name: &str| NAMES.iter().any(|own| own.eq_ignore_ascii_case(name));
    let found = file.walk().filter(|entry| entry.is_stream() && is_workbook(entry.name()));
    let paths: Vec<_> = found.map(|entry| entry.path().to_owned()).collect();
    let mut all: u64 = 0;
    for path in paths {
        let mut records = Vec::new();
        let stream = file.open_stream(path);
        if stream.and_then(|mut stream| stream.read_to_end(&mut records)).is_err() {
            return false;
        }
        let sheets = until_end(&records).filter(|(kind, _)| *kind == SHEET);
        let places = sheets.map(|(_, data)| number(data, 0, 4) as usize);
        let sizes = places.map(|place| size(records.get(place..).unwrap_or_default()));
        all = sizes.fold(all, u64::saturating_add);
    }
    all <= MOST
}

/// How large a sheet is, or says that it is.
fn size(sheet: &[u8]) -> u64 {
    let mut claims: u64 = 0;
    let mut corners: Option<[u64; 4]> = None;
    for (kind, data) in until_end(sheet) {
        if kind == DIMENSIONS {
            claims = claims.saturating_add(claimed(data));
        }
        if kind == SHORT_NUMBER || CELLS.contains(&kind) {
            let (row, column) = (number(data, 0, 2), number(data, 2, 2));
            // Records of several cells tell their last column, which is further right by no more
            // than the record is long.
            let last = column + data.len() as u64 / 2;
            let [top, left, bottom, right] = corners.unwrap_or([row, column, row, last]);
            corners = Some([top.min(row), left.min(column), bottom.max(row), right.max(last)]);
        }
    }
    claims.saturating_add(corners.map_or(0, area))
}

/// The rows and columns that a sheet says it has, from the first to the one after the last.
fn claimed(data: &[u8]) -> u64 {
    // Older files have rows of two bytes.
    let [top, bottom, left, right] = match data.len() {
        10 => [(0, 2), (2, 2), (4, 2), (6, 2)],
        _ => [(0, 4), (4, 4), (8, 2), (10, 2)],
    }
    .map(|(at, length)| number(data, at, length));
    match bottom.checked_sub(top) {
        _ if bottom == 0 || right == 0 => 1,
        Some(rows) => {
            rows.saturating_mul(right.saturating_sub(if left > right { 0 } else { left }))
        }
        None => u64::MAX,
    }
}

/// A number of so many bytes, the smallest first.
fn number(data: &[u8], at: usize, length: usize) -> u64 {
    let bytes = data.get(at..at + length).unwrap_or_default();
    bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte))
}

fn area([top, left, bottom, right]: [u64; 4]) -> u64 {
    (bottom - top + 1) * (right - left + 1)
}

/// The records up to the end of a sheet, those of charts in it too.
fn until_end(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut depth = 0usize;
    std::iter::from_fn(move || {
        let (kind, data, after) = record(rest)?;
        rest = after;
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => return None,
            END => depth -= 1,
            _ => {}
        }
        Some((kind, data))
    })
}

/// The first record: its kind, what it holds, and what comes after it.
fn record(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let [kind, kinds, length, lengths, rest @ ..] = bytes else { return None };
    let length = usize::from(u16::from_le_bytes([*length, *lengths]));
    let (data, after) = rest.split_at_checked(length)?;
    Some((u16::from_le_bytes([*kind, *kinds]), data, after))
}
