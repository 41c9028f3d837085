//! A draft that is carried to another version of its form: what both versions ask is there, and
//! what is not is told with its reason.

mod answers;
mod edits;
mod places;
mod version;

use form::session::{Carried, Left};
use form::{InstanceId, Session};

use crate::household::all;

fn at(session: &Session, name: &str) -> InstanceId {
    let node = session.form().find(name).unwrap_or_else(|| panic!("there is no {name}"));
    let is_it = |at: &InstanceId| {
        at.node == node && session.parent(*at).is_none_or(|above| above.node != node)
    };
    all(session).into_iter().find(is_it).unwrap_or_else(|| panic!("{name} is not there"))
}

fn answer(session: &mut Session, name: &str, value: &str) {
    let at = at(session, name);
    session.answer(at, value).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
}

/// Adds a row in which `name` is answered.
fn add(session: &mut Session, list: &str, name: &str, value: &str) {
    let (row, _) = session.add_row(at(session, list)).expect("there is room");
    let node = session.form().find(name).expect("it is asked");
    let at = session.nearest(row, node).expect("in the row");
    session.answer(at, value).expect("it takes an answer");
}

/// A line for each answer, and for each that is left.
fn told(carried: &Carried) -> String {
    let answers = carried.session.draft();
    let stand = answers.values().into_iter().map(|(path, value)| format!("{path}: {value}"));
    let left = carried.left.iter();
    let left = left.map(|Left { path, value, why, .. }| format!("- {path}: {value} ({why:?})"));
    stand.chain(left).collect::<Vec<_>>().join("\n")
}
