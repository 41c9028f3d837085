//! Secondary instances: `<root><item><name>..</name>...</item></root>`. What is nested in an item
//! is a column named by its path. Elements of several names are as many lists.

use std::collections::{HashMap, HashSet};

use form::definition::{Elements, ListDefinition};
use roxmltree::{Document, Node};

use super::{Growing, check_size, choices};

/// Elements of one name.
#[derive(Default)]
struct Part {
    item: String,
    growing: Growing,
    several: Vec<String>,
    /// The same, to be looked up.
    known: HashSet<String>,
}

pub(super) fn read(text: &str) -> Result<Vec<ListDefinition>, String> {
    let document = Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut cells = 0;
    for item in root.children().filter(Node::is_element) {
        let name = item.tag_name().name();
        let place = *places.entry(name).or_insert(parts.len());
        if place == parts.len() {
            parts.push(Part { item: name.to_owned(), ..Part::default() });
        }
        let before = parts[place].growing.cells;
        parts[place].add(item)?;
        cells += parts[place].growing.cells - before;
        check_size(cells)?;
    }
    check_size(parts.iter().map(|part| part.growing.size()).sum())?;
    if parts.is_empty() {
        return Ok(vec![ListDefinition::default()]);
    }
    let is_part = parts.len() > 1;
    let list = |part: Part| {
        let (columns, rows) = part.growing.table();
        let root = root.tag_name().name().to_owned();
        ListDefinition {
            elements: Some(Elements { root, item: part.item, is_part }),
            columns,
            several: part.several,
            choices: choices(rows),
            ..ListDefinition::default()
        }
    };
    Ok(parts.into_iter().map(list).collect())
}

impl Part {
    fn add(&mut self, item: Node<'_, '_>) -> Result<(), String> {
        self.growing.begin_row();
        let mut seen = HashSet::new();
        let leaves = item.descendants().filter(|node| node.is_element() && *node != item);
        for leaf in leaves.filter(|node| node.first_element_child().is_none()) {
            let value = leaf.text().unwrap_or_default().trim().to_owned();
            let path = path(leaf, item)?;
            self.growing.put(&path, value);
            if !seen.insert(path.clone()) && self.known.insert(path.clone()) {
                self.several.push(path);
            }
        }
        Ok(())
    }
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
