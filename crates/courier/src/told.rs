//! What an outcome means.

use protocol::encoding::MOST_ENVELOPES;
use protocol::sync::{Refusal, RefusalReason};
use protocol::{Completion, EnvelopeId, FileId, Receipt};

use crate::answer::{Answer, Answered, DeliveryAnswer, Proofs, Stands, Verified};
use crate::courier::Courier;
use crate::delivery::{Delivery, FileDelivery, FileStage, Refused, Stage};
use crate::retry::{ALTERED, BUSY, LATER, LINK, Moment, REFUSED, Schedule};
use crate::step::{Failure, Note, Outcome, Step};

impl Courier {
    /// Takes in what came of `step`. The notes are to be written down, in order, before
    /// [`Courier::next`] is asked; when that fails, this courier is to be dropped and a new one
    /// built from what is written. `chance` is random.
    pub fn told(&mut self, step: &Step, outcome: Outcome, now: Moment, chance: u16) -> Vec<Note> {
        let mut telling = Telling { courier: self, now, chance, notes: Vec::new() };
        match step {
            Step::Sync { envelopes, open, .. } => telling.sync(envelopes, open, outcome),
            Step::Ask { file, .. } => telling.file(*file, None, outcome),
            Step::Send { file, offset, length, .. } => {
                telling.file(*file, Some((*offset, *length)), outcome);
            }
            Step::Wait(_) | Step::Rest => {}
        }
        telling.notes
    }
}

impl Courier {
    /// Takes in what was proven another way than by an answer. The notes are to be written down as
    /// those of [`Courier::told`] are.
    pub fn proven(&mut self, proofs: Proofs) -> Vec<Note> {
        let mut notes = Vec::new();
        for receipt in proofs.receipts {
            let Receipt { envelope, .. } = *receipt.statement();
            if let Some(delivery) = self.deliveries.get_mut(&envelope)
                && (delivery.waits() || delivery.stage == Stage::Lost)
                && delivery.is_proven_by(receipt.statement())
            {
                delivery.arrived();
                self.listens = true;
                let (receipt, signed) = receipt.into_parts();
                notes.push(Note::Received { envelope, receipt, signed });
            }
        }
        for proof in proofs.completions {
            let Completion { envelope, .. } = *proof.statement();
            if let Some(delivery) = self.deliveries.get_mut(&envelope)
                && delivery.stage == Stage::Arrived
                && delivery.is_completed_by(proof.statement())
            {
                delivery.stage = Stage::Complete;
                let (completion, signed) = proof.into_parts();
                notes.push(Note::Completed { envelope, completion, signed });
            }
        }
        self.deliveries.retain(|_, delivery| delivery.stage != Stage::Complete);
        notes
    }
}

struct Telling<'a> {
    courier: &'a mut Courier,
    now: Moment,
    chance: u16,
    notes: Vec<Note>,
}

