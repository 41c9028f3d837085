//! How things are, for the screens.

pub use ::delivery::Connection;
use courier::Progress;
use leptos::prelude::{GetUntracked, Set};
use protocol::{EnvelopeId, ServerTime};

use super::Delivery;
use crate::device::link;
use crate::vault::VaultError;

/// How things are: what is told here is known, not hoped for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether what is on the phone was looked through. Before, nothing is known of it.
    pub is_read: bool,
    /// Whether the township answers.
    pub connection: Connection,
    /// What is still on the phone.
    pub progress: Progress,
    /// What the phone itself cannot read any more, or not all of its files: it is kept, and cannot
    /// be delivered.
    pub lost: Vec<EnvelopeId>,
    /// Whether something is being sent right now.
    pub is_sending: bool,
    /// Whether files wait for a link that nobody pays for by the byte.
    pub holds_files: bool,
    /// When the township got the last thing that arrived, by its clock.
    pub delivered_at: Option<ServerTime>,
    /// Why the phone cannot write down what it was told; it is asked again.
    pub trouble: Option<VaultError>,
}

impl Status {
    /// Envelopes of which not everything is there, proven.
    pub fn undelivered(&self) -> usize {
        let Progress { waiting, refused, arrived, .. } = self.progress;
        waiting + refused + arrived
    }
}

impl Delivery {
    /// Lets files wait where the person wants that on such a link, and go on otherwise.
    pub(super) async fn hold_files(&self) -> Result<(), VaultError> {
        let may_hold = link::is_metered() && !self.0.sends_anyway.get();
        let holds = may_hold && self.device().files_wait().await?;
        self.0.rounds.hold_files(holds);
        self.tell(|status| status.holds_files = holds);
        Ok(())
    }

    pub(super) fn connection(&self) -> Connection {
        self.0.status.get_untracked().connection
    }

    /// Changes the status; whoever follows it is told only of what is new.
    pub(super) fn tell(&self, change: impl FnOnce(&mut Status)) {
        let before = self.0.status.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if let Some((progress, lost)) = self.0.rounds.progress() {
            after.progress = progress;
            after.lost = lost;
        }
        if after != before {
            self.0.status.set(after);
        }
    }
}
