//! Keys that are rotated while everything goes on.

use std::fs;
use std::time::Duration;

use protocol::Suite;
use protocol::keys::verify;
use server::{KeyError, KeyIds, Rotation, Server, Settings, StartError};
use tokio::net::TcpListener;

use crate::material::{household, street_light};
use crate::packs::{pack, until};
use crate::phone::{received, signed_pack};
use crate::township::TestTownship;

const BOTH: Rotation = Rotation { suite: Suite::One, sealing: true, signing: true };

/// Rotates keys, as the command line does beside the server, and waits until phones get them.
async fn rotate(township: &TestTownship, rotation: Rotation) {
    let ids = township.server.as_ref().unwrap().rotate_keys(rotation).await.unwrap();
    until(&township.address, |pack| {
        pack.sealing_key.key_id() == ids.sealing[0]
            && pack.signing_keys.iter().map(|key| key.key_id()).eq(ids.signing.iter().copied())
    })
    .await;
}

#[tokio::test]
async fn what_was_sealed_and_signed_before_a_rotation_still_opens_and_verifies_after_it() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let before = phone.seal("bxsj", street_light(&form));
    let delivered = phone.seal("bxsj", street_light(&form));
    let answer = phone.sync(&[&delivered.bytes], &[]).await;
    let old_receipt = received(&answer.verdicts[0]).clone();
    rotate(&township, BOTH).await;
    rotate(&township, BOTH).await;

    let answer = phone.sync(&[&before.bytes, &delivered.bytes], &[]).await;
    let pack = pack(&township.address).await;
    assert_eq!(pack.signing_keys.len(), 3);
    assert_eq!(answer.pack, pack.version, "the phone is told that there is a new pack");
    assert!(verify(received(&answer.verdicts[0]), &pack.signing_keys[0]).is_ok());
    assert_eq!(*received(&answer.verdicts[1]), old_receipt, "byte for byte");
    assert!(verify(&old_receipt, &pack.signing_keys[2]).is_ok());

    let mut newcomer = township.phone().await;
    newcomer.deliver(&newcomer.seal("bxsj", street_light(&form))).await;
}

#[tokio::test]
async fn a_server_that_has_not_looked_yet_opens_what_was_sealed_to_a_new_key() {
    let township = TestTownship::start().await;
    let settings = Settings { watch_every: Duration::from_secs(3600), ..township.settings() };
    let beside = Server::start(settings).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(beside.serve(listener, std::future::pending()));

    rotate(&township, BOTH).await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    phone.turn_to(&address);
    phone.deliver(&sealed).await;
}

#[tokio::test]
async fn a_phone_that_missed_rotations_follows_from_the_key_that_it_knows() {
    let township = TestTownship::start().await;
    let known = pack(&township.address).await;
    for _ in 0..3 {
        rotate(&township, Rotation { suite: Suite::One, sealing: false, signing: true }).await;
    }
    let served = signed_pack(&township.address).await.claim().unwrap();
    let mut trusted = known.signing_keys[0];
    for succession in served.successions.iter().rev() {
        trusted = verify(succession, &trusted).unwrap().next;
    }
    assert_eq!(trusted, served.signing_keys[0]);
    assert!(served.serial > known.serial);
}

#[tokio::test]
async fn a_faulty_pack_keeps_no_new_keys_from_phones_and_an_unreadable_key_file_no_old_ones() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    fs::write(township.pack().join("offices.toml"), "[[office]]\nid = 3\n").unwrap();
    rotate(&township, BOTH).await;

    let file = township.folder.path().join("data/township.keys");
    let keys = fs::read(&file).unwrap();
    fs::write(&file, b"half of it").unwrap();
    assert!(KeyIds::read(&township.folder.path().join("data")).is_err());
    let rotated = township.server.as_ref().unwrap().rotate_keys(BOTH).await;
    assert!(rotated.is_err(), "what cannot be read is never replaced");
    assert_eq!(fs::read(&file).unwrap(), b"half of it");
    let form = phone.form("ybcb").await;
    phone.deliver(&phone.seal("ybcb", household(&form, 1))).await;
    fs::write(&file, keys).unwrap();
}

#[tokio::test]
async fn a_database_without_its_keys_is_not_given_new_ones() {
    let mut township = TestTownship::start().await;
    township.stop().await;
    let data = township.folder.path().join("data");
    fs::rename(data.join("township.keys"), data.join("elsewhere")).unwrap();
    let started = Server::start(township.settings()).await;
    assert!(matches!(started, Err(StartError::Keys(KeyError::Missing))));
    fs::rename(data.join("elsewhere"), data.join("township.keys")).unwrap();
    township.restart_with_limit(None).await;
}

#[tokio::test]
async fn keys_that_are_rotated_side_by_side_are_all_kept() {
    let township = TestTownship::start().await;
    let server = township.server.as_ref().unwrap();
    let all = (0..8).map(|_| server.rotate_keys(BOTH));
    for rotated in futures_util::future::join_all(all).await {
        rotated.unwrap();
    }
    let [ids] = &KeyIds::read(&township.folder.path().join("data")).unwrap()[..] else {
        panic!("one suite")
    };
    assert_eq!((ids.sealing.len(), ids.signing.len()), (9, 9));
}

#[tokio::test]
async fn a_demonstration_tells_passwords_that_are_right_after_a_rotation_too() {
    let mut township = TestTownship::start().await;
    township.server.as_ref().unwrap().demonstration_accounts().await.unwrap();
    rotate(&township, BOTH).await;
    township.restart_with_limit(None).await;
    let accounts = township.server.as_ref().unwrap().demonstration_accounts().await.unwrap();
    let mut officer = crate::officer::Officer::new(&township.address);
    let page = officer.sign_in(&accounts[0].account, &accounts[0].password).await;
    assert_eq!(page.status, 200);
}
