//! Accounts of a phone that several share, and when it drops its keys.

use courier::Note;
use form::Answers;
use form::answers::{Content, Entry};
use protocol::fact::{CaseState, Offers};
use protocol::keys::{Keyring, Suite1, system_random};
use protocol::pack::PhonePack;
use protocol::{
    ApplicationId, CaseNumber, DeviceCertificate, Digest, EnvelopeId, Fact, Holder, ItemId,
    Receipt, Revocation, ServerTime, Township,
};
use vault::{
    AccountId, Device, Draft, Finish, Habits, LockError, OpensBy, Phone as _, Pin, Place, Progress,
    Store as _, Vault, VaultError, WhyDropped, Write,
};

use crate::chance::Chance;
use crate::ending::drive;
use crate::phone::{BEGINNING_MS, SimulatedPhone};
use crate::time::Time;
use crate::wire::Secrets;

const DAY_MS: i64 = 86_400_000;

fn phone() -> SimulatedPhone {
    SimulatedPhone::new(Chance::new(7), Time::default(), Secrets)
}

fn device(phone: &SimulatedPhone) -> Device<SimulatedPhone> {
    drive(Device::of(phone.clone())).unwrap()
}

/// Opens the account that needs no PIN, whatever had to be read before.
fn open(phone: &SimulatedPhone) -> Vault<SimulatedPhone> {
    let device = device(phone);
    drive(device.accept_dropped()).unwrap();
    match drive(device.open_the_only()).unwrap() {
        Some(vault) => vault,
        None => drive(device.open(AccountId::FIRST)).unwrap().unwrap(),
    }
}

fn pin() -> Pin {
    Pin::choose("284619").unwrap()
}

fn wrong() -> Pin {
    Pin::choose("284618").unwrap()
}

fn draft(vault: &Vault<SimulatedPhone>, title: &str) -> Draft {
    let now = vault.phone().now();
    let id = *Digest::of(title.as_bytes()).0.first_chunk().unwrap();
    let place = Entry { name: "where".into(), content: Content::Value("村口".into()) };
    let draft = Draft {
        application: ApplicationId::new(now.unix_ms.unsigned_abs(), id),
        item: ItemId("bxsj".into()),
        form: Digest::of(b"a form"),
        answers: Answers(vec![place]),
        title: title.into(),
        progress: Progress { done: 1, of: 2 },
        place: "1".into(),
        begun_at: now,
        updated_at: now,
        declined: None,
        informed: None,
        corrects: None,
    };
    drive(vault.keep_draft(&draft)).unwrap();
    draft
}

fn titles(vault: &Vault<SimulatedPhone>) -> Vec<String> {
    let listing = drive(vault.drafts()).unwrap();
    assert_eq!(listing.damaged, Vec::<String>::new());
    listing.records.into_iter().map(|draft| draft.title).collect()
}

fn town() -> Keyring<Suite1> {
    Keyring::<Suite1>::generate(&mut system_random())
}

fn finish(vault: &Vault<SimulatedPhone>, draft: &Draft, town: &Keyring<Suite1>) -> EnvelopeId {
    let finish = Finish {
        township: Township("529999101000".into()),
        sealing_key: town.sealing_key(),
        application: draft.application,
        item: draft.item.clone(),
        form: draft.form,
        answers: draft.answers.clone(),
        title: draft.title.clone(),
        begun_at: draft.begun_at,
        finished_at: draft.updated_at,
        informed: None,
        corrects: None,
    };
    drive(vault.finish(finish)).unwrap()
}

/// What the courier is told when the township has an envelope.
fn received(device: &Device<SimulatedPhone>, envelope: EnvelopeId, town: &Keyring<Suite1>) -> Note {
    let bytes = drive(device.envelope(envelope)).unwrap();
    let receipt = Receipt {
        envelope,
        digest: Digest::of(&bytes),
        township: Township("529999101000".into()),
        case: CaseNumber("5299991010002026112900001".into()),
        received_at: ServerTime(BEGINNING_MS),
        key: town.signing_key().key_id(),
    };
    Note::Received { envelope, signed: town.sign(&receipt), receipt }
}

fn news(application: ApplicationId) -> Note {
    let state = CaseState {
        application,
        case: CaseNumber("5299991010002026112900001".into()),
        stage: "received".into(),
        office: "农业综合服务中心".into(),
        words: "收到了".into(),
        since: ServerTime(BEGINNING_MS),
        version: Some(1),
        said: None,
        corrections: Vec::new(),
        offers: Offers::default(),
        visit: None,
    };
    Note::Heard { facts: vec![Fact::Case(state)], cursor: None }
}

