//! Paths: which nodes they mean, and how their instances are found from the row at hand.
//!
//! The structure of a form does not change while it is filled in, so every path is resolved to the
//! nodes that it means; what remains to be decided later is only which rows of repeats. As in
//! ODK's engines, an absolute path (and `${name}`, which stands for one) means the instances in the
//! rows that the expression is in, and all instances of repeats that it is not in.

use super::nearest::nearest;
use super::place::counts_places;
use super::resolve::{Resolver, rare};
use super::scope::{common_depth, depth, inner_scope, scopes_from_root};
use super::{Compiler, FaultKind};
use crate::expression::parser::{Parsed, ParsedKind, Path, Start, Step, To};
use crate::expression::{Expression, Rare, Reference, Selection, Way};
use crate::model::{Form, Kind, ListId, NodeId, ScopeId};

/// What an expression, or a condition in it, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A node, seen from a row of `scope`.
    Node { node: NodeId, scope: ScopeId },
    /// A choice of a list.
    Item(ListId),
}

/// Somewhere on a path.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) node: NodeId,
    /// The scope of the row that one stands in. A repeat is in the scope of its rows when one of
    /// them is meant.
    pub(super) scope: ScopeId,
    pub(super) up: u32,
    pub(super) way: Vec<Way>,
}

/// More nodes than any expression means: `//*` in a large form is one of them.
const MOST: usize = 5_000;

/// After so many pairs of a wrong name and a right one nothing is held against all names any more:
/// where a thousand are wrong, a slip of the pen is not the trouble.
const MOST_PAIRS: usize = 200_000;

impl Resolver<'_, '_> {
    pub(super) fn form(&self) -> &Form {
        &self.compiler.form
    }

    /// What the whole expression is about.
    pub(super) fn outermost(&self) -> (NodeId, ScopeId) {
        match self.frames.first() {
            Some(Frame::Node { node, scope }) => (*node, *scope),
            _ => (Form::ROOT, ScopeId(0)),
        }
    }

    /// The innermost node that conditions are about.
    pub(super) fn innermost(&self) -> (NodeId, ScopeId) {
        let nodes = self.frames.iter().rev().filter_map(|frame| match frame {
            Frame::Node { node, scope } => Some((*node, *scope)),
            Frame::Item(_) => None,
        });
        nodes.take(1).next().unwrap_or((Form::ROOT, ScopeId(0)))
    }

    /// Whether the row at hand is another than the one that the whole expression is seen from.
    fn is_moved(&self) -> bool {
        self.frames.iter().skip(1).any(|frame| matches!(frame, Frame::Node { .. }))
    }

    /// `.`
    pub(super) fn this(&mut self) -> Expression {
        match self.frames.last() {
            Some(Frame::Node { node, scope }) if self.is_moved() => {
                let spot = Spot { node: *node, scope: *scope, up: 0, way: Vec::new() };
                self.found(spot, false)
            }
            _ => Expression::This,
        }
    }

    /// `current()`
    pub(super) fn current(&mut self) -> Expression {
        self.seen_from_outside(Expression::This)
    }

    pub(super) fn seen_from_outside(&self, expression: Expression) -> Expression {
        if self.is_moved() { rare(Rare::Current(expression)) } else { expression }
    }

    /// What a path means. `is_counted`: groups and repeats are meant too.
    pub(super) fn path(&mut self, path: &Path<'_>, is_counted: bool) -> Expression {
        if let Some(expression) = self.item_path(path) {
            return expression;
        }
        if let (Start::Here, [Step { to: To::Itself, only }]) = (&path.start, &path.steps[..])
            && only.is_empty()
        {
            return self.this();
        }
        let Some((spots, is_outside)) = self.spots(path) else { return Expression::This };
        if let (Start::Reference(name), [spot]) = (&path.start, &spots[..])
            && !is_counted
            && path.steps.is_empty()
            && !self.form().node(spot.node).holds_value()
            && !self.compiler.selects.contains(&spot.node)
        {
            return self.fail(FaultKind::NotAValue((*name).to_owned()));
        }
        let mut found: Vec<_> =
            spots.into_iter().map(|spot| self.found(spot, is_counted)).collect();
        let expression = match found.len() {
            0 => return self.fail(FaultKind::NothingThere(written(path))),
            1 => found.remove(0),
            _ => rare(Rare::Union(found)),
        };
        if is_outside { self.seen_from_outside(expression) } else { expression }
    }

