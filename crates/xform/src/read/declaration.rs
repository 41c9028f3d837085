//! Nodes of the primary instance become declarations, with what binds and controls say of them
//! (specification, sections "Bindings" and "Body").

use form::definition::{Declaration, DeclaredDefault, DeclaredKind};
use form::model::Question;

use super::Reader;
use super::document::{Xml, attribute, attributes, child, elements, text};
use super::path::clean;
use super::text::id;
use super::tree::Spot;
use crate::parameters::{self, Place};
use crate::write::{UID, media_type};

/// Events on which a node gets its first value.
const BEGINNINGS: [&str; 4] =
    ["odk-instance-first-load", "odk-instance-load", "xforms-ready", "odk-new-repeat"];

/// What of a bind is understood, besides parameters and what is ours.
const OF_BINDS: [&str; 17] = [
    "nodeset",
    "ref",
    "id",
    "type",
    "relevant",
    "required",
    "readonly",
    "constraint",
    "calculate",
    "jr:requiredMsg",
    "jr:constraintMsg",
    "jr:preload",
    "jr:preloadParams",
    "orx:max-pixels",
    "entities:saveto",
    "required-msg",
    "constraint-msg",
];

/// What of a control is understood, besides parameters and what is ours.
const OF_CONTROLS: [&str; 12] = [
    "ref",
    "nodeset",
    "bind",
    "appearance",
    "mediatype",
    "start",
    "end",
    "step",
    "query",
    "jr:count",
    "jr:noAddRemove",
    "event",
];

