//! 统计用区划代码: twelve digits, county 6, town 3, village 3. Whether a place of that code is or
//! was there is a question for a table of its time, not for this crate.

use crate::text::normalize;

/// A code of the right make.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Division(String);

/// What the last part of a code that is not zeros names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// A county, or what is above it.
    County,
    /// A town of the county.
    Town(Town),
    /// A village of the town.
    Village(Village),
}

/// What kind of town the 7th to 9th digits say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Town {
    /// 001 to 099: 街道.
    Subdistrict,
    /// 100 to 199: 镇.
    Town,
    /// 200 to 399: 乡.
    Township,
    /// 400 and more: something like a town.
    Alike,
}

/// What kind of village the last three digits say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Village {
    /// 001 to 199: 居委会.
    Residents,
    /// 200 to 399: 村委会.
    Villagers,
    /// 400 and more: something like a village.
    Alike,
}

/// A text that is no division code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("区划代码是 12 位数字")]
pub struct NotADivision;

impl Division {
    /// Reads a code.
    ///
    /// # Errors
    /// When it is not twelve digits, or a village of no town.
    pub fn read(text: &str) -> Result<Self, NotADivision> {
        let code = normalize(text);
        let is_number = code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number || code.starts_with('0') || (&code[6..9] == "000" && &code[9..] != "000") {
            return Err(NotADivision);
        }
        Ok(Self(code))
    }

    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it names.
    pub fn level(&self) -> Level {
        let (town, village) = (&self.0[6..9], &self.0[9..]);
        let kind = |part: &str| part.as_bytes()[0];
        match (town, village) {
            ("000", _) => Level::County,
            (_, "000") => Level::Town(match kind(town) {
                b'0' => Town::Subdistrict,
                b'1' => Town::Town,
                b'2' | b'3' => Town::Township,
                _ => Town::Alike,
            }),
            _ => Level::Village(match kind(village) {
                b'0' | b'1' => Village::Residents,
                b'2' | b'3' => Village::Villagers,
                _ => Village::Alike,
            }),
        }
    }

    /// How all codes of what lies in it begin.
    pub fn prefix(&self) -> &str {
        &self.0[..match self.level() {
            Level::County => 6,
            Level::Town(_) => 9,
            Level::Village(_) => 12,
        }]
    }

    /// Whether it lies in `other`, or is it.
    pub fn is_in(&self, other: &Self) -> bool {
        self.0.starts_with(other.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_tells_what_it_names_and_where_that_lies() {
        let read = |text| Division::read(text).unwrap();
        let (village, town) = (read("529999101203"), read("529999101000"));
        assert_eq!(village.level(), Level::Village(Village::Villagers));
        assert_eq!(town.level(), Level::Town(Town::Town));
        assert_eq!(read("529999000000").level(), Level::County);
        assert!(village.is_in(&town) && village.is_in(&read("529999000000")));
        assert!(!town.is_in(&village) && !village.is_in(&read("529999102000")));
    }

    #[test]
    fn anything_else_is_no_code() {
        for text in ["52999910120", "52999910120a", "529999000203", "029999101203", ""] {
            assert_eq!(Division::read(text), Err(NotADivision), "{text}");
        }
    }
}