    pub(super) fn found(&self, spot: Spot, is_counted: bool) -> Expression {
        let is_plain =
            spot.way.iter().all(|way| matches!(way, Way::Rows(_, only) if only.is_empty()));
        let own_scope = self.form().node(spot.node).scope;
        // The row at hand itself is not among the rows below it.
        let is_row = spot.scope != own_scope && spot.way.is_empty();
        let holds =
            self.form().node(spot.node).holds_value() || self.compiler.selects.contains(&spot.node);
        if is_plain && !is_row && (holds || is_counted) {
            return Expression::Node(Reference { node: spot.node, up: spot.up });
        }
        rare(Rare::Instances(Selection { up: spot.up, way: spot.way, node: spot.node }))
    }

    /// The only node that a path means, whichever its instances.
    pub(super) fn single_node(&mut self, path: &Path<'_>) -> Option<NodeId> {
        let (spots, _) = self.spots(path)?;
        match &spots[..] {
            [only] => Some(only.node),
            _ => {
                self.fail(FaultKind::NothingThere(written(path)));
                None
            }
        }
    }

    /// Where a path leads, and whether from where the whole expression stands instead of the row
    /// at hand.
    pub(super) fn spots(&mut self, path: &Path<'_>) -> Option<(Vec<Spot>, bool)> {
        let (start, is_outside) = self.start(path)?;
        let mut spots = vec![start];
        let is_absolute = matches!(path.start, Start::Root | Start::Reference(_));
        for only in &path.only {
            spots = spots.into_iter().map(|spot| self.narrowed(spot, only)).collect();
        }
        let mut steps = path.steps.iter();
        let begins_below = matches!(path.steps.first(), Some(Step { to: To::Below, .. }));
        if matches!(path.start, Start::Root) && !begins_below {
            self.root_step(path, steps.next());
        }
        let mut is_below = false;
        for step in steps {
            if step.to == To::Below {
                is_below = true;
                continue;
            }
            if std::mem::take(&mut is_below) {
                spots = spots.into_iter().flat_map(|spot| self.below(spot)).collect();
            }
            let mut next = Vec::new();
            for spot in spots {
                next.extend(self.step(spot, step)?);
            }
            spots = next;
            if spots.len() > MOST {
                self.fail(FaultKind::NothingThere(written(path)));
                return None;
            }
        }
        if is_absolute {
            let scope = if is_outside { self.outermost().1 } else { self.innermost().1 };
            spots.iter_mut().for_each(|spot| self.stay_in_row(spot, scope));
        }
        if self.failed { None } else { Some((spots, is_outside)) }
    }

    fn start(&mut self, path: &Path<'_>) -> Option<(Spot, bool)> {
        let (outer, inner) = (self.outermost(), self.innermost());
        let here = |(node, scope)| Spot { node, scope, up: 0, way: Vec::new() };
        let top = |form: &Form, scope| depth(form, scope);
        match &path.start {
            Start::Here => Some((here(inner), false)),
            Start::Root => {
                let up = top(self.form(), inner.1);
                Some((Spot { node: Form::ROOT, scope: ScopeId(0), up, way: Vec::new() }, false))
            }
            Start::Reference(name) => {
                let node = self.named(name)?;
                let own = self.form().node(node).scope;
                let shared = |scope| common_depth(self.form(), scope, own);
                let is_outside = self.is_moved() && shared(outer.1) >= shared(inner.1);
                let scope = if is_outside { outer.1 } else { inner.1 };
                let up = top(self.form(), scope);
                Some((self.all_instances(node, up), is_outside))
            }
            Start::Call(call) => match &call.kind {
                ParsedKind::Call("current", arguments) if arguments.is_empty() => {
                    Some((here(outer), true))
                }
                _ => {
                    self.fail(FaultKind::NotAPath);
                    None
                }
            },
        }
    }

