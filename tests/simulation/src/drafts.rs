//! Drafts on a phone's disk: what is there when the app starts again, and how much room it takes.

use std::pin::pin;
use std::task::{Context, Waker};

use protocol::Digest;
use vault::{Draft, Phone as _, Place, Store as _, VaultError, Write};

use crate::ending::drive;
use crate::phone::SimulatedPhone;
use crate::scene::{draft, open, phone, titles};

/// How many bytes lie on the disk.
fn room(phone: &SimulatedPhone) -> usize {
    let all = Place::ALL.map(|place| drive(phone.store().all(place, "")).unwrap());
    all.iter().flatten().map(|(key, bytes)| key.len() + bytes.len()).sum()
}

/// Works until the phone dies, so many turns later; tells whether it was done before.
fn dies_after(turns: u32, work: impl Future) -> bool {
    let mut work = pin!(work);
    (0..turns).any(|_| work.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready())
}

/// getodk/collect#3379: the app hung and was ended, and all answers since it was started were lost.
#[test]
fn a_phone_that_dies_while_it_saves_loses_one_answer_at_most() {
    let phone = phone();
    let mut before = draft(&open(&phone), "第 0 个回答");
    let mut is_done = false;
    for turns in 1.. {
        if is_done {
            break;
        }
        let after = Draft { title: format!("第 {turns} 个回答"), ..before.clone() };
        is_done = dies_after(turns, open(&phone).keep_draft(&after));
        let there = drive(open(&phone).draft(before.application)).unwrap();
        assert!(there == after || !is_done && there == before, "after {turns} turns: {there:?}");
        assert_eq!(titles(&open(&phone)), [there.title.as_str()], "the list says the same");
        before = there;
    }
}

/// getodk/collect#6038: what was saved of one form was offered to be gone on with in another.
#[test]
fn a_draft_that_stands_in_the_place_of_another_is_not_taken_for_it() {
    let phone = phone();
    let vault = open(&phone);
    let own = draft(&vault, "低保");
    let other = Draft { form: Digest::of(b"another form"), ..draft(&vault, "报修") };
    drive(vault.keep_draft(&other)).unwrap();
    assert_eq!(drive(vault.draft(own.application)), Ok(own.clone()));
    assert_eq!(drive(vault.draft(other.application)), Ok(other.clone()));

    let mut records = drive(phone.store().all(Place::Drafts, "")).unwrap();
    records.retain(|(key, _)| key.ends_with(&own.application.to_string()));
    let [(_, record)] = &records[..] else { panic!("one record for one draft") };
    let key = other.application.to_string();
    drive(phone.store().write(&[Write::put(Place::Drafts, &key, record.clone())])).unwrap();
    assert_eq!(drive(vault.draft(other.application)), Err(VaultError::Damaged));
    assert_eq!(drive(vault.draft(own.application)), Ok(own));
}

/// apache/pouchdb#7100: a database grew with each change of the one document in it.
#[test]
fn a_draft_takes_no_more_room_however_often_it_is_changed() {
    let phone = phone();
    let vault = open(&phone);
    let begun = draft(&vault, "低保");
    let once = room(&phone);
    for title in ["低保", "报修"].into_iter().cycle().take(1_000) {
        let changed = Draft { title: title.to_owned(), ..begun.clone() };
        drive(vault.keep_draft(&changed)).unwrap();
    }
    assert_eq!(room(&phone), once);
    drive(vault.remove_draft(begun.application)).unwrap();
    for place in [Place::Drafts, Place::DraftIndex] {
        assert_eq!(drive(phone.store().keys(place, "")), Ok(Vec::new()), "{place:?}");
    }
}
