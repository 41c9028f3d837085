//! Instances and choices that fulfil conditions.

use std::borrow::Cow;

use super::super::evaluate::Item;
use super::super::{Evaluation, Expression, Items, Number, Outcome};
use super::super::{Reference, Selection, Way, What};
use crate::instance::{InstanceId, RowId};

/// The evaluation in which the whole expression stands.
pub(super) fn outermost<'a>(e: &Evaluation<'a>) -> Evaluation<'a> {
    let mut at = e;
    while let Some(outer) = at.outer {
        at = outer;
    }
    *at
}

pub(super) fn values<'a>(e: &Evaluation<'a>, selection: &'a Selection) -> Outcome<'a> {
    let instances = rows(e, selection).into_iter();
    let facts = e.facts;
    let values: Vec<Cow<'a, str>> =
        instances.filter_map(|row| facts.value(InstanceId { row, node: selection.node })).collect();
    match <[_; 1]>::try_from(values) {
        Ok([only]) => Outcome::Text(only),
        Err(many) => Outcome::Many(many),
    }
}

pub(super) fn kept<'a>(e: &Evaluation<'a>, reference: Reference) -> Outcome<'a> {
    Outcome::Many(e.facts.kept(e.row, reference).into_iter().map(Cow::Borrowed).collect())
}

/// Nothing where there is no such row.
pub(super) fn row_place<'a>(e: &Evaluation<'a>, selection: &'a Selection) -> Outcome<'a> {
    let place = rows(e, selection).first().and_then(|row| {
        let repeat = InstanceId { row: e.facts.above(*row, 1), node: selection.node };
        e.facts.rows(repeat).iter().position(|own| own == row)
    });
    Outcome::Number(place.map_or(Number::whole(1), |place| Number::from(place + 1)))
}

/// The rows that a selection leads to.
fn rows(e: &Evaluation<'_>, selection: &Selection) -> Vec<RowId> {
    let mut rows = vec![e.facts.above(e.row, selection.up)];
    for way in &selection.way {
        match way {
            Way::Rows(repeat, only) => {
                rows = rows
                    .into_iter()
                    .flat_map(|row| {
                        let all = e.facts.rows(InstanceId { row, node: *repeat }).to_vec();
                        only.iter().fold(all, |left, condition| holding(e, left, condition))
                    })
                    .collect();
            }
            Way::Only(condition) => rows.retain(|row| holds(e, *row, (1, 1), condition)),
        }
    }
    rows
}

fn holding(e: &Evaluation<'_>, rows: Vec<RowId>, condition: &Expression) -> Vec<RowId> {
    let count = rows.len();
    let places = (1..).zip(rows);
    places
        .filter(|(place, row)| holds(e, *row, (*place, count), condition))
        .map(|(_, row)| row)
        .collect()
}

fn holds(e: &Evaluation<'_>, row: RowId, place: (usize, usize), condition: &Expression) -> bool {
    Evaluation { row, this: "", place, outer: Some(e), ..*e }.holds(condition)
}

pub(super) fn items<'a>(e: &Evaluation<'a>, items: &'a Items) -> Outcome<'a> {
    let places = choices(e, items);
    let facts = e.facts;
    let list = facts.form().list(items.list);
    let value = |place: u32| match items.what {
        What::Column(column) => Cow::Borrowed(list.cell(column, place)),
        What::Label => facts.choice_label(items.list, place),
    };
    match places[..] {
        [only] => Outcome::Text(value(only)),
        _ => Outcome::Many(places.into_iter().map(value).collect()),
    }
}

/// The places of the choices that fulfil the conditions.
pub(crate) fn choices(e: &Evaluation<'_>, items: &Items) -> Vec<u32> {
    super::super::evaluate::filtered(e, items.list, &items.filter)
}

pub(super) fn item_label<'a>(e: &Evaluation<'a>) -> Outcome<'a> {
    let facts = e.facts;
    let id =
        |item: &Item<'_>| facts.form().lists.iter().position(|list| core::ptr::eq(list, item.list));
    let label = e.item.and_then(|item| {
        let list = crate::model::ListId(id(&item)? as u32);
        Some(facts.choice_label(list, item.place))
    });
    Outcome::Text(label.unwrap_or_default())
}

pub(super) fn count_non_empty<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let filled = e.texts(a).iter().filter(|text| !text.is_empty()).count();
    Outcome::Number(Number::from(filled))
}
