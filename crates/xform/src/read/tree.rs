//! The primary instance as a tree of nodes, each once (specification, sections "Primary Instance"
//! and "Repeats").

use super::body::Body;
use super::document::{Xml, attribute, child, elements, text};

/// A node of the primary instance.
pub(super) struct Spot<'x> {
    pub(super) name: &'x str,
    pub(super) path: String,
    /// The element that new rows are copied from, if it is a repeat; else the first.
    pub(super) element: Xml<'x>,
    pub(super) is_repeat: bool,
    /// How many rows a new form begins with, if it is a repeat.
    pub(super) initial: u32,
    pub(super) children: Vec<Spot<'x>>,
    /// Whether rows that are there from the beginning say something else than new ones will.
    pub(super) differs: bool,
}

/// A `meta` block with an entity, and the path of the node that has it.
pub(super) struct Meta<'x> {
    pub(super) element: Xml<'x>,
    pub(super) path: String,
}

/// What is found while the tree is built.
#[derive(Default)]
pub(super) struct Found<'x> {
    pub(super) metas: Vec<Meta<'x>>,
}

/// The nodes below the root.
pub(super) fn spots<'x>(root: Xml<'x>, body: &Body<'x>, found: &mut Found<'x>) -> Vec<Spot<'x>> {
    let path = format!("/{}", root.tag_name().name());
    children(&[root], &path, body, found)
}

/// The nodes below the rows of a node, the template first.
fn children<'x>(
    above: &[Xml<'x>],
    path: &str,
    body: &Body<'x>,
    found: &mut Found<'x>,
) -> Vec<Spot<'x>> {
    let mut spots = Vec::new();
    let mut seen = std::collections::HashMap::<&str, Vec<Xml<'x>>>::new();
    let mut names = Vec::new();
    for element in above.iter().flat_map(|above| elements(*above)) {
        let name = element.tag_name().name();
        let own = seen.entry(name).or_insert_with(|| {
            names.push(name);
            Vec::new()
        });
        own.push(element);
    }
    for name in names {
        let rows = seen.remove(name).unwrap_or_default();
        let is_meta = name == "meta" && (path.matches('/').count() == 1 || has_entity(&rows));
        if is_meta {
            found.metas.extend(
                rows.first().map(|element| Meta { element: *element, path: path.to_owned() }),
            );
        } else if let Some(spot) = spot(name, rows, path, body, found) {
            spots.push(spot);
        }
    }
    spots
}

fn has_entity(rows: &[Xml<'_>]) -> bool {
    rows.first().is_some_and(|meta| child(*meta, "entity").is_some())
}

fn spot<'x>(
    name: &'x str,
    mut rows: Vec<Xml<'x>>,
    above: &str,
    body: &Body<'x>,
    found: &mut Found<'x>,
) -> Option<Spot<'x>> {
    let path = format!("{above}/{name}");
    let template = rows.iter().position(|row| is_template(*row));
    if let Some(place) = template {
        rows[..=place].rotate_right(1);
    }
    let element = *rows.first()?;
    let is_single = |row: &Xml<'x>| row.parent() != element.parent();
    let is_repeat = body.repeats.contains_key(&path)
        || template.is_some()
        || !rows.iter().skip(1).all(is_single);
    let parent = rows.iter().filter(|row| !is_in_template(**row)).find_map(Xml::parent);
    let own = rows.iter().filter(|row| !is_template(**row) && row.parent() == parent);
    let initial = match parent {
        Some(_) => own.count() as u32,
        // Nobody says how many rows the first row of the repeat around begins with.
        None => 1,
    };
    let value = text(element);
    let differs = rows.iter().any(|row| text(*row).trim() != value.trim());
    let children = children(&rows, &path, body, found);
    let differs = differs && children.is_empty();
    Some(Spot { name, path, element, is_repeat, initial, children, differs })
}

fn is_template(row: Xml<'_>) -> bool {
    attribute(row, "jr:template").is_some()
}

fn is_in_template(row: Xml<'_>) -> bool {
    row.ancestors().skip(1).any(is_template)
}
