//! What an application says of the people in it, by the columns of the roster that its form fills itself
//! in from.

use form::model::Kind;
use form::{InstanceId, Session};

use crate::residents::Told;

/// Of each person of whom it gives an identity number: of those beside whom their number is asked for.
pub(super) fn people(session: &Session) -> Vec<Told> {
    let mut people = Vec::new();
    collect(session, session.root(), &mut people);
    people.retain(|told| told.contains_key(roster::ID));
    people
}

fn collect(session: &Session, at: InstanceId, people: &mut Vec<Told>) {
    let mut told = Told::new();
    for child in session.children(at).into_iter().filter(|child| session.is_relevant(*child)) {
        let node = session.form().node(child.node);
        match &node.kind {
            Kind::Group => collect(session, child, people),
            Kind::Repeat { .. } => {
                for row in session.rows(child) {
                    collect(session, row, people);
                }
            }
            _ => {
                let value = session.value(child).trim();
                if let Some(column) = node.prefill().filter(|_| !value.is_empty()) {
                    told.insert(column.to_owned(), value.to_owned());
                }
            }
        }
    }
    people.push(told);
}
