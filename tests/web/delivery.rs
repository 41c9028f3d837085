use std::sync::Arc;

use leptos::prelude::untrack;
use protocol::keys::open_file;
use protocol::pack::PhonePack;
use wasm_bindgen_test::wasm_bindgen_test as test;
use xiangshitong::delivery::{Connection, Delivery, Status};
use xiangshitong::vault::{self, Vault, VaultError};

use crate::mischief::damage;
use crate::scene::{answers, draft, empty_vault, finish, is_delivered, until, vault_name};
use crate::township::{FORM, FakeTownship};

fn status(delivery: &Delivery) -> Status {
    untrack(|| delivery.status())
}

fn pack(delivery: &Delivery) -> Option<Arc<PhonePack>> {
    untrack(|| delivery.pack())
}

/// Finishes an application with a photo.
async fn apply(vault: &Vault, township: &FakeTownship, photo: &[u8]) {
    let draft = draft();
    vault.keep_draft(&draft).await.unwrap();
    let name = vault.keep_file(draft.application, "image/jpeg", photo).await.unwrap();
    let answers = answers(&[("photos", &name)]);
    let finish = finish(&draft, answers, &township.keys());
    vault.finish(finish).await.unwrap();
}

fn photo() -> Vec<u8> {
    (0..300_000_u32).map(|at| (at * 7 % 253) as u8).collect()
}

#[test]
async fn what_is_finished_arrives_whole_and_is_proven() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    let delivery = Delivery::start(vault.device().clone());
    until(async || pack(&delivery).is_some()).await;
    apply(&vault, &township, &photo()).await;
    delivery.deliver();

    until(async || is_delivered(&vault).await).await;
    until(async || status(&delivery).undelivered() == 0).await;
    let [(file, sealed)] = township.files().try_into().unwrap();
    assert_eq!(open_file(&file.key, file.length, &sealed).unwrap(), photo());
    let record = &vault.device().deliveries().await.unwrap().records[0];
    assert_eq!(record.receipt().unwrap().case.0, "529999001000-2026-000001");
    assert_eq!(status(&delivery).connection, Connection::Reached);
    // Nothing that was delivered stays on a phone that may be stolen.
    assert_eq!(vault.device().envelope(record.envelope).await, Err(VaultError::Gone));
    assert_eq!(vault.device().sealed_bytes(&file, 0..1).await, Err(VaultError::Gone));
}

/// opencrvs/opencrvs-core#13326: a declaration with documents that was made offline never left the
/// outbox.
/// medic/cht-core#8303, SanaMobile/vaccine_registry#88: a time-out was called success; green though
/// not all was sent.
/// getodk/central#1004: sent without a network, there was no way to try again.
#[test]
async fn without_a_network_nothing_is_said_to_be_delivered_and_then_everything_is() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    vault.device().keep_pack(&township.signed_pack()).await.unwrap();
    township.set_down(true);
    let delivery = Delivery::start(vault.device().clone());
    apply(&vault, &township, b"a photo").await;
    apply(&vault, &township, b"another").await;
    delivery.deliver();
    until(async || status(&delivery).connection == Connection::Unreachable).await;
    until(async || status(&delivery).undelivered() == 2).await;
    assert!(!is_delivered(&vault).await);

    township.set_down(false);
    until(async || status(&delivery).undelivered() == 0).await;
    assert_eq!(township.cases(), 2);
}

#[test]
async fn answers_that_are_dropped_make_no_second_case() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    vault.device().keep_pack(&township.signed_pack()).await.unwrap();
    apply(&vault, &township, &photo()).await;
    township.drop_answers(4);
    let delivery = Delivery::start(vault.device().clone());
    until(async || {
        delivery.try_now();
        is_delivered(&vault).await
    })
    .await;
    assert_eq!(township.cases(), 1);
}

#[test]
async fn a_receipt_of_somebody_else_ends_nothing() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    vault.device().keep_pack(&township.signed_pack()).await.unwrap();
    apply(&vault, &township, b"a photo").await;
    township.set_forging(true);
    let delivery = Delivery::start(vault.device().clone());
    until(async || status(&delivery).connection == Connection::Reached).await;
    assert_eq!(status(&delivery).progress.waiting, 1);
    assert!(vault.device().deliveries().await.unwrap().records[0].receipt.is_none());

    township.set_forging(false);
    delivery.try_now();
    until(async || is_delivered(&vault).await).await;
}

/// dimagi/commcare-android#1807, dimagi/commcare-android#1823, dimagi/commcare-android#2289: one
/// form that could not be read made the phone useless, or was deleted.
#[test]
async fn what_the_phone_cannot_read_any_more_is_told_and_holds_up_no_other() {
    for store in ["envelopes", "files", "deliveries"] {
        let township = FakeTownship::open();
        let name = vault_name();
        let vault = vault::open(&name).await.unwrap();
        vault.device().keep_pack(&township.signed_pack()).await.unwrap();
        apply(&vault, &township, b"a photo").await;
        let damaged = vault.cases().await.unwrap().records[0].sent.envelope;
        damage(&name, store).await;
        apply(&vault, &township, b"another").await;

        let delivery = Delivery::start(vault.device().clone());
        until(async || {
            let records = vault.device().deliveries().await.unwrap().records;
            records.iter().filter(|each| each.is_delivered()).count() == 1
        })
        .await;
        until(async || status(&delivery).lost == [damaged]).await;
        assert_eq!(vault.cases().await.unwrap().records.len(), 2, "{store}: both are still listed");
    }
}

#[test]
async fn the_first_contact_brings_the_pack_and_its_forms() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    let _delivery = Delivery::start(vault.device().clone());
    until(async || vault.device().pack().await.unwrap().is_some()).await;
    assert_eq!(vault.device().pack().await.unwrap(), Some(township.pack()));
    // What the township serves here is no form, and is told so; but it is here.
    let form = vault.device().form(protocol::Digest::of(FORM)).await;
    assert!(matches!(form, Err(VaultError::Damaged)));
}

/// Waits until the phone has looked at a pack that it does not want.
async fn looks_at_a_pack(delivery: &Delivery, township: &FakeTownship) {
    let served = township.packs_served();
    // The second time it has done with the first.
    until(async || {
        delivery.try_now();
        township.packs_served() > served + 1
    })
    .await;
}

#[test]
async fn a_pack_is_taken_only_from_the_township_that_is_known_and_never_an_older_one() {
    let township = FakeTownship::open();
    let vault = empty_vault().await;
    let delivery = Delivery::start(vault.device().clone());
    until(async || vault.device().pack().await.unwrap().is_some()).await;
    let first = vault.device().pack().await.unwrap();

    township.set_serial(2);
    township.set_pack_forging(true);
    looks_at_a_pack(&delivery, &township).await;
    assert_eq!(vault.device().pack().await.unwrap(), first, "somebody else's");

    township.set_pack_forging(false);
    township.rotate_keys();
    township.rotate_keys();
    until(async || {
        delivery.try_now();
        vault.device().pack().await.unwrap() == Some(township.pack())
    })
    .await;
    // The phone seals to the new key, and believes its receipts.
    apply(&vault, &township, b"a photo").await;
    delivery.deliver();
    until(async || is_delivered(&vault).await).await;

    let known = vault.device().pack().await.unwrap();
    township.set_serial(1);
    looks_at_a_pack(&delivery, &township).await;
    assert_eq!(vault.device().pack().await.unwrap(), known, "a former one");
}
