//! Choice lists as secondary instances (specification, section "Secondary Instances").

use form::definition::{ChoiceDefinition, EntityDefinition, ListDefinition};

use super::expression::About;
use super::{Writer, text};
use crate::xml::{Child, Element, is_name};

/// The instance of what was answered last time.
pub(crate) const LAST_SAVED: &str = "__last-saved";

impl<'d> Writer<'d> {
    pub(super) fn lists(&mut self) -> Vec<Element> {
        let lists = &self.definition.lists;
        let is_first = |place: usize| {
            let is_same = |other: &ListDefinition| other.instance() == lists[place].instance();
            !lists[..place].iter().any(is_same)
        };
        let places: Vec<usize> = (0..lists.len()).filter(|place| is_first(*place)).collect();
        let firsts = || places.iter().map(|place| &lists[*place]);
        let mut instances: Vec<_> = firsts().filter_map(file).collect();
        instances.extend(self.entity_lists());
        if self.asks_for_last_saved() {
            let instance = Element::new("instance").with("id", LAST_SAVED);
            instances.push(instance.with("src", "jr://instance/last-saved"));
        }
        for list in firsts().filter(|list| list.file.is_none()) {
            instances.push(self.instance(list));
        }
        instances
    }

    /// Lists of entities that are changed: their present version is looked up there.
    fn entity_lists(&self) -> Vec<Element> {
        let is_declared = |entity: &&EntityDefinition| {
            self.definition.lists.iter().any(|list| list.name == entity.dataset)
        };
        let mut named: Vec<&str> = Vec::new();
        for entity in self.definition.entities.iter().filter(|entity| !is_declared(entity)) {
            if entity.id.is_some() && !named.contains(&entity.dataset.as_str()) {
                named.push(&entity.dataset);
            }
        }
        let instances = named.into_iter().map(|name| {
            let instance = Element::new("instance").with("id", name);
            instance.with("src", format!("jr://file-csv/{name}.csv")).with("xst:for", "entity")
        });
        instances.collect()
    }

    fn asks_for_last_saved(&self) -> bool {
        self.definition_mentions("last-saved#") || self.definition_mentions(LAST_SAVED)
    }

    /// A list, with the others of its instance.
    fn instance(&mut self, first: &'d ListDefinition) -> Element {
        let mut root = Element::new(first.path().0.to_owned());
        let parts = self.definition.lists.iter();
        for list in parts.filter(|list| list.instance() == first.instance()) {
            self.list(list, &mut root);
        }
        let mut instance = Element::new("instance").with("id", first.instance());
        instance.push(root);
        instance
    }

    fn list(&mut self, list: &ListDefinition, root: &mut Element) {
        let has_itext = self.has_itext(list);
        for (place, choice) in list.choices.iter().enumerate() {
            let key = format!("{}-{place}", list.name);
            let mut item = Element::new(list.path().1.to_owned());
            if has_itext {
                self.keep_choice(&key, choice);
                item.push(Element::new("itextId").text(&key));
            }
            for (number, column) in list.columns.iter().enumerate() {
                let cell = choice.cells.get(number).map(String::as_str).unwrap_or_default();
                // The first choice names all columns; others leave out what they lack.
                if place == 0 || number == 0 || !cell.is_empty() {
                    item.extend(self.cell(column, cell));
                }
                if number == 0 && !has_itext {
                    let label = text::only(&choice.label);
                    item.extend(label.map(|label| Element::new("label").text(label)));
                }
            }
            root.push(item);
        }
    }

    /// The path to the elements of a list, which may be called as
    /// [`SelectFrom::List`](form::definition::SelectFrom::List) calls it.
    pub(super) fn elements(&self, list: &str) -> String {
        let lists = &self.definition.lists;
        let own = lists.iter().find(|own| own.name == list);
        let (instance, root, item) = match (own, list.split_once('/')) {
            (Some(own), _) => (own.instance(), own.path().0, own.path().1),
            (None, Some((instance, item))) => {
                let file = lists.iter().find(|own| own.instance() == instance);
                (instance, file.map_or("root", |file| file.path().0), item)
            }
            (None, None) => (list, "root", "item"),
        };
        format!("instance('{instance}')/{root}/{item}")
    }

    /// Columns of nested elements are called by the path to them.
    fn cell(&self, column: &str, cell: &str) -> Option<Element> {
        let mut names = column.split('/').rev();
        let innermost = names.next().filter(|name| is_name(name))?;
        let cell = Element::new(innermost.to_owned()).text(cell);
        names.try_fold(cell, |inner, name| {
            let outer = is_name(name).then(|| Element::new(name.to_owned()))?;
            Some(outer.holding([Child::Element(inner)]))
        })
    }

    fn keep_choice(&mut self, key: &str, choice: &ChoiceDefinition) {
        let (outline, root) = (&self.outline, About::root());
        self.itext.keep(key, None, &choice.label, |words| text::content(outline, &root, words));
        self.itext.keep_media(key, &choice.media);
    }

    /// Whether the labels of a list cannot stand in its items: they have languages, files or
    /// something computed.
    fn has_itext(&self, list: &ListDefinition) -> bool {
        list.choices.iter().any(|choice| {
            let is_computed = choice.label.iter().any(|(_, words)| words.contains("${"));
            let has_label = !choice.label.is_empty();
            is_computed || !choice.media.is_empty() || (has_label && self.itext.is_needed())
        })
    }

    /// What an itemset on a list reads.
    pub(super) fn label_of(&self, list: &str) -> String {
        let own = self.definition.lists.iter().find(|own| own.name == list);
        let label = || "label".to_owned();
        match own {
            Some(own) if own.file.is_some() => column_of_labels(own).unwrap_or_else(label),
            Some(own) if self.has_itext(own) => "jr:itext(itextId)".to_owned(),
            _ => label(),
        }
    }

    /// The choices of a list as items of a control.
    pub(super) fn items(&self, list: &str) -> Vec<Element> {
        let own = self.definition.lists.iter().find(|own| own.name == list);
        let Some(own) = own else { return Vec::new() };
        let has_itext = self.has_itext(own);
        let items = own.choices.iter().enumerate().map(|(place, choice)| {
            let label = match has_itext {
                true => {
                    Element::new("label").with("ref", text::reference(&format!("{list}-{place}")))
                }
                false => Element::new("label").text(text::only(&choice.label).unwrap_or_default()),
            };
            let value = Element::new("value").text(own.choice_name(choice));
            Element::new("item").holding([Child::Element(label), Child::Element(value)])
        });
        items.collect()
    }
}

/// A list that is read from a file stays there (specification, section "Secondary Instances -
/// External").
fn file(list: &ListDefinition) -> Option<Element> {
    let file = list.file.as_ref()?;
    let folder = if file.ends_with(".csv") { "file-csv" } else { "file" };
    let instance = Element::new("instance").with("id", list.instance());
    Some(instance.with("src", format!("jr://{folder}/{file}")))
}

/// Which column of a file says what its choices are called in the first language: an itemset can
/// name but one.
fn column_of_labels(list: &ListDefinition) -> Option<String> {
    let label = |choice: &ChoiceDefinition| {
        choice.label.first().map(|(_, words)| words.clone()).unwrap_or_default()
    };
    let says = |place: usize| {
        list.choices.iter().all(|choice| choice.cells.get(place) == Some(&label(choice)))
    };
    let place = (0..list.columns.len()).find(|place| !list.choices.is_empty() && says(*place))?;
    list.columns.get(place).cloned()
}
