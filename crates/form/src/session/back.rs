//! Going back to how everything was.

use super::Session;
use super::table::Table;
use crate::surroundings::Moment;

/// Everything that was answered and worked out at one time. [`Session::go_back`] brings it back.
#[derive(Clone)]
pub struct Snapshot {
    table: Table,
    moment: Moment,
}

impl Snapshot {
    /// How much room it takes: about so many facts.
    pub fn room(&self) -> usize {
        self.table.room()
    }
}

impl Session {
    /// How everything is now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { table: self.table.clone(), moment: self.moment }
    }

    /// Goes back to how everything was. Any fact may have changed; instances are the ones that they
    /// were, and rows that came since are gone for good.
    pub fn go_back(&mut self, before: Snapshot) {
        let later = core::mem::replace(&mut self.table, before.table);
        self.table.never_use_again(&later);
        self.moment = before.moment;
    }
}
