//! Who is told that a lamp turned: on their desk, once each (township.md 4.3).

use std::collections::BTreeSet;

use casework::{Held, Lamp, Role};
use pack::Watcher;

use crate::cases::{AtHand, Now};
use crate::storage::{self, Connection, StorageError};

pub(super) async fn remind(
    db: &mut dyn Connection,
    now: Now<'_>,
    case: &AtHand,
    lamp: Lamp,
) -> Result<(), StorageError> {
    let (pack, row) = (&now.pack.pack, &case.row);
    let today = now.local().date();
    let told: BTreeSet<&str> = pack
        .messages
        .watchers(lamp)
        .iter()
        .flat_map(|watcher| pack.organisation.holders(today, |post| watches(case, *watcher, post)))
        .collect();
    for account in told {
        let event = (&row.number, row.events);
        let township = &now.server.township;
        storage::reminders::remind(db, township, account, event, lamp as u64, now.at).await?;
    }
    Ok(())
}

/// Whether who holds this post watches over a case as this.
fn watches(case: &AtHand, watcher: Watcher, post: &Held) -> bool {
    match watcher {
        Watcher::Owner => case.stage().is_some_and(|stage| case.case.is_work_of(&stage.who, post)),
        Watcher::Head => post.role == Role::Head && post.office.as_ref() == Some(&case.case.office),
        Watcher::Supervisor => post.role == Role::Supervisor,
    }
}
