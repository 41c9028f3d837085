//! 残疾人证: the holder's identity number, one digit for the kind, one for the grade, and after a
//! re-issue `B` with how many there were.

use time::Date;

use crate::resident_id::{NotAResidentId, ResidentId};
use crate::text::normalize;

/// A certificate whose number is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisabilityCertificate {
    /// Whose it is.
    pub holder: ResidentId,
    /// Which kind.
    pub kind: Kind,
    /// From 1, the most severe, to 4.
    pub grade: u8,
    /// How often it was issued anew.
    pub reissues: u8,
}

/// The kinds of disability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// 视力
    Sight,
    /// 听力
    Hearing,
    /// 言语
    Speech,
    /// 肢体
    Limbs,
    /// 智力
    Intellect,
    /// 精神
    Mind,
    /// 多重
    Several,
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACertificate {
    /// Not 20 characters, or more that is no re-issue.
    #[error("要 20 位，补办过的后面还有 B 和次数")]
    Length,
    /// The first 18 are no identity number.
    #[error("前 18 位：{0}")]
    Holder(#[from] NotAResidentId),
    /// The 19th is no kind.
    #[error("第 19 位是残疾类别，只会是 1 到 7")]
    Kind,
    /// The 20th is no grade.
    #[error("第 20 位是残疾等级，只会是 1 到 4")]
    Grade,
}

impl DisabilityCertificate {
    /// Reads a number.
    ///
    /// # Errors
    /// See [`NotACertificate`].
    pub fn read(text: &str, today: Date) -> Result<Self, NotACertificate> {
        let number = normalize(text);
        let (holder, rest) = number.split_at_checked(18).ok_or(NotACertificate::Length)?;
        let holder = ResidentId::read(holder, today)?;
        let mut rest = rest.chars();
        let kind = rest.next().ok_or(NotACertificate::Length)?;
        let grade = rest.next().ok_or(NotACertificate::Length)?;
        let reissues = match rest.as_str() {
            "" => 0,
            rest => reissues(rest).ok_or(NotACertificate::Length)?,
        };
        let grade = grade.to_digit(10).filter(|grade| (1..=4).contains(grade));
        Ok(Self {
            holder,
            kind: Kind::of(kind).ok_or(NotACertificate::Kind)?,
            grade: grade.ok_or(NotACertificate::Grade)? as u8,
            reissues,
        })
    }
}

impl Kind {
    fn of(digit: char) -> Option<Self> {
        Some(match digit {
            '1' => Self::Sight,
            '2' => Self::Hearing,
            '3' => Self::Speech,
            '4' => Self::Limbs,
            '5' => Self::Intellect,
            '6' => Self::Mind,
            '7' => Self::Several,
            _ => return None,
        })
    }
}

fn reissues(text: &str) -> Option<u8> {
    let count = text.strip_prefix('B')?;
    count.bytes().all(|byte| byte.is_ascii_digit()).then(|| count.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn read(text: &str) -> Result<DisabilityCertificate, NotACertificate> {
        DisabilityCertificate::read(text, date!(2026 - 11 - 23))
    }

    #[test]
    fn a_right_number_tells_kind_and_grade() {
        let limbs = read("52999919450807001843").unwrap();
        assert_eq!((limbs.kind, limbs.grade, limbs.reissues), (Kind::Limbs, 3, 0));
        let sight = read("52999919450807001811B1").unwrap();
        assert_eq!((sight.kind, sight.grade, sight.reissues), (Kind::Sight, 1, 1));
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(read("52999919450807001883"), Err(NotACertificate::Kind));
        assert_eq!(read("52999919450807001845"), Err(NotACertificate::Grade));
        assert_eq!(read("529999194508070018"), Err(NotACertificate::Length));
        assert_eq!(read("52999919450807001843C1"), Err(NotACertificate::Length));
        assert_eq!(
            read("52999919450807001743"),
            Err(NotACertificate::Holder(NotAResidentId::Check))
        );
    }
}
