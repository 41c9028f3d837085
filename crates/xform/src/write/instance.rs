//! The primary instance (specification, section "Primary Instance").

use form::definition::{DeclaredDefault, DeclaredKind};
use form::model::Recording;

use super::Writer;
use super::outline::Id;
use crate::xml::Element;

/// For whom a repeat is written.
#[derive(Clone, Copy, PartialEq)]
enum Copy {
    /// For new rows: `jr:template`.
    Template,
    /// A row that a new form begins with.
    Row,
}

impl Writer<'_> {
    pub(super) fn primary(&self) -> Element {
        let mut data = Element::new(self.outline.root.to_owned());
        for (name, value) in &self.definition.settings {
            let name = name.strip_prefix("attribute::").filter(|name| self.is_attribute(name));
            if let Some(name) = name {
                data.set(name.to_owned(), value);
            }
        }
        data.set("id", &self.definition.id);
        data.set_some("xmlns", self.setting("instance_xmlns"));
        let version = Some(&self.definition.version).filter(|version| !version.is_empty());
        data.set_some("version", version);
        data.set_some("odk:prefix", self.setting("prefix"));
        data.set_some("odk:delimiter", self.setting("delimiter"));
        for id in &self.outline.top {
            if !self.is_meta(*id) {
                self.place(*id, Copy::Row, &mut data);
            }
        }
        let meta = self.meta();
        if !meta.is_idle() {
            data.push(meta);
        }
        data
    }

    /// Puts a node into `above`; of a repeat as many as there are.
    fn place(&self, id: Id, copy: Copy, above: &mut Element) {
        let d = self.outline.declaration(id);
        match &d.kind {
            DeclaredKind::Recorded(Recording::Audit) => {}
            DeclaredKind::Repeat { initial, count, .. } => {
                above.extend(self.outline.count(id).map(|name| Element::new(name.to_owned())));
                let is_outermost = self.outline.repeat(id).is_none();
                if copy == Copy::Template || is_outermost {
                    let mut template = self.element(id, Copy::Template);
                    template.set("jr:template", "");
                    above.push(template);
                }
                // As pyxform has it: in a template, only a repeat in a group begins with rows.
                let is_in_repeat = self
                    .outline
                    .around(id)
                    .first()
                    .is_some_and(|above| self.outline.is_repeat(*above));
                if copy == Copy::Row || !is_in_repeat {
                    let rows = if count.is_some() { 1 } else { *initial };
                    above.extend((0..rows.min(ROWS)).map(|_| self.element(id, Copy::Row)));
                }
            }
            _ => above.push(self.element(id, copy)),
        }
    }

    fn element(&self, id: Id, copy: Copy) -> Element {
        let d = self.outline.declaration(id);
        let mut element = Element::new(d.name.clone());
        self.attributes(id, "instance::", &mut element);
        if let Some(DeclaredDefault::Fixed(value)) = &d.default {
            return element.text(value);
        }
        for child in self.outline.children(id) {
            self.place(*child, copy, &mut element);
        }
        element.extend(self.entity_of(Some(id)).map(|entities| {
            let mut meta = Element::new("meta");
            meta.extend(entities);
            meta
        }));
        element
    }

    /// The `meta` block: what is declared in it, entities, the audit, the ids.
    fn meta(&self) -> Element {
        let mut meta = Element::new("meta");
        let declared: Vec<Id> =
            self.outline.top.iter().copied().filter(|id| self.is_meta(*id)).collect();
        let inside: Vec<Id> =
            declared.iter().flat_map(|id| self.outline.children(*id)).copied().collect();
        for id in &inside {
            self.place(*id, Copy::Row, &mut meta);
        }
        meta.extend(self.entity_of(None).into_iter().flatten());
        let is_audit = |id: &Id| {
            matches!(self.outline.declaration(*id).kind, DeclaredKind::Recorded(Recording::Audit))
        };
        if let Some(id) = self.outline.ids().find(is_audit) {
            let mut audit = Element::new("audit");
            self.attributes(id, "instance::", &mut audit);
            meta.push(audit);
        }
        let is_declared =
            |name: &str| inside.iter().any(|id| self.outline.declaration(*id).name == name);
        if !self.omits_id() && !is_declared("instanceID") {
            meta.push(Element::new("instanceID"));
        }
        if self.definition.instance_name.is_some() && !is_declared("instanceName") {
            meta.push(Element::new("instanceName"));
        }
        meta
    }
}

/// More rows than anybody begins with are not written one by one; `xst:initial` tells their number.
const ROWS: u32 = 100;
