//! What the roster (台账) knows of a person, in the questions about that person.

use form::{InstanceId, Session};

/// A question that is filled in from the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prefilled {
    /// The question.
    pub(crate) at: InstanceId,
    /// The column of the roster.
    pub(crate) column: String,
}

/// The questions about the person that `at` is about: those beside it that the roster fills in.
pub(crate) fn about_same_person(session: &Session, at: InstanceId) -> Vec<Prefilled> {
    session.parent(at).map_or_else(Vec::new, |parent| about_person(session, parent))
}

/// The questions about the person of a group or a row.
pub(crate) fn about_person(session: &Session, group: InstanceId) -> Vec<Prefilled> {
    let children = session.children(group).into_iter();
    let prefilled = children.filter_map(|at| {
        let column = session.form().node(at.node).prefill()?.to_owned();
        Some(Prefilled { at, column })
    });
    prefilled.collect()
}

/// Whether `at` comes first of what is asked about its person: there the person can be picked.
pub(crate) fn leads(session: &Session, at: InstanceId) -> bool {
    about_same_person(session, at).first().is_some_and(|first| first.at == at)
}
