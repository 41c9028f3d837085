//! Answers as an XForms instance, as ODK Central takes it, and back (specification, sections
//! "Primary Instance" and "Metadata"; OpenRosa's form submission).

use form::answers::{Answers, Content, Entry};
use form::model::{Form, Kind, NodeId};
use roxmltree::Node;

use crate::Fault;
use crate::fault::Lines;
use crate::namespace::{JAVAROSA, OPENROSA};
use crate::read::document::{child, elements, parse, text};
use crate::xml::{Child, Element, is_name};

/// What an instance says of itself, besides its answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The name of the root element: [`Definition::root`](form::definition::Definition::root).
    pub root: String,
    /// `instanceID`: which filled form this is, as in `uuid:…`.
    pub instance_id: Option<String>,
    /// `instanceName`: how people call it.
    pub instance_name: Option<String>,
    /// `deprecatedID`: which one it takes the place of.
    pub deprecated_id: Option<String>,
}

/// An instance that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The id of the form that was filled in.
    pub form: String,
    /// Its version.
    pub version: String,
    /// What the instance says of itself.
    pub meta: Meta,
    /// The answers.
    pub answers: Answers,
}

impl Meta {
    fn names(&self) -> [(&'static str, &Option<String>); 3] {
        [
            ("instanceID", &self.instance_id),
            ("instanceName", &self.instance_name),
            ("deprecatedID", &self.deprecated_id),
        ]
    }
}

/// Writes answers as an XForms instance. What is not among them is not written either: it was not
/// relevant.
///
/// Reading gives the very same back, except for repeats without any rows, of which an instance has
/// no trace, and characters that XML cannot say.
pub fn write_instance(form: &Form, meta: &Meta, answers: &Answers) -> String {
    let root = if is_name(&meta.root) { meta.root.clone() } else { "data".to_owned() };
    let mut data = Element::new(root).with("xmlns:jr", JAVAROSA).with("xmlns:orx", OPENROSA);
    data.set("id", &form.id);
    if !form.version.is_empty() {
        data.set("version", &form.version);
    }
    let (of_meta, rest): (Vec<_>, Vec<_>) =
        answers.0.iter().partition(|entry| is_meta(form, entry));
    let mut block = Element::new("meta");
    for entry in of_meta {
        if let Content::Group(inner) = &entry.content {
            block.extend(inner.0.iter().flat_map(written));
        }
    }
    let declared = answers.get("meta");
    for (name, value) in meta.names() {
        let is_declared =
            matches!(declared, Some(Content::Group(inner)) if inner.get(name).is_some());
        if let Some(value) = value.as_ref().filter(|_| !is_declared) {
            block.push(Element::new(name).text(value));
        }
    }
    data.extend(rest.into_iter().flat_map(written));
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

fn written(entry: &Entry) -> Vec<Element> {
    if !is_name(&entry.name) {
        return Vec::new();
    }
    let element = || Element::new(entry.name.clone());
    let holding = |answers: &Answers| {
        element().holding(answers.0.iter().flat_map(written).map(Child::Element))
    };
    match &entry.content {
        Content::Value(value) => vec![element().text(value)],
        Content::Group(answers) => vec![holding(answers)],
        Content::Rows(rows) => rows.iter().map(holding).collect(),
    }
}

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
        answers: Answers::default(),
    };
    let block = child(root, "meta");
    let told = |name| block.and_then(|block| child(block, name)).map(text);
    filled.meta.instance_id = told("instanceID").filter(|id| !id.is_empty());
    filled.meta.instance_name = told("instanceName").filter(|name| !name.is_empty());
    filled.meta.deprecated_id = told("deprecatedID").filter(|id| !id.is_empty());
    filled.answers = answers(form, Some(Form::ROOT), root);
    Ok(filled)
}

/// The answers in an element, which is the form's group or row at `node`, if the form knows it.
fn answers(form: &Form, node: Option<NodeId>, element: Node<'_, '_>) -> Answers {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for inner in elements(element) {
        let name = inner.tag_name().name();
        let known = found(form, node, name);
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

/// The node called `name` in the group or row at `node`.
fn found(form: &Form, node: Option<NodeId>, name: &str) -> Option<NodeId> {
    form.node(node?).children.iter().copied().find(|id| form.node(*id).name == name)
}

fn holds_rows(form: &Form, id: NodeId) -> bool {
    matches!(form.node(id).kind, Kind::Repeat { .. })
}