impl<'x> Reader<'x> {
    /// Nodes in the order in which people meet them: that of the body.
    pub(super) fn declarations(&mut self, spots: &[Spot<'x>]) -> Vec<Declaration> {
        let mut declared: Vec<(Option<usize>, Declaration)> = Vec::new();
        for spot in spots {
            let declaration = self.declaration(spot);
            let order = self.body.order.get(&spot.path).copied();
            declared.extend(declaration.map(|declaration| (order, declaration)));
        }
        // What is not in the body stays where it is.
        let places: Vec<usize> =
            (0..declared.len()).filter(|place| declared[*place].0.is_some()).collect();
        let mut seen: Vec<_> = places.iter().map(|place| declared[*place].clone()).collect();
        seen.sort_by_key(|(order, _)| *order);
        for (place, one) in places.into_iter().zip(seen) {
            declared[place] = one;
        }
        declared.into_iter().map(|(_, declaration)| declaration).collect()
    }

    /// A node; none where it only works out the number of a repeat's rows.
    pub(super) fn declaration(&mut self, spot: &Spot<'x>) -> Option<Declaration> {
        let bind = self.binds.get(&spot.path).copied();
        if bind.is_some_and(|bind| attribute(bind, "xst:counts").is_some()) {
            return None;
        }
        if spot.differs {
            let what = "重复组开头几行的值和模板不一样，只读了模板的";
            self.lose(spot.element, what, "改成用 setvalue 按行号给值");
        }
        let control = self.body.controls.get(&spot.path).copied();
        let group = self.body.groups.get(&spot.path).copied();
        let repeat = self.body.repeats.get(&spot.path).copied();
        let shown = control.or(repeat).or(group);
        let mut d = Declaration {
            row: self.lines.of(control.or(group).or(repeat).unwrap_or(spot.element)),
            name: spot.name.to_owned(),
            ..Declaration::default()
        };
        self.expressions(&mut d, bind);
        self.actions(&mut d, spot, bind);
        self.preload(&mut d, bind);
        self.fixed(&mut d, spot);
        d.parameters = all_parameters(bind, shown, self.body.actions_on(&spot.path));
        self.extras(&mut d, bind, shown, spot);
        let label = self.body.labels.get(&spot.path).copied();
        self.words(&mut d, bind, control.or(label).or(group), spot);
        d.kind = self.kind(&d, spot, bind, control)?;
        match &d.kind {
            DeclaredKind::Note => d.read_only = None,
            DeclaredKind::Calculated | DeclaredKind::Question(Question::Text(_)) => {
                d.attributes.extend(unusual_type(bind));
            }
            DeclaredKind::Question(question) => {
                let usual = media_type(question);
                let own = control.and_then(|control| attribute(control, "mediatype"));
                let unusual = own.filter(|own| usual.is_some_and(|usual| usual != *own));
                let unusual = unusual.map(|own| ("body::mediatype".to_owned(), own.to_owned()));
                d.attributes.extend(unusual);
            }
            _ => {}
        }
        d.children = self.declarations(&spot.children);
        Some(d)
    }

    fn expressions(&mut self, d: &mut Declaration, bind: Option<Xml<'x>>) {
        let get = |name| bind.and_then(|bind| attribute(bind, name));
        let get = |name| get(name).map(clean).filter(|source| !source.is_empty());
        d.relevant = get("relevant");
        d.required = get("required");
        d.read_only = get("readonly");
        d.constraint = get("constraint");
        d.calculation = get("calculate");
        d.warning = get("xst:warning");
        d.prefill = get("xst:prefill");
        d.retention = get("xst:retention");
        d.save_to = get("entities:saveto");
    }

    /// `setvalue`, when something begins and when another value changes.
    fn actions(&mut self, d: &mut Declaration, spot: &Spot<'x>, bind: Option<Xml<'x>>) {
        let hidden = bind.and_then(|bind| attribute(bind, "xst:trigger")).unwrap_or_default();
        d.trigger = hidden.split_whitespace().map(|path| self.names.reference(path)).collect();
        let had_calculation = d.calculation.is_some() && hidden.is_empty();
        for action in self.body.actions_on(&spot.path).to_vec() {
            let value = (action.name == "setvalue").then(|| value(action.element));
            if action.is_on(&BEGINNINGS) {
                d.default = value.clone().flatten().or(d.default.take());
            }
            let (true, Some(source)) = (action.is_on(&["xforms-value-changed"]), &action.source)
            else {
                continue;
            };
            let is_first = d.trigger.is_empty();
            d.trigger.push(self.names.reference(source));
            let Some(value) = value else { continue };
            let calculation = value.map(|value| match value {
                DeclaredDefault::Computed(source) => source,
                DeclaredDefault::Fixed(text) | DeclaredDefault::Property(text) => quoted(&text),
            });
            if had_calculation || !(is_first || calculation == d.calculation) {
                let what = "这个节点有几种不同的算法，只能读一种";
                self.fail(
                    action.element,
                    what,
                    "让所有 setvalue 的 value 一样，并去掉 bind 的 calculate",
                );
            }
            d.calculation = calculation;
        }
    }

    /// What the device fills in (specification, section "Preload Attributes").
    fn preload(&mut self, d: &mut Declaration, bind: Option<Xml<'x>>) {
        let Some(bind) = bind else { return };
        let Some(what) = attribute(bind, "jr:preload") else { return };
        let parameter = attribute(bind, "jr:preloadParams").unwrap_or_default();
        let computed = |source: &str| Some(DeclaredDefault::Computed(source.to_owned()));
        match (what, parameter) {
            ("timestamp", "start") => d.default = computed("now()"),
            // What it is says it.
            ("timestamp", "end") => {}
            ("date", "today") => d.default = computed("today()"),
            ("uid", _) => d.default = computed(UID),
            ("property", name) if !name.is_empty() => {
                d.default = Some(DeclaredDefault::Property(name.to_owned()));
            }
            _ => {
                let told = format!("不认识 jr:preload=\"{what}\"（{parameter}），没有预填");
                self.lose(bind, told, "改用 calculate 或 setvalue");
                let kept = |name: &str, value: &str| (format!("bind::{name}"), value.to_owned());
                d.attributes.push(kept("jr:preload", what));
                d.attributes.push(kept("jr:preloadParams", parameter));
            }
        }
    }

    fn fixed(&self, d: &mut Declaration, spot: &Spot<'x>) {
        let value = text(spot.element);
        let is_leaf = elements(spot.element).next().is_none() && !spot.is_repeat;
        if d.default.is_none() && is_leaf && !value.trim().is_empty() {
            d.default = Some(DeclaredDefault::Fixed(value));
        }
    }

    /// Appearance, parameters, and attributes for others who run the form.
    fn extras(
        &self,
        d: &mut Declaration,
        bind: Option<Xml<'x>>,
        shown: Option<Xml<'x>>,
        spot: &Spot<'x>,
    ) {
        let group = self.body.labels.get(&spot.path).copied();
        let appearance =
            |element: Option<Xml<'x>>| element.and_then(|one| attribute(one, "appearance"));
        let words = appearance(shown).or_else(|| appearance(group)).unwrap_or_default();
        d.appearance = words.split_whitespace().map(str::to_owned).collect();
        let is_own = |name: &str| name.starts_with("xst:");
        for (column, element, place, known) in [
            ("bind", bind, Place::Bind, &OF_BINDS[..]),
            ("body", shown, Place::Control, &OF_CONTROLS[..]),
        ] {
            for (name, value) in element.into_iter().flat_map(attributes) {
                let is_known =
                    known.contains(&name.as_str()) || parameters::parameter(&name, place).is_some();
                if !is_known && !is_own(&name) {
                    d.attributes.push((format!("{column}::{name}"), value.to_owned()));
                }
            }
        }
        for (name, value) in attributes(spot.element).filter(|(name, _)| name != "jr:template") {
            d.attributes.push((format!("instance::{name}"), value.to_owned()));
        }
    }

    fn words(
        &self,
        d: &mut Declaration,
        bind: Option<Xml<'x>>,
        shown: Option<Xml<'x>>,
        spot: &Spot<'x>,
    ) {
        let (itext, names, path) = (&self.itext, &self.names, spot.path.as_str());
        let at = |name: &str| itext.words_at(bind, name, names, path);
        d.constraint_message = at("jr:constraintMsg");
        d.required_message = at("jr:requiredMsg");
        d.warning_message = at("xst:warningMsg");
        d.purpose = at("xst:purpose");
        let label = shown.and_then(|shown| child(shown, "label"));
        let hint = shown.and_then(|shown| child(shown, "hint"));
        let key = |element: Option<Xml<'x>>, own: &str| {
            let own = bind.and_then(|bind| attribute(bind, own));
            element.and_then(|element| element.attribute("ref")).or(own).and_then(id)
        };
        d.label = match label {
            Some(label) => itext.words_of(label, names, path),
            None => at("xst:label"),
        };
        d.media = key(label, "xst:label").map(|id| itext.media(id)).unwrap_or_default();
        d.hint = match hint {
            Some(hint) => itext.words_of(hint, names, path),
            None => at("xst:hint"),
        };
        let guidance = key(hint, "xst:hint");
        d.guidance =
            guidance.map(|id| itext.words(id, "guidance", names, path)).unwrap_or_default();
    }
}