#[test]
fn an_account_with_a_pin_opens_by_that_alone() {
    let phone = phone();
    draft(&open(&phone), "低保");
    drive(device(&phone).change_pin(AccountId::FIRST, None, Some(&pin()))).unwrap();

    let device = device(&phone);
    assert_eq!(drive(device.accounts()).unwrap()[0].opens_by, OpensBy::Digits);
    assert!(drive(device.open(AccountId::FIRST)).unwrap().is_none());
    let refused = drive(device.unlock(AccountId::FIRST, &wrong())).err();
    assert_eq!(refused, Some(LockError::Wrong { wait_ms: 0 }));
    assert_eq!(titles(&drive(device.unlock(AccountId::FIRST, &pin())).unwrap()), ["低保"]);
}

#[test]
fn a_pin_is_worth_nothing_on_another_device() {
    let (one, other) = (phone(), SimulatedPhone::new(Chance::new(8), Time::default(), Secrets));
    open(&one);
    open(&other);
    drive(device(&one).change_pin(AccountId::FIRST, None, Some(&pin()))).unwrap();
    let record = drive(one.store().get(Place::Keys, "account 0")).unwrap().unwrap();
    let copied = [Write::put(Place::Keys, "account 0", record)];
    drive(other.store().write(&copied)).unwrap();

    let refused = drive(device(&other).unlock(AccountId::FIRST, &pin())).err();
    assert!(matches!(refused, Some(LockError::Vault(VaultError::Crypto(_)))), "{refused:?}");
}

#[test]
fn a_pin_is_changed_and_taken_away_by_who_knows_it() {
    let phone = phone();
    draft(&open(&phone), "低保");
    let device = device(&phone);
    let phrase = Pin::choose("老屋后面有棵枣树").unwrap();
    let id = AccountId::FIRST;
    drive(device.change_pin(id, None, Some(&pin()))).unwrap();
    assert!(drive(device.change_pin(id, None, None)).is_err());
    assert!(drive(device.change_pin(id, Some(&wrong()), Some(&phrase))).is_err());

    drive(device.change_pin(id, Some(&pin()), Some(&phrase))).unwrap();
    assert!(drive(device.unlock(id, &pin())).is_err());
    assert_eq!(titles(&drive(device.unlock(id, &phrase)).unwrap()), ["低保"]);
    drive(device.change_pin(id, Some(&phrase), None)).unwrap();
    assert_eq!(titles(&open(&phone)), ["低保"]);
}

#[test]
fn wrong_pins_wait_longer_and_longer_though_the_app_is_killed_or_the_clock_set() {
    let phone = phone();
    open(&phone);
    let id = AccountId::FIRST;
    drive(device(&phone).change_pin(id, None, Some(&pin()))).unwrap();
    let mut clock_ms = 0;
    let mut waits = Vec::new();
    for _ in 0..9 {
        phone.set_clock_wrong_by(clock_ms);
        // Killed while it is tried: the future is dropped half way.
        let refused = drive(device(&phone).unlock(id, &wrong())).err();
        let Some(LockError::Wrong { wait_ms }) = refused else { panic!("{refused:?}") };
        waits.push(wait_ms / 1_000);
        if wait_ms > 0 {
            // Not even the right one is tried before.
            let early = drive(device(&phone).unlock(id, &pin())).err();
            assert_eq!(early, Some(LockError::Wait { wait_ms }));
            // A clock that is set back tells nothing of how long it was.
            phone.set_clock_wrong_by(clock_ms - 10 * DAY_MS);
            let early = drive(device(&phone).unlock(id, &pin())).err();
            assert_eq!(early, Some(LockError::Wait { wait_ms }));
            clock_ms = clock_ms - 10 * DAY_MS + wait_ms as i64;
        }
    }
    assert_eq!(waits, [0, 0, 30, 60, 300, 900, 1_800, 3_600, 3_600]);
    phone.set_clock_wrong_by(clock_ms);
    assert!(drive(device(&phone).unlock(id, &pin())).is_ok());
    let refused = drive(device(&phone).unlock(id, &wrong())).err();
    assert_eq!(refused, Some(LockError::Wrong { wait_ms: 0 }), "it begins anew");
}

