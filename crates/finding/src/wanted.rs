//! What is looked for, and what fits.

use crate::Readings;

/// More letters than this are not looked at: longer than any name that is written out.
const LETTERS: usize = 63;

/// What is looked for: one or several parts, all of which must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// As it was typed, in small letters and ASCII where there is ASCII for it.
    words: String,
    /// Whether it can be pinyin.
    is_letters: bool,
}

/// How well something fits; better ones are less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It says what is looked for.
    Said,
    /// It is read so from its beginning.
    ReadFromStart,
    /// It is read so somewhere.
    ReadInside,
}

impl Fit {
    /// All of them, best first.
    pub const ALL: [Self; 3] = [Self::Said, Self::ReadFromStart, Self::ReadInside];
}

impl Wanted {
    /// From what was typed.
    pub fn new(typed: &str) -> Self {
        let parts = typed.split([' ', '\'', '’', '\u{3000}']).filter(|part| !part.is_empty());
        let part = |part: &str| {
            let words: String = part.chars().map(narrowed).collect();
            let is_letters = words.len() <= LETTERS
                && words.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
                && words.bytes().any(|byte| byte.is_ascii_lowercase());
            Part { words, is_letters }
        };
        Self(parts.map(part).collect())
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the readings of characters can help.
    pub fn is_read(&self) -> bool {
        self.0.iter().any(|part| part.is_letters)
    }

    /// Whether `words` fit, and how well: as well as the part that fits worst.
    pub fn fit(&self, words: &str, readings: Option<&Readings>) -> Option<Fit> {
        let words: String = words.chars().map(narrowed).collect();
        let mut worst = Fit::Said;
        for part in &self.0 {
            worst = worst.max(part.fit(&words, readings)?);
        }
        Some(worst)
    }
}

impl Part {
    fn fit(&self, words: &str, readings: Option<&Readings>) -> Option<Fit> {
        if words.contains(&self.words) {
            return Some(Fit::Said);
        }
        let readings = readings.filter(|_| self.is_letters)?;
        if is_read(words, &self.words, readings, false) {
            return Some(Fit::ReadFromStart);
        }
        is_read(words, &self.words, readings, true).then_some(Fit::ReadInside)
    }
}

/// Whether `words` are read as `letters`: whole syllables or their initials in turn, the last
/// syllable as far as it was typed.
fn is_read(words: &str, letters: &str, readings: &Readings, anywhere: bool) -> bool {
    // A bit for each number of letters that the characters so far can have used up.
    let mut used: u64 = 1;
    for character in words.chars() {
        // Nobody types what has no reading: brackets, dots, blanks.
        if !character.is_ascii_alphanumeric() && readings.of(character).is_empty() {
            continue;
        }
        let mut next = u64::from(anywhere);
        for at in (0..letters.len()).filter(|at| used >> at & 1 == 1) {
            let rest = &letters[at..];
            let mut is_end = false;
            syllables(character, readings, &mut |syllable| {
                is_end |= syllable.starts_with(rest);
                if rest.starts_with(syllable) {
                    next |= 1 << (at + syllable.len());
                }
            });
            if is_end {
                return true;
            }
        }
        used = next;
        if used == 0 {
            return false;
        }
    }
    false
}

/// What a character can be typed as: its readings and their initials; a letter or digit as itself.
fn syllables(character: char, readings: &Readings, visit: &mut dyn FnMut(&str)) {
    if character.is_ascii() {
        return visit(character.encode_utf8(&mut [0; 4]));
    }
    for reading in readings.of(character) {
        visit(reading);
        visit(&reading[..1]);
        if reading[1..].starts_with('h') {
            visit(&reading[..2]);
        }
    }
}

/// In small letters, and in ASCII where a keyboard made it full-width.
fn narrowed(character: char) -> char {
    let narrow = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        _ => None,
    };
    narrow.unwrap_or(character).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::make;

    fn readings() -> Readings {
        Readings::read(&make()).unwrap()
    }

    /// Which of some villages are found.
    fn found(typed: &str) -> Vec<&'static str> {
        const VILLAGES: [&str; 6] =
            ["李家村", "重庆路居委会", "西安里", "吕梁坡", "A区3号楼", "石家村（二组）"];
        let (wanted, readings) = (Wanted::new(typed), readings());
        let fits =
            VILLAGES.into_iter().filter_map(|it| Some((wanted.fit(it, Some(&readings))?, it)));
        let mut fits: Vec<_> = fits.collect();
        fits.sort_by_key(|(fit, _)| *fit);
        fits.into_iter().map(|(_, village)| village).collect()
    }

    #[test]
    fn a_village_is_found_by_its_characters_its_pinyin_and_its_initials() {
        for typed in ["李家", "lijiacun", "ljc", "LiJia", "ｌｊｃ", "lijiac", "li jia", "l"] {
            assert!(found(typed).contains(&"李家村"), "{typed}: {:?}", found(typed));
        }
        assert_eq!(found("jiacun"), ["李家村", "石家村（二组）"]);
        assert_eq!(found("jc"), ["李家村", "石家村（二组）"]);
        assert_eq!(found("shijc"), ["石家村（二组）"]);
        assert_eq!(found("sjcez"), ["石家村（二组）"]);
        assert!(found("iacun").is_empty(), "not in the middle of a syllable");
        assert!(found("ljd").is_empty() && found("lic").is_empty());
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings() {
        assert_eq!(found("chongqing"), ["重庆路居委会"]);
        assert_eq!(found("zhongqing"), ["重庆路居委会"]);
        assert_eq!(found("cqljwh"), ["重庆路居委会"]);
    }

    #[test]
    fn what_is_said_comes_before_what_is_read_and_its_beginning_before_its_middle() {
        assert_eq!(found("a"), ["A区3号楼", "西安里"]);
        assert_eq!(found("l")[..2], ["李家村", "吕梁坡"]);
        assert_eq!(found("lvliang"), ["吕梁坡"]);
        assert_eq!(found("xi'an"), ["西安里"]);
        assert_eq!(found("a区"), ["A区3号楼"]);
        assert_eq!(found("aq3h"), ["A区3号楼"]);
    }

    #[test]
    fn without_the_table_characters_are_found_all_the_same() {
        assert_eq!(Wanted::new("家村").fit("李家村", None), Some(Fit::Said));
        assert_eq!(Wanted::new("ljc").fit("李家村", None), None);
        assert_eq!(Readings::read(b"<html>").map(|_| ()), None);
        assert!(Wanted::new("  ").is_empty() && !Wanted::new("23").is_read());
    }

    #[test]
    fn the_table_is_small_and_knows_what_people_are_called() {
        let file = make();
        assert!(file.len() < 80_000, "{}", file.len());
        let readings = readings();
        for (character, reading) in
            [('村', "cun"), ('单', "shan"), ('区', "ou"), ('女', "nv"), ('龘', "da")]
        {
            let of = readings.of(character);
            assert!(of.iter().any(|own| **own == *reading), "{character}: {of:?}");
        }
        assert!(readings.of('a').is_empty() && readings.of('〇').is_empty());
    }
}
