//! A phone's vault: what was written down, and nothing else, outlives a crash.

use std::collections::BTreeMap;

use courier::{Courier, Delivery, FileDelivery, Note, Stage};
use protocol::pack::PhonePack;
use protocol::sync::{Cursor, RefusalReason};
use protocol::{Digest, EnvelopeId, PublicKey, Suite};

use crate::township::{Sealed, TownshipServer};

pub(crate) const DEVICE: PublicKey = PublicKey::new(Suite::One, [5; 65]);

pub(crate) struct Row {
    pub(crate) sealed: Sealed,
    pub(crate) is_received: bool,
    pub(crate) is_complete: bool,
    pub(crate) refused: Option<RefusalReason>,
}

pub(crate) struct Vault {
    pub(crate) outbox: BTreeMap<EnvelopeId, Row>,
    cursor: Option<Cursor>,
    pub(crate) pack: PhonePack,
    pub(crate) wanted_pack: Option<Digest>,
    pub(crate) is_revoked: bool,
}

impl Vault {
    pub(crate) fn new(envelopes: impl IntoIterator<Item = Sealed>) -> Self {
        let row = |sealed: Sealed| {
            let id = sealed.id;
            (id, Row { sealed, is_received: false, is_complete: false, refused: None })
        };
        Self {
            outbox: envelopes.into_iter().map(row).collect(),
            cursor: None,
            pack: TownshipServer::default().pack().claim().unwrap(),
            wanted_pack: None,
            is_revoked: false,
        }
    }

    pub(crate) fn courier(&self) -> Courier {
        let deliveries = self
            .outbox
            .values()
            .filter(|row| !row.is_delivered())
            .map(|row| {
                let stage = if row.is_received { Stage::Arrived } else { Stage::Waiting };
                let files = row.sealed.files.iter();
                Delivery::new(
                    row.sealed.id,
                    row.sealed.digest,
                    row.sealed.length,
                    row.sealed.manifest,
                    files.map(|(id, length)| FileDelivery::new(*id, *length, 0)).collect(),
                    stage,
                )
            })
            .collect();
        Courier::new(deliveries, self.cursor.clone(), true)
    }

    pub(crate) fn write(&mut self, note: Note) {
        match note {
            Note::Received { envelope, receipt, .. } => {
                let row = self.outbox.get_mut(&envelope).unwrap();
                assert_eq!(receipt.digest, row.sealed.digest);
                (row.is_received, row.refused) = (true, None);
            }
            Note::Refused { envelope, refused } => {
                let row = self.outbox.get_mut(&envelope).unwrap();
                assert!(!row.is_received, "refused after its receipt");
                row.refused = Some(refused.reason);
            }
            Note::Completed { envelope, .. } => {
                self.outbox.get_mut(&envelope).unwrap().is_complete = true;
            }
            Note::Heard { cursor, .. } => self.cursor = cursor,
            Note::Pack(version) => {
                self.wanted_pack = Some(version).filter(|version| *version != self.pack.version);
            }
            Note::Revoked { .. } => self.is_revoked = true,
            Note::Offset { .. } | Note::Certified { .. } => {}
        }
    }
}

impl Row {
    pub(crate) fn is_delivered(&self) -> bool {
        self.is_received && (self.is_complete || self.sealed.files.is_empty())
    }
}
