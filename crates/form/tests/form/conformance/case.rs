//! A case of a public suite, and the form that it speaks of.

use std::collections::{BTreeMap, BTreeSet};

use form::answers::{Answers, Content, Entry};
use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, Definition, Elements, ListDefinition,
    SelectDefinition, SelectFrom, SelectKind,
};
use form::model::{Bounds, Question, TextKind};
use roxmltree::{Document, Node};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Case {
    pub(super) source: String,
    pub(super) expression: String,
    pub(super) expect: Option<String>,
    pub(super) truth: Option<bool>,
    pub(super) number: Option<f64>,
    pub(super) near: Option<f64>,
    pub(super) tolerance: Option<f64>,
    #[serde(default)]
    pub(super) nan: bool,
    #[serde(default)]
    pub(super) error: bool,
    pub(super) instance: Option<String>,
    pub(super) context: Option<String>,
    pub(super) now: Option<String>,
    #[serde(default)]
    pub(super) note: String,
    pub(super) language: Option<String>,
    #[serde(default)]
    pub(super) secondary: Vec<Secondary>,
    #[serde(default)]
    pub(super) text: Vec<Translation>,
    #[serde(default)]
    pub(super) choice: Vec<Labelled>,
}

/// A secondary instance.
#[derive(Deserialize)]
pub(super) struct Secondary {
    pub(super) id: String,
    pub(super) xml: String,
}

/// A text that expressions call by its id.
#[derive(Deserialize)]
pub(super) struct Translation {
    pub(super) language: String,
    pub(super) id: String,
    pub(super) value: String,
}

/// A choice of a question.
#[derive(Deserialize)]
pub(super) struct Labelled {
    pub(super) nodeset: String,
    pub(super) value: String,
    pub(super) language: String,
    pub(super) label: String,
}

/// Elements as declarations: several of one name are a repeat.
pub(super) fn declarations(parent: Node<'_, '_>) -> Vec<Declaration> {
    let mut found: Vec<Declaration> = Vec::new();
    for (name, all) in by_name(parent) {
        let mut children: Vec<Declaration> = Vec::new();
        for element in &all {
            for child in declarations(*element) {
                match children.iter_mut().find(|own| own.name == child.name) {
                    Some(own) => merge(own, child),
                    None => children.push(child),
                }
            }
        }
        let kind = if all.len() > 1 {
            DeclaredKind::Repeat { bounds: Bounds { min: 0, max: None }, initial: 0, count: None }
        } else if children.is_empty() {
            DeclaredKind::Question(Question::Text(TextKind::Line))
        } else {
            DeclaredKind::Group
        };
        let has_text =
            |element: &Node<'_, '_>| element.text().is_some_and(|text| !text.trim().is_empty());
        let is_list_of_values = all.len() > 1 && (children.is_empty() || all.iter().any(has_text));
        if is_list_of_values {
            children.push(value_of_row());
        }
        found.push(Declaration { name, kind, children, ..Declaration::default() });
    }
    found
}

/// Repeats here hold nodes and no value of their own.
fn value_of_row() -> Declaration {
    Declaration {
        name: "value-of-row".to_owned(),
        kind: DeclaredKind::Question(Question::Text(TextKind::Line)),
        ..Declaration::default()
    }
}

fn merge(own: &mut Declaration, other: Declaration) {
    if matches!(other.kind, DeclaredKind::Repeat { .. })
        || (matches!(other.kind, DeclaredKind::Group)
            && matches!(own.kind, DeclaredKind::Question(_)))
    {
        own.kind = other.kind;
    }
    for child in other.children {
        match own.children.iter_mut().find(|old| old.name == child.name) {
            Some(old) => merge(old, child),
            None => own.children.push(child),
        }
    }
}

fn by_name<'a, 'd>(parent: Node<'a, 'd>) -> Vec<(String, Vec<Node<'a, 'd>>)> {
    let mut found: Vec<(String, Vec<Node<'a, 'd>>)> = Vec::new();
    for element in parent.children().filter(Node::is_element) {
        let name = element.tag_name().name();
        match found.iter_mut().find(|(own, _)| own == name) {
            Some((_, all)) => all.push(element),
            None => found.push((name.to_owned(), vec![element])),
        }
    }
    found
}

pub(super) fn answers(parent: Node<'_, '_>, declarations: &[Declaration]) -> Answers {
    let mut entries = Vec::new();
    for (name, all) in by_name(parent) {
        let Some(own) = declarations.iter().find(|own| own.name == name) else { continue };
        let text = |element: Node<'_, '_>| element.text().unwrap_or_default().to_owned();
        let content = match own.kind {
            DeclaredKind::Repeat { .. } => Content::Rows(
                all.iter()
                    .map(|row| {
                        let mut inner = answers(*row, &own.children);
                        if own.children.iter().any(|child| child.name == "value-of-row") {
                            let content = Content::Value(text(*row));
                            inner.0.push(Entry { name: "value-of-row".to_owned(), content });
                        }
                        inner
                    })
                    .collect(),
            ),
            DeclaredKind::Group => Content::Group(answers(all[0], &own.children)),
            _ => Content::Value(text(all[0])),
        };
        entries.push(Entry { name, content });
    }
    Answers(entries)
}