#[test]
fn accounts_of_one_phone_do_not_see_each_other() {
    let phone = phone();
    let first = open(&phone);
    draft(&first, "低保");
    let device = device(&phone);
    let id = drive(device.add_account("二婶")).unwrap();
    let second = drive(device.open(id)).unwrap().unwrap();
    draft(&second, "残疾补贴");

    assert_eq!(titles(&first), ["低保"]);
    assert_eq!(titles(&second), ["残疾补贴"]);
    // What is done to one account is done to no other.
    let habits = Habits { locks_when_hidden: true, ..Habits::default() };
    drive(device.change_account(id, "二婶", habits)).unwrap();
    drive(device.change_pin(id, None, Some(&pin()))).unwrap();
    assert_eq!(titles(&open(&phone)), ["低保"]);
    let names: Vec<_> = drive(device.accounts()).unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["", "二婶"]);
    drive(device.change_account(AccountId::FIRST, "老秦", Habits::default())).unwrap();
    assert_eq!(drive(device.accounts()).unwrap()[0].name, "老秦");
    assert_eq!(titles(&open(&phone)), ["低保"]);
}

#[test]
fn one_who_forgot_the_pin_begins_anew_and_what_was_finished_is_delivered() {
    let phone = phone();
    let (device, town) = (device(&phone), town());
    let first = open(&phone);
    draft(&first, "报修");
    let id = drive(device.add_account("二婶")).unwrap();
    let second = drive(device.open(id)).unwrap().unwrap();
    let application = draft(&second, "残疾补贴");
    let sent = finish(&second, &application, &town);
    draft(&second, "危房改造");
    drive(device.change_pin(id, None, Some(&pin()))).unwrap();

    drive(device.remove_account(id)).unwrap();
    assert_eq!(drive(device.accounts()).unwrap().len(), 1);
    assert_eq!(titles(&first), ["报修"]);
    assert!(drive(device.envelope(sent)).is_ok());
    let keys = |place| drive(phone.store().keys(place, "~")).unwrap();
    for place in Place::ALL {
        assert_eq!(keys(place), Vec::<String>::new(), "{place:?}");
    }
}

#[test]
fn the_only_account_whose_pin_was_forgotten_begins_anew() {
    let phone = phone();
    draft(&open(&phone), "低保");
    let device = device(&phone);
    drive(device.change_pin(AccountId::FIRST, None, Some(&pin()))).unwrap();
    drive(device.remove_account(AccountId::FIRST)).unwrap();
    let anew = drive(device.open(AccountId::FIRST)).unwrap().unwrap();
    assert_eq!(titles(&anew), Vec::<String>::new());
    draft(&anew, "报修");
    assert_eq!(titles(&open(&phone)), ["报修"]);
}

#[test]
fn what_the_township_tells_a_locked_phone_is_there_when_it_is_opened() {
    let phone = phone();
    let (vault, town) = (open(&phone), town());
    let application = draft(&vault, "低保");
    let sent = finish(&vault, &application, &town);
    drive(device(&phone).change_pin(AccountId::FIRST, None, Some(&pin()))).unwrap();

    let device = device(&phone);
    let notes = [received(&device, sent, &town), news(application.application)];
    drive(device.write_down(&notes)).unwrap();
    let vault = drive(device.unlock(AccountId::FIRST, &pin())).unwrap();
    let case = drive(vault.case(application.application)).unwrap();
    assert!(case.delivery.unwrap().is_delivered());
    assert_eq!(case.state.unwrap().words, "收到了");
    assert_eq!(drive(phone.store().keys(Place::States, "~")).unwrap(), Vec::<String>::new());
}

#[test]
fn where_somebody_wants_it_what_arrived_is_erased() {
    let phone = phone();
    let (vault, town) = (open(&phone), town());
    let (id, device) = (vault.account(), device(&phone));
    let (before, waiting) = (draft(&vault, "报修"), draft(&vault, "低保"));
    let arrived = finish(&vault, &before, &town);
    drive(device.write_down(&[received(&device, arrived, &town)])).unwrap();
    let on_its_way = finish(&vault, &waiting, &town);

    let habits = Habits { erases_what_arrived: true, ..Habits::default() };
    drive(device.change_account(id, "", habits)).unwrap();
    drive(vault.erase_what_arrived()).unwrap();
    let later = draft(&vault, "残疾补贴");
    let later_envelope = finish(&vault, &later, &town);
    let here = || -> Vec<ApplicationId> {
        let cases = drive(vault.cases()).unwrap().records;
        cases.into_iter().map(|case| case.sent.application).collect()
    };
    let mut expected = vec![waiting.application, later.application];
    expected.sort_unstable();
    assert_eq!(here(), expected);
    for envelope in [on_its_way, later_envelope] {
        drive(device.write_down(&[received(&device, envelope, &town)])).unwrap();
    }
    assert_eq!(here(), []);
    assert_eq!(drive(device.deliveries()).unwrap().records.len(), 3, "the proofs stay");
}

