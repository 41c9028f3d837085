//! Accounts of a phone that several share, and when it drops its keys.

use std::collections::BTreeSet;

use courier::Note;
use protocol::{ApplicationId, Revocation, ServerTime, Township};
use vault::{
    AccountId, Habits, LockError, OpensBy, Phone as _, Pin, Place, Store as _, VaultError,
    WhyDropped, Write,
};

use crate::chance::Chance;
use crate::ending::drive;
use crate::phone::{BEGINNING_MS, SimulatedPhone};
use crate::scene::{
    DAY_MS, certified, device, draft, finish, keep_pack, news, open, phone, received, titles, town,
};
use crate::time::Time;
use crate::wire::Secrets;

fn pin() -> Pin {
    Pin::choose("284619").unwrap()
}

fn wrong() -> Pin {
    Pin::choose("284618").unwrap()
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

/// enketo/enketo#1127: after logging out the next person opened the form of the one before; what
/// that one had queued was nobody's.
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

/// getodk/collect#6475: a reset of saved forms deleted what was finished and not sent.
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

/// medic/cht-core#9011: the server's number came later, and reports made before never got it.
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

/// SanaMobile/vaccine_registry#83: what one person had made without a network was sent as the next
/// one's. SORMAS-Foundation/SORMAS-Project#5269: once another account was opened, nothing was sent.
#[test]
fn what_one_account_finished_is_delivered_as_its_own_while_another_is_open() {
    let phone = phone();
    let (device, town) = (device(&phone), town());
    let first = open(&phone);
    let own = draft(&first, "低保");
    let sent = finish(&first, &own, &town);
    let id = drive(device.add_account("二婶")).unwrap();
    let second = drive(device.open(id)).unwrap().unwrap();
    let other = draft(&second, "残疾补贴");
    let others = finish(&second, &other, &town);

    let waiting = drive(device.undelivered()).unwrap().into_iter().map(|one| one.envelope);
    assert_eq!(waiting.collect::<BTreeSet<_>>(), BTreeSet::from([sent, others]));
    let notes = [received(&device, sent, &town), news(own.application)];
    drive(device.write_down(&notes)).unwrap();
    let case = drive(first.case(own.application)).unwrap();
    assert!(case.delivery.unwrap().is_delivered());
    assert_eq!(case.state.unwrap().words, "收到了");
    let cases = drive(second.cases()).unwrap().records;
    let seen: Vec<_> = cases.iter().map(|case| case.sent.application).collect();
    assert_eq!(seen, [other.application]);
    assert!(cases[0].delivery.as_ref().unwrap().receipt.is_none() && cases[0].state.is_none());
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

/// getodk/collect#6475: a reset of saved forms deleted what was finished and not sent.
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