/// Puts the expression where its context is: into the label there.
pub(super) fn place(declarations: &mut [Declaration], path: &[&str], label: &str) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    let name = first.split('[').next().unwrap_or(first);
    let Some(own) = declarations.iter_mut().find(|own| own.name == name) else { return false };
    if rest.is_empty() {
        own.label = vec![(0, label.to_owned())];
        return true;
    }
    place(&mut own.children, rest, label)
}

/// A secondary instance as lists, one for each name that its items have: the children of the items
/// are the columns.
pub(super) fn lists(secondary: &Secondary) -> Vec<ListDefinition> {
    let document = Document::parse(&secondary.xml).expect("the instance is XML");
    let root = document.root_element();
    let parts = by_name(root);
    let is_part = parts.len() > 1;
    let lists = parts.into_iter().map(|(item, items)| {
        let elements = Elements { root: root.tag_name().name().to_owned(), item, is_part };
        let list = ListDefinition { elements: Some(elements), ..ListDefinition::default() };
        items.into_iter().fold(list.called(&secondary.id), with_item)
    });
    lists.collect()
}

fn with_item(mut list: ListDefinition, item: Node<'_, '_>) -> ListDefinition {
    let mut cells = vec![String::new(); list.columns.len()];
    for (name, all) in by_name(item) {
        if all.len() > 1 {
            list.several.push(name.clone());
        }
        let place = list.columns.iter().position(|own| *own == name).unwrap_or_else(|| {
            list.columns.push(name);
            cells.push(String::new());
            list.columns.len() - 1
        });
        cells[place] = all[0].text().unwrap_or_default().to_owned();
    }
    list.choices.push(ChoiceDefinition { cells, ..ChoiceDefinition::default() });
    list
}

/// Makes the questions that have choices select questions.
pub(super) fn add_choices(case: &Case, languages: &[String], definition: &mut Definition) {
    let language = |own: &str| languages.iter().position(|one| one == own).unwrap_or_default();
    let nodesets: BTreeSet<&str> = case.choice.iter().map(|one| one.nodeset.as_str()).collect();
    for nodeset in nodesets {
        let mut choices: Vec<ChoiceDefinition> = Vec::new();
        for own in case.choice.iter().filter(|own| own.nodeset == nodeset) {
            let label = (language(&own.language), own.label.clone());
            match choices.iter_mut().find(|choice| choice.cells[0] == own.value) {
                Some(choice) => choice.label.push(label),
                None => choices.push(ChoiceDefinition {
                    cells: vec![own.value.clone()],
                    label: vec![label],
                    ..ChoiceDefinition::default()
                }),
            }
        }
        let columns = vec!["name".to_owned()];
        let name = nodeset.to_owned();
        definition.lists.push(ListDefinition {
            name,
            columns,
            choices,
            ..ListDefinition::default()
        });
        let path: Vec<&str> = nodeset.split('/').filter(|step| !step.is_empty()).collect();
        let from =
            SelectFrom::List { list: nodeset.to_owned(), value: "name".to_owned(), label: None };
        let select = SelectDefinition { kind: SelectKind::One, from, filter: None, shuffle: None };
        if let Some(own) = declaration(&mut definition.declarations, &path[1..]) {
            own.kind = DeclaredKind::Select(Box::new(select));
        }
    }
}

fn declaration<'d>(all: &'d mut [Declaration], path: &[&str]) -> Option<&'d mut Declaration> {
    let (first, rest) = path.split_first()?;
    let own = all.iter_mut().find(|own| own.name == *first)?;
    if rest.is_empty() { Some(own) } else { declaration(&mut own.children, rest) }
}

/// The languages of a case, the one that is spoken first.
pub(super) fn languages(case: &Case) -> Vec<String> {
    let texts = case.text.iter().map(|text| &text.language);
    let named =
        case.language.iter().chain(texts).chain(case.choice.iter().map(|own| &own.language));
    let mut all: Vec<String> = Vec::new();
    for language in named {
        if !all.contains(language) {
            all.push(language.clone());
        }
    }
    if all.is_empty() { vec!["default".to_owned()] } else { all }
}

pub(super) fn texts(case: &Case, languages: &[String]) -> Vec<(String, Vec<(usize, String)>)> {
    let mut texts: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for text in &case.text {
        let language = languages.iter().position(|own| *own == text.language).unwrap_or_default();
        texts.entry(text.id.clone()).or_default().push((language, text.value.clone()));
    }
    texts.into_iter().collect()
}
