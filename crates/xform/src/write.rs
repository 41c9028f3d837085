//! A definition becomes an ODK XForm.

use std::collections::HashMap;

use form::definition::{Declaration, DeclaredKind, Definition, Words};

use crate::namespace::{self, XFORMS};
use crate::xml::{Element, is_name};
pub(crate) use bind::{ONE_FILE, UID, UNBOUNDED};
pub(crate) use body::media_type;
use expression::About;
use outline::{Id, Outline};
use text::Itext;

mod bind;
mod body;
mod entity;
mod expression;
mod instance;
mod list;
mod outline;
mod text;

/// Where the title of a form with several languages is kept.
pub(crate) const TITLE: &str = "xst:title";

/// The version of ODK XForms that is written.
const VERSION: &str = "1.0.0";

/// Settings that are attributes of `submission` (specification, section "Submission"): the
/// setting, and the attribute.
pub(crate) const SUBMISSION: [(&str, &str); 5] = [
    ("submission_url", "action"),
    ("public_key", "base64RsaPublicKey"),
    ("auto_send", "orx:auto-send"),
    ("auto_delete", "orx:auto-delete"),
    ("client_editable", "odk:client-editable"),
];

/// Settings that stand elsewhere than in attributes of `model`.
const PLACED: [&str; 5] = ["style", "namespaces", "instance_xmlns", "prefix", "delimiter"];

/// Writes `definition` as an ODK XForm, as pyxform 4.5.0 would.
///
/// Nothing is checked: what [`form::compile()`] takes becomes an XForm that ODK Validate takes, as
/// far as JavaRosa knows the functions that it calls.
///
/// ```
/// use form::definition::Definition;
///
/// let definition = Definition { id: "f".into(), root: "data".into(), ..Definition::default() };
/// assert!(xform::write(&definition).contains("<data id=\"f\">"));
/// ```
pub fn write(definition: &Definition) -> String {
    let mut writer = Writer::of(definition);
    let lists = writer.lists();
    let body = writer.body();
    let binds = writer.binds();
    writer.texts();
    let title = text::only(&definition.title).unwrap_or_default();
    let mut model = Element::new("model").with("odk:xforms-version", VERSION);
    model.set_some("entities:entities-version", writer.entities_version());
    writer.settings(&mut model);
    model.extend(writer.submission());
    model.extend(writer.itext.element());
    let mut primary = Element::new("instance");
    primary.push(writer.primary());
    model.push(primary);
    model.extend(lists);
    model.extend(binds);
    let mut head = Element::new("h:head");
    head.push(Element::new("h:title").text(title));
    head.push(model);
    let mut html = Element::new("h:html").with("xmlns", XFORMS);
    for (prefix, uri) in &writer.prefixes {
        html.set(format!("xmlns:{prefix}"), uri);
    }
    html.push(head);
    html.push(body);
    html.document()
}

struct Writer<'d> {
    definition: &'d Definition,
    outline: Outline<'d>,
    itext: Itext,
    /// The declared prefixes of namespaces.
    prefixes: Vec<(String, String)>,
    /// Which nodes are set when the value of another changes.
    triggered: HashMap<Id, Vec<Id>>,
}

impl<'d> Writer<'d> {
    fn of(definition: &'d Definition) -> Self {
        let outline = Outline::of(definition);
        let own = namespace::PREFIXES.iter().map(|(prefix, uri)| (*prefix, *uri));
        let prefixes = own.chain(others(definition));
        let mut triggered: HashMap<Id, Vec<Id>> = HashMap::new();
        for id in outline.ids() {
            for source in &outline.declaration(id).trigger {
                if let Some(source) = outline.find(source, Some(id)) {
                    triggered.entry(source).or_default().push(id);
                }
            }
        }
        Self {
            definition,
            itext: Itext::of(definition),
            prefixes: prefixes.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect(),
            outline,
            triggered,
        }
    }

