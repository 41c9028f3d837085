//! The body: controls, groups and repeats (specification, sections "Body", "Groups", "Repeats").

use form::definition::{
    Declaration, DeclaredKind, SelectDefinition, SelectFrom, SelectKind, Words,
};
use form::model::{Question, Recording, TextKind};

use super::expression::About;
use super::outline::Id;
use super::{Writer, has_control, text};
use crate::parameters::{self, Place};
use crate::xml::{Child, Element};

impl Writer<'_> {
    pub(super) fn body(&mut self) -> Element {
        let mut body = Element::new("h:body");
        body.set_some("class", self.setting("style"));
        for id in self.outline.top.clone() {
            if !self.is_meta(id) {
                body.extend(self.seen(id));
            }
        }
        body
    }

    /// What people see of a node.
    fn seen(&mut self, id: Id) -> Option<Element> {
        match self.outline.declaration(id).kind {
            DeclaredKind::Group => Some(self.group(id)),
            DeclaredKind::Repeat { .. } => Some(self.repeat(id)),
            DeclaredKind::Calculated | DeclaredKind::Recorded(_) => None,
            DeclaredKind::Note | DeclaredKind::Question(_) | DeclaredKind::Select(_) => {
                Some(self.control(id))
            }
        }
    }

    fn seen_inside(&mut self, id: Id) -> Vec<Element> {
        let children = self.outline.children(id).to_vec();
        children.into_iter().filter_map(|child| self.seen(child)).collect()
    }

    fn group(&mut self, id: Id) -> Element {
        let mut group = Element::new("group").with("ref", self.outline.path(id));
        self.appearance(id, &mut group);
        self.attributes(id, "body::", &mut group);
        group.extend(self.label(id));
        group.extend(self.seen_inside(id));
        group
    }

    /// A repeat stands in a group that has its label.
    fn repeat(&mut self, id: Id) -> Element {
        let mut repeat = Element::new("repeat").with("nodeset", self.outline.path(id));
        if let DeclaredKind::Repeat { bounds, initial, count } = &self.outline.declaration(id).kind
        {
            let about = About::node(&self.outline, id);
            match (self.outline.count(id), count) {
                (Some(name), _) => {
                    let beside = if self.outline.repeat(id).is_some() {
                        format!("../{name}")
                    } else {
                        self.outline.beside(id, name)
                    };
                    repeat.set("jr:count", beside);
                }
                (None, Some(count)) => {
                    repeat.set("jr:count", self.outline.expression(count, &about));
                }
                (None, None) if bounds.max == Some(bounds.min) && bounds.min == *initial => {
                    repeat.set("jr:noAddRemove", "true()");
                }
                (None, None) => {}
            }
            if bounds.min > 0 {
                repeat.set("xst:min-count", bounds.min.to_string());
            }
            repeat.set_some("xst:max-count", bounds.max.map(|max| max.to_string()));
            if *initial != 1 {
                repeat.set("xst:initial", initial.to_string());
            }
        }
        self.appearance(id, &mut repeat);
        self.attributes(id, "body::", &mut repeat);
        let label = self.label(id).unwrap_or_else(|| Element::new("label"));
        repeat.extend(self.seen_inside(id));
        let ids = self.outline.ids();
        let inside = ids.filter(|inner| self.outline.repeat(*inner) == Some(id));
        repeat.extend(inside.filter_map(|inner| self.defaults(inner, "odk-new-repeat")));
        repeat.extend(self.entity_actions(id));
        let mut group = Element::new("group").with("ref", self.outline.path(id));
        group.push(label);
        group.push(repeat);
        group
    }

    fn control(&mut self, id: Id) -> Element {
        let d = self.outline.declaration(id);
        let mut control = Element::new(tag(&d.kind)).with("ref", self.outline.path(id));
        if let DeclaredKind::Question(question) = &d.kind {
            match question {
                Question::Range(range) => {
                    for (name, number) in
                        [("start", range.start), ("end", range.end), ("step", range.step)]
                    {
                        control.set(name, number.to_string());
                    }
                }
                _ if !d.attributes.iter().any(|(name, _)| name == "body::mediatype") => {
                    control.set_some("mediatype", media_type(question));
                }
                _ => {}
            }
        }
        self.appearance(id, &mut control);
        for (name, value) in &d.parameters {
            control.set_some_name(parameters::attribute(name, Place::Control), value);
        }
        self.attributes(id, "body::", &mut control);
        control.extend(self.label(id));
        control.extend(self.hint(id));
        if let DeclaredKind::Select(select) = &d.kind {
            self.choices(id, select, &mut control);
        }
        if let Some(list) = parameters::value(&d.parameters, parameters::TICK_LABELS) {
            let nodeset = format!("instance('{list}')/root/item");
            control.push(itemset(nodeset, "name".to_owned(), self.label_of(list)));
        }
        control.extend(self.triggers(id));
        control
    }

    fn appearance(&self, id: Id, element: &mut Element) {
        let d = self.outline.declaration(id);
        let mut words = d.appearance.join(" ");
        let missing = match d.kind {
            DeclaredKind::Question(Question::Text(TextKind::Lines)) => "multiline",
            DeclaredKind::Question(Question::Text(TextKind::Digits)) => "numbers",
            _ => "",
        };
        if !d.appearance.iter().any(|word| word == missing) {
            words = format!("{missing} {words}");
        }
        if words.contains("${") {
            words = self.outline.expression(&words, &About::node(&self.outline, id));
        }
        element.set_some("appearance", Some(words.trim()).filter(|words| !words.is_empty()));
    }

    fn label(&mut self, id: Id) -> Option<Element> {
        let d = self.outline.declaration(id);
        let key = format!("{}:label", self.outline.path(id));
        if d.media.is_empty() {
            let is_hinted = has_control(d) && !(d.hint.is_empty() && d.guidance.is_empty());
            if d.label.is_empty() {
                return is_hinted.then(|| Element::new("label"));
            }
            if !self.itext.is_needed() {
                return Some(self.plain("label", id, &d.label));
            }
        }
        self.kept(id, None, &d.label, "label");
        self.itext.keep_media(&key, &d.media);
        Some(Element::new("label").with("ref", text::reference(&key)))
    }

    fn hint(&mut self, id: Id) -> Option<Element> {
        let d = self.outline.declaration(id);
        if d.guidance.is_empty() && !self.itext.is_needed() {
            return (!d.hint.is_empty()).then(|| self.plain("hint", id, &d.hint));
        }
        let hint = self.kept(id, None, &d.hint, "hint");
        let guidance = self.kept(id, Some("guidance"), &d.guidance, "hint");
        Some(Element::new("hint").with("ref", hint.or(guidance)?))
    }

    fn plain(&self, name: &'static str, id: Id, words: &Words) -> Element {
        let about = About::node(&self.outline, id);
        let words = text::only(words).unwrap_or_default();
        Element::new(name).holding(text::content(&self.outline, &about, words))
    }

    fn choices(&mut self, id: Id, select: &SelectDefinition, control: &mut Element) {
        let about = About::node(&self.outline, id);
        let d = self.outline.declaration(id);
        if let SelectFrom::List { list, .. } = &select.from
            && d.appearance.first().is_some_and(|word| word.starts_with("search("))
        {
            // Collect takes the choices of `search()` from items only.
            control.set("xst:list", list);
            control.extend(self.items(list));
            return;
        }
        let (mut nodeset, value, label) = match &select.from {
            SelectFrom::List { list, value, label } => {
                let condition = select.filter.as_ref().map(|filter| {
                    format!("[{}]", self.outline.expression(filter, &about.clone().choice()))
                });
                let nodeset = format!("{}{}", self.elements(list), condition.unwrap_or_default());
                let label = label.clone().unwrap_or_else(|| self.label_of(list));
                (nodeset, value.clone(), label)
            }
            SelectFrom::Rows { value, label } => self.rows(id, value, label.as_deref(), select),
        };
        if let Some(seed) = &select.shuffle {
            let seed = seed.as_ref().map(|seed| self.outline.expression(seed, &about));
            let seed = seed.map_or(String::new(), |seed| format!(", {seed}"));
            nodeset = format!("randomize({nodeset}{seed})");
        }
        control.push(itemset(nodeset, value, label));
    }

    /// The rows of a repeat, and the questions in it.
    fn rows(
        &self,
        id: Id,
        source: &str,
        label: Option<&str>,
        select: &SelectDefinition,
    ) -> (String, String, String) {
        let about = About::node(&self.outline, id);
        let value = self.outline.find(source, Some(id));
        let Some((value, repeat)) =
            value.and_then(|value| Some((value, self.outline.repeat(value)?)))
        else {
            let (nodeset, value) = source.rsplit_once('/').unwrap_or((".", source));
            return (nodeset.to_owned(), value.to_owned(), value.to_owned());
        };
        let nodeset = self.outline.rows(repeat, &about);
        let below = |own: Id| self.outline.below(repeat, own).trim_start_matches('/').to_owned();
        let label = label.and_then(|label| self.outline.find(label, Some(id)));
        let (value, label) = (below(value), below(label.unwrap_or(value)));
        let condition = match &select.filter {
            Some(filter) => self.outline.expression(filter, &about.row(repeat)),
            None => format!("./{value} != ''"),
        };
        (format!("{nodeset}[{condition}]"), value, label)
    }

    /// What is done when the answer changes (specification, section "Events and Actions").
    fn triggers(&self, id: Id) -> Vec<Element> {
        let targets = self.triggered.get(&id).map(Vec::as_slice).unwrap_or_default();
        let actions = targets.iter().map(|target| {
            let d = self.outline.declaration(*target);
            let (name, value) = match d.kind {
                DeclaredKind::Recorded(Recording::Place) => ("odk:setgeopoint", None),
                _ => ("setvalue", self.expression(&d.calculation, *target)),
            };
            let action = Element::new(name).with("ref", self.outline.path(*target));
            action.with("event", "xforms-value-changed").with_some("value", value)
        });
        actions.collect()
    }

    /// Whether it is the declared part of the `meta` block, which people never see.
    pub(super) fn is_meta(&self, id: Id) -> bool {
        let Declaration { name, kind, .. } = self.outline.declaration(id);
        name == "meta" && matches!(kind, DeclaredKind::Group) && self.outline.around(id).is_empty()
    }
}

fn itemset(nodeset: String, value: String, label: String) -> Element {
    Element::new("itemset").with("nodeset", nodeset).holding([
        Child::Element(Element::new("value").with("ref", value)),
        Child::Element(Element::new("label").with("ref", label)),
    ])
}

fn tag(kind: &DeclaredKind) -> &'static str {
    match kind {
        DeclaredKind::Select(select) => match select.kind {
            SelectKind::One => "select1",
            SelectKind::Multiple => "select",
            SelectKind::Rank => "odk:rank",
        },
        DeclaredKind::Question(question) => match question {
            Question::Range(_) => "range",
            Question::Acknowledge => "trigger",
            question if media_type(question).is_some() => "upload",
            _ => "input",
        },
        _ => "input",
    }
}

/// What kind of file an `upload` asks for.
pub(crate) fn media_type(question: &Question) -> Option<&'static str> {
    match question {
        Question::Image { .. } => Some("image/*"),
        Question::Audio { .. } => Some("audio/*"),
        Question::Video { .. } => Some("video/*"),
        Question::File => Some("application/*"),
        _ => None,
    }
}
