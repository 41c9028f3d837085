//! Declarations become nodes: first all names, then what refers to them.

use super::{Compiler, FaultKind, Place};
use crate::definition::{Declaration, DeclaredDefault, DeclaredKind};
use crate::expression::Expression;
use crate::expression::Operator;
use crate::model::{
    ChoiceFilter, ChoiceSource, ExpressionId, Form, Initial, Kind, Node, NodeId, Question, Scope,
    ScopeId, Text,
};

impl Node {
    pub(super) fn root() -> Self {
        Self::new(String::new(), None, Kind::Group, ScopeId(0), 0)
    }

    fn new(name: String, parent: Option<NodeId>, kind: Kind, scope: ScopeId, slot: u32) -> Self {
        Self {
            name,
            parent,
            children: Vec::new(),
            kind,
            scope,
            slot,
            label: None,
            hint: None,
            guidance: None,
            constraint_message: None,
            required_message: None,
            relevant: None,
            required: None,
            read_only: None,
            constraint: None,
            calculation: None,
            default: None,
            appearance: Vec::new(),
            warning: None,
            warning_message: None,
        }
    }
}

impl<'d> Compiler<'d> {
    /// Gives every declaration its node, in document order.
    pub(super) fn declare(&mut self, declarations: &'d [Declaration], parent: NodeId) {
        for declaration in declarations {
            let id = self.add(declaration, parent);
            self.declare(&declaration.children, id);
        }
    }

    fn add(&mut self, declaration: &'d Declaration, parent: NodeId) -> NodeId {
        let place = self.at(declaration, "name");
        if !is_name(&declaration.name) {
            self.fault(place, FaultKind::BadName(declaration.name.clone()));
        }
        if self
            .form
            .node(parent)
            .children
            .iter()
            .any(|id| self.form.node(*id).name == declaration.name)
        {
            self.fault(place, FaultKind::DuplicateName(declaration.name.clone()));
        }
        let id = NodeId(self.form.nodes.len() as u32);
        let scope = match self.form.node(parent).kind {
            Kind::Repeat { rows, .. } => rows,
            _ => self.form.node(parent).scope,
        };
        let kind = self.kind(&declaration.kind, id, scope);
        let slot = self.form.scopes[scope.0 as usize].nodes.len() as u32;
        self.form.scopes[scope.0 as usize].nodes.push(id);
        self.form.nodes.push(Node::new(declaration.name.clone(), Some(parent), kind, scope, slot));
        self.form.nodes[parent.0 as usize].children.push(id);
        self.rows.push(declaration.row);
        self.names.entry(&declaration.name).or_default().push(id);
        id
    }

    fn kind(&mut self, declared: &DeclaredKind, id: NodeId, scope: ScopeId) -> Kind {
        match declared {
            DeclaredKind::Group => Kind::Group,
            DeclaredKind::Note => Kind::Note,
            DeclaredKind::Calculated | DeclaredKind::Select { .. } => Kind::Calculated,
            DeclaredKind::Question(question) => Kind::Question(question.clone()),
            DeclaredKind::Repeat { bounds, initial, .. } => {
                let rows = ScopeId(self.form.scopes.len() as u32);
                self.form.scopes.push(Scope { node: id, parent: Some(scope), nodes: Vec::new() });
                Kind::Repeat { rows, bounds: *bounds, count: None, initial: *initial }
            }
        }
    }

    /// Fills in what refers to other nodes.
    pub(super) fn fill(&mut self, declarations: &[Declaration]) {
        let mut next = Form::ROOT;
        self.fill_from(declarations, &mut next);
    }

    fn fill_from(&mut self, declarations: &[Declaration], next: &mut NodeId) {
        for declaration in declarations {
            *next = NodeId(next.0 + 1);
            self.fill_one(declaration, *next);
            self.fill_from(&declaration.children, next);
        }
    }

