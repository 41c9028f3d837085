//! An ODK XForm becomes a definition.

use std::collections::{HashMap, HashSet};

use form::definition::{Declaration, DeclaredKind, Definition, ListDefinition, Words};
use form::model::{Bounds, Language};

use crate::Fault;
use crate::fault::Lines;
use crate::write::{SUBMISSION, TITLE};
use body::{Body, Loss};
use document::{Xml, attribute, attributes, child, elements};
use path::{Names, absolute};
use text::Itext;
use tree::{Found, Meta, Spot, spots};

mod body;
mod declaration;
pub(crate) mod document;
mod entity;
mod kind;
mod list;
mod path;
mod select;
mod text;
mod tree;

/// How many bytes an XForm or an instance may have: a list of a hundred thousand choices has ten
/// million.
pub const SIZE: usize = 64 << 20;

/// How deep elements may be nested.
pub const DEPTH: usize = 96;

/// A form that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Xform {
    /// The form.
    pub definition: Definition,
    /// Files beside the form. Their lists are among [`Definition::lists`], without columns and
    /// rows: whoever has the files puts these in before the form is compiled.
    pub attached: Vec<Attached>,
    /// What was passed over because a form has no word for it, and the form works without.
    pub losses: Vec<Fault>,
}

/// A file beside a form (specification, section "Secondary Instances - External").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// The list that it is to become.
    pub list: String,
    /// Where it is, as in `jr://file-csv/villages.csv`.
    pub source: String,
}

/// Reads an ODK XForm, whoever wrote it.
///
/// # Errors
/// Everything that is not understood and that the form would not work without.
pub fn read(xml: &str) -> Result<Xform, Vec<Fault>> {
    let document = document::parse(xml).map_err(|fault| vec![fault])?;
    // The reader keeps what it finds by reference, for as long as the document.
    let lines = Lines::of_document(&document);
    let parts = Parts::of(&document, &lines).map_err(|fault| vec![fault])?;
    let mut reader = Reader::of(&parts, lines);
    let definition = reader.definition(&parts);
    let Reader { faults, losses, attached, .. } = reader;
    if faults.is_empty() { Ok(Xform { definition, attached, losses }) } else { Err(faults) }
}

/// The parts of an XForm (specification, section "Structure").
struct Parts<'x> {
    title: Option<Xml<'x>>,
    model: Xml<'x>,
    /// The root of the primary instance.
    primary: Xml<'x>,
    /// The other instances.
    secondary: Vec<Xml<'x>>,
    body: Xml<'x>,
}

impl<'x> Parts<'x> {
    fn of(document: &'x roxmltree::Document<'x>, lines: &Lines) -> Result<Self, Fault> {
        let html = document.root_element();
        let missing = |what: &str| {
            let remedy = "ODK XForm 里要有 html/head/model/instance 和 html/body";
            Fault::at(html, lines, format!("这不是 ODK XForm：没有 {what}"), remedy)
        };
        let head = child(html, "head").ok_or_else(|| missing("head"))?;
        let model = child(head, "model").ok_or_else(|| missing("model"))?;
        let body = child(html, "body").ok_or_else(|| missing("body"))?;
        let mut instances = elements(model).filter(|one| one.tag_name().name() == "instance");
        let first = instances.next().ok_or_else(|| missing("instance"))?;
        let primary = elements(first).next().ok_or_else(|| missing("instance 的内容"))?;
        let secondary = instances.collect();
        Ok(Self { title: child(head, "title"), model, primary, secondary, body })
    }
}

struct Reader<'x> {
    lines: Lines,
    /// The path of the root.
    root: String,
    itext: Itext<'x>,
    body: Body<'x>,
    binds: HashMap<String, Xml<'x>>,
    names: Names,
    repeats: HashSet<String>,
    /// What works out the numbers of rows, by the paths of the repeats.
    counts: HashMap<String, String>,
    /// By instance, the column with the ids of labels.
    itext_columns: HashMap<String, &'x str>,
    lists: Vec<ListDefinition>,
    /// The names of the lists.
    taken: HashSet<String>,
    attached: Vec<Attached>,
    faults: Vec<Fault>,
    losses: Vec<Fault>,
}

impl<'x> Reader<'x> {
    fn of(parts: &Parts<'x>, lines: Lines) -> Self {
        let name = parts.primary.tag_name().name();
        let root = format!("/{name}");
        let mut binds = HashMap::new();
        for bind in elements(parts.model).filter(|one| one.tag_name().name() == "bind") {
            let nodeset = bind.attribute("nodeset").or_else(|| bind.attribute("ref"));
            binds.insert(path::resolve(nodeset.unwrap_or_default(), &root), bind);
        }
        let body = Body::of(parts.model, parts.body, name);
        Self {
            itext: Itext::of(parts.model),
            itext_columns: list::itext_columns(&body),
            body,
            lines,
            root,
            binds,
            names: Names::default(),
            repeats: HashSet::new(),
            counts: HashMap::new(),
            lists: Vec::new(),
            taken: HashSet::new(),
            attached: Vec::new(),
            faults: Vec::new(),
            losses: Vec::new(),
        }
    }

