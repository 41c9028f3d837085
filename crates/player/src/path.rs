//! Absolute paths and the instances that they name.

use form::{InstanceId, Session};

use crate::is_repeat;

/// The instance at `path`: of a repeat the row with that number.
pub(crate) fn instance(session: &Session, path: &str) -> Option<InstanceId> {
    let at = walk(session, path)?;
    let (_, number) = numbered(path.rsplit('/').next()?)?;
    match is_repeat(session, at) {
        true => session.rows(at).get(number - 1).copied(),
        false => Some(at),
    }
}

/// The repeat at `path`, as a whole.
pub(crate) fn repeat(session: &Session, path: &str) -> Option<InstanceId> {
    walk(session, path).filter(|at| is_repeat(session, *at))
}

/// Follows a path; the number of its last step is not looked at.
fn walk(session: &Session, path: &str) -> Option<InstanceId> {
    let steps = path.strip_prefix("/data/")?.split('/');
    let mut at = session.root();
    let mut number = 1;
    for step in steps {
        if is_repeat(session, at) && at != session.root() {
            at = *session.rows(at).get(number - 1)?;
        }
        let (name, own) = numbered(step)?;
        number = own;
        let children = session.children(at).into_iter();
        at = { children }.find(|child| session.form().node(child.node).name == name)?;
    }
    Some(at)
}

/// `member[2]` as its name and its number; 1 where there is none.
fn numbered(step: &str) -> Option<(&str, usize)> {
    match step.split_once('[') {
        None => Some((step, 1)),
        Some((name, number)) => {
            let number = number.strip_suffix(']')?.parse().ok()?;
            (number > 0).then_some((name, number))
        }
    }
}
