//! The Chinese calendar, 农历 (GB/T 33661-2017), from 1900 to 2100.
//!
//! Which months are long and which year has a leap month follows from the sun and the moon as they
//! are seen in Beijing; what came out of that is data. It agrees with ICU's for every day, and with
//! 寿星天文历, from which it was taken; older tables are off in 2057, 2089 and 2097.

use core::fmt;

use time::{Date, Duration, Month};

/// The first year of the table.
const FIRST: i32 = 1900;

/// By year. Bits 0 to 3: after which month the leap month comes, 0 for none. Bits 4 to 16: whether
/// each month in turn, the leap month in its place, has 30 days. From bit 17: how many days after
/// the first of January it begins.
const YEARS: [u32; 201] = [
    0x3d6d28, 0x627520, 0x4cea50, 0x3964a5, 0x5c64b0, 0x44a9b0, 0x315564, 0x5656a0, 0x40b590,
    0x2b7522, 0x507520, 0x3bb256, 0x60b250, 0x48a4b0, 0x334ab5, 0x582ad0, 0x4256b0, 0x2cb692,
    0x52da90, 0x3fd927, 0x64e920, 0x4cd250, 0x37a4d5, 0x5ca560, 0x462b60, 0x2f5b54, 0x566d40,
    0x40ea90, 0x2de922, 0x50e920, 0x3ad266, 0x5e52b0, 0x48a570, 0x332b65, 0x58b5a0, 0x446d40,
    0x2eec93, 0x527490, 0x3d6937, 0x62a930, 0x4c52b0, 0x34a5b6, 0x5aaad0, 0x4656a0, 0x31b554,
    0x56ba40, 0x40b490, 0x2ba932, 0x50a950, 0x3952d7, 0x5e5360, 0x48aad0, 0x355aa5, 0x585b20,
    0x42da50, 0x2fd4a3, 0x54d4a0, 0x3ca958, 0x60a970, 0x4c5560, 0x36ab56, 0x5aad50, 0x466d20,
    0x30ea54, 0x56ea50, 0x4064a0, 0x28c973, 0x4ea9b0, 0x3b55a7, 0x5e56a0, 0x48b690, 0x357525,
    0x5ab520, 0x42b250, 0x2d64b4, 0x52a4b0, 0x3d4ab8, 0x602ad0, 0x4a56d0, 0x36b696, 0x5cda90,
    0x46d920, 0x31d254, 0x56d250, 0x41a4da, 0x64a560, 0x4e2b60, 0x385b56, 0x5e6d50, 0x48ea90,
    0x35e925, 0x5ae920, 0x44d260, 0x2ca563, 0x50a570, 0x3d4d68, 0x6235a0, 0x4a6d50, 0x376c95,
    0x5c7490, 0x466930, 0x2f52b4, 0x5452b0, 0x3ea5b0, 0x2b55a2, 0x4e56a0, 0x39b557, 0x60ba40,
    0x4ab490, 0x33a935, 0x58a950, 0x4252d0, 0x2caad4, 0x50ab50, 0x3d5aa9, 0x625d20, 0x4cda50,
    0x37d4a6, 0x5cd4a0, 0x46c950, 0x3152e4, 0x545560, 0x3eab50, 0x2b5b22, 0x506d20, 0x38ea56,
    0x5e7250, 0x4864b0, 0x32c975, 0x56cab0, 0x4255a0, 0x2cad63, 0x52b690, 0x3d752b, 0x62b520,
    0x4cb250, 0x37a4b6, 0x5aa4b0, 0x444ab0, 0x2e55b5, 0x545ad0, 0x3eb6a0, 0x2bb522, 0x50d920,
    0x3bd257, 0x5ed250, 0x48a550, 0x334ad5, 0x584b60, 0x405b50, 0x2cdaa3, 0x52ec90, 0x3fe928,
    0x62e920, 0x4cd260, 0x36a566, 0x5aa570, 0x445560, 0x2e6d54, 0x547550, 0x407490, 0x28e933,
    0x4e6930, 0x3952b7, 0x5e52b0, 0x46a5b0, 0x3355a5, 0x5856a0, 0x42b650, 0x2d74a4, 0x52b4a0,
    0x3da958, 0x62a950, 0x4a52d0, 0x34aad6, 0x5aab50, 0x465aa0, 0x2eba54, 0x54da50, 0x40d4a0,
    0x2bc953, 0x4ec960, 0x3994e7, 0x5e5560, 0x48ab50, 0x335b25, 0x586d20, 0x42ea50, 0x2ee4a4,
    0x5068b0, 0x3ac978, 0x604ab0, 0x4a55b0, 0x34ad66, 0x5ab6a0, 0x467520, 0x317254, 0x54b450,
    0x3ea8b0, 0x2949b2, 0x4e4ab0,
];

/// A day as the Chinese calendar names it.
///
/// ```
/// use calendar::{Date, LunarDate};
///
/// let day = Date::from_calendar_date(2026, time::Month::March, 5).ok().and_then(LunarDate::of);
/// assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("二〇二六年正月十七"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LunarDate {
    year: i32,
    month: LunarMonth,
    day: u8,
}

/// A month of the Chinese calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LunarMonth {
    /// From 1, 正月, to 12.
    pub number: u8,
    /// Whether it is the one after that of the same number, 闰.
    pub is_leap: bool,
}

impl LunarDate {
    /// The name of a day; none outside the table.
    pub fn of(date: Date) -> Option<Self> {
        let year = match begin(date.year()) {
            Some(begin) if begin <= date => date.year(),
            _ => date.year() - 1,
        };
        let mut left = (date - begin(year)?).whole_days();
        for (month, days) in months(year) {
            if left < i64::from(days) {
                return Some(Self { year, month, day: left as u8 + 1 });
            }
            left -= i64::from(days);
        }
        None
    }