    /// All instances of a node, from the root.
    pub(super) fn all_instances(&self, node: NodeId, up: u32) -> Spot {
        let form = self.form();
        let mut way = Vec::new();
        let mut at = Some(node);
        while let Some(id) = at {
            if matches!(form.node(id).kind, Kind::Repeat { .. }) {
                way.insert(0, Way::Rows(id, Vec::new()));
            }
            at = form.node(id).parent;
        }
        Spot { node, scope: inner_scope(form, node), up, way }
    }

    fn named(&mut self, name: &str) -> Option<NodeId> {
        match self.compiler.names.get(name).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some(_) => {
                self.fail(FaultKind::AmbiguousName(name.to_owned()));
                None
            }
            None => {
                let Compiler { names, faults, .. } = &*self.compiler;
                let is_advised = names.len() * faults.len() < MOST_PAIRS;
                let known = names.keys().copied().take(if is_advised { usize::MAX } else { 0 });
                let similar = nearest(name, known).map(str::to_owned);
                self.fail(FaultKind::UnknownName { name: name.to_owned(), similar });
                None
            }
        }
    }

    /// The first step of an absolute path names the root.
    fn root_step(&mut self, path: &Path<'_>, step: Option<&Step<'_>>) {
        let is_root = match step.map(|step| step.to) {
            None | Some(To::Children) => true,
            Some(To::Child(name)) => name == self.compiler.root,
            Some(_) => false,
        };
        if !is_root {
            self.fail(FaultKind::NothingThere(written(path)));
        }
    }

    fn step(&mut self, spot: Spot, step: &Step<'_>) -> Option<Vec<Spot>> {
        let mut next = match step.to {
            To::Itself | To::Below => vec![spot],
            To::Parent => vec![self.parent(spot)?],
            To::Child(name) => self.children(spot, Some(name)),
            To::Children => self.children(spot, None),
        };
        let several = next.len() > 1;
        for only in &step.only {
            next = next.into_iter().map(|spot| self.narrowed(spot, only)).collect();
        }
        if several && next.iter().any(counts_places) {
            self.fail(FaultKind::PlaceAmongAll);
            return None;
        }
        Some(next)
    }

    fn children(&self, mut spot: Spot, name: Option<&str>) -> Vec<Spot> {
        let form = self.form();
        let node = form.node(spot.node);
        if let Kind::Repeat { rows, .. } = node.kind
            && spot.scope == node.scope
        {
            spot.way.push(Way::Rows(spot.node, Vec::new()));
            spot.scope = rows;
        }
        let Some(name) = name else {
            return node.children.iter().map(|child| self.child(&spot, *child)).collect();
        };
        // Among the children or among all of that name, whichever are fewer.
        let called = self.compiler.names.get(name).map_or(&[][..], Vec::as_slice);
        let among = if called.len() < node.children.len() { called } else { &node.children };
        let is_wanted = |id: &&NodeId| {
            form.node(**id).parent == Some(spot.node) && form.node(**id).name == name
        };
        among.iter().filter(is_wanted).map(|child| self.child(&spot, *child)).collect()
    }

    fn child(&self, spot: &Spot, child: NodeId) -> Spot {
        let scope = inner_scope(self.form(), child);
        let into = matches!(self.form().node(child).kind, Kind::Repeat { .. });
        let into = into.then(|| Way::Rows(child, Vec::new()));
        let way = spot.way.iter().cloned().chain(into).collect();
        Spot { node: child, scope, up: spot.up, way }
    }

    /// The spot and everything below it.
    fn below(&self, spot: Spot) -> Vec<Spot> {
        let mut all = vec![spot];
        let mut next = 0;
        while next < all.len() && all.len() <= MOST {
            let inner = self.children(all[next].clone(), None);
            all.extend(inner);
            next += 1;
        }
        all
    }

    fn parent(&mut self, mut spot: Spot) -> Option<Spot> {
        let node = self.form().node(spot.node);
        let (parent, own_scope) = (node.parent, node.scope);
        let Some(parent) = parent else {
            self.fail(FaultKind::AboveTheRoot);
            return None;
        };
        let is_row = spot.scope != own_scope;
        if is_row {
            match spot.way.pop() {
                None => spot.up += 1,
                Some(Way::Rows(_, only)) if only.is_empty() => {}
                Some(_) => {
                    self.fail(FaultKind::UpAfterCondition);
                    return None;
                }
            }
        }
        Some(Spot { node: parent, scope: own_scope, ..spot })
    }

    /// Only those instances for which a condition holds.
    fn narrowed(&mut self, mut spot: Spot, condition: &Parsed<'_>) -> Spot {
        self.frames.push(Frame::Node { node: spot.node, scope: spot.scope });
        let condition = self.resolve(condition);
        self.frames.pop();
        match spot.way.last_mut() {
            Some(Way::Rows(repeat, only)) if *repeat == spot.node => only.push(condition),
            _ => spot.way.push(Way::Only(condition)),
        }
        spot
    }

    /// Leaves out the way into rows that the expression is in already.
    pub(super) fn stay_in_row(&self, spot: &mut Spot, scope: ScopeId) {
        let form = self.form();
        let around = scopes_from_root(form, scope);
        while let Some(Way::Rows(repeat, only)) = spot.way.first()
            && only.is_empty()
            && spot.up > 0
            && (spot.way.len() > 1 || spot.node != *repeat)
            && around.get(around.len() - spot.up as usize) == Some(&inner_scope(form, *repeat))
        {
            spot.way.remove(0);
            spot.up -= 1;
        }
    }
}