    /// Tells of something that the form would not work without.
    fn fail(&mut self, element: Xml<'x>, what: impl Into<String>, remedy: impl Into<String>) {
        self.faults.push(Fault::at(element, &self.lines, what, remedy));
    }

    /// Tells of something that was passed over.
    fn lose(&mut self, element: Xml<'x>, what: impl Into<String>, remedy: impl Into<String>) {
        self.losses.push(Fault::at(element, &self.lines, what, remedy));
    }

    fn definition(&mut self, parts: &Parts<'x>) -> Definition {
        let mut found = Found::default();
        let tree = spots(parts.primary, &self.body, &mut found);
        self.survey_names(&tree);
        for Loss { element, what, remedy } in std::mem::take(&mut self.body.losses) {
            self.lose(element, what, remedy);
        }
        self.check_controls(&tree, &found);
        self.read_lists(&parts.secondary);
        let mut declarations = self.declarations(&tree);
        declarations.extend(self.meta(&found.metas, parts));
        // The form as a whole comes first, groups before what is in them, as on the sheet.
        found.metas.sort_by_key(|meta| meta.element.parent().map(|holder| holder.range().start));
        let entities = self.entities(&found.metas);
        Definition {
            id: parts.primary.attribute("id").unwrap_or(&self.root[1..]).to_owned(),
            version: self.version(parts.primary),
            title: self.title(parts.title),
            root: self.root[1..].to_owned(),
            languages: self.languages(),
            declarations,
            instance_name: self.instance_name(),
            entities,
            texts: self.texts(parts),
            settings: self.settings(parts),
            lists: std::mem::take(&mut self.lists),
        }
    }

    fn version(&self, primary: Xml<'x>) -> String {
        let own = primary.attribute("version").or_else(|| attribute(primary, "orx:version"));
        own.unwrap_or_default().to_owned()
    }

    fn languages(&self) -> Vec<Language> {
        self.itext.languages.clone()
    }

    fn title(&self, title: Option<Xml<'x>>) -> Words {
        let words = self.itext.words(TITLE, "", &self.names, &self.root);
        match (words.is_empty(), title) {
            (true, Some(title)) => self.itext.words_of(title, &self.names, &self.root),
            _ => words,
        }
    }

