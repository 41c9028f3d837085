//! 办件编号: a template, since provinces differ (DB22/T 2848-2017, DB23/T 2551.3-2020).

use std::fmt::Write as _;
use std::str::FromStr;

use protocol::CaseNumber;
use time::Date;

/// How cases are numbered, as in `{division}{date}{item}{serial:6}{check}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumberTemplate(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Division,
    /// `yymmdd`
    Date,
    Item,
    /// With at least so many digits.
    Serial(usize),
    /// Over all digits before it.
    Check,
}

/// Why a text is not a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotATemplate {
    /// A word in braces that means nothing here.
    #[error("不认识 {{{0}}}")]
    Unknown(String),
    /// Numbers would repeat.
    #[error("没有 {0}，编号会重复")]
    Repeats(&'static str),
    /// A brace without its partner.
    #[error("花括号不成对")]
    Unpaired,
}

impl CaseNumberTemplate {
    pub(crate) const REMEDY: &str = "可用 {division} {date} {item} {serial:位数} {check}，其中 {date} {item} {serial:位数} 必须有";

    /// The number of the `serial`-th case of an item (by its `code`) on `date`.
    pub fn number(&self, division: &str, date: Date, code: &str, serial: u64) -> CaseNumber {
        let mut number = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => number.push_str(words),
                Part::Division => number.push_str(division),
                Part::Date => {
                    let (year, month, day) = date.to_calendar_date();
                    let (year, month) = (year.rem_euclid(100), u8::from(month));
                    let _ = write!(number, "{year:02}{month:02}{day:02}");
                }
                Part::Item => number.push_str(code),
                Part::Serial(digits) => {
                    let _ = write!(number, "{serial:0digits$}");
                }
                Part::Check => number.push(check_digit(&number)),
            }
        }
        CaseNumber(number)
    }
}

impl FromStr for CaseNumberTemplate {
    type Err = NotATemplate;

    fn from_str(mut text: &str) -> Result<Self, NotATemplate> {
        let mut parts = Vec::new();
        while let Some((words, rest)) = text.split_once('{') {
            if !words.is_empty() {
                parts.push(Part::Words(words.to_owned()));
            }
            let (name, rest) = rest.split_once('}').ok_or(NotATemplate::Unpaired)?;
            parts.push(part(name)?);
            text = rest;
        }
        if text.contains('}') {
            return Err(NotATemplate::Unpaired);
        }
        if !text.is_empty() {
            parts.push(Part::Words(text.to_owned()));
        }
        match () {
            () if !parts.contains(&Part::Date) => Err(NotATemplate::Repeats("{date}")),
            () if !parts.contains(&Part::Item) => Err(NotATemplate::Repeats("{item}")),
            () if !parts.iter().any(|part| matches!(part, Part::Serial(_))) => {
                Err(NotATemplate::Repeats("{serial:位数}"))
            }
            () => Ok(Self(parts)),
        }
    }
}

fn part(name: &str) -> Result<Part, NotATemplate> {
    let unknown = || NotATemplate::Unknown(name.to_owned());
    match name.split_once(':') {
        Some(("serial", digits)) => {
            digits.parse().ok().filter(|digits| *digits <= 12).map(Part::Serial).ok_or_else(unknown)
        }
        None if name == "division" => Ok(Part::Division),
        None if name == "date" => Ok(Part::Date),
        None if name == "item" => Ok(Part::Item),
        None if name == "check" => Ok(Part::Check),
        _ => Err(unknown()),
    }
}

/// ISO 7064 MOD 11,10 (GB/T 17710) over the digits of `text`.
fn check_digit(text: &str) -> char {
    let product = text.chars().filter_map(|c| c.to_digit(10)).fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_gb_t_17710() {
        assert_eq!(check_digit("0794"), '5');
        assert_eq!(check_digit("5299991012032603120007"), '3');
        assert_eq!(check_digit("5299991012032603120008"), '1');
    }

    #[test]
    fn a_number_is_made_of_the_parts_of_its_template() {
        let date = Date::from_calendar_date(2026, time::Month::March, 12).unwrap();
        let template: CaseNumberTemplate =
            "{division}{date}{item}{serial:6}{check}".parse().unwrap();
        let CaseNumber(number) = template.number("529999101000", date, "00001", 7);
        assert_eq!(number.len(), 30);
        assert!(number.starts_with("52999910100026031200001000007"));
    }

    #[test]
    fn a_template_that_would_repeat_numbers_is_refused() {
        let wrong = |text: &str| text.parse::<CaseNumberTemplate>().unwrap_err();
        assert_eq!(wrong("{date}{item}"), NotATemplate::Repeats("{serial:位数}"));
        assert_eq!(wrong("{item}{serial:4}"), NotATemplate::Repeats("{date}"));
        assert_eq!(wrong("{town}"), NotATemplate::Unknown("town".into()));
        assert_eq!(wrong("{date"), NotATemplate::Unpaired);
    }
}
