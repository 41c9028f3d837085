//! An instance becomes answers.

use form::answers::{Answers, Content, Entry};
use form::model::{Form, Kind, NodeId};
use roxmltree::Node;

use super::{Filled, Meta, entity, found};
use crate::Fault;
use crate::fault::Lines;
use crate::namespace::JAVAROSA;
use crate::read::document::{child, elements, parse, text};

/// Reads an XForms instance, whoever filled it in. Elements that the form does not know are
/// answers too, named as they are: [`Session::resume`](form::Session::resume) tells what has no
/// place.
///
/// # Errors
/// When `xml` is not XML, too large, nested too deep, or encrypted.
pub fn read_instance(form: &Form, xml: &str) -> Result<Filled, Fault> {
    let document = parse(xml)?;
    let root = document.root_element();
    if child(root, "encryptedXmlFile").is_some() {
        return Err(Fault::at(
            root,
            &Lines::of_document(&document),
            "这份答案是加密的",
            "先用 ODK 的私钥解开",
        ));
    }
    let own = |name: &str| root.attribute(name).unwrap_or_default().to_owned();
    let mut filled = Filled {
        form: own("id"),
        version: own("version"),
        meta: Meta { root: root.tag_name().name().to_owned(), ..Meta::default() },
        ..Filled::default()
    };
    let block = child(root, "meta");
    let told = |name| block.and_then(|block| child(block, name)).map(text);
    filled.meta.instance_id = told("instanceID").filter(|id| !id.is_empty());
    filled.meta.instance_name = told("instanceName").filter(|name| !name.is_empty());
    filled.meta.deprecated_id = told("deprecatedID").filter(|id| !id.is_empty());
    filled.answers = answers(form, Some(Form::ROOT), root);
    filled.entities = entity::read(form, root);
    Ok(filled)
}

/// The answers in an element, which is the form's group or row at `node`, if the form knows it.
fn answers(form: &Form, node: Option<NodeId>, element: Node<'_, '_>) -> Answers {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for inner in elements(element) {
        let name = inner.tag_name().name();
        let known = found(form, node, name);
        if is_about_entities(inner) && known.is_none() {
            continue;
        }
        let content = content(form, known, inner);
        let is_block = node == Some(Form::ROOT) && name == "meta";
        let content =
            if is_block { content.and_then(|own| of_block(form, known, own)) } else { content };
        let Some(content) = content else { continue };
        let place: Option<usize> = places.get(name).copied();
        let content = match place.and_then(|place| entries.get_mut(place)) {
            Some(entry) => match joined(&mut entry.content, content, known.is_some()) {
                None => continue,
                Some(content) => content,
            },
            None => content,
        };
        places.entry(name).or_insert(entries.len());
        entries.push(Entry { name: name.to_owned(), content });
    }
    Answers(entries)
}

/// Whether an element is the `meta` block of a group or a row, with nothing else in it.
fn is_about_entities(element: Node<'_, '_>) -> bool {
    let mut inside = elements(element).map(|inner| inner.tag_name().name()).peekable();
    element.tag_name().name() == "meta"
        && inside.peek().is_some()
        && inside.all(|name| name == "entity")
}

/// Puts what stands at a name again with what stands there already: rows, or groups that the form
/// does not know. Gives back what cannot be put with it.
fn joined(own: &mut Content, again: Content, is_known: bool) -> Option<Content> {
    match (own, again) {
        (Content::Rows(rows), Content::Rows(more)) => {
            rows.extend(more);
            None
        }
        (Content::Rows(rows), Content::Group(row)) if !is_known => {
            rows.push(row);
            None
        }
        (own @ Content::Group(_), Content::Group(row)) if !is_known => {
            if let Content::Group(first) = std::mem::replace(own, Content::Rows(Vec::new())) {
                *own = Content::Rows(vec![first, row]);
            }
            None
        }
        (_, again) => Some(again),
    }
}

/// What of the `meta` block the form asks for by name; the rest is no answer.
fn of_block(form: &Form, node: Option<NodeId>, content: Content) -> Option<Content> {
    match content {
        Content::Group(own) => {
            let is_declared = |own: &Entry| found(form, node, &own.name).is_some();
            let declared: Vec<_> = own.0.into_iter().filter(is_declared).collect();
            (!declared.is_empty()).then_some(Content::Group(Answers(declared)))
        }
        content => node.map(|_| content),
    }
}

fn content(form: &Form, node: Option<NodeId>, element: Node<'_, '_>) -> Option<Content> {
    let is_leaf = elements(element).next().is_none();
    match node.map(|id| &form.node(id).kind) {
        Some(Kind::Repeat { .. }) => {
            let is_template = element.has_attribute((JAVAROSA, "template"));
            (!is_template).then(|| Content::Rows(vec![answers(form, node, element)]))
        }
        Some(Kind::Group) => Some(Content::Group(answers(form, node, element))),
        Some(Kind::Note) if is_leaf && text(element).is_empty() => None,
        _ if is_leaf => Some(Content::Value(text(element))),
        _ => Some(Content::Group(answers(form, None, element))),
    }
}
