//! Declarations become nodes: first all names, then what refers to them.

use std::collections::HashSet;

use super::{Compiler, FaultKind, Place, list};
use crate::definition::{Declaration, DeclaredDefault, DeclaredKind};
use crate::model::{
    ExpressionId, Extras, Form, Initial, Kind, Node, NodeId, Scope, ScopeId, Text, Trigger,
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
            trigger: None,
            extras: None,
        }
    }
}

impl<'d> Compiler<'d> {
    /// Gives every declaration its node, in document order.
    pub(super) fn declare(&mut self, declarations: &'d [Declaration], parent: NodeId) {
        let mut taken = HashSet::new();
        for declaration in declarations {
            if !taken.insert(declaration.name.as_str()) {
                let name = declaration.name.clone();
                self.fault(self.at(declaration, "name"), FaultKind::DuplicateName(name));
            }
            let id = self.add(declaration, parent);
            self.declare(&declaration.children, id);
        }
    }

    fn add(&mut self, declaration: &'d Declaration, parent: NodeId) -> NodeId {
        if !is_name(&declaration.name) {
            let place = self.at(declaration, "name");
            self.fault(place, FaultKind::BadName(declaration.name.clone()));
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
        if matches!(declaration.kind, DeclaredKind::Select(_)) {
            self.selects.insert(id);
        }
        self.names.entry(&declaration.name).or_default().push(id);
        id
    }

    fn kind(&mut self, declared: &DeclaredKind, id: NodeId, scope: ScopeId) -> Kind {
        match declared {
            DeclaredKind::Group => Kind::Group,
            DeclaredKind::Note => Kind::Note,
            DeclaredKind::Calculated | DeclaredKind::Select(_) => Kind::Calculated,
            DeclaredKind::Recorded(recording) => Kind::Recorded(*recording),
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
        let calculation = self.optional(&d.calculation, id, self.at(d, "calculation"));
        let (calculation, trigger) = self.trigger(d, id, calculation);
        let default = self.default(d, id);
        let label = self.words(&d.label, id, self.at(d, "label"));
        let hint = self.words(&d.hint, id, self.at(d, "hint"));
        let guidance = self.words(&d.guidance, id, self.at(d, "guidance_hint"));
        let constraint_message =
            self.words(&d.constraint_message, id, self.at(d, "constraint_message"));
        let required_message = self.words(&d.required_message, id, self.at(d, "required_message"));
        let extras = self.extras(d, id);
        let kind = self.resolved_kind(d, id);
        let node = &mut self.form.nodes[id.0 as usize];
        node.kind = kind;
        (node.relevant, node.required, node.read_only) = (relevant, required, read_only);
        (node.constraint, node.calculation, node.trigger) = (constraint, calculation, trigger);
        (node.label, node.hint, node.guidance) = (label, hint, guidance);
        (node.constraint_message, node.required_message) = (constraint_message, required_message);
        (node.default, node.extras) = (default, extras);
        node.appearance.clone_from(&d.appearance);
    }

    /// With a trigger, a calculation is worked only when the trigger's value changes.
    fn trigger(
        &mut self,
        d: &Declaration,
        id: NodeId,
        calculation: Option<ExpressionId>,
    ) -> (Option<ExpressionId>, Option<Trigger>) {
        if d.trigger.is_empty() {
            return (calculation, None);
        }
        let place = self.at(d, "trigger");
        let nodes: Vec<NodeId> =
            d.trigger.iter().filter_map(|name| self.node_named(name, id, place)).collect();
        let holds =
            |node: &NodeId| self.form.node(*node).holds_value() || self.selects.contains(node);
        if !nodes.iter().all(holds) {
            self.fault(place, FaultKind::NotATrigger);
        }
        (None, Some(Trigger { nodes, value: calculation }))
    }

    fn extras(&mut self, d: &Declaration, id: NodeId) -> Option<Box<Extras>> {
        let extras = Extras {
            warning: self.optional(&d.warning, id, self.at(d, "warning")),
            warning_message: self.words(&d.warning_message, id, self.at(d, "warning_message")),
            media: list::media(&d.media),
            parameters: d.parameters.clone(),
            prefill: d.prefill.clone(),
            purpose: self.words(&d.purpose, id, self.at(d, "purpose")),
            retention: d.retention.clone(),
        };
        (extras != Extras::default()).then(|| Box::new(extras))
    }

    fn resolved_kind(&mut self, d: &Declaration, id: NodeId) -> Kind {
        match (&d.kind, self.form.node(id).kind.clone()) {
            (DeclaredKind::Select(select), kind) => {
                self.select(d, select, id).map_or(kind, Kind::Question)
            }
            (DeclaredKind::Repeat { count, .. }, Kind::Repeat { rows, bounds, initial, .. }) => {
                let count = self.optional(count, id, self.at(d, "repeat_count"));
                Kind::Repeat { rows, bounds, count, initial }
            }
            (_, kind) => kind,
        }
    }

    fn default(&mut self, d: &Declaration, id: NodeId) -> Option<Initial> {
        match d.default.as_ref()? {
            DeclaredDefault::Fixed(value) => Some(Initial::Fixed(value.clone())),
            DeclaredDefault::Computed(source) => {
                self.expression(source, id, self.at(d, "default")).map(Initial::Computed)
            }
            DeclaredDefault::Property(name) => Some(Initial::Property(name.clone())),
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

fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}'))
}
