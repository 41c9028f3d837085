//! Phone, network and township together, in simulated time.

use std::task::{Context, Poll, Waker};

use courier::{Answer, Courier, Failure, Moment, Outcome, Step, newer_pack};
use protocol::sync::RefusalReason;
use protocol::{
    Digest, EnvelopeId, FileId, PublicKey, Signature, Standing, Suite, SyncAnswer, Verdict,
};

use crate::chance::Chance;
use crate::network::Weather;
use crate::phone::{DEVICE, Row, Vault};
use crate::township::{self, FileAnswer, Nature, Sealed, Seen, TownshipServer};

pub(crate) struct World {
    seed: u64,
    chance: Chance,
    weather: Weather,
    township: TownshipServer,
    vault: Vault,
    courier: Courier,
    /// True time. The phone's clock is this and what it was set wrong by.
    now_ms: u64,
    wrong_ms: u64,
    steps: u64,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let envelopes: Vec<Sealed> = (0..=chance.below(12)).map(|_| sealed(&mut chance)).collect();
        let weather = Weather::of(&mut chance);
        Self::of(seed, chance, weather, envelopes)
    }

    /// Good envelopes without files, good weather.
    pub(crate) fn calm(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let good = |_| Sealed { nature: Nature::Good, files: Vec::new(), ..sealed(&mut chance) };
        let envelopes: Vec<Sealed> = (0..20).map(good).collect();
        Self::of(seed, chance, Weather::CALM, envelopes)
    }

    fn of(seed: u64, chance: Chance, weather: Weather, envelopes: Vec<Sealed>) -> Self {
        let vault = Vault::new(envelopes);
        let courier = vault.courier();
        let township = TownshipServer::default();
        let now_ms = 1_795_000_000_000;
        Self { seed, chance, weather, township, vault, courier, now_ms, wrong_ms: 0, steps: 0 }
    }

    pub(crate) fn dead_for(mut self, ms: u64) -> Self {
        let until = self.now_ms + ms;
        self.weather.lost = 100;
        while self.now_ms < until {
            self.step();
        }
        self.weather.lost = 0;
        self
    }

    pub(crate) fn with_poison(mut self) -> Self {
        let poison = Sealed { nature: Nature::Poison, ..sealed(&mut self.chance) };
        let all = self.vault.outbox.into_values().map(|row| row.sealed).chain([poison]);
        self.vault = Vault::new(all.collect::<Vec<_>>());
        self.courier = self.vault.courier();
        self
    }

    /// Bad weather for some hours, then good: then everything that can arrive has arrived.
    pub(crate) fn run(mut self) {
        let bad_until = self.now_ms + self.chance.below(4 * 3_600_000);
        while self.now_ms < bad_until {
            self.mishap();
            self.step();
        }
        self.weather = Weather::CALM;
        self.township.is_full = false;
        self.until_delivered();
        for row in self.vault.outbox.values() {
            let nature = row.sealed.nature;
            let arrives = nature == Nature::Good && !self.is_too_late(row);
            assert_eq!(row.is_delivered(), arrives, "seed {}: {nature:?}", self.seed);
            assert!(
                row.refused.is_some() || nature != Nature::Unfit,
                "seed {}: nobody said that it was refused",
                self.seed,
            );
        }
        assert_eq!(self.vault.is_revoked, self.township.is_revoked, "seed {}", self.seed);
        let newest = township::key(self.township.rotations);
        assert_eq!(self.vault.pack.signing_keys[0], newest, "seed {}", self.seed);
    }

    /// Whether the device was revoked before it arrived.
    fn is_too_late(&self, row: &Row) -> bool {
        let Sealed { id, is_carried, .. } = &row.sealed;
        self.township.is_revoked && !is_carried && !self.township.cases.contains_key(id)
    }

    /// How long it takes, in milliseconds, until all that can arrive has arrived.
    pub(crate) fn until_delivered(&mut self) -> u64 {
        let begun = self.now_ms;
        while self.is_something_missing() {
            self.step();
            assert!(self.now_ms - begun < 30 * 60_000, "seed {}: stuck", self.seed);
        }
        let good = self.vault.outbox.values().filter(|row| row.sealed.nature == Nature::Good);
        let arrived = good.filter(|row| !self.is_too_late(row)).count();
        assert_eq!(self.township.cases_made, arrived, "seed {}: doubled", self.seed);
        for case in self.township.cases.values() {
            assert!(case.files.iter().all(|file| file.offset == file.length));
        }
        self.now_ms - begun
    }

    fn is_something_missing(&self) -> bool {
        let is_missing = |row: &Row| match row.sealed.nature {
            Nature::Good if self.is_too_late(row) => row.refused != Some(RefusalReason::Revoked),
            Nature::Good => !row.is_delivered(),
            Nature::Unfit => row.refused.is_none(),
            Nature::Poison => false,
        };
        self.vault.outbox.values().any(is_missing)
            || self.vault.is_revoked != self.township.is_revoked
            || self.vault.pack.version != self.township.pack().claim().unwrap().version
    }

    fn mishap(&mut self) {
        if self.chance.percent(2) {
            self.wrong_ms = self.chance.below(20 * 365) * 24 * 3_600_000;
        }
        if self.chance.percent(5) {
            self.township.is_full = !self.township.is_full;
        }
        if self.chance.percent(1) {
            self.township.throw_away_unfinished();
        }
        if self.chance.percent(5) {
            self.courier.hint();
        }
        if self.chance.percent(self.weather.phone_dies) {
            self.courier = self.vault.courier();
        }
        if self.chance.below(60) < self.weather.keys_rotate && self.township.rotations < 5 {
            self.township.rotations += 1;
        }
        self.township.is_revoked |= self.chance.below(60) < self.weather.device_is_revoked;
    }

    fn clock(&self) -> Moment {
        Moment(self.now_ms + self.wrong_ms)
    }

    fn step(&mut self) {
        self.steps += 1;
        assert!(self.steps < 200_000, "seed {}: busy without end", self.seed);
        let step = self.courier.next(self.clock());
        let outcome = match &step {
            Step::Wait(until) => {
                let ms = until.0.saturating_sub(self.clock().0);
                assert!(ms > 0, "seed {}: waits for the past", self.seed);
                assert!(ms < 31 * 3_600_000, "seed {}: waits for ever", self.seed);
                // Waits are cut short at times, as timers are.
                self.now_ms += ms.min(60_000);
                return;
            }
            Step::Rest => {
                self.now_ms += 60_000;
                return;
            }
            Step::Sync { envelopes, open, patience_ms } => self.sync(envelopes, open, *patience_ms),
            Step::Ask { file, patience_ms } => self.ask(*file, *patience_ms),
            Step::Send { file, offset, length, patience_ms } => {
                self.send(*file, *offset, *length, *patience_ms)
            }
        };
        let chance = self.chance.next() as u16;
        let notes = self.courier.told(&step, outcome, self.clock(), chance);
        for note in notes {
            if self.chance.percent(self.weather.phone_dies) {
                self.courier = self.vault.courier();
                return;
            }
            self.vault.write(note);
        }
        if self.vault.wanted_pack.is_some() {
            self.get_pack();
        }
    }

    fn get_pack(&mut self) {
        const PATIENCE_MS: u64 = 60_000;
        let known = self.vault.pack.clone();
        if !self.travel(20_000, PATIENCE_MS) || !self.answer_travels() {
            return;
        }
        let served = match self.chance.percent(self.weather.pretended) {
            true if self.chance.percent(50) => township::forged_pack(&known),
            // What somebody on the way has seen before.
            true => {
                let rotations = self.chance.below(u64::from(self.township.rotations) + 1) as u8;
                TownshipServer { rotations, ..TownshipServer::default() }.pack()
            }
            false => self.township.pack(),
        };
        let Ok(pack) = at_once(newer_pack(&served, &known, verify)) else { return };
        assert!(pack.serial > known.serial, "seed {}: a former pack", self.seed);
        assert!(pack.serial <= u64::from(self.township.rotations), "seed {}: forged", self.seed);
        if self.vault.wanted_pack == Some(pack.version) {
            self.vault.wanted_pack = None;
        }
        self.vault.pack = pack;
    }

    /// Time passes while `bytes` travel; false when they never arrive.
    fn travel(&mut self, bytes: u64, patience_ms: u64) -> bool {
        let ms = 50 + self.chance.below(400) + bytes * 1000 / self.weather.bytes_per_second;
        if ms > patience_ms || self.chance.percent(self.weather.lost) {
            self.now_ms += patience_ms.min(ms);
            return false;
        }
        self.now_ms += ms;
        true
    }

    fn answer_travels(&mut self) -> bool {
        !self.chance.percent(self.weather.answer_lost)
            && !self.chance.percent(self.weather.township_dies)
    }

    fn sync(&mut self, envelopes: &[EnvelopeId], open: &[EnvelopeId], patience_ms: u64) -> Outcome {
        let sealed: Vec<Sealed> =
            envelopes.iter().map(|id| self.vault.outbox[id].sealed.clone()).collect();
        let bytes = sealed.iter().map(|each| each.length).sum();
        if !self.travel(bytes, patience_ms) || self.chance.percent(self.weather.township_dies) {
            return Outcome::Failed(Failure::Unreachable);
        }
        if self.chance.percent(self.weather.pretended) {
            return self.pretend(&sealed);
        }
        let seen = sealed.into_iter().map(|sealed| self.see(sealed)).collect();
        let Some(answer) = self.township.sync(seen, open) else {
            return Outcome::Failed(Failure::Stumbled);
        };
        if !self.answer_travels() {
            return Outcome::Failed(Failure::Unreachable);
        }
        Outcome::Answer(self.verified(answer))
    }

    fn see(&mut self, sealed: Sealed) -> Seen {
        let is_altered = self.chance.percent(self.weather.altered);
        let digest = if is_altered { Digest([9; 32]) } else { sealed.digest };
        Seen { sealed, digest }
    }

    /// Something on the way answers as if it were the township.
    fn pretend(&mut self, sealed: &[Sealed]) -> Outcome {
        if self.chance.percent(50) {
            return Outcome::Failed(Failure::Unreachable);
        }
        let verdicts = sealed.iter().map(|each| Verdict::Received(township::forged_receipt(each)));
        let revocation = match self.chance.percent(50) {
            true => township::forged_revocation(),
            // A true one of another device.
            false => self.township.revocation(&PublicKey::new(Suite::One, [6; 65])),
        };
        let answer = SyncAnswer {
            now: protocol::ServerTime(0),
            verdicts: verdicts.collect(),
            deliveries: Vec::new(),
            facts: Vec::new(),
            cursor: None,
            more: true,
            pack: Digest([2; 32]),
            standing: Some(Standing::Revoked(revocation)),
        };
        Outcome::Answer(self.verified(answer))
    }

    fn verified(&self, answer: SyncAnswer) -> Answer {
        verified(answer, &self.vault.pack.signing_keys)
    }

    fn ask(&mut self, file: FileId, patience_ms: u64) -> Outcome {
        if !self.travel(0, patience_ms) || !self.answer_travels() {
            return Outcome::Failed(Failure::Unreachable);
        }
        outcome(self.township.ask(file))
    }

    fn send(&mut self, file: FileId, offset: u64, length: u64, patience_ms: u64) -> Outcome {
        assert!(length > 0, "seed {}: sends nothing", self.seed);
        let is_altered = self.chance.percent(self.weather.altered / 4);
        if !self.travel(length, patience_ms) || self.chance.percent(self.weather.township_dies) {
            let arrived = self.chance.below(length);
            self.township.append(file, offset, arrived, is_altered);
            return Outcome::Failed(Failure::Unreachable);
        }
        let answer = self.township.append(file, offset, length, is_altered);
        if !self.answer_travels() {
            return Outcome::Failed(Failure::Unreachable);
        }
        outcome(answer)
    }
}

