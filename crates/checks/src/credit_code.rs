//! 统一社会信用代码, GB 32100-2015, with the organisation code of GB 11714 inside it.

use crate::text::normalize;

/// No I, O, S, V, Z.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A code that is right.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CreditCode(String);

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACreditCode {
    /// Not 18 characters.
    #[error("要 18 位，现在是 {0} 位")]
    Length(usize),
    /// A character that no code has.
    #[error("里面不会有 {0}，请对着执照再看")]
    Letter(char),
    /// The last character is not that of the others.
    #[error("最后一位对不上，请对着执照再看")]
    Check,
}

impl CreditCode {
    /// Reads a code.
    ///
    /// # Errors
    /// See [`NotACreditCode`].
    pub fn read(text: &str) -> Result<Self, NotACreditCode> {
        let code = normalize(text);
        let values: Vec<u32> = code
            .chars()
            .map(|c| value(c).ok_or(NotACreditCode::Letter(c)))
            .collect::<Result<_, _>>()?;
        let [body @ .., check] = values.as_slice() else { return Err(NotACreditCode::Length(0)) };
        if values.len() != 18 {
            return Err(NotACreditCode::Length(values.len()));
        }
        let sum: u32 = body.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        match (31 - sum % 31) % 31 == *check {
            true => Ok(Self(code)),
            false => Err(NotACreditCode::Check),
        }
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the organisation code inside has the check character of GB 11714. Real codes break
    /// this rule: worth a second look, never a refusal.
    pub fn has_usual_organisation_code(&self) -> bool {
        let inner = &self.0[8..17];
        let values: Option<Vec<u32>> = inner[..8].chars().map(|c| c.to_digit(36)).collect();
        let Some(values) = values else { return false };
        let sum: u32 = values.iter().zip(INNER_WEIGHTS).map(|(value, weight)| value * weight).sum();
        let check = match 11 - sum % 11 {
            10 => 'X',
            11 => '0',
            digit => char::from_digit(digit, 10).unwrap_or('0'),
        };
        inner.ends_with(check)
    }
}

fn value(c: char) -> Option<u32> {
    ALPHABET.find(c).map(|place| place as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_codes_are_read() {
        let right = [
            "91529999MA0000007H",
            "92529999MA0000X15X",
            "93529999MA00000Y54",
            "N2529999MF00000130",
            "11529999000000019X",
            "54529999ME0000095P",
            "91529999ma0000007h",
        ];
        for text in right {
            assert!(CreditCode::read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = |text| CreditCode::read(text).unwrap_err();
        assert_eq!(wrong("91529999MA0000007J"), NotACreditCode::Check);
        assert_eq!(wrong("915I9999MA0000007H"), NotACreditCode::Letter('I'));
        assert_eq!(wrong("91529999MA0000007"), NotACreditCode::Length(17));
    }
}
