//! A date in its parts, as somebody types them: year, month, day.

use form::model::Node;

use crate::words;

/// How much of a date is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// The year alone.
    Year,
    /// The month of a year.
    Month,
    /// All of it.
    Day,
}

impl Grain {
    /// What `node` asks for; none where the browser's own calendar will do.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        if node.appears("year") {
            Some(Self::Year)
        } else if node.appears("month-year") {
            Some(Self::Month)
        } else {
            node.appears("no-calendar").then_some(Self::Day)
        }
    }

    /// How many of the parts are asked.
    pub(crate) fn count(self) -> usize {
        match self {
            Self::Year => 1,
            Self::Month => 2,
            Self::Day => 3,
        }
    }

    /// The parts of what is stored, as they were typed.
    pub(crate) fn parts(self, value: &str) -> [String; 3] {
        let mut all = value.splitn(3, '-').map(|part| part.trim_start_matches('0').to_owned());
        let mut parts = [(); 3].map(|()| all.next().unwrap_or_default());
        parts[self.count()..].iter_mut().for_each(String::clear);
        parts
    }

    /// The part that is asked, as people read it.
    pub(crate) fn words(self, value: &str) -> String {
        let [year, month, _] = self.parts(value);
        match self {
            Self::Year => words::value().year(&year),
            _ => words::value().month(&year, &month),
        }
    }

    /// What is stored of `parts`: the first day of what is not asked, as ODK's tools do. While some
    /// are missing or wrong it is no date, and the form says so when the person goes on.
    pub(crate) fn value(self, parts: &[String; 3]) -> String {
        let asked = &parts[..self.count()];
        if asked.iter().all(String::is_empty) {
            return String::new();
        }
        let part = |place: usize| if place < self.count() { parts[place].as_str() } else { "1" };
        let padded = |place| match part(place) {
            "" => String::new(),
            part => format!("{part:0>2}"),
        };
        format!("{}-{}-{}", part(0), padded(1), padded(2))
    }
}

/// The digits of what was typed, at most so many; full-width ones too.
pub(crate) fn digits(typed: &str, most: usize) -> String {
    let digit = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0),
        _ => Some(c).filter(char::is_ascii_digit),
    };
    typed.chars().filter_map(digit).take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(year: &str, month: &str, day: &str) -> [String; 3] {
        [year, month, day].map(str::to_owned)
    }

    #[test]
    fn a_date_is_stored_as_other_tools_do_whatever_part_of_it_is_asked() {
        assert_eq!(Grain::Day.value(&parts("2020", "2", "29")), "2020-02-29");
        assert_eq!(Grain::Month.value(&parts("2003", "9", "")), "2003-09-01");
        assert_eq!(Grain::Year.value(&parts("1998", "", "")), "1998-01-01");
        assert_eq!(Grain::Month.parts("2003-09-01"), parts("2003", "9", ""));
        assert_eq!(Grain::Year.parts("1998-01-01"), parts("1998", "", ""));
    }

    #[test]
    fn what_is_half_typed_is_kept_as_it_is() {
        let half = parts("2020", "", "31");
        assert_eq!(Grain::Day.parts(&Grain::Day.value(&half)), half);
        assert_eq!(Grain::Day.value(&parts("", "", "")), "");
        assert_eq!(Grain::Day.parts(""), parts("", "", ""));
        assert_eq!(digits("２０20年1", 4), "2020");
    }
}
