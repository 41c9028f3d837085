//! Everything that was asked and answered, part by part, to read through.

use form::model::{Kind, Question};
use form::{InstanceId, Session};

use super::plan::Plan;
use super::telling::{Title, title, value_words};
use super::walk::Step;

/// What stands under one title: a group, or one row of a repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// The title.
    pub(crate) title: Title,
    /// What was asked.
    pub(crate) lines: Vec<Line>,
}

/// One question and its answer, or a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The page that it is on.
    pub(crate) step: Step,
    /// The question; the whole text of a note.
    pub(crate) label: String,
    /// The answer; none where there is none yet, or it is a note.
    pub(crate) value: Option<String>,
    /// The names of its pictures.
    pub(crate) pictures: Vec<String>,
    /// Whether something is wrong with it.
    pub(crate) wrong: bool,
    /// Whether it is a note.
    pub(crate) note: bool,
    /// Whether a person can change it.
    pub(crate) open: bool,
}

/// Everything that is asked now, in the form's order.
pub(crate) fn record(session: &Session, plan: &Plan) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for step in plan.steps(session) {
        let lines = lines(session, plan, step);
        let title = title(session, plan, step);
        match parts.last_mut() {
            Some(part) if part.title == title => part.lines.extend(lines),
            _ if lines.is_empty() => {}
            _ => parts.push(Part { title, lines }),
        }
    }
    parts
}

fn lines(session: &Session, plan: &Plan, step: Step) -> Vec<Line> {
    // The words over a table ask nothing.
    let is_asked = |at: &InstanceId| {
        session.is_relevant(*at) && !session.form().node(at.node).appears("label")
    };
    let asked = plan.instances(session, step).into_iter().filter(is_asked);
    asked
        .map(|at| Line {
            step,
            label: session.label(at).unwrap_or_default(),
            value: value_words(session, at),
            pictures: picture_names(session, at, session.value(at)),
            wrong: session.problem(at).is_some(),
            note: matches!(session.form().node(at.node).kind, Kind::Note),
            open: !session.is_read_only(at),
        })
        .collect()
}

/// The names of the pictures in `value`, as an answer at `at`.
pub(super) fn picture_names(session: &Session, at: InstanceId, value: &str) -> Vec<String> {
    match session.form().node(at.node).kind {
        Kind::Question(Question::Image { .. }) => {
            value.split_ascii_whitespace().map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}