impl Telling<'_> {
    fn sync(&mut self, envelopes: &[EnvelopeId], open: &[EnvelopeId], outcome: Outcome) {
        match outcome {
            Outcome::Answer(answer) if answer.verdicts.len() == envelopes.len() => {
                self.answer(envelopes, open, answer);
            }
            Outcome::LostEnvelope(id) => {
                if let Some(delivery) = self.courier.deliveries.get_mut(&id) {
                    delivery.stage = Stage::Lost;
                }
            }
            Outcome::Failed(failure) => self.sync_failed(envelopes, open, failure),
            _ => self.sync_failed(envelopes, open, Failure::Stumbled),
        }
    }

    fn sync_failed(&mut self, envelopes: &[EnvelopeId], open: &[EnvelopeId], failure: Failure) {
        let (now, chance) = (self.now, self.chance);
        match failure {
            Failure::Unreachable | Failure::Busy => return self.link_failed(failure),
            Failure::TooLarge | Failure::Stumbled => {}
        }
        match envelopes {
            [] => {
                self.courier.hearing.failed(LINK, now, chance);
                for id in open {
                    if let Some(delivery) = self.courier.deliveries.get_mut(id) {
                        delivery.retry.failed(BUSY, now, chance);
                    }
                }
            }
            [one] => {
                if let Some(delivery) = self.courier.deliveries.get_mut(one) {
                    delivery.retry.failed(LATER, now, chance);
                }
            }
            many => self.courier.batch = many.len() / 2,
        }
        if failure == Failure::TooLarge {
            self.courier.pace.slower();
        }
    }

    fn link_failed(&mut self, failure: Failure) {
        let schedule = if failure == Failure::Busy { BUSY } else { LINK };
        self.courier.link.failed(schedule, self.now, self.chance);
        self.courier.pace.slower();
    }

    fn link_worked(&mut self, bytes: u64) {
        self.courier.link.succeeded();
        self.courier.pace.took(bytes, self.now.0.saturating_sub(self.courier.asked_at.0));
    }

    fn answer(&mut self, envelopes: &[EnvelopeId], open: &[EnvelopeId], answer: Answer) {
        let sent = envelopes.iter().filter_map(|id| self.courier.deliveries.get(id));
        let bytes = sent.map(|delivery| delivery.length).sum();
        self.link_worked(bytes);
        self.courier.hearing.succeeded();
        self.courier.batch = (self.courier.batch * 2).min(MOST_ENVELOPES);

        self.courier.is_revoked |= matches!(answer.standing.as_deref(), Some(Stands::Revoked(_)));
        for (id, verdict) in envelopes.iter().zip(answer.verdicts) {
            self.verdict(*id, verdict);
        }
        for id in open {
            if !answer.deliveries.iter().any(|told| told.envelope == *id) {
                self.forgotten(*id);
            }
        }
        for told in answer.deliveries {
            self.files(told);
        }
        self.courier.deliveries.retain(|_, delivery| delivery.stage != Stage::Complete);

        let is_news = answer.cursor != self.courier.cursor;
        if is_news || !answer.facts.is_empty() {
            self.courier.cursor.clone_from(&answer.cursor);
            self.notes.push(Note::Heard { facts: answer.facts, cursor: answer.cursor });
        }
        if self.courier.pack != Some(answer.pack) {
            self.courier.pack = Some(answer.pack);
            self.notes.push(Note::Pack(answer.pack));
        }
        // Last: who drops the keys can write down nothing more.
        if let Some(standing) = answer.standing {
            self.standing(*standing);
        }
        self.courier.heard_at = Some(self.now);
        // A township that says "more" without going on would be asked for ever.
        self.courier.curious = answer.more && is_news;
    }

    fn standing(&mut self, standing: Stands) {
        match standing {
            Stands::Certified(certificate) => {
                let (certificate, signed) = certificate.into_parts();
                self.notes.push(Note::Certified { certificate, signed });
            }
            Stands::Revoked(revocation) => {
                let (revocation, signed) = revocation.into_parts();
                self.notes.push(Note::Revoked { revocation, signed });
            }
        }
    }

    fn verdict(&mut self, id: EnvelopeId, verdict: Answered) {
        let (now, chance) = (self.now, self.chance);
        let Some(delivery) = self.courier.deliveries.get_mut(&id) else { return };
        match verdict {
            Answered::Received(receipt) if delivery.is_proven_by(receipt.statement()) => {
                delivery.arrived();
                self.courier.listens = true;
                let (receipt, signed) = receipt.into_parts();
                self.notes.push(Note::Received { envelope: id, receipt, signed });
            }
            Answered::Received(_) | Answered::Unproven => delivery.retry.failed(LATER, now, chance),
            Answered::Refused(refusal) => {
                let (refused, schedule) = delivery.refusal(refusal);
                // What is proven need not be asked again.
                match self.courier.is_revoked && refused.is_of_a_revoked_device() {
                    true => delivery.retry.sleep(now),
                    false => delivery.retry.failed(schedule, now, chance),
                }
                let stage = Stage::Refused(refused.clone());
                if delivery.stage != stage {
                    delivery.stage = stage;
                    self.notes.push(Note::Refused { envelope: id, refused });
                }
            }
        }
    }

    /// The township does not know an envelope that it once gave a receipt for: it was restored
    /// from a backup. The envelope is the same for ever, so it is simply sent again.
    fn forgotten(&mut self, id: EnvelopeId) {
        let arrived = |delivery: &&mut Delivery| delivery.stage == Stage::Arrived;
        if let Some(delivery) = self.courier.deliveries.get_mut(&id).filter(arrived) {
            delivery.stage = Stage::Waiting;
            delivery.files.iter_mut().for_each(FileDelivery::doubt);
        }
    }

    fn files(&mut self, told: DeliveryAnswer) {
        let (now, chance) = (self.now, self.chance);
        let Some(delivery) = self.courier.deliveries.get_mut(&told.envelope) else { return };
        if !matches!(delivery.stage, Stage::Arrived | Stage::Complete) {
            return;
        }
        for file in &mut delivery.files {
            let offset = told.missing.iter().find(|missing| missing.file == file.id);
            file.is_there_up_to(offset.map_or(file.length, |missing| missing.offset));
        }
        match told.completion {
            Some(proof) if delivery.is_completed_by(proof.statement()) => {
                delivery.stage = Stage::Complete;
                let (completion, signed) = Verified::into_parts(proof);
                let envelope = told.envelope;
                self.notes.push(Note::Completed { envelope, completion, signed });
            }
            _ if delivery.lacks_only_its_completion() => {
                delivery.retry.failed(BUSY, now, chance);
            }
            _ => {}
        }
    }

    /// What came of asking about a file, or of sending the bytes at `sent` (offset and length).
    fn file(&mut self, id: FileId, sent: Option<(u64, u64)>, outcome: Outcome) {
        let (now, chance) = (self.now, self.chance);
        if let Outcome::Failed(failure @ (Failure::Unreachable | Failure::Busy)) = outcome {
            self.link_failed(failure);
        } else if let (Outcome::Offset(_), Some((_, length))) = (&outcome, sent) {
            self.link_worked(length);
        } else {
            self.courier.link.succeeded();
        }
        if matches!(outcome, Outcome::Failed(Failure::TooLarge)) {
            self.courier.pace.slower();
        }
        if matches!(outcome, Outcome::UnknownFile) {
            self.courier.curious = true;
        }
        let Some((envelope, file)) = self.courier.find_file(id) else { return };
        let before = file.bytes_there();
        match outcome {
            Outcome::Offset(offset) if offset > file.length => {
                file.retry.failed(ALTERED, now, chance);
            }
            Outcome::Offset(offset) => {
                file.is_there_up_to(offset);
                match sent {
                    Some((from, _)) if offset <= from => file.retry.failed(ALTERED, now, chance),
                    Some(_) => file.retry.succeeded(),
                    None => {}
                }
            }
            Outcome::Spoiled => {
                file.is_there_up_to(0);
                file.retry.failed(ALTERED, now, chance);
            }
            Outcome::LostFile => file.stage = FileStage::Lost,
            Outcome::Failed(Failure::Unreachable | Failure::Busy) => file.doubt(),
            Outcome::Failed(Failure::Stumbled) => {
                file.doubt();
                file.retry.failed(LATER, now, chance);
            }
            _ => {
                file.doubt();
                file.retry.failed(LINK, now, chance);
            }
        }
        let offset = file.bytes_there();
        if offset != before && file.stage != FileStage::Lost {
            self.notes.push(Note::Offset { envelope, file: id, offset });
        }
    }
}

