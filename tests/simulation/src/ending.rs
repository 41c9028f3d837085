//! What must be so in the end, whatever happened.

use std::collections::BTreeMap;
use std::path::Path;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use protocol::keys::{Ring, TownshipKeys, open_file, verify};
use protocol::{ApplicationId, Digest, Envelope, EnvelopeId, FileId, Suite, Township, decode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection as _, Row as _};
use vault::{DeliveryRecord, Phone as _, Place, Sent, Store as _};

use crate::life::{PhoneVault, open};
use crate::person::Intended;
use crate::world::World;

/// What the township has, by the application.
type Cases = BTreeMap<ApplicationId, Vec<Case>>;

struct Case {
    envelope: EnvelopeId,
    bytes: Vec<u8>,
}

/// What is not there yet; none where all is.
pub(crate) fn missing(world: &mut World) -> Option<String> {
    for handset in &world.handsets {
        if let Some(one) = handset.intended.iter().find(|one| !one.is_finished.get()) {
            return Some(format!("somebody could not finish: {}", one.trouble.borrow()));
        }
        let vault = drive(open(&handset.phone, &world.time));
        let deliveries = drive(vault.device().deliveries()).unwrap();
        assert_eq!(deliveries.damaged, Vec::<String>::new(), "a record is damaged");
        for record in deliveries.records {
            let own = handset.intended.iter();
            let unfit = own.filter(|one| !one.is_fit).map(|one| Some(one.application));
            let is_unfit = unfit.into_iter().any(|one| one == record.application);
            // Nobody can tell of what is carried whether it is fit.
            let is_carried = record.application.is_none();
            let ends_refused = is_unfit || is_carried;
            // What was altered on the way is sent again.
            let is_refused = record.refused.as_ref().is_some_and(|refused| !refused.altered);
            if !(record.is_delivered() || ends_refused && is_refused) {
                return Some(format!("an envelope is still on its way: {record:?}"));
            }
        }
    }
    None
}

/// Checks everything, and tells how many applications arrived and how many were refused.
pub(crate) fn check(world: &mut World) -> (usize, usize) {
    world.township.dies();
    let data = world.township.data();
    let keys = TownshipKeys::from_bytes(&std::fs::read(data.join("township.keys")).unwrap());
    let keys = keys.unwrap();
    let keys = keys.ring(Suite::One).unwrap();
    let cases = cases(&data);
    let (mut arrived, mut refused) = (0, 0);
    for handset in &mut world.handsets {
        handset.ends();
        let vault = drive(open(&handset.phone, &world.time));
        drive(vault.device().clear_unfinished()).expect("what was never finished is cleared away");
        for intended in handset.intended.iter() {
            let sent = drive(vault.sent(intended.application)).expect("what was finished is there");
            let case = drive(vault.case(intended.application)).unwrap();
            let delivery = case.delivery.expect("what was finished is on its way");
            let own = cases.get(&intended.application).map_or(&[][..], Vec::as_slice);
            if intended.is_fit {
                assert_eq!(own.len(), 1, "one application has one case");
                check_arrived(&own[0], &sent, &delivery, intended, keys);
                check_files(&data, &sent, intended);
                arrived += 1;
            } else {
                assert!(own.is_empty(), "what does not fulfil the form became a case");
                check_refused(&delivery);
                refused += 1;
            }
        }
        expect_outbox_to_be_empty(&vault);
    }
    assert_eq!(cases.values().map(Vec::len).sum::<usize>(), arrived, "a case of nobody");
    (arrived, refused)
}

fn check_arrived(
    case: &Case,
    sent: &Sent,
    delivery: &DeliveryRecord,
    intended: &Intended,
    keys: Ring<'_>,
) {
    assert_eq!(case.envelope, sent.envelope);
    let signed = delivery.receipt.as_ref().expect("a receipt");
    let is_of = |key: &protocol::PublicKey| verify(signed, key).ok();
    let receipt = keys.signing_keys().iter().find_map(is_of).expect("a receipt that verifies");
    assert_eq!(receipt.envelope, case.envelope);
    assert_eq!(receipt.digest, Digest::of(&case.bytes), "a receipt of other bytes");
    assert_eq!(receipt.township, Township("529999101000".into()));
    if let Some(signed) = &delivery.completion {
        let is_of = |key: &protocol::PublicKey| verify(signed, key).ok();
        let completion = keys.signing_keys().iter().find_map(is_of).expect("it verifies");
        assert_eq!(completion.files, delivery.manifest);
    }
    let envelope: Envelope = decode(&case.bytes).unwrap();
    let command = keys.open(&envelope).unwrap().order.command;
    let submission = command.into_submission().expect("a filled form");
    assert_eq!(submission.application, intended.application);
    assert_eq!(submission.answers, sent.answers, "the township read what was sent");
    let values = submission.answers.values();
    assert!(values.iter().any(|(_, value)| *value == intended.place), "other answers");
}

fn check_files(data: &Path, sent: &Sent, intended: &Intended) {
    assert_eq!(sent.files.len(), intended.files.len(), "files were lost or doubled");
    let mut captured: Vec<&Vec<u8>> = intended.files.iter().collect();
    let mut arrived = Vec::new();
    for entry in &sent.files {
        let sealed = std::fs::read(file(data, entry.id)).expect("the file is there");
        arrived.push(open_file(&entry.key, entry.length, &sealed).expect("it opens"));
    }
    captured.sort();
    arrived.sort();
    assert!(captured.into_iter().eq(&arrived), "a file is another");
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
    for key in drive(vault.phone().store().keys(Place::Files, "")).unwrap() {
        let is_expected =
            key.split_once('/').is_some_and(|(id, _)| expected.iter().any(|own| own == id));
        assert!(is_expected, "{key} is left of a file");
    }
}

fn file(data: &Path, id: FileId) -> std::path::PathBuf {
    data.join("files").join(format!("{:02x}", id.as_bytes()[15])).join(id.to_string())
}

fn cases(data: &Path) -> Cases {
    let file = data.join("township.db");
    if !file.exists() {
        // Nobody ever asked the township anything.
        return Cases::new();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = SqliteConnectOptions::new().filename(file);
    runtime.block_on(async {
        let mut db = SqliteConnection::connect_with(&options).await.unwrap();
        let sql = "SELECT c.application, c.envelope, e.bytes FROM cases c
                   JOIN envelope e ON e.township = c.township AND e.id = c.envelope";
        let mut cases = Cases::new();
        for row in sqlx::query(sql).fetch_all(&mut db).await.unwrap() {
            let application =
                ApplicationId::from_bytes(row.get::<Vec<u8>, _>(0)[..].try_into().unwrap());
            let envelope = EnvelopeId::from_bytes(row.get::<Vec<u8>, _>(1)[..].try_into().unwrap());
            cases.entry(application).or_default().push(Case { envelope, bytes: row.get(2) });
        }
        db.close().await.unwrap();
        cases
    })
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
