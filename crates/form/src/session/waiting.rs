//! Rules that wait to be worked out, each for a row.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::instance::RowId;
use crate::model::RuleId;

/// For so many there is room at first.
const LEAST_ROOM: usize = 64;

/// Rules that wait, in the order of the graph.
#[derive(Default)]
pub(super) struct Waiting(BinaryHeap<Reverse<(RuleId, RowId)>>);

impl Waiting {
    /// When there is no room left, those that wait more than once are thinned out: where rows read
    /// each other, every one of thousands is put here by every other.
    pub(super) fn put(&mut self, rule: RuleId, row: RowId) {
        if self.0.len() == self.0.capacity() {
            let mut all = core::mem::take(&mut self.0).into_sorted_vec();
            all.dedup();
            all.reserve_exact(all.len().max(LEAST_ROOM));
            self.0 = all.into();
        }
        self.0.push(Reverse((rule, row)));
    }

    /// The first one, and all that are the same.
    pub(super) fn take(&mut self) -> Option<(RuleId, RowId)> {
        let first = self.0.pop()?;
        while self.0.peek() == Some(&first) {
            self.0.pop();
        }
        Some(first.0)
    }

    /// How many wait, counting those twice that wait twice.
    #[cfg(all(test, feature = "compile"))]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_of_the_first_row_is_taken_first() {
        let mut waiting = Waiting::default();
        for (rule, row) in [(7, 0), (2, 9), (2, 1), (7, 0)] {
            waiting.put(RuleId(rule), RowId(row));
        }
        let taken: Vec<_> = std::iter::from_fn(|| waiting.take()).collect();
        assert_eq!(taken, [(2, 1), (2, 9), (7, 0)].map(|(rule, row)| (RuleId(rule), RowId(row))));
    }

    #[test]
    fn a_rule_that_is_put_there_again_and_again_takes_the_room_of_one() {
        let mut waiting = Waiting::default();
        for time in 0..100_000 {
            waiting.put(RuleId(time % 3), RowId(1));
        }
        assert!(waiting.0.capacity() <= 2 * LEAST_ROOM);
        let taken: Vec<_> = std::iter::from_fn(|| waiting.take()).collect();
        assert_eq!(taken, [0, 1, 2].map(|rule| (RuleId(rule), RowId(1))));
    }
}
