//! Which words fit a kind of question, or a reason.

use form::model::Question;
use form::session::Why;

use super::{Renewal, Wrong};

impl Wrong {
    /// Nothing was answered.
    pub(crate) fn missing(self, question: Option<&Question>) -> &'static str {
        match question {
            Some(Question::SelectOne(_) | Question::SelectMultiple(_)) => self.choose(),
            Some(Question::Image { .. }) => self.photograph(),
            Some(Question::Audio { .. }) => self.record(),
            _ => self.fill(),
        }
    }

    /// Letters where a number is asked, and the like.
    pub(crate) fn not_of_its_type(self, question: Option<&Question>) -> &'static str {
        match question {
            Some(Question::Integer) => self.whole_number(),
            Some(Question::Decimal) => self.number(),
            Some(Question::Trace) => super::ground().too_few(),
            Some(Question::Shape) => super::ground().not_closed(),
            Some(Question::Date | Question::Time | Question::DateTime) => self.moment(),
            _ => self.unfit(),
        }
    }
}

impl Renewal {
    /// Why an answer could not be carried.
    pub(crate) fn why(self, why: Why) -> &'static str {
        match why {
            Why::Gone => self.gone(),
            Why::AnotherKind | Why::NotOfItsType => self.another_kind(),
            Why::NotOffered => self.not_offered(),
            Why::NoRow => self.no_row(),
            Why::Given => self.given(),
            Why::NotAsked => self.not_asked(),
        }
    }
}
