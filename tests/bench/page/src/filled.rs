//! Forms with every question answered, by what the question asks for.

use std::rc::Rc;

use form::model::{Kind, Question};
use form::surroundings::Fixed;
use form::{Form, InstanceId, Moment, Session};
use protocol::DeviceTime;
use time::UtcOffset;

/// A question, and two answers to give in turn.
pub(crate) struct Asked {
    pub(crate) at: InstanceId,
    pub(crate) answers: [String; 2],
}

/// Begins a form with `rows` rows in every repeat, and answers everything that is asked; with
/// pictures and recordings only where `files` says so.
pub(crate) fn filled(
    form: &[u8],
    rows: usize,
    files: bool,
    now: DeviceTime,
) -> Option<(Session, Vec<Asked>)> {
    let form = Rc::new(Form::from_bytes(form).ok()?);
    let mut session = Session::start(form, Rc::new(Fixed::at(moment(now)?)));
    for at in everywhere(&session) {
        if matches!(session.form().node(at.node).kind, Kind::Repeat { .. }) {
            while session.rows(at).len() < rows && session.add_row(at).is_ok() {}
        }
    }
    let mut asked = Vec::new();
    for at in everywhere(&session) {
        let Some(answers) = answers(&session, at, files) else { continue };
        // A read-only question keeps its own answer.
        if session.answer(at, &answers[0]).is_ok() {
            asked.push(Asked { at, answers });
        }
    }
    Some((session, asked))
}

/// What the phone's clock says, with its offset.
fn moment(now: DeviceTime) -> Option<Moment> {
    let utc = Moment::from_unix_timestamp_nanos(i128::from(now.unix_ms) * 1_000_000).ok()?;
    let offset = UtcOffset::from_whole_seconds(i32::from(now.offset_minutes) * 60).ok()?;
    Some(utc.to_offset(offset))
}

/// Every place of a form, whatever is there.
pub(crate) fn everywhere(session: &Session) -> Vec<InstanceId> {
    let mut found = vec![session.root()];
    let mut next = 0;
    while let Some(at) = found.get(next).copied() {
        found.extend(session.children(at).into_iter().chain(session.rows(at)));
        next += 1;
    }
    found.sort_by_key(|at| (at.row, at.node));
    found
}

fn answers(session: &Session, at: InstanceId, files: bool) -> Option<[String; 2]> {
    let node = session.form().node(at.node);
    let Kind::Question(question) = &node.kind else { return None };
    let pair = |one: &str, other: &str| Some([one.to_owned(), other.to_owned()]);
    match question {
        Question::Image { .. } | Question::Audio { .. } | Question::File if !files => None,
        Question::Text(_) if node.name.ends_with("_id") => {
            pair("529999194508070018", "529999196312319909")
        }
        Question::Text(_) if node.name.ends_with("phone") || node.name == "tel" => {
            pair("13900000000", "13900000001")
        }
        Question::Text(_) => pair("王秀兰", "李国强"),
        Question::Integer => pair("2026", "2027"),
        Question::Decimal => pair("400", "380"),
        Question::Date => pair("2026-11-20", "2026-11-21"),
        Question::Time => pair("09:00", "10:00"),
        Question::DateTime => {
            pair("2026-11-20T09:00:00.000+08:00", "2026-11-21T09:00:00.000+08:00")
        }
        Question::Place => pair("30.1 100.2 2400 8", "30.2 100.1 2400 9"),
        Question::Acknowledge => pair("OK", ""),
        Question::Image { .. } | Question::Audio { .. } | Question::File => pair("one", "other"),
        Question::SelectOne(_) | Question::SelectMultiple(_) => {
            let offered = session.choices(at);
            let name = |choice: &u32| session.choice_name(at, *choice).to_owned();
            Some([name(offered.first()?), name(offered.last()?)])
        }
        _ => None,
    }
}
