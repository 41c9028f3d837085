//! 公民身份号码, GB 11643-1999, and the numbers that are made by the same rule: residence permits
//! of Hong Kong, Macao and Taiwan people, and the 18-digit foreigners' permanent residence card.

use time::{Date, Month};

use crate::text::{digits, normalize};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// The first two digits. County codes are never checked: those that were merged or abolished stay
/// on the cards that bear them.
const PROVINCES: [u32; 34] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82,
];
/// Residence permits of people from Taiwan.
const TAIWAN_PERMIT: u32 = 83;
/// No card's holder was born earlier.
const EARLIEST: i32 = 1900;

/// A number that is right, by its own rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ResidentId {
    number: String,
    birthday: Date,
}

/// GB/T 2261.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// 1
    Male,
    /// 2
    Female,
}

/// What is wrong with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAResidentId {
    /// Not 18 characters.
    #[error("要 18 位，现在是 {0} 位")]
    Length(usize),
    /// Letters where digits stand.
    #[error("只能是数字，最后一位可以是 X")]
    Letters,
    /// No province has this number.
    #[error("前两位不对，请对着证件再看")]
    Province,
    /// No such day, before 1900, or yet to come.
    #[error("出生日期那几位不对，请对着证件再看")]
    Birthday,
    /// The last character is not that of the others.
    #[error("最后一位对不上，请再看一眼证件")]
    Check,
}

impl ResidentId {
    /// Reads an 18-digit number.
    ///
    /// # Errors
    /// See [`NotAResidentId`].
    pub fn read(text: &str, today: Date) -> Result<Self, NotAResidentId> {
        let number = normalize(text);
        let length = number.chars().count();
        if length != 18 {
            return Err(NotAResidentId::Length(length));
        }
        let (body, check) = number.split_at_checked(17).ok_or(NotAResidentId::Letters)?;
        let body = digits(body).ok_or(NotAResidentId::Letters)?;
        let check = check.chars().next().filter(|c| c.is_ascii_digit() || *c == 'X');
        let check = check.ok_or(NotAResidentId::Letters)?;
        let province = body[0] * 10 + body[1];
        if !PROVINCES.contains(&province) && province != TAIWAN_PERMIT {
            return Err(NotAResidentId::Province);
        }
        let birthday = birthday(&body[6..14]).filter(|day| *day <= today);
        let birthday = birthday.ok_or(NotAResidentId::Birthday)?;
        match check == check_of(&body) {
            true => Ok(Self { number, birthday }),
            false => Err(NotAResidentId::Check),
        }
    }

