//! Secondary instances: `<root><item><name>..</name>...</item></root>`. What is nested in an item
//! is a column named by its path.

use roxmltree::{Document, Node};

use super::{Growing, Table};

pub(super) fn read(text: &str) -> Result<Table, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let mut growing = Growing::default();
    for item in document.root_element().children().filter(Node::is_element) {
        growing.begin_row();
        let leaves = item.descendants().filter(|node| node.is_element() && *node != item);
        for leaf in leaves.filter(|node| node.first_element_child().is_none()) {
            let value = leaf.text().unwrap_or_default().trim().to_owned();
            growing.put(&path(leaf, item), value);
        }
    }
    Ok(growing.table())
}

fn path(leaf: Node<'_, '_>, item: Node<'_, '_>) -> String {
    let above = leaf.ancestors().take_while(|node| *node != item);
    let mut names: Vec<&str> = above.map(|node| node.tag_name().name()).collect();
    names.reverse();
    names.join("/")
}
