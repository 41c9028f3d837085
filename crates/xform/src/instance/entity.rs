//! `meta/entity`: what an instance does to one entity (ODK's specification of entities 2025.1,
//! sections "Declaring that a form creates entities" and "… updates entities").

use std::collections::HashSet;

use form::model::{Entity, Form, NodeId};
use form::{EntityChange, EntityDeed, EntityState};
use roxmltree::Node;

use super::{below, found, holds_rows, way};
use crate::namespace::JAVAROSA;
use crate::read::document::{child, elements, text};
use crate::xml::Element;

/// The element that says what is done to an entity.
pub(super) fn element(change: &EntityChange) -> Element {
    let mut element = Element::new("entity").with("dataset", &change.dataset);
    match &change.deed {
        EntityDeed::Create => element.set("create", "1"),
        EntityDeed::Update(state) => {
            element.set("update", "1");
            element.set_some("baseVersion", state.base_version.as_deref());
            element.set_some("trunkVersion", state.trunk_version.as_deref());
            element.set_some("branchId", state.branch_id.as_deref());
        }
    }
    element.set("id", &change.id);
    // A new one has to be called something, if only by nothing.
    if change.deed == EntityDeed::Create || !change.label.is_empty() {
        element.push(Element::new("label").text(&change.label));
    }
    element
}

/// The paths of the answers that empty a column of an entity.
pub(super) fn emptied(form: &Form, changes: &[EntityChange]) -> HashSet<String> {
    let mut paths = HashSet::new();
    for change in changes {
        let holder = holder(form, &change.at);
        let Some(entity) = declared(form, &change.dataset, holder) else { continue };
        let empty = change.columns.iter().filter(|(_, value)| value.is_empty());
        for (column, _) in empty {
            let node = entity.columns.iter().find(|(own, _)| own == column).map(|(_, node)| *node);
            paths.extend(node.map(|node| below(&change.at, &way(form, entity, node).join("/"))));
        }
    }
    paths
}

/// The group or repeat at a path such as `m[2]/home`.
fn holder(form: &Form, path: &str) -> Option<NodeId> {
    let names = path.split('/').map(|step| step.split('[').next().unwrap_or(step));
    let mut names = names.filter(|name| !name.is_empty());
    names.try_fold(Form::ROOT, |node, name| found(form, Some(node), name))
}

fn declared<'f>(form: &'f Form, dataset: &str, holder: Option<NodeId>) -> Option<&'f Entity> {
    form.entities.iter().find(|own| own.dataset == dataset && Some(own.node) == holder)
}

/// All entities of an instance, those of an element before those of what is in it.
pub(super) fn read(form: &Form, root: Node<'_, '_>) -> Vec<EntityChange> {
    let mut changes = Vec::new();
    collect(form, Some(Form::ROOT), root, String::new(), &mut changes);
    changes
}

fn collect(
    form: &Form,
    node: Option<NodeId>,
    element: Node<'_, '_>,
    path: String,
    changes: &mut Vec<EntityChange>,
) {
    let metas = elements(element).filter(|inner| inner.tag_name().name() == "meta");
    let entities = metas.flat_map(elements).filter(|inner| inner.tag_name().name() == "entity");
    changes.extend(entities.filter_map(|entity| change(form, node, element, entity, &path)));
    let mut rows = std::collections::HashMap::<&str, usize>::new();
    for inner in elements(element) {
        let name = inner.tag_name().name();
        let known = found(form, node, name);
        let mut path = below(&path, name);
        if known.is_some_and(|id| holds_rows(form, id)) {
            if inner.has_attribute((JAVAROSA, "template")) {
                continue;
            }
            let place = rows.entry(name).or_default();
            *place += 1;
            path = format!("{path}[{place}]");
        }
        collect(form, known, inner, path, changes);
    }
}

/// What an `entity` in `holder` says; nothing where it is neither made nor changed.
fn change(
    form: &Form,
    node: Option<NodeId>,
    holder: Node<'_, '_>,
    element: Node<'_, '_>,
    path: &str,
) -> Option<EntityChange> {
    let own = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    let is_so = |name: &str| matches!(element.attribute(name), Some("1" | "true"));
    let known = |name: &str| Some(own(name)).filter(|value| !value.is_empty());
    let deed = if is_so("create") {
        EntityDeed::Create
    } else if is_so("update") {
        EntityDeed::Update(EntityState {
            base_version: known("baseVersion"),
            trunk_version: known("trunkVersion"),
            branch_id: known("branchId"),
        })
    } else {
        return None;
    };
    let dataset = own("dataset");
    let declared = declared(form, &dataset, node);
    let columns = declared.into_iter().flat_map(|entity| {
        entity.columns.iter().filter_map(|(name, column)| {
            let mut steps = way(form, entity, *column).into_iter();
            let answer = steps.try_fold(holder, |above, step| child(above, step))?;
            Some((name.clone(), text(answer)))
        })
    });
    Some(EntityChange {
        at: path.to_owned(),
        id: own("id"),
        deed,
        label: child(element, "label").map(text).unwrap_or_default(),
        columns: columns.collect(),
        dataset,
    })
}
