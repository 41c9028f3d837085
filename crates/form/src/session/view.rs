//! The facts as expressions see them.

use core::cell::OnceCell;
use std::borrow::Cow;
use std::collections::BinaryHeap;

use super::Session;
use crate::expression::library::Library;
use crate::expression::{Facts, Reference};
use crate::instance::{InstanceId, RowId};
use crate::model::{ChoiceList, Form, Kind, ListId, NodeId};
use crate::surroundings::Moment;

/// A session as expressions see it.
pub(super) struct View<'s>(pub(super) &'s Session);

impl Facts for View<'_> {
    fn form(&self) -> &Form {
        &self.0.form
    }

    fn visit<'f>(&'f self, row: RowId, reference: Reference, visit: &mut dyn FnMut(&'f str)) {
        let Session { form, table, .. } = self.0;
        let node = form.node(reference.node);
        let top = table.above(row, reference.up);
        table.visit(form, top, node.scope, &mut |row| {
            let cell = table.cell(form, InstanceId { row, node: reference.node });
            let Some(cell) = cell.filter(|cell| cell.relevant) else { return };
            match node.kind {
                Kind::Repeat { .. } => cell.rows.iter().for_each(|_| visit("")),
                _ => visit(&cell.value),
            }
        });
    }

    fn kept(&self, row: RowId, reference: Reference) -> Vec<&str> {
        let Session { form, table, .. } = self.0;
        let mut values = Vec::new();
        let top = table.above(row, reference.up);
        table.visit(form, top, form.node(reference.node).scope, &mut |row| {
            values.push(self.0.value(InstanceId { row, node: reference.node }));
        });
        values
    }

    fn value(&self, at: InstanceId) -> Option<Cow<'_, str>> {
        let session = self.0;
        if !session.table.is_relevant(&session.form, at) {
            return None;
        }
        let is_holder =
            matches!(session.form.node(at.node).kind, Kind::Group | Kind::Repeat { .. });
        if !is_holder {
            return Some(Cow::Borrowed(session.value(at)));
        }
        let inside = session.children(at).into_iter().chain(session.rows(at));
        Some(inside.filter_map(|inner| self.value(inner)).collect::<String>().into())
    }

    fn rows(&self, repeat: InstanceId) -> &[RowId] {
        let cell = self.0.table.cell(&self.0.form, repeat).filter(|cell| cell.relevant);
        cell.map_or(&[], |cell| &cell.rows)
    }

    fn above(&self, row: RowId, up: u32) -> RowId {
        self.0.table.above(row, up)
    }

    fn choices(&self, list: ListId, column: u32, value: &str) -> Cow<'_, [u32]> {
        Cow::Owned(self.0.lookup.choices(&self.0.form, list, column, value))
    }

    fn choice_label(&self, list: ListId, place: u32) -> Cow<'_, str> {
        self.0.list_label(list, place)
    }

    fn choice_name(&self, row: RowId, question: NodeId, value: &str) -> String {
        self.0.choice_name_of(row, question, value)
    }

    fn text(&self, id: &str) -> String {
        let text = self.0.form.texts.iter().find(|(own, _)| own == id);
        text.and_then(|(_, text)| self.0.words(self.0.root(), text)).unwrap_or_default()
    }

    fn now(&self) -> Moment {
        self.0.moment
    }

    fn random(&self) -> [u8; 16] {
        self.0.surroundings.random()
    }

    fn last_saved(&self, path: &str) -> String {
        self.0.surroundings.last_saved(path).unwrap_or_default()
    }

    fn library(&self) -> Library {
        self.0.surroundings.library()
    }
}

/// What is prepared once and looked up often: by list and column, which choices say what.
pub(super) struct Lookup(Vec<Vec<OnceCell<Index>>>);

impl Lookup {
    pub(super) fn new(form: &Form) -> Self {
        let columns = |list: &ChoiceList| list.columns.iter().map(|_| OnceCell::new()).collect();
        Self(form.lists.iter().map(columns).collect())
    }

    /// The places of the choices whose `column` says `value`, in order.
    pub(super) fn choices(&self, form: &Form, list: ListId, column: u32, value: &str) -> Vec<u32> {
        let columns = self.0.get(list.0 as usize);
        let Some(index) = columns.and_then(|columns| columns.get(column as usize)) else {
            return Vec::new();
        };
        let list = form.list(list);
        index.get_or_init(|| Index::of(list, column)).find(list, column, value)
    }
}

/// Places in the order of their cells' hashes: a few large numbers for a long list, made in the
/// time that it takes to sort them.
struct Index(Vec<(u32, u32)>);

impl Index {
    fn of(list: &ChoiceList, column: u32) -> Self {
        let places = 0..list.length;
        // Half the code of the other ways to sort.
        let pairs: BinaryHeap<_> =
            places.map(|place| (hash(list.cell(column, place)), place)).collect();
        Self(pairs.into_sorted_vec())
    }

    fn find(&self, list: &ChoiceList, column: u32, value: &str) -> Vec<u32> {
        let wanted = hash(value);
        let start = self.0.partition_point(|(hash, _)| *hash < wanted);
        let same = self.0[start..].iter().take_while(|(hash, _)| *hash == wanted);
        same.map(|(_, place)| *place).filter(|place| list.cell(column, *place) == value).collect()
    }
}

/// FNV-1a (Fowler, Noll and Vo).
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
