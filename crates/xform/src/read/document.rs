//! The document: within limits, and looked at by the names that XForms gives its parts.

use roxmltree::{Document, Node, ParsingOptions};

use super::{DEPTH, SIZE};
use crate::Fault;
use crate::namespace;

/// More attributes than an element has, and more equals signs than a text.
const MOST_ATTRIBUTES: usize = 1_000;

/// An element of an XForm.
pub(super) type Xml<'x> = Node<'x, 'x>;

/// Parses XML within the limits. Definitions of entities are refused altogether: a few lines of
/// them can stand for gigabytes.
pub(crate) fn parse(xml: &str) -> Result<Document<'_>, Fault> {
    if xml.len() > SIZE {
        let what = format!("文件有 {} 个字节，太大了", xml.len());
        return Err(Fault::of_file(what, format!("不能超过 {SIZE} 个字节")));
    }
    // The parser holds each attribute of an element against all before it.
    if xml.split('<').any(|tag| tag.matches('=').nth(MOST_ATTRIBUTES).is_some()) {
        let what = format!("有一个元素的属性超过 {MOST_ATTRIBUTES} 个");
        return Err(Fault::of_file(what, "检查引号有没有配对，删去用不到的属性"));
    }
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(|cause| Fault {
        line: Some(cause.pos().row),
        path: String::new(),
        what: format!("不是完整的 XML：{cause}"),
        remedy: "检查标签和引号有没有配对；不支持 DOCTYPE".to_owned(),
    })?;
    let mut depths = vec![(document.root_element(), 1)];
    while let Some((element, depth)) = depths.pop() {
        if depth > DEPTH {
            return Err(Fault::of_file(format!("元素套得太深，超过 {DEPTH} 层"), "减少分组的层数"));
        }
        depths.extend(elements(element).map(|child| (child, depth + 1)));
    }
    Ok(document)
}

/// The elements in an element.
pub(crate) fn elements<'a, 'x>(element: Node<'a, 'x>) -> impl Iterator<Item = Node<'a, 'x>> {
    element.children().filter(Node::is_element)
}

/// The first element called `name` in an element, whatever its namespace: forms differ in that.
pub(crate) fn child<'a, 'x>(element: Node<'a, 'x>, name: &str) -> Option<Node<'a, 'x>> {
    elements(element).find(|child| child.tag_name().name() == name)
}

/// An attribute by its usual name, as in `jr:count`.
pub(super) fn attribute<'x>(element: Xml<'x>, name: &str) -> Option<&'x str> {
    match name.split_once(':') {
        None => element.attribute(name),
        Some((prefix, local)) => {
            let (_, uri) = namespace::PREFIXES.iter().find(|(own, _)| *own == prefix)?;
            element.attribute((*uri, local))
        }
    }
}

/// All attributes, by their usual names; those of strangers by the prefix that they have here.
pub(super) fn attributes<'x>(element: Xml<'x>) -> impl Iterator<Item = (String, &'x str)> {
    element.attributes().filter_map(move |attribute| {
        let name = match attribute.namespace() {
            None => attribute.name().to_owned(),
            Some(uri) => {
                let prefix = namespace::prefix(uri).or_else(|| element.lookup_prefix(uri))?;
                format!("{prefix}:{}", attribute.name())
            }
        };
        Some((name, attribute.value()))
    })
}

/// What is written in an element, without its children.
pub(crate) fn text(element: Node<'_, '_>) -> String {
    let parts = element.children().filter(Node::is_text).filter_map(|part| part.text());
    parts.collect()
}
