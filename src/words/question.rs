//! Which words fit a kind of question, or a reason.

use form::model::Question;
use form::session::Why;

use super::{Document, Renewal, Wrong};

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
            Some(Question::Date) => self.date(),
            Some(Question::Time | Question::DateTime) => self.moment(),
            _ => self.unfit(),
        }
    }
}

impl Document {
    /// What a file of this media type is.
    pub(crate) fn kind(self, media_type: &str) -> &'static str {
        let is = |part: &str| media_type.contains(part);
        if is("video/") {
            self.video()
        } else if is("image/") {
            self.picture()
        } else if is("audio/") {
            self.sound()
        } else if is("/pdf") {
            self.pdf()
        } else if is("word") {
            self.letter()
        } else if is("excel") || is("sheet") {
            self.table()
        } else {
            self.file()
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
