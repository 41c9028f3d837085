//! What a path names, such as the office writes it where something is to be corrected.

use form::model::Kind;
use form::{InstanceId, Session};

/// The question at `path`, as in [`form::Answers::values`]; none where it is not asked now.
pub(crate) fn at_path(session: &Session, path: &str) -> Option<InstanceId> {
    let mut at = session.root();
    for part in path.split('/') {
        let (name, row) = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((name, row)) => (name, Some(row.parse::<usize>().ok()?)),
            None => (part, None),
        };
        let named = |child: &InstanceId| session.form().node(child.node).name == name;
        let child = session.children(at).into_iter().find(named)?;
        at = match (&session.form().node(child.node).kind, row) {
            (Kind::Repeat { .. }, Some(row)) => *session.rows(child).get(row.checked_sub(1)?)?,
            _ => child,
        };
    }
    session.is_relevant(at).then_some(at)
}
