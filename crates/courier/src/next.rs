//! What to do next: news and envelopes first, then files.

use protocol::EnvelopeId;
use protocol::encoding::MOST_ENVELOPES;

use crate::courier::Courier;
use crate::delivery::{Delivery, FileStage, Stage};
use crate::pace::patience_ms;
use crate::retry::{Moment, NEVER};
use crate::step::Step;

/// How often to ask for news while somebody may be waiting for them.
const HEAR_EVERY_MS: u64 = 60_000;

impl Courier {
    /// What to do next. Asking again without [`Courier::told`] in between gives the same.
    pub fn next(&mut self, now: Moment) -> Step {
        if let Some(until) = self.link.until(now) {
            return Step::Wait(until);
        }
        self.asked_at = now;
        self.sync(now).or_else(|| self.file(now)).unwrap_or_else(|| self.idle(now))
    }

    fn sync(&self, now: Moment) -> Option<Step> {
        let envelopes = self.batch(now);
        let is_needed = !envelopes.is_empty()
            || self.hearing.is_due(now) && (self.curious || self.hears_again(now).is_none())
            || self
                .deliveries
                .values()
                .any(|delivery| delivery.lacks_only_its_completion() && delivery.retry.is_due(now));
        is_needed.then(|| {
            let open = self.open();
            let bytes = envelopes.iter().filter_map(|id| self.deliveries.get(id));
            let patience_ms = patience_ms(bytes.map(|delivery| delivery.length).sum());
            Step::Sync { envelopes, open, patience_ms }
        })
    }

    /// The envelopes to send now. One that failed before travels alone, after the others: it may
    /// be what made the township stumble.
    fn batch(&self, now: Moment) -> Vec<EnvelopeId> {
        let due = || {
            self.deliveries
                .values()
                .filter(move |delivery| delivery.waits() && delivery.retry.is_due(now))
        };
        let mut bytes = 0;
        let batch: Vec<EnvelopeId> = due()
            .filter(|delivery| delivery.retry.failures() == 0)
            .take(self.batch)
            .take_while(|delivery| {
                let is_first = bytes == 0;
                bytes += delivery.length;
                is_first || bytes <= self.pace.bytes()
            })
            .map(|delivery| delivery.envelope)
            .collect();
        if batch.is_empty() { due().take(1).map(|each| each.envelope).collect() } else { batch }
    }

    fn open(&self) -> Vec<EnvelopeId> {
        self.deliveries
            .values()
            .filter(|delivery| delivery.stage == Stage::Arrived)
            .take(MOST_ENVELOPES)
            .map(|delivery| delivery.envelope)
            .collect()
    }

    fn file(&self, now: Moment) -> Option<Step> {
        if self.holds_files {
            return None;
        }
        self.arrived()
            .flat_map(|delivery| &delivery.files)
            .filter(|file| file.retry.is_due(now))
            .find_map(|file| match file.stage {
                FileStage::Unsure(_) => {
                    Some(Step::Ask { file: file.id, patience_ms: patience_ms(0) })
                }
                FileStage::At(offset) => {
                    let length = self.pace.bytes().min(file.length - offset);
                    let patience_ms = patience_ms(length);
                    Some(Step::Send { file: file.id, offset, length, patience_ms })
                }
                FileStage::Whole | FileStage::Lost => None,
            })
    }

    /// The first moment at which something that rests now is due.
    fn idle(&self, now: Moment) -> Step {
        let waiting = self
            .deliveries
            .values()
            .filter(|delivery| delivery.waits() || delivery.lacks_only_its_completion());
        let files = self
            .arrived()
            .flat_map(|delivery| &delivery.files)
            .filter(|file| matches!(file.stage, FileStage::Unsure(_) | FileStage::At(_)))
            .filter(|_| !self.holds_files);
        let news = if self.curious { self.hearing.until(now) } else { self.hears_again(now) };
        waiting
            .filter_map(|delivery| delivery.retry.until(now))
            .chain(files.filter_map(|file| file.retry.until(now)))
            .chain(news.filter(|_| self.curious || self.listens))
            .filter(|until| *until < NEVER)
            .min()
            .map_or(Step::Rest, Step::Wait)
    }

    /// When news are to be asked for again; none when that is now.
    fn hears_again(&self, now: Moment) -> Option<Moment> {
        if !self.listens {
            return Some(NEVER);
        }
        let heard_at = self.heard_at.filter(|at| *at <= now)?;
        let again = Moment(heard_at.0.saturating_add(HEAR_EVERY_MS));
        Some(again).filter(|again| *again > now)
    }

    fn arrived(&self) -> impl Iterator<Item = &Delivery> {
        self.deliveries.values().filter(|delivery| delivery.stage == Stage::Arrived)
    }
}
