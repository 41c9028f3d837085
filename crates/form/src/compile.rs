//! From a definition to a form: names resolved, expressions parsed and checked, the dependency
//! graph ordered. Runs where packs are made and loaded; phones never compile.

use std::collections::{HashMap, HashSet};

use crate::definition::{Declaration, Definition, ListDefinition, Words};
use crate::expression::Expression;
use crate::model::{
    ExpressionId, FORMAT, Form, Graph, ListId, Node, NodeId, Piece, Scope, ScopeId, Text,
};

mod entity;
mod fault;
mod graph;
mod item;
mod list;
pub mod nearest;
mod node;
mod path;
mod pattern;
mod place;
mod reads;
mod resolve;
mod scope;
mod source;
mod summary;

pub use fault::{Fault, FaultKind, Sheet};
pub use summary::Summary;

/// Compiles `definition`.
///
/// # Errors
/// Everything that is wrong, in the order of the sheet's rows: an author mends all at once.
pub fn compile(definition: &Definition) -> Result<Form, Vec<Fault>> {
    let mut compiler = Compiler::new(definition);
    compiler.name_lists(definition);
    compiler.declare(&definition.declarations, Form::ROOT);
    compiler.fill_lists(definition);
    compiler.fill(&definition.declarations);
    compiler.form.title = compiler.text(&definition.title, Place::settings("form_title"));
    compiler.form.instance_name = definition.instance_name.as_deref().and_then(|source| {
        compiler.expression(source, Form::ROOT, Place::settings("instance_name"))
    });
    compiler.entities(definition);
    compiler.texts(definition);
    compiler.order();
    compiler.form.needs_library = compiler.needs_library();
    let Compiler { form, mut faults, .. } = compiler;
    if faults.is_empty() {
        return Ok(form);
    }
    faults.sort_by_key(|fault| (fault.sheet, fault.row));
    Err(faults)
}

/// Where in the sheets something stands: told in faults.
#[derive(Clone, Copy)]
struct Place {
    sheet: Sheet,
    row: Option<u32>,
    column: &'static str,
}

impl Place {
    fn settings(column: &'static str) -> Self {
        Self { sheet: Sheet::Settings, row: None, column }
    }
}

struct Compiler<'d> {
    form: Form,
    faults: Vec<Fault>,
    /// What absolute paths begin with.
    root: String,
    names: HashMap<&'d str, Vec<NodeId>>,
    lists: HashMap<&'d str, ListId>,
    /// The lists as they are declared, in the order of the form's.
    declared_lists: &'d [ListDefinition],
    /// Questions with choices: nodes without a value until their lists are found.
    selects: HashSet<NodeId>,
    /// The rows of the nodes, for faults that are found late.
    rows: Vec<u32>,
}

impl<'d> Compiler<'d> {
    fn new(definition: &'d Definition) -> Self {
        let form = Form {
            format: FORMAT,
            id: definition.id.clone(),
            version: definition.version.clone(),
            title: Text::default(),
            languages: definition.languages.clone(),
            nodes: vec![Node::root()],
            lists: Vec::new(),
            expressions: Vec::new(),
            filters: Vec::new(),
            graph: Graph::default(),
            instance_name: None,
            scopes: vec![Scope { node: Form::ROOT, parent: None, nodes: vec![Form::ROOT] }],
            entities: Vec::new(),
            texts: Vec::new(),
            needs_library: false,
        };
        let root = &definition.root;
        Self {
            form,
            faults: Vec::new(),
            root: if root.is_empty() { "data".to_owned() } else { root.clone() },
            names: HashMap::new(),
            lists: HashMap::new(),
            declared_lists: &definition.lists,
            selects: HashSet::new(),
            rows: vec![0],
        }
    }

    fn fault(&mut self, place: Place, kind: FaultKind) {
        let Place { sheet, row, column } = place;
        self.faults.push(Fault { sheet, row, column, kind });
    }

    /// A text with outputs, seen from the root.
    fn text(&mut self, source: &Words, place: Place) -> Text {
        self.text_at(source, Form::ROOT, place)
    }

    /// A text with outputs, seen from `node`.
    fn text_at(&mut self, source: &Words, node: NodeId, place: Place) -> Text {
        words(source, |text| self.pieces(text, node, place))
    }

    fn pieces(&mut self, text: &str, node: NodeId, place: Place) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, (inside, after))) =
            rest.split_once("${").and_then(|(before, inner)| Some((before, inner.split_once('}')?)))
        {
            if !before.is_empty() {
                pieces.push(Piece::Words(before.to_owned()));
            }
            // What an XForm puts out is any expression; a name stands for its value.
            let output = match inside.strip_prefix('=') {
                Some(expression) => self.expression(expression, node, place),
                None => self.expression(&format!("${{{inside}}}"), node, place),
            };
            pieces.extend(output.map(Piece::Output));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        pieces
    }

    /// Texts that expressions call by their id, where one does.
    fn texts(&mut self, definition: &'d Definition) {
        for (id, words) in &definition.texts {
            let text = self.text(words, Place::settings("itext"));
            self.form.texts.push((id.clone(), text));
        }
    }

    fn needs_library(&self) -> bool {
        let is_rare =
            |expression: &Expression| expression.any(&|inner| matches!(inner, Expression::Rare(_)));
        let mut needs = self.form.expressions.iter().any(is_rare);
        for filter in &self.form.filters {
            filter.each(&mut |expression| needs |= is_rare(expression));
        }
        let sources = self.form.nodes.iter().filter_map(|node| node.question()?.choices());
        needs || sources.into_iter().any(|source| source.shuffle.is_some())
    }

    fn keep(&mut self, expression: Expression) -> ExpressionId {
        self.form.expressions.push(expression);
        ExpressionId(self.form.expressions.len() as u32 - 1)
    }

    /// The scope whose rows an expression about `node` is evaluated in.
    fn scope(&self, node: NodeId) -> ScopeId {
        self.form.node(node).scope
    }

    fn row(&self, node: NodeId) -> Option<u32> {
        self.rows.get(node.0 as usize).copied().filter(|row| *row > 0)
    }

    fn at(&self, declaration: &Declaration, column: &'static str) -> Place {
        Place { sheet: Sheet::Survey, row: Some(declaration.row), column }
    }
}

fn words(source: &Words, mut pieces: impl FnMut(&str) -> Vec<Piece>) -> Text {
    let mut text = Text::default();
    for (language, words) in source {
        if text.translations.len() <= *language {
            text.translations.resize(*language + 1, Vec::new());
        }
        text.translations[*language] = pieces(words);
    }
    text
}