    fn fill_one(&mut self, d: &Declaration, id: NodeId) {
        let relevant = self.optional(&d.relevant, id, self.at(d, "relevant"));
        let required = self.optional(&d.required, id, self.at(d, "required"));
        let read_only = self.optional(&d.read_only, id, self.at(d, "read_only"));
        let constraint = self.optional(&d.constraint, id, self.at(d, "constraint"));
        let warning = self.optional(&d.warning, id, self.at(d, "warning"));
        let calculation = self.optional(&d.calculation, id, self.at(d, "calculation"));
        let default = self.default(d, id);
        let label = self.words(&d.label, id, self.at(d, "label"));
        let hint = self.words(&d.hint, id, self.at(d, "hint"));
        let guidance = self.words(&d.guidance, id, self.at(d, "guidance_hint"));
        let constraint_message =
            self.words(&d.constraint_message, id, self.at(d, "constraint_message"));
        let required_message = self.words(&d.required_message, id, self.at(d, "required_message"));
        let warning_message = self.words(&d.warning_message, id, self.at(d, "warning_message"));
        let kind = self.resolved_kind(d, id);
        if d.kind == DeclaredKind::Calculated && d.calculation.is_none() && d.default.is_none() {
            self.fault(self.at(d, "calculation"), FaultKind::NothingToCalculate(d.name.clone()));
        }
        let node = &mut self.form.nodes[id.0 as usize];
        node.kind = kind;
        (node.relevant, node.required, node.read_only) = (relevant, required, read_only);
        (node.constraint, node.warning, node.calculation) = (constraint, warning, calculation);
        (node.label, node.hint, node.guidance) = (label, hint, guidance);
        (node.constraint_message, node.required_message) = (constraint_message, required_message);
        (node.warning_message, node.default) = (warning_message, default);
        node.appearance.clone_from(&d.appearance);
    }

    fn resolved_kind(&mut self, d: &Declaration, id: NodeId) -> Kind {
        match (&d.kind, self.form.node(id).kind.clone()) {
            (DeclaredKind::Select { list, multiple }, kind) => {
                let Some(source) = self.source(d, list, id) else { return kind };
                Kind::Question(if *multiple {
                    Question::SelectMultiple(source)
                } else {
                    Question::SelectOne(source)
                })
            }
            (DeclaredKind::Repeat { count, .. }, Kind::Repeat { rows, bounds, initial, .. }) => {
                let count = self.optional(count, id, self.at(d, "repeat_count"));
                Kind::Repeat { rows, bounds, count, initial }
            }
            (_, kind) => kind,
        }
    }

    fn source(&mut self, d: &Declaration, list: &str, id: NodeId) -> Option<ChoiceSource> {
        let Some(found) = self.lists.get(list).copied() else {
            self.fault(self.at(d, "type"), FaultKind::UnknownList(list.to_owned()));
            return None;
        };
        if self.form.list(found).choices.is_empty() {
            self.fault(self.at(d, "type"), FaultKind::EmptyList(list.to_owned()));
        }
        let place = self.at(d, "choice_filter");
        let filter =
            d.choice_filter.as_deref().and_then(|source| self.filter(source, found, id, place));
        Some(ChoiceSource { list: found, filter })
    }

    fn filter(
        &mut self,
        source: &str,
        list: super::ListId,
        id: NodeId,
        place: Place,
    ) -> Option<ChoiceFilter> {
        let columns = self.form.list(list).columns.clone();
        let condition = self.resolve(source, id, &columns, place)?;
        Some(match by_column(&condition) {
            Some((column, value)) => ChoiceFilter::Equals { column, value: self.keep(value) },
            None => ChoiceFilter::Condition(self.keep(condition)),
        })
    }

    fn default(&mut self, d: &Declaration, id: NodeId) -> Option<Initial> {
        match d.default.as_ref()? {
            DeclaredDefault::Fixed(value) => Some(Initial::Fixed(value.clone())),
            DeclaredDefault::Computed(source) => {
                self.expression(source, id, self.at(d, "default")).map(Initial::Computed)
            }
        }
    }

    fn optional(
        &mut self,
        source: &Option<String>,
        id: NodeId,
        place: Place,
    ) -> Option<ExpressionId> {
        source.as_deref().and_then(|source| self.expression(source, id, place))
    }

    fn words(
        &mut self,
        source: &crate::definition::Words,
        id: NodeId,
        place: Place,
    ) -> Option<Text> {
        (!source.is_empty()).then(|| self.text_at(source, id, place))
    }
}

/// `column = value` or `value = column`, where the value does not look at the choice.
fn by_column(condition: &Expression) -> Option<(u32, Expression)> {
    let Expression::Binary(Operator::Equal, left, right) = condition else { return None };
    let (column, value) = match (&**left, &**right) {
        (Expression::Column(column), value) | (value, Expression::Column(column)) => {
            (*column, value)
        }
        _ => return None,
    };
    let mut looks = false;
    value.walk(&mut |inner| looks |= matches!(inner, Expression::Column(_)));
    // A number compares as a number (`1` equals `01`), which an index of texts cannot answer.
    let text = matches!(value, Expression::Node(_) | Expression::Text(_));
    (text && !looks).then(|| (column, value.clone()))
}

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