    /// The day of that name; none where the year has no such month, or the month no such day.
    pub fn new(year: i32, month: LunarMonth, day: u8) -> Option<Self> {
        let (_, days) = months(year).find(|(own, _)| *own == month)?;
        (1..=days).contains(&day).then_some(Self { year, month, day })
    }

    /// The Gregorian date.
    pub fn date(self) -> Option<Date> {
        let before = months(self.year).take_while(|(month, _)| *month != self.month);
        let days: i64 = before.map(|(_, days)| i64::from(days)).sum();
        begin(self.year)?.checked_add(Duration::days(days + i64::from(self.day) - 1))
    }

    /// The year, named by the Gregorian one in which it begins.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month.
    pub fn month(self) -> LunarMonth {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }
}

/// The months of a year in turn, and how many days each has; none outside the table.
pub fn months(year: i32) -> impl Iterator<Item = (LunarMonth, u8)> {
    let row = row(year);
    let leap = row.map_or(0, |row| (row & 0xf) as u8);
    let count = if row.is_none() { 0 } else { 12 + u8::from(leap > 0) };
    (0..count).map(move |place| {
        let is_after = leap > 0 && place >= leap;
        let month =
            LunarMonth { number: place + u8::from(!is_after), is_leap: is_after && place == leap };
        (month, 29 + (row.unwrap_or(0) >> (4 + place) & 1) as u8)
    })
}

fn row(year: i32) -> Option<u32> {
    YEARS.get(usize::try_from(year - FIRST).ok()?).copied()
}

/// The first day of a year.
fn begin(year: i32) -> Option<Date> {
    let days = row(year)? >> 17;
    let first = Date::from_calendar_date(year, Month::January, 1).ok()?;
    first.checked_add(Duration::days(days.into()))
}

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// The day of a month by its name: 初一, 十七, 三十.
pub fn day_name(day: u8) -> String {
    let unit = DIGITS[usize::from(day % 10)];
    match day {
        10 => "初十".to_owned(),
        20 => "二十".to_owned(),
        30 => "三十".to_owned(),
        _ => format!("{}{unit}", ["初", "十", "廿"][usize::from(day / 10).min(2)]),
    }
}

impl fmt::Display for LunarMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_leap {
            f.write_str("闰")?;
        }
        match self.number {
            1 => f.write_str("正月"),
            10 => f.write_str("十月"),
            11.. => write!(f, "十{}月", DIGITS[usize::from(self.number % 10)]),
            number => write!(f, "{}月", DIGITS[usize::from(number)]),
        }
    }
}

/// As it is written: 二〇二六年正月十七.
impl fmt::Display for LunarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for power in [1000, 100, 10, 1] {
            let digit = self.year / power % 10;
            write!(f, "{}", DIGITS[digit.unsigned_abs() as usize])?;
        }
        write!(f, "年{}{}", self.month, day_name(self.day))
    }
}

#[cfg(test)]
mod tests {
    use icu_calendar::cal::ChineseTraditional;
    use time::macros::date;

    use super::*;

    fn named(date: Date) -> String {
        LunarDate::of(date).map(|day| day.to_string()).unwrap_or_default()
    }

    #[test]
    fn days_have_the_names_that_people_know() {
        assert_eq!(named(date!(1900 - 01 - 31)), "一九〇〇年正月初一");
        assert_eq!(named(date!(1957 - 11 - 01)), "一九五七年九月初十");
        assert_eq!(named(date!(1985 - 02 - 19)), "一九八四年十二月三十");
        assert_eq!(named(date!(2020 - 06 - 01)), "二〇二〇年闰四月初十");
        assert_eq!(named(date!(2026 - 02 - 17)), "二〇二六年正月初一");
        // The year in which there was long none (the leap month is where GB/T 33661 has it).
        assert_eq!(named(date!(2033 - 12 - 22)), "二〇三三年闰十一月初一");
        // In which older tables are off by a day.
        assert_eq!(named(date!(2057 - 09 - 28)), "二〇五七年九月初一");
        assert_eq!(named(date!(2101 - 01 - 28)), "二一〇〇年十二月廿九");
        assert_eq!(named(date!(1900 - 01 - 30)), "");
        assert_eq!(named(date!(2101 - 01 - 29)), "");
    }

    #[test]
    fn every_day_is_what_icu_says_and_comes_back_as_itself() {
        let mut date = date!(1900 - 01 - 31);
        while date <= date!(2101 - 01 - 28) {
            let own = LunarDate::of(date).unwrap();
            assert_eq!(own.date(), Some(date));
            assert_eq!(LunarDate::new(own.year, own.month, own.day), Some(own));
            let icu = icu_calendar::Date::try_new_iso(date.year(), date.month().into(), date.day());
            let icu = icu.unwrap().to_calendar(ChineseTraditional::new());
            assert_eq!(own.year, icu.cyclic_year().related_iso, "{date}");
            assert_eq!(own.day, icu.day_of_month().0, "{date}");
            assert_eq!(own.month.number, icu.month().number(), "{date}");
            assert_eq!(own.month.is_leap, icu.month().to_input().is_leap(), "{date}");
            date = date.next_day().unwrap();
        }
    }

    #[test]
    fn there_is_no_month_or_day_that_a_year_does_not_have() {
        let fourth = LunarMonth { number: 4, is_leap: true };
        assert!(LunarDate::new(2020, fourth, 29).is_some());
        assert!(LunarDate::new(2020, fourth, 30).is_none());
        assert!(LunarDate::new(2021, fourth, 1).is_none());
        assert_eq!(months(2101).count() + months(1899).count(), 0);
    }
}
