//! The facts as expressions see them.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use regex_lite::Regex;

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

    fn matches(&self, text: &str, pattern: &str) -> bool {
        self.session.lookup.pattern(pattern).is_some_and(|regex| regex.is_match(text))
    }
}

/// What is prepared once and looked up often.
#[derive(Default)]
pub(super) struct Lookup {
    patterns: RefCell<HashMap<String, Option<Rc<Regex>>>>,
    columns: RefCell<HashMap<(ListId, u32), Rc<Column>>>,
}

/// The places of a list's choices by what stands in one column.
type Column = HashMap<String, Box<[u32]>>;

impl Lookup {
    /// A pattern matches a text as a whole, as in ODK's documentation of `regex()` and in
    /// JavaRosa; `docs/decisions/` tells why.
    fn pattern(&self, pattern: &str) -> Option<Rc<Regex>> {
        if let Some(known) = self.patterns.borrow().get(pattern) {
            return known.clone();
        }
        let regex = Regex::new(&format!("^(?:{pattern})$")).ok().map(Rc::new);
        self.patterns.borrow_mut().insert(pattern.to_owned(), regex.clone());
        regex
    }

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
    let mut places: HashMap<String, Vec<u32>> = HashMap::new();
    for (place, choice) in form.list(list).choices.iter().enumerate() {
        let cell = choice.cells.get(column as usize).cloned().unwrap_or_default();
        places.entry(cell).or_default().push(place as u32);
    }
    places.into_iter().map(|(value, places)| (value, places.into())).collect()
}
