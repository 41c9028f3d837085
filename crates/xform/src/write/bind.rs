//! Binds: types, conditions and what else is said of a node (specification, section "Bindings").

use form::definition::{Declaration, DeclaredDefault, DeclaredKind, SelectKind};
use form::model::{Bounds, Question, Range, Recording};

use super::expression::About;
use super::outline::Id;
use super::{Writer, has_control};
use crate::parameters::{self, Place};
use crate::xml::Element;

/// What `jr:preload="uid"` stands for.
pub(crate) const UID: &str = "concat('uuid:', uuid())";

/// How many pictures there may be where nothing is said.
pub(crate) const ONE_FILE: Bounds = Bounds { min: 0, max: Some(1) };

/// The `max-files` of a question that may hold any number.
pub(crate) const UNBOUNDED: &str = "unbounded";

impl Writer<'_> {
    /// The binds of all nodes, each with the actions of its defaults behind it.
    pub(super) fn binds(&mut self) -> Vec<Element> {
        let mut binds = Vec::new();
        for id in self.outline.ids() {
            binds.extend(self.count_bind(id));
            let bind = self.bind(id);
            binds.extend((!bind.is_idle()).then_some(bind));
            binds.extend(self.defaults(id, "odk-instance-first-load"));
        }
        binds.extend(self.entity_binds());
        binds.extend(self.meta_binds());
        binds
    }

    /// The node that works out how many rows a repeat has, where no reference says it.
    fn count_bind(&self, id: Id) -> Option<Element> {
        let path = self.outline.beside(id, self.outline.count(id)?);
        let DeclaredKind::Repeat { count, .. } = &self.outline.declaration(id).kind else {
            return None;
        };
        let bind = Element::new("bind").with("nodeset", path).with("type", "string");
        let bind = bind.with("readonly", "true()");
        let bind = bind.with_some("calculate", self.expression(count, id));
        Some(bind.with("xst:counts", self.outline.path(id)))
    }

    fn bind(&mut self, id: Id) -> Element {
        let d = self.outline.declaration(id);
        let preload = self.preload(id);
        let mut bind = Element::new("bind").with("nodeset", self.outline.path(id));
        let own_type = preload.as_ref().map(|preload| preload.kind).or_else(|| data_type(&d.kind));
        if !d.attributes.iter().any(|(name, _)| name == "bind::type") {
            bind.set_some("type", own_type);
        }
        if let Some(preload) = preload {
            bind.set("jr:preload", preload.what);
            bind.set_some("jr:preloadParams", preload.parameter);
        }
        if matches!(d.kind, DeclaredKind::Note) {
            bind.set("readonly", "true()");
        }
        bind.set_some("readonly", self.expression(&d.read_only, id));
        bind.set_some("required", self.expression(&d.required, id));
        bind.set_some("jr:requiredMsg", self.words(id, &d.required_message, "jr:requiredMsg"));
        bind.set_some("relevant", self.expression(&d.relevant, id));
        bind.set_some("constraint", self.expression(&d.constraint, id));
        bind.set_some(
            "jr:constraintMsg",
            self.words(id, &d.constraint_message, "jr:constraintMsg"),
        );
        self.calculate(id, &mut bind);
        // Whose column it is, the nearest entity around tells (specification of entities).
        let column = |save_to: &'_ str| save_to.rsplit('#').next().map(str::to_owned);
        bind.set_some("entities:saveto", d.save_to.as_deref().and_then(column));
        for (name, value) in &d.parameters {
            // Of a recording in the background, the action says it.
            let is_action = matches!(d.kind, DeclaredKind::Recorded(Recording::Audio));
            let attribute = parameters::attribute(name, Place::Bind).filter(|_| !is_action);
            bind.set_some_name(attribute, value);
        }
        self.own(id, &mut bind);
        self.attributes(id, "bind::", &mut bind);
        bind
    }

    /// The calculation, unless a change of something else works it.
    fn calculate(&mut self, id: Id, bind: &mut Element) {
        let d = self.outline.declaration(id);
        let sources = d.trigger.iter().filter_map(|source| self.outline.find(source, Some(id)));
        // Nothing can be nested in what has no control; others at least compute it.
        let hidden: Vec<_> = sources
            .filter(|source| !has_control(self.outline.declaration(*source)))
            .map(|source| self.outline.path(source))
            .collect();
        if !hidden.is_empty() {
            bind.set("xst:trigger", hidden.join(" "));
        }
        if d.trigger.is_empty() || !hidden.is_empty() {
            bind.set_some("calculate", self.expression(&d.calculation, id));
        }
    }

    /// What XForms has no word for.
    fn own(&mut self, id: Id, bind: &mut Element) {
        let d = self.outline.declaration(id);
        bind.set_some("xst:type", unlikely_kind(d));
        bind.set_some("xst:warning", self.expression(&d.warning, id));
        bind.set_some("xst:warningMsg", self.words(id, &d.warning_message, "xst:warningMsg"));
        bind.set_some("xst:prefill", d.prefill.as_deref());
        bind.set_some("xst:purpose", self.words(id, &d.purpose, "xst:purpose"));
        bind.set_some("xst:retention", d.retention.as_deref());
        bind.set_some(parameters::REST, parameters::rest(&d.parameters));
        let is_group = matches!(d.kind, DeclaredKind::Group | DeclaredKind::Repeat { .. });
        if !has_control(d) {
            if !is_group {
                let label = self.kept(id, None, &d.label, "label");
                self.itext.keep_media_of(self.outline.path(id), &d.media);
                bind.set_some("xst:label", label);
            }
            let hint = self.kept(id, None, &d.hint, "hint");
            let guidance = self.kept(id, Some("guidance"), &d.guidance, "hint");
            bind.set_some("xst:hint", hint.or(guidance));
        }
        match &d.kind {
            DeclaredKind::Question(Question::Image { files, max_pixels }) => {
                bind.set_some("orx:max-pixels", max_pixels.map(|pixels| pixels.to_string()));
                if *files != ONE_FILE {
                    let most = files.max.map_or(UNBOUNDED.to_owned(), |max| max.to_string());
                    bind.set("xst:min-files", files.min.to_string());
                    bind.set("xst:max-files", most);
                }
            }
            DeclaredKind::Question(
                Question::Audio { max_seconds } | Question::Video { max_seconds },
            ) => {
                bind.set_some("xst:max-seconds", max_seconds.map(|seconds| seconds.to_string()));
            }
            _ => {}
        }
    }

    /// The actions that give a node its value when `event` comes.
    pub(super) fn defaults(&self, id: Id, event: &'static str) -> Option<Element> {
        let d = self.outline.declaration(id);
        let action = |name: &'static str| {
            Element::new(name).with("ref", self.outline.path(id)).with("event", event)
        };
        match (&d.kind, &d.default) {
            (DeclaredKind::Recorded(Recording::StartPlace), _) => Some(action("odk:setgeopoint")),
            (DeclaredKind::Recorded(Recording::Audio), _) if event != "odk-new-repeat" => {
                let quality = d.parameters.iter().find(|(name, _)| name == "quality");
                let record = Element::new("odk:recordaudio").with("ref", self.outline.path(id));
                let record = record.with("event", "odk-instance-load");
                Some(record.with_some("odk:quality", quality.map(|(_, value)| value.as_str())))
            }
            (_, Some(DeclaredDefault::Computed(source))) if self.preload(id).is_none() => {
                let about = About::node(&self.outline, id);
                let value = self.outline.expression(source, &about);
                Some(action("setvalue").with("value", value))
            }
            _ => None,
        }
    }

    fn preload(&self, id: Id) -> Option<Preload<'_>> {
        let d = self.outline.declaration(id);
        if d.attributes.iter().any(|(name, _)| name == "bind::jr:preload") {
            return None;
        }
        let preload = |what, parameter, kind| Some(Preload { what, parameter, kind });
        if let Some(DeclaredDefault::Property(name)) = &d.default {
            return preload("property", Some(name), data_type(&d.kind).unwrap_or("string"));
        }
        if d.kind == DeclaredKind::Recorded(Recording::End) {
            return preload("timestamp", Some("end"), "dateTime");
        }
        if !matches!(d.kind, DeclaredKind::Calculated) || self.outline.repeat(id).is_some() {
            return None;
        }
        match (&d.default, &d.calculation) {
            (Some(DeclaredDefault::Computed(source)), None) => match source.trim() {
                "now()" => preload("timestamp", Some("start"), "dateTime"),
                "today()" => preload("date", Some("today"), "date"),
                UID => preload("uid", None, "string"),
                _ => None,
            },
            _ => None,
        }
    }

    /// The `meta` block (specification, section "Metadata").
    fn meta_binds(&self) -> Vec<Element> {
        let meta = |name: &str| format!("/{}/meta/{name}", self.outline.root);
        let is_declared = |name: &str| self.outline.find(&meta(name), None).is_some();
        let mut binds = Vec::new();
        if !self.omits_id() && !is_declared("instanceID") {
            let bind = Element::new("bind").with("nodeset", meta("instanceID"));
            let bind = bind.with("type", "string").with("readonly", "true()");
            binds.push(bind.with("jr:preload", "uid"));
        }
        if let Some(name) = &self.definition.instance_name
            && !is_declared("instanceName")
        {
            let calculate = self.outline.expression(name, &About::root());
            let bind = Element::new("bind").with("nodeset", meta("instanceName"));
            binds.push(bind.with("type", "string").with("calculate", calculate));
        }
        binds
    }

    /// The setting `omit_instanceID`.
    pub(super) fn omits_id(&self) -> bool {
        let setting = self.setting("omit_instanceID").unwrap_or_default().to_lowercase();
        matches!(setting.as_str(), "yes" | "true" | "true()")
    }
}

