//! Secondary instances become lists (specification, section "Secondary Instances").

use std::collections::{HashMap, HashSet};

use form::definition::{ChoiceDefinition, Elements, ListDefinition};

use super::body::Body;
use super::document::{Xml, attribute, child, elements, text};
use super::path::Names;
use super::text::{Itext, id};
use super::{Attached, Reader};

/// What the id of a label in `itext` is called where pyxform writes it.
const ITEXT_ID: &str = "itextId";

/// More cells than the lists in an XForm have: every row has one for every column.
const MOST_CELLS: usize = 10_000_000;

impl<'x> Reader<'x> {
    pub(super) fn read_lists(&mut self, instances: &[Xml<'x>]) {
        let mut room = MOST_CELLS;
        for instance in instances {
            let Some(id) = instance.attribute("id") else {
                self.lose(*instance, "这个 instance 没有 id，没有读", "给它写上 id");
                continue;
            };
            match instance.attribute("src") {
                Some("jr://instance/last-saved") => {}
                Some(_) if attribute(*instance, "xst:for") == Some("entity") => {}
                Some(source) => self.attach(id, source),
                None => {
                    self.taken.insert(id.to_owned());
                    let Some(lists) = self.lists_in(id, *instance, &mut room) else {
                        let what = format!("选项表“{id}”的行和列太多");
                        self.fail(*instance, what, "放到表单旁边的文件里，或拆成几个表");
                        continue;
                    };
                    self.taken.extend(lists.iter().map(|list| list.name.clone()));
                    self.lists.extend(lists);
                }
            }
        }
    }

    /// A list that comes from a file beside the form.
    pub(super) fn attach(&mut self, id: &str, source: &str) {
        if self.taken.insert(id.to_owned()) {
            let file = source.rsplit('/').next().map(str::to_owned);
            let name = id.to_owned();
            self.lists.push(ListDefinition { name, file, ..ListDefinition::default() });
            let (list, source) = (id.to_owned(), source.to_owned());
            self.attached.push(Attached { list, source });
        }
    }

    /// The lists in an instance: one for each name that its elements have. None where there is no
    /// room for them.
    fn lists_in(
        &self,
        id: &str,
        instance: Xml<'x>,
        room: &mut usize,
    ) -> Option<Vec<ListDefinition>> {
        let root = elements(instance).next();
        let mut parts: Vec<(&str, Vec<Xml<'x>>)> = Vec::new();
        let mut places = HashMap::new();
        for item in root.into_iter().flat_map(elements) {
            let name = item.tag_name().name();
            let place = *places.entry(name).or_insert(parts.len());
            if place == parts.len() {
                parts.push((name, Vec::new()));
            }
            parts[place].1.push(item);
        }
        if parts.is_empty() {
            parts.push(("item", Vec::new()));
        }
        let (root, is_part) = (root.map_or("root", |root| root.tag_name().name()), parts.len() > 1);
        let lists = parts.into_iter().map(|(item, items)| {
            let is_usual = (root, item, is_part) == ("root", "item", false);
            let (root, item) = (root.to_owned(), item.to_owned());
            let elements = (!is_usual).then_some(Elements { root, item, is_part });
            let row = Some(self.lines.of(instance));
            let list = ListDefinition { row, elements, ..ListDefinition::default() };
            self.list(id, list.called(id), &items, room)
        });
        lists.collect()
    }

    fn list(
        &self,
        id: &str,
        mut list: ListDefinition,
        items: &[Xml<'x>],
        room: &mut usize,
    ) -> Option<ListDefinition> {
        let itext_id = self.itext_columns.get(id).copied().unwrap_or(ITEXT_ID);
        let mut columns = HashMap::new();
        let mut rows = Vec::new();
        for item in items {
            let mut choice = ChoiceDefinition::default();
            let mut row = Vec::new();
            let mut cells = Vec::new();
            let mut seen = HashSet::new();
            flatten(*item, String::new(), &mut cells);
            for (column, cell) in cells {
                if column == itext_id {
                    let id = text(cell);
                    choice.label = self.itext.words(id.trim(), "", &self.names, &self.root);
                    choice.media = self.itext.media(id.trim());
                } else if column == "label" {
                    choice.label = self.itext.words_of(cell, &self.names, &self.root);
                }
                // The id that pyxform gives and the label are no columns of the sheet.
                if column == "label" || (column == itext_id && itext_id == ITEXT_ID) {
                    continue;
                }
                if !seen.insert(column.clone()) {
                    if !list.several.contains(&column) {
                        list.several.push(column);
                    }
                    continue;
                }
                let place = *columns.entry(column).or_insert_with_key(|name| {
                    list.columns.push(name.clone());
                    list.columns.len() - 1
                });
                row.push((place, text(cell)));
            }
            list.choices.push(choice);
            rows.push(row);
        }
        *room = room.checked_sub(list.columns.len().saturating_mul(rows.len()))?;
        for (choice, row) in list.choices.iter_mut().zip(rows) {
            choice.cells.resize(list.columns.len(), String::new());
            row.into_iter().for_each(|(place, cell)| choice.cells[place] = cell);
        }
        Some(list)
    }

    /// What a list is called by a select that takes elements of an instance; nothing where the
    /// instance has none of that name, which is told.
    pub(super) fn list_of(
        &mut self,
        itemset: Xml<'x>,
        instance: &str,
        (root, item): (&str, &str),
    ) -> Option<String> {
        let mut own = self.lists.iter_mut().filter(|list| list.instance() == instance).peekable();
        let is_known = own.peek().is_some_and(|list| list.file.is_none());
        if !is_known {
            // What is in a file will be known when the form is compiled.
            if let Some(file) = own.next().filter(|_| (root, item) != ("root", "item")) {
                let (root, item) = (root.to_owned(), item.to_owned());
                file.elements.get_or_insert(Elements { root, item, is_part: false });
            }
            return Some(match item {
                "item" => instance.to_owned(),
                item => format!("{instance}/{item}"),
            });
        }
        if let Some(list) = own.find(|list| list.path() == (root, item)) {
            return Some(list.name.clone());
        }
        let what = format!("选项表“{instance}”里没有 {root}/{item}");
        self.fail(itemset, what, "照 instance 里元素的名字写");
        None
    }

    /// Items of a control become a list of their own.
    pub(super) fn inline_list(&mut self, question: &str, control: Xml<'x>) -> String {
        let numbered = (2..).map(|number| format!("{question}_{number}"));
        let name = std::iter::once(question.to_owned())
            .chain(numbered)
            .find(|name| !self.taken.contains(name));
        let name = name.unwrap_or_else(|| question.to_owned());
        let items = elements(control).filter(|inner| inner.tag_name().name() == "item");
        let choices = items.map(|item| choice(item, &self.itext, &self.names, &self.root));
        self.taken.insert(name.clone());
        self.lists.push(ListDefinition {
            name: name.clone(),
            row: Some(self.lines.of(control)),
            columns: vec!["name".to_owned()],
            choices: choices.collect(),
            ..ListDefinition::default()
        });
        name
    }
}

/// By instance, the column with the ids of labels: the one that an itemset on it names.
pub(super) fn itext_columns<'x>(body: &Body<'x>) -> HashMap<String, &'x str> {
    let mut columns: HashMap<String, &str> = HashMap::new();
    for itemset in body.controls.values().filter_map(|control| child(*control, "itemset")) {
        let Some(column) = itext_column(itemset) else { continue };
        let calls = itemset.attribute("nodeset").unwrap_or_default().split("instance('").skip(1);
        for (id, _) in calls.filter_map(|call| call.split_once("')")) {
            let own = columns.entry(id.to_owned()).or_insert(column);
            *own = column.min(own);
        }
    }
    columns
}

/// The column in `jr:itext(column)`.
pub(super) fn itext_column<'x>(itemset: Xml<'x>) -> Option<&'x str> {
    let label = child(itemset, "label")?.attribute("ref")?.trim();
    let inner = label.strip_prefix("jr:itext(")?.strip_suffix(')')?;
    Some(inner.trim())
}

fn choice<'x>(item: Xml<'x>, itext: &Itext<'x>, names: &Names, root: &str) -> ChoiceDefinition {
    let label = child(item, "label");
    let value = child(item, "value").map(text).unwrap_or_default();
    let media = label.and_then(|label| label.attribute("ref")).and_then(id);
    ChoiceDefinition {
        label: label.map(|label| itext.words_of(label, names, root)).unwrap_or_default(),
        media: media.map(|id| itext.media(id)).unwrap_or_default(),
        cells: vec![value.trim().to_owned()],
    }
}

/// Nested elements are columns too, called by the path to them.
fn flatten<'x>(element: Xml<'x>, above: String, cells: &mut Vec<(String, Xml<'x>)>) {
    for inner in elements(element) {
        let name = format!("{above}{}", inner.tag_name().name());
        let is_label = name == "label";
        if elements(inner).next().is_none() || is_label {
            cells.push((name, inner));
        } else {
            flatten(inner, format!("{name}/"), cells);
        }
    }
}
