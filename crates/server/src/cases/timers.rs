//! What time does to cases: deemed acceptance, the end of notices, pauses and corrections, lamps.
//!
//! A case says when something is due next (`due_at` of its row). Whoever comes to it first, this loop of
//! any server or somebody who asks something of the case, holds the row, looks what is due by the
//! events, and keeps that: so each thing happens once, however many servers look, and none is lost where
//! one ends in the middle. What fell due while no server ran happens when one runs again, dated when it
//! fell due.

use std::sync::Arc;
use std::time::Duration;

use protocol::CaseNumber;

use super::at_hand::{AtHand, Now};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// So many cases are looked up at once.
const BATCH: u64 = 64;

/// Does what is due, every so often.
pub(crate) async fn work_due(server: Arc<Server>, every: Duration) {
    let mut day = None;
    loop {
        tokio::time::sleep(every).await;
        let done = async {
            let pack = server.packs.in_force();
            let today = Now::new(&server, &pack).local().date();
            if day.is_some_and(|day| day != today) {
                server.look_at_all_anew().await?;
            }
            day = Some(today);
            server.do_what_is_due().await
        };
        if let Err(error) = done.await {
            tracing::error!("what is due waits for now: {error}");
        }
    }
}

impl Server {
    /// Does to all cases what is due by now, as it does by itself every few seconds.
    ///
    /// # Errors
    /// When something could not be kept, or a case not be read: what was done to others stays.
    pub async fn do_what_is_due(&self) -> Result<(), StorageError> {
        let (mut after, mut failed) = (CaseNumber(String::new()), Ok(()));
        loop {
            let now = self.clock.now();
            let mut db = self.storage.read().await?;
            let due = storage::cases::due(&mut *db, &self.township, now, &after, BATCH).await?;
            drop(db);
            for case in &due {
                // One that cannot be read holds up no other.
                if let Err(error) = self.do_what_is_due_to(case).await {
                    tracing::error!(case = %case.0, "what is due to a case waits: {error}");
                    failed = Err(error);
                }
            }
            match due.into_iter().next_back() {
                Some(last) => after = last,
                None => return failed,
            }
        }
    }

    /// Has every open case looked at: on another day, villages and posts may be others.
    async fn look_at_all_anew(&self) -> Result<(), StorageError> {
        let mut transaction = self.storage.write().await?;
        storage::cases::all_are_due(&mut *transaction, &self.township).await?;
        transaction.commit().await
    }

    async fn do_what_is_due_to(&self, number: &CaseNumber) -> Result<(), StorageError> {
        let pack = self.packs.in_force();
        let mut transaction = self.storage.write().await?;
        let (db, now) = (&mut *transaction, Now::new(self, &pack));
        let Some(row) = storage::cases::hold_any(db, &self.township, number).await? else {
            return Ok(());
        };
        let promised_by = row.promised_by;
        let mut case = AtHand::take(db, now, row).await?;
        // Where nothing was due after all, the calendar is another one.
        case.renew(now);
        storage::cases::renew(db, &self.township, &case.row).await?;
        if case.row.promised_by != promised_by {
            case.tell_applicant(db, now).await?;
        }
        transaction.commit().await
    }
}
