//! XForms without what nobody can tell apart: one line for each element, attributes in order, spaces
//! as one and in expressions none, nothing of our own namespace.
//!
//! Two things that pyxform does to every form are undone, because they are done otherwise here on
//! purpose: it makes “ and ” straight (in Chinese they are the quotation marks), and it leaves out
//! the empty cells of choices (then whoever reads the form again does not know the column).

use anyhow::Result;
use roxmltree::{Document, Node};

/// The lines of an XForm.
///
/// # Errors
/// When it is not XML.
pub fn lines(xml: &str) -> Result<Vec<String>> {
    let document = Document::parse(xml)?;
    let mut lines = Vec::new();
    collect(document.root_element(), "", &mut lines);
    Ok(lines)
}

fn collect(element: Node<'_, '_>, above: &str, lines: &mut Vec<String>) {
    let path =
        format!("{above}/{}", named(element.tag_name().namespace(), element.tag_name().name()));
    let mut attributes: Vec<String> = element
        .attributes()
        .filter(|attribute| attribute.namespace() != Some(xform::NAMESPACE))
        .map(|attribute| {
            let name = named(attribute.namespace(), attribute.name());
            let value = match name.contains("Msg") {
                true => spaced(attribute.value()),
                false => attribute.value().split_whitespace().collect(),
            };
            format!(" {name}={:?}", straight(&value))
        })
        .collect();
    attributes.sort();
    let texts = element.children().filter(Node::is_text).filter_map(|text| text.text());
    let text = straight(&spaced(&texts.collect::<String>()));
    let is_empty =
        text.is_empty() && attributes.is_empty() && element.first_element_child().is_none();
    if is_empty && path.ends_with(&format!("/root/item/{}", element.tag_name().name())) {
        return;
    }
    lines.push(format!("{path}{} {text}", attributes.concat()).trim_end().to_owned());
    let is_ours = |text: &Node<'_, '_>| text.attribute("id").is_some_and(|id| id.contains(":xst:"));
    let mut inner: Vec<_> =
        element.children().filter(Node::is_element).filter(|inner| !is_ours(inner)).collect();
    // They are found by their ids, in whatever order they stand.
    if element.tag_name().name() == "translation" {
        inner.sort_by_key(|text| text.attribute("id").unwrap_or_default().to_owned());
    }
    for inner in inner {
        collect(inner, &path, lines);
    }
}

fn named(namespace: Option<&str>, name: &str) -> String {
    match namespace.and_then(|namespace| namespace.rsplit('/').next()) {
        None | Some("xforms") => name.to_owned(),
        Some(prefix) => format!("{prefix}:{name}"),
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn straight(text: &str) -> String {
    text.replace(['“', '”'], "\"").replace(['‘', '’'], "'")
}
