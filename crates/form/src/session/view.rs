//! The facts as expressions see them.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{InstanceId, RowId, Session};
use crate::expression::{Facts, Reference};
use crate::model::{Form, Kind, ListId};
use crate::surroundings::Moment;

/// A session as seen from one row.
pub(super) struct View<'s> {
    pub(super) session: &'s Session,
    pub(super) row: RowId,
}

impl Facts for View<'_> {
    fn visit(&self, reference: Reference, visit: &mut dyn FnMut(&str)) {
        let Session { form, table, .. } = self.session;
        let node = form.node(reference.node);
        let top = table.above(self.row, reference.up);
        table.visit(form, top, node.scope, &mut |row| {
            let Some(cell) = table.cell(form, InstanceId { row, node: reference.node }) else {
                return;
            };
            match node.kind {
                Kind::Repeat { .. } if cell.relevant => cell.rows.iter().for_each(|_| visit("")),
                Kind::Repeat { .. } => {}
                _ => visit(if cell.relevant { &cell.value } else { "" }),
            }
        });
    }

    fn now(&self) -> Moment {
        self.session.moment
    }

    fn random(&self) -> [u8; 16] {
        self.session.surroundings.random()
    }
}

/// What is prepared once and looked up often.
#[derive(Default)]
pub(super) struct Lookup {
    columns: RefCell<FxHashMap<(ListId, u32), Rc<Column>>>,
}

/// The places of a list's choices by what stands in one column.
type Column = FxHashMap<String, Box<[u32]>>;

impl Lookup {
    /// The places of the choices whose `column` says `value`.
    pub(super) fn choices(
        &self,
        form: &Form,
        list: ListId,
        column: u32,
        value: &str,
    ) -> Box<[u32]> {
        let mut columns = self.columns.borrow_mut();
        let index =
            columns.entry((list, column)).or_insert_with(|| Rc::new(index(form, list, column)));
        index.get(value).cloned().unwrap_or_default()
    }
}

fn index(form: &Form, list: ListId, column: u32) -> Column {
    let mut places: FxHashMap<String, Vec<u32>> = FxHashMap::default();
    for (place, choice) in form.list(list).choices.iter().enumerate() {
        let cell = choice.cells.get(column as usize).cloned().unwrap_or_default();
        places.entry(cell).or_default().push(place as u32);
    }
    places.into_iter().map(|(value, places)| (value, places.into())).collect()
}
