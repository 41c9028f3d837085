//! The courier's state, and what happens to it from outside.

use std::collections::BTreeMap;

use protocol::encoding::MOST_ENVELOPES;
use protocol::sync::{Cursor, RefusalReason};
use protocol::{Digest, EnvelopeId, FileId};

use crate::delivery::{Delivery, Stage};
use crate::pace::Pace;
use crate::retry::{Moment, Retry};

/// Decides what to send next, what an answer means and when to try again.
#[derive(Clone, Debug)]
pub struct Courier {
    /// What is under way; the oldest first, since ids begin with the time.
    pub(crate) deliveries: BTreeMap<EnvelopeId, Delivery>,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) pack: Option<Digest>,
    /// Whether there is anything to hear about: a case, one's own.
    pub(crate) listens: bool,
    /// Whether to ask the township for news even though nothing else makes it necessary.
    pub(crate) curious: bool,
    pub(crate) heard_at: Option<Moment>,
    /// Contacts for news that failed though the township is there.
    pub(crate) hearing: Retry,
    pub(crate) link: Retry,
    pub(crate) pace: Pace,
    /// The most envelopes in one request.
    pub(crate) batch: usize,
    pub(crate) asked_at: Moment,
    /// Whether the township has proven that this device is revoked.
    pub(crate) is_revoked: bool,
    /// Whether files wait for a link that costs nobody anything.
    pub(crate) holds_files: bool,
}

/// How much is still on the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Envelopes that did not arrive and were not refused.
    pub waiting: usize,
    /// Envelopes that were refused so far.
    pub refused: usize,
    /// Those of [`Progress::refused`] that are not taken however often they are sent: somebody has
    /// to look after them.
    pub refused_for_good: usize,
    /// Envelopes that arrived and whose files are under way.
    pub arrived: usize,
    /// Envelopes that the phone itself cannot read any more, or not all of their files.
    pub lost: usize,
    /// Bytes of all files that are under way, and of the envelopes that wait.
    pub bytes: u64,
    /// Those of [`Progress::bytes`] that are there.
    pub bytes_there: u64,
}

impl Courier {
    /// A courier for `deliveries`, as they were last written down. It asks the township for news
    /// at once, and from time to time if it `listens`.
    pub fn new(deliveries: Vec<Delivery>, cursor: Option<Cursor>, listens: bool) -> Self {
        Self {
            deliveries: deliveries.into_iter().map(|each| (each.envelope, each)).collect(),
            cursor,
            pack: None,
            listens,
            curious: true,
            heard_at: None,
            hearing: Retry::default(),
            link: Retry::default(),
            pace: Pace::new(),
            batch: MOST_ENVELOPES,
            asked_at: Moment(0),
            is_revoked: false,
            holds_files: false,
        }
    }

    /// Takes on one more delivery.
    pub fn take(&mut self, delivery: Delivery) {
        self.deliveries.entry(delivery.envelope).or_insert(delivery);
    }

    /// Nobody wants this one delivered any more.
    pub fn forget(&mut self, envelope: EnvelopeId) {
        self.deliveries.remove(&envelope);
    }

    /// The network may be back, or somebody looks at the screen: everything that only waited for
    /// a better time is tried now.
    pub fn hint(&mut self) {
        self.link.wake();
        self.hearing.wake();
        self.curious = true;
        for delivery in self.deliveries.values_mut() {
            if !delivery.is_refused_for_good() {
                delivery.retry.wake();
            }
            delivery.files.iter_mut().for_each(|file| file.retry.wake());
        }
    }

    /// Files wait, or go on: the link is one that somebody pays for by the byte, and the person wants
    /// them to wait for another. Envelopes are small, and never wait for that.
    pub fn hold_files(&mut self, holds: bool) {
        self.holds_files = holds;
    }

    /// A person wants this one tried again now, refused or not.
    pub fn try_again(&mut self, envelope: EnvelopeId) {
        self.link.wake();
        if let Some(delivery) = self.deliveries.get_mut(&envelope) {
            delivery.retry.wake();
            delivery.files.iter_mut().for_each(|file| file.retry.wake());
        }
    }

    /// Another courier on this phone has just heard the news and written them down.
    pub fn heard_elsewhere(&mut self, now: Moment) {
        self.curious = false;
        self.heard_at = Some(now);
    }

    /// The envelope that a file belongs to.
    pub fn envelope_of(&self, file: FileId) -> Option<EnvelopeId> {
        let mut deliveries = self.deliveries.values();
        let holder = deliveries.find(|delivery| delivery.files.iter().any(|each| each.id == file));
        holder.map(|delivery| delivery.envelope)
    }

    /// Up to where news were heard, for the next request.
    pub fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    /// What is under way, the oldest first.
    pub fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values()
    }

    /// What the phone itself cannot read any more, or not all of its files.
    pub fn lost(&self) -> impl Iterator<Item = EnvelopeId> {
        let lost = self.deliveries.values().filter(|delivery| delivery.is_lost());
        lost.map(|delivery| delivery.envelope)
    }

    /// How much is still on the phone.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for delivery in self.deliveries.values() {
            match &delivery.stage {
                Stage::Waiting => progress.waiting += 1,
                Stage::Refused(_) => progress.refused += 1,
                Stage::Arrived | Stage::Complete => progress.arrived += 1,
                Stage::Lost => {}
            }
            progress.lost += usize::from(delivery.is_lost());
            progress.refused_for_good += usize::from(delivery.is_refused_for_good());
            if !delivery.waits() {
                progress.bytes_there += delivery.length;
            }
            progress.bytes += delivery.length + delivery.bytes();
            progress.bytes_there += delivery.bytes_there();
        }
        progress
    }
}

impl Delivery {
    fn is_refused_for_good(&self) -> bool {
        matches!(
            &self.stage,
            Stage::Refused(refused) if !refused.altered && refused.reason != RefusalReason::Later
        )
    }
}
