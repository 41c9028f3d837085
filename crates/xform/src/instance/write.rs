//! Answers become an instance.

use std::collections::HashSet;

use form::EntityChange;
use form::answers::{Answers, Content, Entry};
use form::model::{Form, Kind, NodeId};

use super::{Meta, below, entity, found, holds_rows};
use crate::namespace::{JAVAROSA, OPENROSA};
use crate::xml::{Child, Element, is_name};

/// Writes answers as an XForms instance, with what they do to entities as
/// [`Session::entities`](form::Session::entities) tells it. What is not among the answers is not
/// written: it was not relevant. Only what empties a column of an entity stands there without words,
/// for what does not stand there would leave the column as it is.
///
/// Reading gives the very same back, except for repeats without any rows, of which an instance has
/// no trace, and characters that XML cannot say.
pub fn write_instance(
    form: &Form,
    meta: &Meta,
    answers: &Answers,
    entities: &[EntityChange],
) -> String {
    let root = if is_name(&meta.root) { meta.root.clone() } else { "data".to_owned() };
    let mut data = Element::new(root).with("xmlns:jr", JAVAROSA).with("xmlns:orx", OPENROSA);
    data.set("id", &form.id);
    if !form.version.is_empty() {
        data.set("version", &form.version);
    }
    let (of_meta, rest): (Vec<_>, Vec<_>) =
        answers.0.iter().cloned().partition(|entry| is_meta(form, entry));
    let writer = Writer { form, entities, emptied: entity::emptied(form, entities) };
    data.extend(writer.inside(Some(Form::ROOT), &Answers(rest), ""));
    let mut block = Element::new("meta");
    let known = found(form, Some(Form::ROOT), "meta");
    for entry in &of_meta {
        if let Content::Group(inner) = &entry.content {
            block.extend(writer.answers(known, inner, "meta"));
        }
    }
    block.extend(writer.entities_at(""));
    let declared = answers.get("meta");
    for (name, value) in meta.names() {
        let is_declared =
            matches!(declared, Some(Content::Group(inner)) if inner.get(name).is_some());
        if let Some(value) = value.as_ref().filter(|_| !is_declared) {
            block.push(Element::new(name).text(value));
        }
    }
    if !block.is_idle() {
        data.push(block);
    }
    data.document()
}

fn is_meta(form: &Form, entry: &Entry) -> bool {
    entry.name == "meta"
        && matches!(entry.content, Content::Group(_))
        && !found(form, Some(Form::ROOT), "meta").is_some_and(|id| holds_rows(form, id))
}

struct Writer<'i> {
    form: &'i Form,
    entities: &'i [EntityChange],
    /// The paths of answers that empty a column.
    emptied: HashSet<String>,
}

impl Writer<'_> {
    /// What stands in a group or row: its answers, and its entities.
    fn inside(&self, node: Option<NodeId>, answers: &Answers, path: &str) -> Vec<Element> {
        let mut elements = self.answers(node, answers, path);
        let entities: Vec<_> = self.entities_at(path).collect();
        // Of the form as a whole they stand beside its ids.
        if !path.is_empty() && !entities.is_empty() {
            let mut meta = Element::new("meta");
            meta.extend(entities);
            elements.push(meta);
        }
        elements
    }

    fn answers(&self, node: Option<NodeId>, answers: &Answers, path: &str) -> Vec<Element> {
        let mut elements: Vec<_> =
            answers.0.iter().flat_map(|entry| self.answer(node, entry, path)).collect();
        if self.entities.is_empty() {
            return elements;
        }
        let children = node.map_or(&[][..], |id| &self.form.node(id).children);
        for child in children {
            let own = self.form.node(*child);
            if answers.get(&own.name).is_some() {
                continue;
            }
            let path = below(path, &own.name);
            let inside = match own.kind {
                Kind::Group => self.inside(Some(*child), &Answers::default(), &path),
                _ => Vec::new(),
            };
            if !inside.is_empty() || self.emptied.contains(&path) {
                elements.push(holding(&own.name, inside));
            }
        }
        elements
    }

    fn answer(&self, around: Option<NodeId>, entry: &Entry, path: &str) -> Vec<Element> {
        let name = &entry.name;
        if !is_name(name) {
            return Vec::new();
        }
        let node = found(self.form, around, name);
        let path = below(path, name);
        match &entry.content {
            Content::Value(value) => vec![Element::new(name.clone()).text(value)],
            Content::Group(answers) => vec![holding(name, self.inside(node, answers, &path))],
            Content::Rows(rows) => {
                let rows = rows.iter().enumerate().map(|(place, row)| {
                    holding(name, self.inside(node, row, &format!("{path}[{}]", place + 1)))
                });
                rows.collect()
            }
        }
    }

    fn entities_at(&self, path: &str) -> impl Iterator<Item = Element> {
        self.entities.iter().filter(move |change| change.at == path).map(entity::element)
    }
}

fn holding(name: &str, inside: Vec<Element>) -> Element {
    Element::new(name.to_owned()).holding(inside.into_iter().map(Child::Element))
}
