//! A draft that goes on with a newer version of its form: where the person is in that, and what
//! could not be carried, in the words of the form that they knew.

use std::rc::Rc;

use form::session::{Carried, Left};
use form::{Form, InstanceId, Session, Surroundings};

use super::record::picture_names;
use super::telling::{row_of, words_of};
use super::{Address, Plan};
use crate::words;

#[cfg(test)]
mod tests;

/// A form carried to a newer version.
pub(crate) struct Renewal {
    /// The newer version, filled in.
    pub(crate) session: Session,
    /// Its pages.
    pub(crate) plan: Plan,
    /// The page of what the person was at.
    pub(crate) place: Option<Address>,
    /// What could not be carried.
    pub(crate) left: Vec<LeftLine>,
}

/// An answer that could not be carried, as the person knew it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeftLine {
    /// What it is called in the older form.
    pub(crate) name: String,
    /// In which row of how many, and the question.
    pub(crate) label: String,
    /// The answer.
    pub(crate) value: String,
    /// The names of its pictures.
    pub(crate) pictures: Vec<String>,
    /// Why it could not be carried.
    pub(crate) why: &'static str,
}

impl Renewal {
    /// Carries what stands in `old`, with the person at `place`, to `form`.
    pub(crate) fn of(
        old: &Session,
        plan: &Plan,
        place: Option<&Address>,
        form: Rc<Form>,
        surroundings: Rc<dyn Surroundings>,
    ) -> Self {
        let new = Plan::of(&form, plan.how(), Rc::clone(&surroundings));
        let carried = old.carry(form, surroundings);
        let place = place.map(|place| {
            let found = same_page(old, plan, place, &carried, &new);
            found.unwrap_or_else(|| place.clone())
        });
        let left = left_lines(old, &carried.left);
        Self { session: carried.session, plan: new, place, left }
    }
}

/// The page that asks now what is asked at `place` of the older form.
fn same_page(
    old: &Session,
    plan: &Plan,
    place: &Address,
    carried: &Carried,
    new: &Plan,
) -> Option<Address> {
    let step = plan.resolve(old, place)?;
    let mut homes = plan.instances(old, step).into_iter().filter_map(|at| carried.home(at));
    let step = homes.find_map(|home| new.locate(&carried.session, home))?;
    Some(new.address(&carried.session, step))
}

/// What could not be carried of what was asked. What the person had answered and was not asked any
/// more would not have been delivered either.
fn left_lines(old: &Session, left: &[Left]) -> Vec<LeftLine> {
    let asked = left.iter().filter(|left| old.is_relevant(left.at));
    let line = |left: &Left| LeftLine {
        name: old.form().node(left.at.node).name.clone(),
        label: label(old, left.at),
        value: words_of(old, left.at, &left.value).unwrap_or_else(|| left.value.clone()),
        pictures: picture_names(old, left.at, &left.value),
        why: words::renewal().why(left.why),
    };
    asked.map(line).collect()
}

fn label(session: &Session, at: InstanceId) -> String {
    let own = session.label(at).unwrap_or_else(|| session.form().node(at.node).name.clone());
    match row_of(session, at) {
        Some((row, rows)) => format!("{} · {own}", words::rows().of(row, rows)),
        None => own,
    }
}