/// What an action sets: an expression, or what is written in it.
fn value(action: Xml<'_>) -> Option<DeclaredDefault> {
    match attribute(action, "value") {
        Some(source) => {
            Some(clean(source)).filter(|own| !own.is_empty()).map(DeclaredDefault::Computed)
        }
        None => Some(text(action)).filter(|own| !own.is_empty()).map(DeclaredDefault::Fixed),
    }
}

/// Calculations and what people type are texts unless somebody says otherwise, or the device fills them in.
fn unusual_type(bind: Option<Xml<'_>>) -> Option<(String, String)> {
    let bind = bind.filter(|bind| attribute(*bind, "jr:preload").is_none())?;
    let own = attribute(bind, "type")?;
    if matches!(own, "string" | "xsd:string" | "text") {
        return None;
    }
    Some(("bind::type".to_owned(), own.to_owned()))
}

/// A text as an expression (XPath 1.0 has no way to say both kinds of quotation marks in one).
fn quoted(text: &str) -> String {
    match (text.contains('\''), text.contains('"')) {
        (false, _) => format!("'{text}'"),
        (true, false) => format!("\"{text}\""),
        (true, true) => {
            let parts: Vec<_> = text.split('\'').map(|part| format!("'{part}'")).collect();
            format!("concat({})", parts.join(", \"'\", "))
        }
    }
}

fn all_parameters<'x>(
    bind: Option<Xml<'x>>,
    shown: Option<Xml<'x>>,
    actions: &[super::body::Action<'x>],
) -> Vec<(String, String)> {
    let recording = actions.iter().find(|action| action.name == "recordaudio");
    let mut found: Vec<_> = parameters::TABLE
        .iter()
        .filter_map(|(name, place, own)| {
            let element = match place {
                Place::Bind => bind,
                Place::Control => shown,
            };
            let value = element.and_then(|element| attribute(element, own));
            let of_recording = || attribute(recording?.element, own);
            Some(((*name).to_owned(), value.or_else(of_recording)?.to_owned()))
        })
        .collect();
    let rest = bind.and_then(|bind| attribute(bind, parameters::REST));
    found.extend(rest.map(parameters::from_rest).unwrap_or_default());
    let ticks = shown.filter(|shown| shown.tag_name().name() == "range").and_then(tick_labels);
    found.extend(ticks.map(|list| (parameters::TICK_LABELS.to_owned(), list.to_owned())));
    found
}

/// The list of a range's `itemset`.
fn tick_labels(range: Xml<'_>) -> Option<&str> {
    let source = child(range, "itemset")?.attribute("nodeset")?;
    source.trim().strip_prefix("instance('")?.strip_suffix("')/root/item")
}
