//! What is not right yet, and in which words.

use form::model::{Kind, Question};
use form::{InstanceId, Problem, Session};

use crate::words;

/// How many things are not right inside a group or row.
pub(crate) fn unfinished(session: &Session, inside: InstanceId) -> usize {
    session.problems().iter().filter(|(at, _)| holds(session, inside, *at)).count()
}

fn holds(session: &Session, outer: InstanceId, at: InstanceId) -> bool {
    at == outer || session.parent(at).is_some_and(|parent| holds(session, outer, parent))
}

/// What is wrong with an answer: in the author's words, else in ours.
pub(crate) fn problem_words(session: &Session, at: InstanceId) -> Option<String> {
    let problem = session.problem(at)?;
    Some(session.message(at).unwrap_or_else(|| match problem {
        Problem::Missing => words::problem().missing(asked(session, at)).to_owned(),
        Problem::NotOfItsType => words::problem().not_of_its_type(asked(session, at)).to_owned(),
        Problem::Unfit => words::problem().unfit().to_owned(),
        Problem::TooFewFiles(least) => words::problem().too_few_files(least),
        Problem::TooManyFiles(most) => words::problem().too_many_files(most),
        Problem::TooFewRows(least) => words::problem().too_few_rows(least),
        Problem::TooManyRows(most) => words::problem().too_many_rows(most),
    }))
}

fn asked(session: &Session, at: InstanceId) -> Option<&Question> {
    match &session.form().node(at.node).kind {
        Kind::Question(question) => Some(question),
        _ => None,
    }
}