/// What fills a node in before anybody sees it (specification, section "Preload Attributes").
struct Preload<'w> {
    what: &'static str,
    parameter: Option<&'w str>,
    kind: &'static str,
}

/// The type of the data (specification, section "Data Types").
fn data_type(kind: &DeclaredKind) -> Option<&'static str> {
    Some(match kind {
        DeclaredKind::Group | DeclaredKind::Repeat { .. } => return None,
        DeclaredKind::Note | DeclaredKind::Calculated => "string",
        DeclaredKind::Recorded(Recording::StartPlace | Recording::Place) => "geopoint",
        DeclaredKind::Recorded(Recording::Audio | Recording::Audit) => "binary",
        DeclaredKind::Recorded(Recording::End) => "dateTime",
        DeclaredKind::Select(select) => match select.kind {
            SelectKind::One | SelectKind::Multiple => "string",
            SelectKind::Rank => "odk:rank",
        },
        DeclaredKind::Question(question) => match question {
            Question::Integer => "int",
            Question::Decimal => "decimal",
            Question::Date => "date",
            Question::Time => "time",
            Question::DateTime => "dateTime",
            Question::Range(range) => range_type(range),
            Question::Place => "geopoint",
            Question::Trace => "geotrace",
            Question::Shape => "geoshape",
            Question::Barcode => "barcode",
            Question::Image { .. }
            | Question::Audio { .. }
            | Question::Video { .. }
            | Question::File => "binary",
            Question::Rank(_) => "odk:rank",
            Question::Text(_)
            | Question::SelectOne(_)
            | Question::SelectMultiple(_)
            | Question::Acknowledge => "string",
        },
    })
}

fn range_type(range: &Range) -> &'static str {
    let numbers = [range.start, range.end, range.step];
    if numbers.iter().all(|number| number.as_whole().is_some()) { "int" } else { "decimal" }
}

/// What a reader would not guess: pyxform writes notes and read-only texts alike.
fn unlikely_kind(d: &Declaration) -> Option<&'static str> {
    let is_bare = d.calculation.is_none() && d.default.is_none() && d.trigger.is_empty();
    let is_read_only = d.read_only.as_deref().is_some_and(|source| source.trim() == "true()");
    match d.kind {
        DeclaredKind::Note if !is_bare => Some("note"),
        DeclaredKind::Question(Question::Text(_)) if is_bare && is_read_only => Some("text"),
        _ => None,
    }
}
