//! The table of readings, made from the crate `pinyin`, which has them from Unicode's own data and
//! from pinyin-data.

use std::collections::BTreeMap;

use pinyin::ToPinyinMulti;

use crate::readings::{FIRST, MARK};

/// The last character of the table.
const LAST: u32 = 0x9fff;

/// Makes the file that [`Readings::read`](crate::Readings::read) reads.
pub fn make() -> Vec<u8> {
    let read: Vec<String> = (FIRST..=LAST).map(readings).collect();
    let mut often = BTreeMap::<&str, usize>::new();
    for set in read.iter().filter(|set| !set.is_empty()) {
        *often.entry(set).or_default() += 1;
    }
    // Those of many characters first: small numbers compress better.
    let mut sets: Vec<&str> = often.keys().copied().collect();
    sets.sort_by_key(|set| core::cmp::Reverse(often[set]));
    let numbers: BTreeMap<&str, u16> = sets.iter().copied().zip(1..).collect();
    let mut file = MARK.to_owned().into_bytes();
    file.extend(sets.join("\n").bytes());
    file.extend(b"\n\n");
    let number = |set: &String| numbers.get(set.as_str()).copied().unwrap_or(0);
    file.extend(read.iter().flat_map(|set| number(set).to_le_bytes()));
    file
}

/// All readings of a character without tones, each once, with blanks between.
fn readings(code: u32) -> String {
    let multi = char::from_u32(code).and_then(|character| character.to_pinyin_multi());
    let mut all: Vec<String> = Vec::new();
    for reading in multi.into_iter().flatten() {
        let plain = reading.plain().replace('ü', "v");
        if plain.bytes().all(|letter| letter.is_ascii_lowercase()) && !all.contains(&plain) {
            all.push(plain);
        }
    }
    all.join(" ")
}