impl Courier {
    fn find_file(&mut self, id: FileId) -> Option<(EnvelopeId, &mut FileDelivery)> {
        self.deliveries.values_mut().find_map(|delivery| {
            let envelope = delivery.envelope;
            delivery.files.iter_mut().find(|file| file.id == id).map(|file| (envelope, file))
        })
    }
}

impl Delivery {
    fn arrived(&mut self) {
        self.stage = if self.files.is_empty() { Stage::Complete } else { Stage::Arrived };
        self.retry.succeeded();
    }

    fn is_proven_by(&self, receipt: &Receipt) -> bool {
        receipt.envelope == self.envelope && receipt.digest == self.digest
    }

    fn is_completed_by(&self, completion: &Completion) -> bool {
        completion.envelope == self.envelope && completion.files == self.manifest
    }

    fn refusal(&self, refusal: Refusal) -> (Refused, Schedule) {
        let altered = refusal.seen != self.digest;
        let schedule = match refusal.reason {
            RefusalReason::Later => LATER,
            _ if altered => ALTERED,
            _ => REFUSED,
        };
        (Refused { reason: refusal.reason, altered, words: refusal.words }, schedule)
    }
}

impl FileDelivery {
    /// The township has said so. What the phone has lost stays lost, unless it is not needed.
    fn is_there_up_to(&mut self, offset: u64) {
        if offset >= self.length {
            self.stage = FileStage::Whole;
        } else if self.stage != FileStage::Lost {
            self.stage = FileStage::At(offset);
        }
    }
}