/// A step as it is written, for faults.
pub(super) fn spelt<'s>(step: To<'s>) -> &'s str {
    match step {
        To::Child(name) => name,
        To::Children => "*",
        To::Parent => "..",
        To::Itself => ".",
        To::Below => "",
    }
}

/// A path as it may be written, for faults.
pub(super) fn written(path: &Path<'_>) -> String {
    let mut text = match &path.start {
        Start::Reference(name) => format!("${{{name}}}"),
        Start::Call(_) => "current()".to_owned(),
        Start::Root | Start::Here => String::new(),
    };
    for (place, step) in path.steps.iter().enumerate() {
        if place > 0 || !matches!(path.start, Start::Here) {
            text.push('/');
        }
        text.push_str(spelt(step.to));
    }
    text
}

impl Compiler<'_> {
    /// The node that `${name}` or a path means, for columns that name a node: `trigger`, `repeat`.
    pub(super) fn node_named(
        &mut self,
        source: &str,
        about: NodeId,
        place: super::Place,
    ) -> Option<NodeId> {
        let parsed = match crate::expression::parser::parse(source) {
            Ok(parsed) => parsed,
            Err(cause) => {
                self.fault(place, FaultKind::BrokenExpression(cause));
                return None;
            }
        };
        let scope = self.scope(about);
        let frames = vec![Frame::Node { node: about, scope }];
        let mut resolver = Resolver { compiler: self, frames, place, failed: false };
        match &parsed.kind {
            ParsedKind::Path(path) => resolver.single_node(path),
            _ => {
                resolver.fail(FaultKind::NotAPath);
                None
            }
        }
    }
}