    fn setting(&self, name: &str) -> Option<&'d str> {
        let found = self.definition.settings.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Settings that no element of XForms is for.
    fn settings(&self, model: &mut Element) {
        for (name, value) in &self.definition.settings {
            let is_placed = PLACED.contains(&name.as_str())
                || SUBMISSION.iter().any(|(own, _)| own == name)
                || name.starts_with("attribute::");
            if !is_placed && is_name(name) {
                model.set(format!("xst:{name}"), value);
            }
        }
    }

    fn submission(&self) -> Option<Element> {
        let mut submission = Element::new("submission");
        for (name, attribute) in SUBMISSION {
            let Some(value) = self.setting(name) else { continue };
            submission.set(attribute, value);
            if attribute == "action" {
                submission.set("method", "post");
            }
        }
        submission.has_attributes().then_some(submission)
    }

    /// An expression about a node, where there is one.
    fn expression(&self, source: &Option<String>, id: Id) -> Option<String> {
        let about = About::node(&self.outline, id);
        source.as_deref().map(|source| self.outline.expression(source, &about))
    }

    /// Words as an attribute: plain, or by their id in `itext`.
    fn words(&mut self, id: Id, words: &Words, slot: &str) -> Option<String> {
        let is_plain =
            !self.itext.is_needed() && words.iter().all(|(_, words)| !words.contains("${"));
        if is_plain {
            return text::only(words).map(str::to_owned);
        }
        self.kept(id, None, words, slot)
    }

    /// Words in `itext`; how they are referred to.
    fn kept(
        &mut self,
        id: Id,
        form: Option<&'static str>,
        words: &Words,
        slot: &str,
    ) -> Option<String> {
        if words.is_empty() {
            return None;
        }
        let key = format!("{}:{slot}", self.outline.path(id));
        let about = About::node(&self.outline, id);
        let outline = &self.outline;
        self.itext.keep(&key, form, words, |words| text::content(outline, &about, words));
        Some(text::reference(&key))
    }

    /// Texts that expressions call by their id, and the title in all languages.
    fn texts(&mut self) {
        let (definition, outline, root) = (self.definition, &self.outline, About::root());
        let content = |words: &str| text::content(outline, &root, words);
        if definition.title.len() > 1 {
            self.itext.keep(TITLE, None, &definition.title, content);
        }
        for (id, words) in &definition.texts {
            if !self.itext.has(id) {
                self.itext.keep(id, None, words, content);
            }
        }
    }

    /// The columns `bind::x`, `body::x`, `instance::x`, as far as XML can say them.
    fn attributes(&self, id: Id, column: &str, element: &mut Element) {
        let about = About::node(&self.outline, id);
        for (name, value) in &self.outline.declaration(id).attributes {
            let Some(name) = name.strip_prefix(column) else { continue };
            if self.is_attribute(name) {
                let has_reference = value.contains("${");
                let rewritten = || self.outline.expression(value, &about);
                let value = if has_reference { rewritten() } else { value.clone() };
                element.set(name.to_owned(), value);
            }
        }
    }

    fn is_attribute(&self, name: &str) -> bool {
        match name.split_once(':') {
            None => is_name(name) && name != "xmlns",
            Some((prefix, local)) => {
                is_name(local) && self.prefixes.iter().any(|(own, _)| own == prefix)
            }
        }
    }
}

/// The setting `namespaces`: `esri="http://esri.com/xforms" …`.
fn others(definition: &Definition) -> impl Iterator<Item = (&str, &str)> {
    let setting = definition.settings.iter().filter(|(name, _)| name == "namespaces");
    let pairs = setting.flat_map(|(_, value)| value.split_whitespace());
    let pairs = pairs.filter_map(|pair| pair.split_once('='));
    pairs.map(|(prefix, uri)| (prefix, uri.trim_matches(['"', '\'']))).filter(|(prefix, uri)| {
        let is_known = namespace::PREFIXES.iter().any(|(own, known)| own == prefix || known == uri);
        is_name(prefix) && !prefix.starts_with("xml") && !uri.is_empty() && !is_known
    })
}

/// Whether a person sees it as a control of its own.
fn has_control(declaration: &Declaration) -> bool {
    matches!(
        declaration.kind,
        DeclaredKind::Note | DeclaredKind::Question(_) | DeclaredKind::Select(_)
    )
}
