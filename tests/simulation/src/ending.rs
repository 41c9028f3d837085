//! What must be so in the end, whatever happened.

use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use form::Answers;
use protocol::keys::{Ring, verify};
use protocol::sync::RefusalReason;
use protocol::{Digest, Suite, Township};
use vault::{CaseCommand, DeliveryRecord, Phone as _, Place, Sent, Store as _};

use crate::history::{self, Case};
use crate::life::{PhoneVault, is_another_device, open};
use crate::person::Intended;
use crate::world::World;

/// What a schedule came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Applications that arrived.
    pub arrived: usize,
    /// Applications that were refused with a reason.
    pub refused: usize,
    /// Commands on cases that the township took: what else is asked of one.
    pub taken: usize,
    /// Those that it refused, since the case was another meanwhile.
    pub superseded: usize,
    /// How often the township's keys were renewed.
    pub renewed: usize,
    /// Devices that heard that they were revoked.
    pub revoked: usize,
    /// A digest of everything that happened: the same for the same seed.
    pub trace: u64,
}

impl Outcome {
    /// What two schedules came to.
    pub fn and(self, other: Self) -> Self {
        Self {
            arrived: self.arrived + other.arrived,
            refused: self.refused + other.refused,
            taken: self.taken + other.taken,
            superseded: self.superseded + other.superseded,
            renewed: self.renewed + other.renewed,
            revoked: self.revoked + other.revoked,
            trace: self.trace ^ other.trace,
        }
    }
}

/// What is not there yet; none where all is.
pub(crate) fn missing(world: &mut World) -> Option<String> {
    for handset in &world.handsets {
        if drive(is_another_device(&handset.phone, &world.time)) {
            return Some("nobody has read that a device was revoked".to_owned());
        }
        let intended = handset.plans.now();
        if let Some(one) = intended.iter().find(|one| !one.is_finished.get()) {
            return Some(format!("somebody could not finish: {}", one.trouble.borrow()));
        }
        let vault = drive(open(&handset.phone, &world.time));
        let deliveries = drive(vault.device().deliveries()).unwrap();
        assert_eq!(deliveries.damaged, Vec::<String>::new(), "a record is damaged");
        for record in deliveries.records {
            let own = intended.iter().filter(|one| one.is_fit);
            // What does not fulfil the form, or was made by a device that is revoked now.
            let is_fit = own.map(|one| Some(one.application)).any(|one| one == record.application);
            // What somebody asks of a case may come too late.
            let is_command = drive(is_command(&vault, &record));
            // Nobody can tell of what is carried whether it is fit.
            let is_carried = record.application.is_none();
            let ends_refused = !is_fit || is_carried || is_command;
            // What was altered on the way is sent again.
            let is_refused = record
                .refused
                .as_ref()
                .is_some_and(|refused| !refused.altered && refused.reason != RefusalReason::Later);
            if !(record.is_done() || ends_refused && is_refused) {
                return Some(format!("an envelope is still on its way: {record:?}"));
            }
        }
    }
    None
}

/// Whether an envelope is not the first that was sent of its application.
async fn is_command(vault: &PhoneVault, record: &DeliveryRecord) -> bool {
    let Some(application) = record.application else { return false };
    let command = vault.command(application).await.unwrap();
    command.is_some_and(|command| command.record.envelope == record.envelope)
}

/// Checks everything, and tells what it came to.
pub(crate) fn check(world: &mut World) -> Outcome {
    world.township.dies();
    let data = world.township.data();
    let keys = history::keys(&data);
    let keys = keys.ring(Suite::One).unwrap();
    let cases = history::cases(&data);
    let mut ending = Outcome::default();
    for handset in &mut world.handsets {
        handset.ends();
        let vault = drive(open(&handset.phone, &world.time));
        drive(vault.device().clear_unfinished()).expect("what was never finished is cleared away");
        for intended in handset.plans.now().iter() {
            let sent = drive(vault.sent(intended.application)).expect("what was finished is there");
            let case = drive(vault.case(intended.application)).unwrap();
            let delivery = case.delivery.expect("what was finished is on its way");
            let own = cases.iter().filter(|case| case.application == intended.application);
            let own: Vec<&Case> = own.collect();
            if intended.is_fit {
                assert_eq!(own.len(), 1, "one application has one case");
                check_arrived(own[0], &sent, &delivery, intended, keys);
                check_files(&data, &sent, intended);
                ending.taken += own[0].check(keys);
                ending.superseded += check_command(own[0], case.command.as_ref());
                ending.arrived += 1;
            } else {
                assert!(own.is_empty(), "what does not fulfil the form became a case");
                check_refused(&delivery);
                ending.refused += 1;
            }
        }
        let deliveries = drive(vault.device().deliveries()).unwrap().records;
        for device in handset.plans.of_revoked() {
            ending.revoked += 1;
            for intended in device.iter() {
                ending = ending.and(check_of_revoked(&cases, &deliveries, intended, keys));
            }
        }
        expect_outbox_to_be_empty(&vault);
    }
    history::expect_nothing_of_revoked(&data, keys);
    assert_eq!(cases.len(), ending.arrived, "a case of nobody");
    ending
}

