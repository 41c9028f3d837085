//! A form as a person goes through it: cut into pages small enough for a phone, walked forward and
//! back, checked page by page, told in short lines. Pure, over [`form::Session`].

mod address;
mod at_path;
mod calendar_day;
mod changes;
mod check;
mod cut;
mod ground;
mod keeping;
mod language;
mod markdown;
mod open_form;
mod plan;
mod ranking;
mod record;
mod renewal;
mod roster;
mod scale;
mod shown;
mod telling;
mod typing;
mod walk;

pub(crate) use address::Address;
pub(crate) use at_path::at_path;
pub(crate) use calendar_day::{Grain, digits};
pub(crate) use changes::{Changed, changes};
pub(crate) use check::{problem_words, unfinished};
pub(crate) use cut::Cut;
pub(crate) use ground::{Corner, Ground, Sketch, mu};
pub(crate) use keeping::Keeping;
pub(crate) use language::language_of;
pub(crate) use markdown::{Line as MarkedLine, LineKind, Span, lines};
pub(crate) use open_form::OpenForm;
pub(crate) use plan::{Pages, Plan};
pub(crate) use ranking::{moved, ranking};
pub(crate) use record::{Line, Part, record};
pub(crate) use renewal::{LeftLine, Renewal};
pub(crate) use roster::{Prefilled, about_person, about_same_person, leads};
pub(crate) use scale::Scale;
pub(crate) use shown::{Shown, is_closed};
pub(crate) use telling::{Row, application_name, moment_words, rows, title, value_words};
pub(crate) use typing::{Keyboard, Typing};
pub(crate) use walk::Step;

#[cfg(test)]
mod tests;