    /// Reads an old number of 15 digits, as it stands on old papers, and gives today's form of
    /// it: 19 before the year, and a check character behind.
    ///
    /// # Errors
    /// See [`NotAResidentId`].
    pub fn read_old(text: &str, today: Date) -> Result<Self, NotAResidentId> {
        let number = normalize(text);
        let old = digits(&number).ok_or(NotAResidentId::Letters)?;
        if old.len() != 15 {
            return Err(NotAResidentId::Length(old.len()));
        }
        let body = format!("{}19{}", &number[..6], &number[6..]);
        let check = check_of(&digits(&body).ok_or(NotAResidentId::Letters)?);
        Self::read(&format!("{body}{check}"), today)
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The day of birth that the number tells.
    pub fn birthday(&self) -> Date {
        self.birthday
    }

    /// The sex that the number tells: the 17th digit is odd for men.
    pub fn sex(&self) -> Sex {
        let is_odd = self.number.as_bytes()[16] % 2 == 1;
        if is_odd { Sex::Male } else { Sex::Female }
    }

    /// Years of age on `day`.
    pub fn age_on(&self, day: Date) -> i32 {
        age(self.birthday, day)
    }

    /// Whether it is a residence permit of Hong Kong, Macao or Taiwan people.
    pub fn is_permit(&self) -> bool {
        let provinces = ["810000", "820000", "830000"];
        provinces.iter().any(|province| self.number.starts_with(province))
    }
}

/// Years of age on `day` of somebody born on `birthday`. Who was born on February 29 grows older on
/// the last day of February where a year has no such day (民法典 article 202).
pub fn age(birthday: Date, day: Date) -> i32 {
    let years = day.year() - birthday.year();
    let anniversary = birthday.replace_year(day.year());
    let anniversary = anniversary.or(Date::from_calendar_date(day.year(), Month::February, 28));
    match anniversary {
        Ok(anniversary) if day >= anniversary => years,
        _ => years - 1,
    }
}

fn birthday(digits: &[u32]) -> Option<Date> {
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let year = number(&digits[..4]) as i32;
    let month = Month::try_from(number(&digits[4..6]) as u8).ok()?;
    let day = number(&digits[6..8]) as u8;
    Date::from_calendar_date(year, month, day).ok().filter(|day| day.year() >= EARLIEST)
}

fn check_of(body: &[u32]) -> char {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    CHECKS[(sum % 11) as usize]
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    const TODAY: Date = date!(2026 - 11 - 23);

    fn wrong(text: &str) -> NotAResidentId {
        ResidentId::read(text, TODAY).unwrap_err()
    }

    #[test]
    fn a_right_number_tells_birthday_and_sex() {
        let right = [
            ("529999194508070018", date!(1945 - 08 - 07), Sex::Male),
            ("529999194508070026", date!(1945 - 08 - 07), Sex::Female),
            ("529999200002290134", date!(2000 - 02 - 29), Sex::Male),
            ("529999197001010247", date!(1970 - 01 - 01), Sex::Female),
            ("529999201806301155", date!(2018 - 06 - 30), Sex::Male),
            ("529999196312319909", date!(1963 - 12 - 31), Sex::Female),
            ("529999199911123733", date!(1999 - 11 - 12), Sex::Male),
            ("529999202601010463", date!(2026 - 01 - 01), Sex::Female),
            ("52999919850615008X", date!(1985 - 06 - 15), Sex::Female),
            (" ５29999 19850615 008x", date!(1985 - 06 - 15), Sex::Female),
        ];
        for (text, birthday, sex) in right {
            let id =
                ResidentId::read(text, TODAY).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((id.birthday(), id.sex()), (birthday, sex), "{text}");
        }
    }

    #[test]
    fn residence_permits_follow_the_same_rule() {
        for text in ["810000199002150013", "830000199002150025"] {
            assert!(ResidentId::read(text, TODAY).unwrap().is_permit());
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(wrong("529999194508070017"), NotAResidentId::Check);
        assert_eq!(wrong("529999194502300011"), NotAResidentId::Birthday);
        assert_eq!(wrong("529999190002290015"), NotAResidentId::Birthday);
        assert_eq!(wrong("529999209912310019"), NotAResidentId::Birthday);
        assert_eq!(wrong("999999194508070015"), NotAResidentId::Province);
        assert_eq!(wrong("52999919450807001"), NotAResidentId::Length(17));
        assert_eq!(wrong("52999O194508070018"), NotAResidentId::Letters);
        assert_eq!(wrong("五29999194508070018"), NotAResidentId::Letters);
    }

    #[test]
    fn an_old_number_becomes_todays() {
        let id = ResidentId::read_old("529999450807001", TODAY).unwrap();
        assert_eq!(id.as_str(), "529999194508070018");
    }

    #[test]
    fn who_was_born_on_a_leap_day_grows_older_on_the_last_of_february() {
        let id = ResidentId::read("529999200002290134", TODAY).unwrap();
        assert_eq!(id.age_on(date!(2026 - 02 - 27)), 25);
        assert_eq!(id.age_on(date!(2026 - 02 - 28)), 26);
        assert_eq!(id.age_on(date!(2028 - 02 - 28)), 27);
        assert_eq!(id.age_on(date!(2028 - 02 - 29)), 28);
    }
}
