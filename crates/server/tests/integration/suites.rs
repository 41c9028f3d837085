//! Townships that have the second suite, beside the first or alone.

use std::fs;

use protocol::file::sealed_digests;
use protocol::keys::{TownshipKeys, verify};
use protocol::sync::RefusalReason;
use protocol::{Digest, Envelope, Suite, Verdict, decode};
use server::Rotation;

use crate::material::{household, street_light};
use crate::packs::{pack, until};
use crate::phone::received;
use crate::township::TestTownship;

#[tokio::test]
async fn an_application_of_the_second_suite_is_taken_in_and_proven_in_it() {
    let township = TestTownship::start_with(&Suite::ALL).await;
    let mut phone = township.phone_of_suite_2().await;
    let key = phone.pack.signing_keys[0];
    assert_eq!((key.suite(), phone.pack.sealing_key.suite()), (Suite::Two, Suite::Two));
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    assert_eq!(decode::<Envelope>(&sealed.bytes).unwrap().suite, 2);

    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let receipt = verify(received(&answer.verdicts[0]), &key).unwrap();
    assert_eq!(receipt.digest, Suite::Two.digest(&sealed.bytes));
    assert_eq!(answer.facts.len(), 1, "the device signed for itself, and is told");
    assert_eq!(answer.pack, phone.pack.version);

    for file in &sealed.files {
        phone.finish(file).await;
    }
    let completion = phone.delivery(sealed.envelope).await.completion.unwrap();
    let completion = verify(&completion, &key).unwrap();
    let digests: Vec<_> = sealed.files.iter().map(|file| Suite::Two.digest(&file.sealed)).collect();
    assert_eq!(completion.files, Suite::Two.digest(&sealed_digests(&digests)));

    let officer = township.officer("zhoumin").await;
    let url = format!("/console/cases/{}/files/{}", receipt.case.0, sealed.files[0].id);
    let photo = officer.response(&url, None).await;
    assert_eq!(photo.bytes().await.unwrap(), sealed.files[0].plain, "the office sees the photo");
}

#[tokio::test]
async fn each_envelope_of_a_request_is_signed_for_in_its_own_suite() {
    let township = TestTownship::start_with(&Suite::ALL).await;
    let (mut one, two) = (township.phone().await, township.phone_of_suite_2().await);
    let form = one.form("bxsj").await;
    // A neighbour's phone carries what it could not read itself.
    let (own, carried) =
        (one.seal("bxsj", street_light(&form)), two.seal("bxsj", street_light(&form)));
    let answer = one.sync(&[&own.bytes, &carried.bytes], &[]).await;
    let own_receipt = verify(received(&answer.verdicts[0]), &one.pack.signing_keys[0]).unwrap();
    assert_eq!(own_receipt.digest, Digest::of(&own.bytes));
    let receipt = verify(received(&answer.verdicts[1]), &two.pack.signing_keys[0]).unwrap();
    assert_eq!(receipt.digest, Suite::Two.digest(&carried.bytes));
    assert_ne!(one.pack.version, two.pack.version);
}

#[tokio::test]
async fn an_altered_file_of_the_second_suite_begins_again() {
    let township = TestTownship::start_with(&[Suite::Two]).await;
    let mut phone = township.phone_of_suite_2().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let file = &sealed.files[0];
    let mut altered = file.sealed.clone();
    altered[100] ^= 1;
    assert_eq!(phone.patch(file.id, 0, &altered).await, (460, 0));
    phone.finish(file).await;
}

#[tokio::test]
async fn a_township_of_the_second_suite_alone_has_no_keys_of_the_first() {
    let township = TestTownship::start_with(&[Suite::Two]).await;
    let keys = fs::read(township.folder.path().join("data/township.keys")).unwrap();
    assert_eq!(TownshipKeys::from_bytes(&keys).map(|keys| keys.suites()), Ok(vec![Suite::Two]));

    let pack = reqwest::get(format!("{}/api/pack", township.address)).await.unwrap();
    assert_eq!(pack.status(), 404);
    insta::assert_snapshot!(pack.text().await.unwrap(), @"镇里不收用这种办法加密的申请，请到镇里窗口办");

    let mut phone = township.phone_of_suite_2().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    phone.deliver(&sealed).await;
    let refusal = phone.refusal(b"nonsense").await;
    assert_eq!(refusal.seen, Digest::of(b"nonsense"), "bytes that name no suite");

    // From before the township went over, or from somewhere else.
    let other = TestTownship::start().await;
    let stranger = other.phone().await;
    let strange = stranger.seal("bxsj", street_light(&stranger.form("bxsj").await));
    assert_eq!(phone.refusal(&strange.bytes).await.reason, RefusalReason::Unknown);
}

#[tokio::test]
async fn keys_are_rotated_in_one_suite_and_stay_in_the_other() {
    let township = TestTownship::start_with(&Suite::ALL).await;
    let (one, mut two) = (township.phone().await, township.phone_of_suite_2().await);
    let before = two.seal("bxsj", street_light(&two.form("bxsj").await));
    let rotation = Rotation { suite: Suite::Two, sealing: true, signing: true };
    let ids = township.server.as_ref().unwrap().rotate_keys(rotation).await.unwrap();
    assert_eq!((ids.suite, ids.sealing.len(), ids.signing.len()), (Suite::Two, 2, 2));
    until(&township.address, |pack| pack.serial > one.pack.serial).await;
    assert_eq!(pack(&township.address).await.signing_keys, one.pack.signing_keys);

    let newer = township.phone_of_suite_2().await.pack;
    let receipt = received(&two.sync(&[&before.bytes], &[]).await.verdicts[0]).clone();
    assert!(verify(&receipt, &newer.signing_keys[0]).is_ok());
    let succession = verify(&newer.successions[0], &two.pack.signing_keys[0]).unwrap();
    assert_eq!(succession.next, newer.signing_keys[0]);
}

#[tokio::test]
async fn a_township_that_adds_the_second_suite_keeps_the_first() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let before = phone.seal("bxsj", street_light(&form));
    let missing = reqwest::get(format!("{}/api/pack?suite=2", township.address)).await.unwrap();
    assert_eq!(missing.status(), 404);

    // As the command line does beside the server.
    let suites = server::add_suite(&township.folder.path().join("data"), Suite::Two).unwrap();
    assert_eq!(suites, Suite::ALL);
    until(&township.address, |pack| pack.serial > phone.pack.serial).await;
    let pack = pack(&township.address).await;
    assert_eq!(pack.sealing_key, phone.pack.sealing_key);
    assert_eq!(pack.signing_keys, phone.pack.signing_keys);
    phone.deliver(&before).await;
    let mut newer = township.phone_of_suite_2().await;
    let sealed = newer.seal("bxsj", street_light(&form));
    let answer = newer.sync(&[&sealed.bytes], &[]).await;
    assert!(matches!(answer.verdicts[0], Verdict::Received(_)));
}