#[test]
fn a_revoked_device_drops_its_keys_and_goes_on_as_another() {
    let phone = phone();
    let (vault, town) = (open(&phone), town());
    let sent = finish(&vault, &draft(&vault, "低保"), &town);
    draft(&vault, "报修");
    let name =
        drive(vault.keep_file(draft(&vault, "危房改造").application, "image/jpeg", b"photo"));
    name.unwrap();
    let before = device(&phone);
    let revocation = Revocation {
        township: Township("529999101000".into()),
        device: before.key().device_id(),
        revoked_at: ServerTime(BEGINNING_MS),
        key: town.signing_key().key_id(),
    };
    let signed = town.sign(&revocation);
    drive(before.write_down(&[Note::Revoked { revocation, signed }])).unwrap();

    let after = device(&phone);
    assert_ne!(after.key(), before.key());
    assert!(!drive(before.is_current()).unwrap(), "another tab is to know");
    assert!(drive(after.is_current()).unwrap());
    assert!(drive(after.open_the_only()).unwrap().is_none(), "it has to be read first");
    assert_eq!(drive(after.dropped()).unwrap().unwrap().why, WhyDropped::Revoked);
    assert_eq!(titles(&open(&phone)), Vec::<String>::new());
    assert_eq!(drive(phone.store().keys(Place::Files, "")).unwrap(), Vec::<String>::new());
    assert!(drive(after.envelope(sent)).is_ok(), "it was sealed to the township");
    assert_eq!(drive(after.dropped()).unwrap(), None);
}

#[test]
fn only_a_certified_device_drops_its_keys_when_it_was_offline_too_long() {
    let town = town();
    for is_certified in [false, true] {
        let phone = phone();
        draft(&open(&phone), "低保");
        let before = device(&phone);
        keep_pack(&before, &town);
        if is_certified {
            drive(before.write_down(&[certified(&before, &town, BEGINNING_MS)])).unwrap();
            // One that was held back on the way confirms nothing.
            drive(before.write_down(&[certified(&before, &town, BEGINNING_MS - DAY_MS)])).unwrap();
        }
        phone.set_clock_wrong_by(14 * DAY_MS - 60_000);
        assert!(!drive(device(&phone).drop_if_offline_too_long()).unwrap());
        assert_eq!(titles(&open(&phone)), ["低保"]);

        phone.set_clock_wrong_by(14 * DAY_MS + 60_000);
        let is_dropped = drive(device(&phone).drop_if_offline_too_long()).unwrap();
        assert_eq!(is_dropped, is_certified);
        assert_eq!(device(&phone).key() != before.key(), is_certified);
        let dropped = drive(device(&phone).dropped()).unwrap();
        let expected = is_certified.then_some(WhyDropped::TooLongOffline);
        assert_eq!(dropped.map(|dropped| dropped.why), expected);
        let expected: &[&str] = if is_certified { &[] } else { &["低保"] };
        assert_eq!(titles(&open(&phone)), expected);
    }
}

fn certified(device: &Device<SimulatedPhone>, town: &Keyring<Suite1>, at_ms: i64) -> Note {
    let certificate = DeviceCertificate {
        township: Township("529999101000".into()),
        device: device.key(),
        holder: Holder::Other("一村文书".into()),
        valid_from: ServerTime(BEGINNING_MS - DAY_MS),
        valid_until: ServerTime(BEGINNING_MS + 365 * DAY_MS),
        confirmed_at: ServerTime(at_ms),
        key: town.signing_key().key_id(),
    };
    Note::Certified { signed: town.sign(&certificate), certificate }
}

fn keep_pack(device: &Device<SimulatedPhone>, town: &Keyring<Suite1>) {
    let pack = PhonePack {
        township: Township("529999101000".into()),
        name: "青禾镇".into(),
        version: Digest::of(b"a pack"),
        sealing_key: town.sealing_key(),
        signing_keys: town.signing_keys(),
        offices: Vec::new(),
        items: Vec::new(),
        certificates: None,
        roster: None,
        serial: 1,
        offline_days: 14,
        successions: town.successions(),
    };
    drive(device.keep_pack(&town.sign(&pack))).unwrap();
}
