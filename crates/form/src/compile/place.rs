//! Places of rows: `position()`, `last()`, `indexed-repeat()`.

use super::FaultKind;
use super::item::counts;
use super::path::{Spot, written};
use super::resolve::{Resolver, rare};
use super::scope::depth;
use crate::expression::parser::{Parsed, ParsedKind, Path, Start};
use crate::expression::{Expression, Function, Number, Operator, Rare, Selection, Way};
use crate::model::Kind;

impl Resolver<'_, '_> {
    /// `position(..)`, `position()` and `last()`.
    pub(super) fn place_of(&mut self, name: &str, arguments: &[Parsed<'_>]) -> Expression {
        let is_condition = self.frames.len() > 1;
        match (name, arguments) {
            ("position", []) if is_condition => rare(Rare::Place),
            ("last", []) if is_condition => rare(Rare::Last),
            ("position" | "last", []) => Expression::Number(Number::whole(1)),
            ("position", [Parsed { kind: ParsedKind::Call("current", none), at }])
                if none.is_empty() =>
            {
                let call = Parsed { kind: ParsedKind::Call("current", Vec::new()), at: *at };
                let start = Start::Call(Box::new(call));
                let path = Path { start, only: Vec::new(), steps: Vec::new() };
                let argument = Parsed { kind: ParsedKind::Path(path), at: *at };
                self.place_of(name, &[argument])
            }
            ("position", [Parsed { kind: ParsedKind::Path(path), .. }]) => {
                let Some((mut spots, is_outside)) = self.spots(path) else {
                    return Expression::This;
                };
                if spots.len() != 1 {
                    return self.fail(FaultKind::NothingThere(written(path)));
                }
                let spot = spots.remove(0);
                if !matches!(self.form().node(spot.node).kind, Kind::Repeat { .. }) {
                    return Expression::Number(Number::whole(1));
                }
                let selection = Selection { up: spot.up, way: spot.way, node: spot.node };
                let place = rare(Rare::RowPlace(selection));
                if is_outside { self.seen_from_outside(place) } else { place }
            }
            _ => {
                let (function, given) = (name.to_owned(), arguments.len());
                self.fail(FaultKind::WrongArity { function, least: 0, most: 1, given })
            }
        }
    }

    /// `indexed-repeat(node, repeat, index, …)`: the node in the rows of these numbers.
    pub(super) fn indexed_repeat(&mut self, arguments: &[Parsed<'_>]) -> Expression {
        let [Parsed { kind: ParsedKind::Path(wanted), .. }, pairs @ ..] = arguments else {
            return self.fail(FaultKind::IndexedRepeatArguments);
        };
        if pairs.is_empty() || !pairs.len().is_multiple_of(2) {
            return self.fail(FaultKind::IndexedRepeatArguments);
        }
        let Some(node) = self.single_node(wanted) else { return Expression::This };
        let scope = self.innermost().1;
        let mut spot = self.all_instances(node, depth(self.form(), scope));
        for pair in pairs.chunks_exact(2) {
            let ParsedKind::Path(path) = &pair[0].kind else {
                return self.fail(FaultKind::IndexedRepeatArguments);
            };
            let Some(repeat) = self.single_node(path) else { return Expression::This };
            let index = self.resolve(&pair[1]);
            let index = Expression::Call(Function::Number, vec![index]);
            let only = rare(Rare::Current(index));
            let equal = vec![(Operator::Equal, only)];
            let condition = Expression::Operation(Box::new(rare(Rare::Place)), equal);
            let rows = spot.way.iter_mut().find_map(|way| match way {
                Way::Rows(own, only) if *own == repeat => Some(only),
                _ => None,
            });
            match rows {
                Some(only) => only.push(condition),
                None => return self.fail(FaultKind::IndexedRepeatArguments),
            }
        }
        self.stay_in_row(&mut spot, scope);
        self.found(spot, false)
    }
}

/// Whether the last condition on a way chooses by place.
pub(super) fn counts_places(spot: &Spot) -> bool {
    let last = match spot.way.last() {
        Some(Way::Rows(_, only)) => only.last(),
        Some(Way::Only(only)) => Some(only),
        None => None,
    };
    last.is_some_and(|last| matches!(last, Expression::Number(_)) || counts(last))
}
