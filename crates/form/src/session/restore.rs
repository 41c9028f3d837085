//! From answers to facts and back.

use super::Session;
use super::rules::Work;
use crate::answers::{Answers, Content, Entry};
use crate::instance::{InstanceId, RowId};
use crate::model::Kind;

impl Session {
    /// Puts `answers` into a new row. Defaults are not set again: an answer that is missing was
    /// taken away. Calculations are computed, whatever the answers say. Tells what has no place.
    pub(super) fn restore(
        &mut self,
        row: RowId,
        answers: &Answers,
        work: &mut Work,
    ) -> Vec<String> {
        self.enter(row, work);
        let node = self.form.scopes[self.table.row(row).scope.0 as usize].node;
        let mut leftovers = Vec::new();
        self.restore_group(InstanceId { row, node }, answers, "", work, &mut leftovers);
        leftovers
    }

    fn restore_group(
        &mut self,
        group: InstanceId,
        answers: &Answers,
        above: &str,
        work: &mut Work,
        leftovers: &mut Vec<String>,
    ) {
        let form = self.form.clone();
        let children = &form.node(group.node).children;
        let mut next = 0;
        for Entry { name, content } in &answers.0 {
            let path = format!("{above}{name}");
            // Answers stand in the form's order, as a rule: most are the one after the last.
            let places = (next..children.len()).chain(0..next);
            let found = places.into_iter().find(|place| form.node(children[*place]).name == *name);
            let Some(place) = found else {
                leftovers.push(path);
                continue;
            };
            next = place + 1;
            let at = InstanceId { row: group.row, node: children[place] };
            match (&form.node(at.node).kind, content) {
                (
                    Kind::Question(_) | Kind::Calculated | Kind::Recorded(_),
                    Content::Value(value),
                ) => self.set_value(at, value, work),
                (Kind::Group, Content::Group(inner)) => {
                    self.restore_group(at, inner, &format!("{path}/"), work, leftovers);
                }
                (Kind::Repeat { .. }, Content::Rows(rows)) => {
                    for (place, inner) in (1..).zip(rows) {
                        let Some(row) = self.new_row(at, work) else {
                            leftovers.push(format!("{path}[{place}]"));
                            break;
                        };
                        self.enter(row, work);
                        let (here, path) =
                            (InstanceId { row, node: at.node }, format!("{path}[{place}]/"));
                        self.restore_group(here, inner, &path, work, leftovers);
                    }
                    if !rows.is_empty() {
                        self.pass_on_rows(at, work);
                    }
                }
                _ => leftovers.push(path),
            }
        }
    }

    /// All answers as they are kept while filling in, with those that are not relevant.
    pub fn draft(&self) -> Answers {
        self.collect(self.root(), &|_| true)
    }

    /// The answers to deliver: relevant ones only, calculations included.
    pub fn answers(&self) -> Answers {
        self.collect(self.root(), &|at| self.is_relevant(at))
    }

    fn collect(&self, group: InstanceId, wanted: &dyn Fn(InstanceId) -> bool) -> Answers {
        let mut entries = Vec::new();
        for at in self.children(group) {
            let node = self.form.node(at.node);
            let content = match node.kind {
                _ if !wanted(at) => None,
                Kind::Note => None,
                Kind::Question(_) | Kind::Calculated | Kind::Recorded(_) => Some(self.value(at))
                    .filter(|value| !value.is_empty())
                    .map(|value| Content::Value(value.to_owned())),
                Kind::Group => Some(self.collect(at, wanted))
                    .filter(|inner| !inner.0.is_empty())
                    .map(Content::Group),
                Kind::Repeat { .. } => {
                    let rows: Vec<_> =
                        self.rows(at).into_iter().map(|row| self.collect(row, wanted)).collect();
                    Some(rows).filter(|rows| !rows.is_empty()).map(Content::Rows)
                }
            };
            entries.extend(content.map(|content| Entry { name: node.name.clone(), content }));
        }
        Answers(entries)
    }
}
