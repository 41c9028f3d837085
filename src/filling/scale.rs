//! The numbers between which a `range` question lets choose, by their place.

use form::expression::Number;
use form::model::Range;

/// More numbers than that nobody chooses between.
const MOST: i64 = 100_000;

/// The numbers of a range, from its start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    start: Number,
    step: Number,
    last: u32,
}

impl Scale {
    /// Of this range: one whose end is less than its start counts down.
    pub(crate) fn of(range: &Range) -> Self {
        let way = range.end - range.start;
        let size = if range.step.is_zero() { Number::whole(1) } else { range.step.size() };
        let steps = (way.size() / size).floor().as_whole().unwrap_or(0).clamp(0, MOST);
        let step = if way.double() < 0.0 { -size } else { size };
        Self { start: range.start, step, last: u32::try_from(steps).unwrap_or(0) }
    }

    /// The place of its last number; that of the first is 0.
    pub(crate) fn last(&self) -> u32 {
        self.last
    }

    /// The number at a place, as it is stored.
    pub(crate) fn value(&self, place: u32) -> String {
        let place = Number::whole(place.min(self.last).into());
        (self.start + place * self.step).text()
    }

    /// The place of what is stored; none where it is none of them.
    pub(crate) fn place(&self, value: &str) -> Option<u32> {
        let steps = (Number::parse(value)? - self.start) / self.step;
        let place = u32::try_from(steps.as_whole()?).ok()?;
        (place <= self.last).then_some(place)
    }

    /// The place after or before that of `value`. Where there is none yet, the first.
    pub(crate) fn beside(&self, value: &str, forward: bool) -> u32 {
        match self.place(value) {
            None => 0,
            Some(place) if forward => (place + 1).min(self.last),
            Some(place) => place.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(start: &str, end: &str, step: &str) -> Scale {
        let number = |text| Number::parse(text).unwrap();
        Scale::of(&Range { start: number(start), end: number(end), step: number(step) })
    }

    #[test]
    fn numbers_are_told_by_their_place_exactly() {
        let halves = scale("0", "1.2", "0.1");
        assert_eq!(halves.last(), 12);
        assert_eq!(halves.value(3), "0.3");
        assert_eq!(halves.place("0.30"), Some(3));
        assert_eq!(halves.place("0.35"), None);
        assert_eq!(halves.place("1.3"), None);
        assert_eq!(halves.place("-0.1"), None);
        assert_eq!(halves.place(""), None);
    }

    #[test]
    fn a_range_that_ends_lower_counts_down_and_one_that_does_not_end_on_a_step_ends_before() {
        let down = scale("5", "-5", "3");
        let all: Vec<String> = (0..=down.last()).map(|place| down.value(place)).collect();
        assert_eq!(all, ["5", "2", "-1", "-4"]);
        assert_eq!(down.place("-4"), Some(3));
    }

    #[test]
    fn the_first_touch_of_a_button_answers_and_the_ends_hold() {
        let few = scale("1", "3", "1");
        assert_eq!(few.value(few.beside("", true)), "1");
        assert_eq!(few.value(few.beside("", false)), "1");
        assert_eq!(few.value(few.beside("3", true)), "3");
        assert_eq!(few.value(few.beside("3", false)), "2");
        assert_eq!(few.value(few.beside("1", false)), "1");
    }

    #[test]
    fn a_step_of_nothing_does_not_hang() {
        assert_eq!(scale("1", "4", "0").last(), 3);
    }
}