fn sealed(chance: &mut Chance) -> Sealed {
    let ms = 1_795_000_000_000 + chance.below(1000);
    let files = (0..chance.below(4))
        .map(|_| (FileId::new(ms, chance.bytes()), 16 + chance.below(300_000)))
        .collect();
    let nature = match chance.below(10) {
        0 => Nature::Unfit,
        1 => Nature::Poison,
        _ => Nature::Good,
    };
    Sealed {
        id: EnvelopeId::new(ms, chance.bytes()),
        digest: Digest(chance.bytes()),
        length: 300 + chance.below(20_000),
        manifest: Digest(chance.bytes()),
        files,
        nature,
        is_carried: chance.percent(20),
    }
}

fn outcome(answer: FileAnswer) -> Outcome {
    match answer {
        FileAnswer::Offset(offset) => Outcome::Offset(offset),
        FileAnswer::OtherOffset => Outcome::OtherOffset,
        FileAnswer::Spoiled => Outcome::Spoiled,
        FileAnswer::Unknown => Outcome::UnknownFile,
        FileAnswer::Full => Outcome::Failed(Failure::Busy),
    }
}

pub(crate) fn verified(answer: SyncAnswer, keys: &[PublicKey]) -> Answer {
    at_once(Answer::verify(answer, &DEVICE, keys, verify))
}

async fn verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    township::signature(key, message) == *signature
}

fn at_once<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => unreachable!("nothing in it waits"),
    }
}