    fn survey_names(&mut self, tree: &[Spot<'x>]) {
        for spot in tree {
            let bind = self.binds.get(&spot.path).copied();
            let counts = bind.and_then(|bind| attribute(bind, "xst:counts"));
            if let (Some(repeat), Some(bind)) = (counts, bind) {
                let count = attribute(bind, "calculate").unwrap_or_default().to_owned();
                self.counts.insert(repeat.to_owned(), count);
            }
            self.names.add(spot.name, &spot.path);
            if spot.is_repeat {
                self.repeats.insert(spot.path.clone());
            }
            self.survey_names(&spot.children);
        }
    }

    fn is_repeat(&self, path: &str) -> bool {
        self.repeats.contains(path)
    }

    /// Controls of nodes that do not exist are faults.
    fn check_controls(&mut self, tree: &[Spot<'x>], found: &Found<'x>) {
        let mut known = HashSet::new();
        let mut rest: Vec<&Spot<'x>> = tree.iter().collect();
        while let Some(spot) = rest.pop() {
            known.insert(spot.path.as_str());
            rest.extend(&spot.children);
        }
        let metas: Vec<_> = found.metas.iter().map(|meta| format!("{}/meta", meta.path)).collect();
        let is_known = |path: &String| {
            known.contains(path.as_str()) || metas.iter().any(|meta| path.starts_with(meta))
        };
        let controls = self.body.controls.iter().chain(&self.body.repeats);
        let strays = controls.filter(|(path, _)| !is_known(path));
        let strays: Vec<_> = strays.map(|(path, element)| (path.clone(), *element)).collect();
        for (path, element) in strays {
            self.fail(element, format!("主实例里没有 {path}"), "改 ref，或在主实例里加上这个节点");
        }
        self.faults.sort_by_key(|fault| fault.line);
    }

    fn instance_name(&self) -> Option<String> {
        let path = format!("{}/meta/instanceName", self.root);
        let source = self.binds.get(&path)?.attribute("calculate")?;
        Some(self.names.named(&absolute(source, &path)))
    }

    /// What the `meta` block has besides what every form has; the audit at the top level.
    fn meta(&mut self, metas: &[Meta<'x>], parts: &Parts<'x>) -> Vec<Declaration> {
        let Some(meta) = metas.iter().find(|meta| meta.path == self.root) else {
            return Vec::new();
        };
        let path = format!("{}/meta", self.root);
        let mut declared = Vec::new();
        let mut audit = None;
        for element in elements(meta.element) {
            let name = element.tag_name().name();
            let is_usual = matches!(name, "instanceID" | "instanceName" | "deprecatedID");
            if name == "entity" || (is_usual && !is_mentioned(parts, name)) {
                continue;
            }
            let spot = Spot {
                name,
                path: format!("{path}/{name}"),
                element,
                is_repeat: false,
                initial: 1,
                children: Vec::new(),
                differs: false,
            };
            match name {
                "audit" => audit = self.declaration(&spot),
                _ => declared.extend(self.declaration(&spot)),
            }
        }
        let group = (!declared.is_empty()).then(|| Declaration {
            row: self.lines.of(meta.element),
            name: "meta".to_owned(),
            kind: DeclaredKind::Group,
            children: declared,
            ..Declaration::default()
        });
        group.into_iter().chain(audit).collect()
    }

    /// Texts that expressions call by their id (`jr:itext`).
    fn texts(&self, parts: &Parts<'x>) -> Vec<(String, Words)> {
        let mut called = HashSet::new();
        let mut is_any = false;
        for value in expressions(parts) {
            for (at, _) in value.match_indices("jr:itext(") {
                let call = &value[at..];
                let literal = call.find(')').and_then(|end| text::id(&call[..=end]));
                called.extend(literal);
                is_any |= literal.is_none();
            }
        }
        let ids = self.itext.ids().iter().filter(|id| is_any || called.contains(*id));
        let words =
            ids.map(|id| ((*id).to_owned(), self.itext.words(id, "", &self.names, &self.root)));
        words.collect()
    }

    fn settings(&self, parts: &Parts<'x>) -> Vec<(String, String)> {
        let mut settings = Vec::new();
        let mut set = |name: &str, value: &str| settings.push((name.to_owned(), value.to_owned()));
        if let Some(style) = parts.body.attribute("class") {
            set("style", style);
        }
        if let Some(submission) = child(parts.model, "submission") {
            for (name, own) in SUBMISSION {
                if let Some(value) = attribute(submission, own) {
                    set(name, value);
                }
            }
        }
        for (name, value) in attributes(parts.model) {
            if let Some(name) = name.strip_prefix("xst:") {
                set(name, value);
            }
        }
        for (name, value) in attributes(parts.primary) {
            match name.as_str() {
                "id" | "version" | "orx:version" => {}
                "odk:prefix" => set("prefix", value),
                "odk:delimiter" => set("delimiter", value),
                name => set(&format!("attribute::{name}"), value),
            }
        }
        let namespace = parts.primary.tag_name().namespace();
        if let Some(own) = namespace.filter(|own| *own != crate::namespace::XFORMS) {
            set("instance_xmlns", own);
        }
        let strangers = parts.model.namespaces().filter(|own| {
            own.name().is_some_and(|name| name != "xml")
                && crate::namespace::prefix(own.uri()).is_none()
        });
        let strangers: Vec<_> = strangers
            .map(|own| format!("{}=\"{}\"", own.name().unwrap_or_default(), own.uri()))
            .collect();
        if !strangers.is_empty() {
            set("namespaces", &strangers.join(" "));
        }
        settings
    }

    fn bounds(&self, repeat: Option<Xml<'x>>, initial: u32) -> Bounds {
        let number = |name| repeat.and_then(|repeat| attribute(repeat, name)?.parse().ok());
        let (min, max) = (number("xst:min-count"), number("xst:max-count"));
        let is_fixed = repeat
            .and_then(|repeat| attribute(repeat, "jr:noAddRemove"))
            .is_some_and(|value| value.trim() == "true()");
        let has_count = repeat.is_some_and(|repeat| attribute(repeat, "jr:count").is_some());
        match (min, max) {
            (None, None) if is_fixed && !has_count => Bounds { min: initial, max: Some(initial) },
            (min, max) => Bounds { min: min.unwrap_or(0), max },
        }
    }
}

/// Attributes that name words, and no expressions.
const WORDS: [&str; 7] =
    ["ref", "requiredMsg", "constraintMsg", "warningMsg", "purpose", "label", "hint"];

/// All attributes in which expressions stand.
fn expressions<'p, 'x>(parts: &'p Parts<'x>) -> impl Iterator<Item = &'x str> + use<'p, 'x> {
    let all = parts.model.descendants().chain(parts.body.descendants());
    let values = all
        .filter(|node| node.is_element())
        .flat_map(|element| element.attributes().map(move |attribute| (element, attribute)));
    values.filter_map(|(element, attribute)| {
        let is_nodeset = attribute.name() == "nodeset" && element.tag_name().name() == "bind";
        (!is_nodeset && !WORDS.contains(&attribute.name())).then(|| attribute.value())
    })
}

/// Whether an expression asks for a node of the `meta` block.
fn is_mentioned(parts: &Parts<'_>, name: &str) -> bool {
    let paths = [format!("meta/{name}"), format!("meta/orx:{name}")];
    expressions(parts).any(|value| paths.iter().any(|path| value.contains(path)))
}
