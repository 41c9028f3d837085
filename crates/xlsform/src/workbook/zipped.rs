//! What zipped workbooks (.xlsx and .ods) hold, within limits: a file of a few kilobytes can be
//! unpacked to gigabytes, and the library that reads .xlsx makes room for as many texts as a number
//! in it says.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// More bytes than all parts of a form's workbook have: a hundred thousand choices have twenty
/// million.
const MOST: u64 = 64 << 20;

/// What says for how many texts there is to be room.
const COUNT: &[u8] = b"uniqueCount";

/// Whether the parts are small enough to be read, and make room for no more than they hold.
pub(super) fn is_small(bytes: &[u8]) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut all = 0;
    for place in 0..archive.len() {
        // What cannot be read is no part of a workbook.
        let Ok(file) = archive.by_index(place) else { continue };
        let is_texts = file.name().is_ok_and(|name| name.to_lowercase().ends_with("strings.xml"));
        let mut file = file.take(MOST - all + 1);
        let mut part = Vec::new();
        let read = match is_texts {
            true => file.read_to_end(&mut part).map(|length| length as u64),
            false => std::io::copy(&mut file, &mut std::io::sink()),
        };
        all += read.unwrap_or(MOST + 1);
        if all > MOST || claims(&part) > part.len() {
            return false;
        }
    }
    true
}

/// What the part called `name` holds, as text.
pub(super) fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = String::new();
    archive.by_name(name).ok()?.take(MOST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// For how many texts a part says that there is to be room.
fn claims(part: &[u8]) -> usize {
    // In another encoding, it could not be found.
    if part.contains(&0) {
        return usize::MAX;
    }
    let Some(place) = part.windows(COUNT.len()).position(|bytes| bytes == COUNT) else { return 0 };
    let after = part[place + COUNT.len()..].iter();
    let digits = after.skip_while(|byte| b" \t\r\n='\"".contains(byte));
    let digits = digits.take_while(|byte| byte.is_ascii_digit());
    digits
        .fold(0usize, |all, digit| all.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
}