/// What was finished on a device that was revoked later: a case, if it came before, or a refusal that
/// the phone still shows. What was not finished is gone with the keys.
fn check_of_revoked(
    cases: &[Case],
    deliveries: &[DeliveryRecord],
    intended: &Intended,
    keys: Ring<'_>,
) -> Outcome {
    let own = deliveries.iter().filter(|one| one.application == Some(intended.application));
    let own: Vec<&DeliveryRecord> = own.collect();
    assert!(!intended.is_finished.get() || !own.is_empty(), "nothing tells what became of it");
    let mut of_it = cases.iter().filter(|case| case.application == intended.application);
    let case = of_it.next();
    assert!(of_it.next().is_none(), "one application has one case");
    let mut outcome = Outcome::default();
    for delivery in own {
        match case.and_then(|case| case.taken.get(&delivery.envelope)) {
            Some(bytes) => check_receipt(bytes, delivery, keys),
            None => {
                check_refused(delivery);
                outcome.refused += 1;
            }
        }
    }
    if let Some(case) = case {
        assert!(intended.is_fit, "what does not fulfil the form became a case");
        check_answers(&case.submission(keys).answers, intended);
        outcome.taken += case.check(keys);
        outcome.arrived += 1;
    }
    outcome
}

/// What was asked last was taken, or refused with a reason. Tells how many were refused.
fn check_command(case: &Case, command: Option<&CaseCommand>) -> usize {
    let Some(command) = command else { return 0 };
    let is_there = case.taken.contains_key(&command.record.envelope);
    assert_eq!(command.is_taken(), is_there, "the phone does not know what became of it");
    if is_there {
        return 0;
    }
    let refused = command.refused().expect("it was refused");
    assert!(!refused.words.is_empty(), "a refusal is explained");
    1
}

fn check_arrived(
    case: &Case,
    sent: &Sent,
    delivery: &DeliveryRecord,
    intended: &Intended,
    keys: Ring<'_>,
) {
    check_receipt(&case.taken[&delivery.envelope], delivery, keys);
    let submission = case.submission(keys);
    assert_eq!(submission.application, intended.application);
    assert_eq!(submission.answers, sent.answers, "the township reads what was sent last");
    check_answers(&submission.answers, intended);
}

fn check_answers(answers: &Answers, intended: &Intended) {
    let (values, places) = (answers.values(), intended.places.borrow());
    let is_meant = |value: &str| value == intended.place || places.iter().any(|one| one == value);
    assert!(values.iter().any(|(_, value)| is_meant(value)), "other answers");
}

/// The township has proven that it has these bytes, and all files where it says so.
fn check_receipt(bytes: &[u8], delivery: &DeliveryRecord, keys: Ring<'_>) {
    let signed = delivery.receipt.as_ref().expect("a receipt");
    let is_of = |key: &protocol::PublicKey| verify(signed, key).ok();
    let receipt = keys.signing_keys().iter().find_map(is_of).expect("a receipt that verifies");
    assert_eq!(receipt.envelope, delivery.envelope);
    assert_eq!(receipt.digest, Digest::of(bytes), "a receipt of other bytes");
    assert_eq!(receipt.township, Township("529999101000".into()));
    if let Some(signed) = &delivery.completion {
        let is_of = |key: &protocol::PublicKey| verify(signed, key).ok();
        let completion = keys.signing_keys().iter().find_map(is_of).expect("it verifies");
        assert_eq!(completion.files, delivery.manifest);
    }
}

fn check_files(data: &Path, sent: &Sent, intended: &Intended) {
    let mut arrived = history::files(data, &sent.files);
    let more = intended.more_files.borrow();
    let is_known = |file: &Vec<u8>| intended.files.contains(file) || more.contains(file);
    assert!(arrived.iter().all(is_known), "a file is another");
    assert!(intended.files.iter().all(|file| arrived.contains(file)), "a file was lost");
    arrived.sort();
    arrived.dedup();
    assert_eq!(arrived.len(), sent.files.len(), "a file was doubled");
}

fn check_refused(delivery: &DeliveryRecord) {
    let refused = delivery.refused.as_ref().expect("a refusal");
    assert!(!refused.altered && !refused.words.is_empty(), "a refusal is explained");
    assert!(delivery.receipt.is_none());
}

/// What was delivered takes no room any more, and nothing is left of what was never finished.
fn expect_outbox_to_be_empty(vault: &PhoneVault) {
    let mut expected = Vec::new();
    for record in drive(vault.device().deliveries()).unwrap().records {
        if record.is_delivered() {
            assert!(
                drive(vault.device().envelope(record.envelope)).is_err(),
                "an envelope is left"
            );
        } else {
            expected.extend(record.files.iter().map(|file| file.id.to_string()));
        }
    }
    // A correction that nobody finished keeps what was captured for it.
    for key in drive(vault.phone().store().keys(Place::Captures, "")).unwrap() {
        let name = key.rsplit('/').next().unwrap_or_default();
        expected.extend(name.split('.').next().map(str::to_owned));
    }
    for key in drive(vault.phone().store().keys(Place::Files, "")).unwrap() {
        let is_expected =
            key.split_once('/').is_some_and(|(id, _)| expected.iter().any(|own| own == id));
        assert!(is_expected, "{key} is left of a file");
    }
}

/// Does the whole of `work`, while nothing else happens.
pub(crate) fn drive<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
}
