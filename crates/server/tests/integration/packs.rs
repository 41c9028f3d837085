//! Packs that change while the server runs.

use std::fs;

use protocol::Digest;
use protocol::pack::PhonePack;

use crate::material::street_light;
use crate::township::TestTownship;

async fn pack(address: &str) -> PhonePack {
    let pack = reqwest::get(format!("{address}/api/pack")).await.unwrap().bytes().await.unwrap();
    protocol::decode(&pack).unwrap()
}

async fn version(address: &str) -> Digest {
    pack(address).await.version
}

async fn until(address: &str, is_in_force: impl Fn(&PhonePack) -> bool) {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    while !is_in_force(&pack(address).await) {
        assert!(tokio::time::Instant::now() < deadline, "the new pack did not come into force");
    }
}

async fn until_changed(address: &str, from: Digest) {
    until(address, |pack| pack.version != from).await;
}

#[tokio::test]
async fn a_faulty_pack_leaves_the_old_one_in_force() {
    let township = TestTownship::start().await;
    let before = version(&township.address).await;
    let offices = township.pack().join("offices.toml");
    let good = fs::read_to_string(&offices).unwrap();
    fs::write(&offices, "[[office]]\nid = 3\n").unwrap();
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    fs::write(&items, item.replace("路、水、电、路灯", "路、水、电")).unwrap();
    // Nothing tells when a folder was looked at and left: the server answers the same throughout
    // many looks.
    let looked = tokio::time::Instant::now() + std::time::Duration::from_millis(200);
    while tokio::time::Instant::now() < looked {
        assert_eq!(version(&township.address).await, before);
    }
    fs::write(&offices, good).unwrap();
    until_changed(&township.address, before).await;
}

#[tokio::test]
async fn a_pack_that_changes_while_the_server_starts_comes_into_force() {
    let township = TestTownship::start().await;
    // Nothing of the server has run since it read the pack.
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    fs::write(&items, item.replace("路、水、电、路灯", "路、水、电")).unwrap();
    until(&township.address, |pack| pack.items.iter().any(|item| item.tagline == "路、水、电"))
        .await;
}

#[tokio::test]
async fn a_form_of_an_earlier_pack_still_arrives() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let begun_before = phone.seal("bxsj", street_light(&form));
    // The item gets another form: the other item's.
    let items = township.pack().join("items/bxsj.toml");
    let item = fs::read_to_string(&items).unwrap();
    let (head, _) = item.split_once("[[route]]").unwrap();
    fs::write(&items, head.replace("F10_bxsj", "F01_ybcb")).unwrap();
    until_changed(&township.address, phone.pack.version).await;
    assert_eq!(phone.form("bxsj").await.id, form.id, "the old form is servable for ever");
    phone.deliver(&begun_before).await;
}

#[tokio::test]
async fn an_unchanged_pack_is_not_sent_again() {
    let township = TestTownship::start().await;
    let client = reqwest::Client::new();
    let url = format!("{}/api/pack", township.address);
    let first = client.get(&url).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let second = client.get(&url).header("if-none-match", tag).send().await.unwrap();
    assert_eq!(second.status(), 304);
}
