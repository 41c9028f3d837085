//! Entities: `meta/entity` with its attributes (ODK's specification of entities 2024.1, and 2025.1
//! for entities from repeats).

use form::definition::{DeclaredDefault, DeclaredKind, EntityDefinition};

use super::Writer;
use super::expression::About;
use super::outline::Id;
use crate::xml::Element;

/// What an entity's state is called in its element, and in the list that it is looked up in.
const STATE: [(&str, &str); 3] =
    [("baseVersion", "__version"), ("trunkVersion", "__trunkVersion"), ("branchId", "__branchId")];

impl Writer<'_> {
    /// The version of the specification of entities that the form needs.
    pub(super) fn entities_version(&self) -> Option<&'static str> {
        let entities = &self.definition.entities;
        let is_single = entities.len() < 2 && entities.iter().all(|entity| entity.holder.is_none());
        (!entities.is_empty()).then_some(if is_single { "2024.1.0" } else { "2025.1.0" })
    }

    /// The elements of the entities that a group, a repeat, or the form as a whole, makes.
    pub(super) fn entity_of(&self, place: Option<Id>) -> Option<Vec<Element>> {
        let entities = self.entities_at().filter(|(own, _)| *own == place);
        let elements: Vec<_> = entities.map(|(_, entity)| element(entity)).collect();
        (!elements.is_empty()).then_some(elements)
    }

    /// The entities, each with its group or repeat.
    fn entities_at(&self) -> impl Iterator<Item = (Option<Id>, &EntityDefinition)> {
        self.definition.entities.iter().map(|entity| {
            let holder = entity.holder.as_ref().and_then(|name| self.outline.find(name, None));
            (holder, entity)
        })
    }

    pub(super) fn entity_binds(&self) -> Vec<Element> {
        self.entities_at().flat_map(|(holder, entity)| self.binds_of(holder, entity)).collect()
    }

    fn binds_of(&self, holder: Option<Id>, entity: &EntityDefinition) -> Vec<Element> {
        let path = self.entity_path(holder);
        let about = match holder {
            Some(holder) => About::entity(&self.outline, holder),
            None => About::root(),
        };
        let computed = |what: &str, source: &str| {
            let bind = Element::new("bind").with("nodeset", format!("{path}/{what}"));
            let bind = bind.with("calculate", self.outline.expression(source, &about));
            bind.with("readonly", "true()").with("type", "string")
        };
        let optional = |what: &str, source: &Option<String>| {
            source.as_ref().map(|source| computed(what, source))
        };
        let mut binds = Vec::new();
        binds.extend(optional("@create", &entity.create_if));
        binds.extend(optional("@update", &entity.update_if));
        match &entity.id {
            Some(id) => {
                for (attribute, column) in STATE {
                    let (list, id) = (&entity.dataset, in_condition(id));
                    let state = format!("instance('{list}')/root/item[name={id}]/{column}");
                    binds.push(computed(&format!("@{attribute}"), &state));
                }
                binds.push(computed("@id", id));
            }
            None => {
                let bind = Element::new("bind").with("nodeset", format!("{path}/@id"));
                binds.push(bind.with("readonly", "true()").with("type", "string"));
                binds.push(new_id(&path, "odk-instance-first-load"));
            }
        }
        binds.extend(optional("label", &entity.label));
        binds
    }

    /// New rows make new entities.
    pub(super) fn entity_actions(&self, repeat: Id) -> Vec<Element> {
        let is_row = |holder: Id| holder == repeat || self.outline.repeat(holder) == Some(repeat);
        let own = self
            .entities_at()
            .filter(|(holder, entity)| entity.id.is_none() && holder.is_some_and(is_row));
        own.map(|(holder, _)| new_id(&self.entity_path(holder), "odk-new-repeat")).collect()
    }

    fn entity_path(&self, holder: Option<Id>) -> String {
        match holder {
            Some(holder) => format!("{}/meta/entity", self.outline.path(holder)),
            None => format!("/{}/meta/entity", self.outline.root),
        }
    }

    /// Whether any expression or text of the definition has `word` in it.
    pub(super) fn definition_mentions(&self, word: &str) -> bool {
        let entities = self.definition.entities.iter();
        let of_entities =
            entities.flat_map(|one| [&one.id, &one.create_if, &one.update_if, &one.label]);
        let is_in =
            |source: &Option<String>| source.as_deref().is_some_and(|source| source.contains(word));
        if of_entities.into_iter().any(is_in) || is_in(&self.definition.instance_name) {
            return true;
        }
        self.outline.ids().any(|id| {
            let d = self.outline.declaration(id);
            let sources = [&d.relevant, &d.required, &d.read_only, &d.constraint, &d.warning];
            let words = [&d.label, &d.hint, &d.guidance, &d.constraint_message, &d.required_message];
            let is_default = matches!(&d.default, Some(DeclaredDefault::Computed(source)) if source.contains(word));
            let is_filter = match &d.kind {
                DeclaredKind::Select(select) => is_in(&select.filter),
                DeclaredKind::Repeat { count, .. } => is_in(count),
                _ => false,
            };
            sources.into_iter().any(is_in)
                || is_in(&d.calculation)
                || is_default
                || is_filter
                || words.into_iter().flatten().any(|(_, text)| text.contains(word))
        })
    }
}

fn element(entity: &EntityDefinition) -> Element {
    let mut element = Element::new("entity").with("dataset", &entity.dataset);
    if entity.id.is_none() || entity.create_if.is_some() {
        element.set("create", "1");
    }
    if entity.id.is_some() {
        element.set("update", "1");
        for (attribute, _) in STATE {
            element.set(attribute, "");
        }
    }
    element.set("id", "");
    if entity.label.is_some() {
        element.push(Element::new("label"));
    }
    element
}

fn new_id(path: &str, event: &'static str) -> Element {
    let action = Element::new("setvalue").with("ref", format!("{path}/@id"));
    action.with("event", event).with("value", "uuid()")
}

/// A path that begins where the expression stands begins elsewhere in a condition.
fn in_condition(source: &str) -> String {
    if source.trim_start().starts_with('.') {
        format!("current()/{source}")
    } else {
        source.to_owned()
    }
}
