//! Where questions take their choices from.

use super::{Compiler, FaultKind, Place};
use crate::definition::{Declaration, SelectDefinition, SelectFrom, SelectKind};
use crate::expression::{Filter, What};
use crate::model::{
    ChoiceSource, ChoicesFrom, FilterId, Form, Kind, NodeId, Question, ScopeId, Shuffle,
};

impl Compiler<'_> {
    pub(super) fn select(
        &mut self,
        d: &Declaration,
        select: &SelectDefinition,
        id: NodeId,
    ) -> Option<Question> {
        let from = match &select.from {
            SelectFrom::List { list, value, label } => {
                self.choices_of_list(d, select, id, list, value, label.as_deref())?
            }
            SelectFrom::Rows { value, label } => {
                self.choices_of_rows(d, select, id, value, label.as_deref())?
            }
        };
        let shuffle = select.shuffle.as_ref().map(|seed| {
            let place = self.at(d, "parameters");
            let seed = seed.as_deref().and_then(|seed| self.expression(seed, id, place));
            Shuffle { seed }
        });
        let source = ChoiceSource { from, shuffle };
        Some(match select.kind {
            SelectKind::One => Question::SelectOne(source),
            SelectKind::Multiple => Question::SelectMultiple(source),
            SelectKind::Rank => Question::Rank(source),
        })
    }

    fn choices_of_list(
        &mut self,
        d: &Declaration,
        select: &SelectDefinition,
        id: NodeId,
        list: &str,
        value: &str,
        label: Option<&str>,
    ) -> Option<ChoicesFrom> {
        let place = self.at(d, "type");
        let Some(found) = self.list_called(list) else {
            self.fault(place, FaultKind::UnknownList(list.to_owned()));
            return None;
        };
        // A file may have no rows yet: a list that grows as forms are sent.
        if self.form.list(found).length == 0 && self.form.list(found).columns.is_empty() {
            self.fault(place, FaultKind::EmptyList(list.to_owned()));
        }
        let column = |name: &str| self.form.list(found).column(name);
        let (stored, read) = (column(value), label.map(|label| (label, column(label))));
        let value = self.known_column(found, value, stored, place)?;
        let label = match read {
            None => What::Label,
            Some((name, column)) => What::Column(self.known_column(found, name, column, place)?),
        };
        let place = self.at(d, "choice_filter");
        let filter = select.filter.as_deref().and_then(|source| {
            let condition = self.resolve(source, id, Some(found), place)?;
            self.form.filters.push(Filter::of(vec![condition]));
            Some(FilterId(self.form.filters.len() as u32 - 1))
        });
        Some(ChoicesFrom::List { list: found, value, label, filter })
    }

    fn known_column(
        &mut self,
        list: super::ListId,
        name: &str,
        found: Option<u32>,
        place: Place,
    ) -> Option<u32> {
        if self.declared(list).several.iter().any(|own| own == name) {
            let list = self.form.list(list).name.clone();
            self.fault(place, FaultKind::SeveralInOne { list, name: name.to_owned() });
        }
        if found.is_none() {
            let own = self.form.list(list);
            let known = own.columns.iter().map(|column| column.name.clone()).collect();
            let (list, name) = (own.name.clone(), name.to_owned());
            self.fault(place, FaultKind::UnknownColumn { list, name, known });
        }
        found
    }

    fn choices_of_rows(
        &mut self,
        d: &Declaration,
        select: &SelectDefinition,
        id: NodeId,
        value: &str,
        label: Option<&str>,
    ) -> Option<ChoicesFrom> {
        let place = self.at(d, "type");
        let value = self.node_named(value, id, place)?;
        let label = match label {
            Some(label) => Some(self.node_named(label, id, place)?),
            None => None,
        };
        let scope = self.scope(value);
        let repeat = self.form.scopes[scope.0 as usize].node;
        let is_elsewhere = label.is_some_and(|label| self.scope(label) != scope);
        if is_elsewhere
            || scope == ScopeId(0)
            || !matches!(self.form.node(repeat).kind, Kind::Repeat { .. })
        {
            self.fault(place, FaultKind::NotAPath);
            return None;
        }
        let own = self.scope(id);
        let around = self.form.node(repeat).scope;
        let shared = super::scope::common_depth(&self.form, own, around);
        let up = super::scope::depth(&self.form, own) - shared;
        let place = self.at(d, "choice_filter");
        let only = select.filter.as_deref().and_then(|source| {
            let condition = self.resolve_row(source, id, repeat, place)?;
            Some(self.keep(condition))
        });
        Some(ChoicesFrom::Rows { value, label, up, only })
    }
}

impl ChoiceSource {
    /// Its filter.
    pub(super) fn filter<'f>(&self, form: &'f Form) -> Option<&'f Filter> {
        match self.from {
            ChoicesFrom::List { filter, .. } => filter.map(|id| form.filter(id)),
            ChoicesFrom::Rows { .. } => None,
        }
    }
}
