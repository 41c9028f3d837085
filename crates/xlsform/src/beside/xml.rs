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
            growing.put(&path(leaf, item)?, value);
        }
    }
    growing.table()
}

/// More elements one in another than any list has: each has the names of all above it in its own.
const DEPTH: usize = 96;

fn path(leaf: Node<'_, '_>, item: Node<'_, '_>) -> Result<String, String> {
    let above = leaf.ancestors().take_while(|node| *node != item).take(DEPTH + 1);
    let mut names: Vec<&str> = above.map(|node| node.tag_name().name()).collect();
    if names.len() > DEPTH {
        return Err(format!("元素套得太深，超过 {DEPTH} 层"));
    }
    names.reverse();
    Ok(names.join("/"))
}
