//! Devices that are given to somebody, lost, and taken back.

use std::fs;

use protocol::keys::verify;
use protocol::sync::RefusalReason;
use protocol::{DeviceCertificate, Holder, Revocation, Standing, SyncAnswer, Verdict};
use server::{Chain, NotCertified, NotRevoked, Server};

use crate::material::{household, street_light};
use crate::phone::{Phone, received};
use crate::township::TestTownship;

fn server(township: &TestTownship) -> &Server {
    township.server.as_deref().unwrap()
}

/// A certificate that is told, verified as a phone would.
fn certificate(phone: &Phone, answer: &SyncAnswer) -> DeviceCertificate {
    match &answer.standing {
        Some(Standing::Certified(signed)) => verify(signed, &phone.pack.signing_keys[0]).unwrap(),
        other => panic!("no certificate: {other:?}"),
    }
}

/// A revocation that is told, verified as a phone would.
fn revocation(phone: &Phone, answer: &SyncAnswer) -> Revocation {
    match &answer.standing {
        Some(Standing::Revoked(signed)) => verify(signed, &phone.pack.signing_keys[0]).unwrap(),
        other => panic!("no revocation: {other:?}"),
    }
}

#[tokio::test]
async fn a_villagers_phone_is_told_nothing_of_itself() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    assert_eq!(phone.sync(&[&sealed.bytes], &[]).await.standing, None);
}

#[tokio::test]
async fn a_certificate_reaches_its_device_at_the_next_contact_and_is_confirmed_at_each() {
    let township = TestTownship::start().await;
    let (mut phone, mut other) = (township.phone().await, township.phone().await);
    let device = phone.key.public().device_id();
    let holder = Holder::Officer("zhoumin".into());
    server(&township).certify_device(device, holder.clone(), 30).await.unwrap();

    let first = phone.sync(&[], &[]).await;
    let first = certificate(&phone, &first);
    assert_eq!((first.device, first.holder), (phone.key.public(), holder));
    township.clock.forward(5);
    let second = phone.sync(&[], &[]).await;
    let second = certificate(&phone, &second);
    assert_eq!(second.confirmed_at.0 - first.confirmed_at.0, 5 * 60_000);
    assert_eq!(second.valid_until, first.valid_until);
    assert_eq!(other.sync(&[], &[]).await.standing, None, "and nobody else's");

    township.clock.forward(30 * 24 * 60);
    assert_eq!(phone.sync(&[], &[]).await.standing, None, "it has run out");
}

#[tokio::test]
async fn nobody_is_told_of_a_device_who_does_not_hold_its_key() {
    let township = TestTownship::start().await;
    let (phone, mut stranger) = (township.phone().await, township.phone().await);
    let device = phone.key.public().device_id();
    let holder = Holder::Other("一村文书".into());
    server(&township).certify_device(device, holder, 30).await.unwrap();
    let answer = stranger.sync_as(phone.key.public()).await;
    assert_eq!(answer.standing, None);
}

#[tokio::test]
async fn an_officer_who_left_is_not_confirmed_any_more() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let device = phone.key.public().device_id();
    let holder = Holder::Officer("zhoumin".into());
    server(&township).certify_device(device, holder, 30).await.unwrap();
    let answer = phone.sync(&[], &[]).await;
    certificate(&phone, &answer);

    let officers = township.pack().join("officers.toml");
    let written = fs::read_to_string(&officers).unwrap();
    fs::write(&officers, written.replace("\"zhoumin\"", "\"wangxin\"")).unwrap();
    crate::packs::until_changed(&township.address, phone.pack.version).await;
    assert_eq!(phone.sync(&[], &[]).await.standing, None);
}

#[tokio::test]
async fn a_revoked_device_is_told_so_and_nothing_else_and_what_had_arrived_stays() {
    let township = TestTownship::start().await;
    let (mut phone, mut neighbour) = (township.phone().await, township.phone().await);
    let form = phone.form("ybcb").await;
    let before = phone.seal("ybcb", household(&form, 1));
    let receipt = received(&phone.sync(&[&before.bytes], &[]).await.verdicts[0]).clone();
    let after = phone.seal("ybcb", household(&form, 1));
    let of_neighbour = neighbour.seal("ybcb", household(&form, 1));

    let device = phone.key.public().device_id();
    let case = receipt.claim().unwrap().case;
    assert_eq!(server(&township).device_of_case(&case).await.unwrap(), Some(device));
    server(&township).revoke_device(device, "手机丢了").await.unwrap();
    phone.forget_what_was_heard();
    let parcels = [before.bytes.as_slice(), &after.bytes, &of_neighbour.bytes];
    let answer = phone.sync(&parcels, &[before.envelope]).await;

    let told = revocation(&phone, &answer);
    assert_eq!((told.device, told.township), (device, phone.pack.township.clone()));
    assert!(answer.facts.is_empty(), "it hears nothing of its cases any more");
    assert_eq!(*received(&answer.verdicts[0]), receipt, "byte for byte");
    let Verdict::Refused(refusal) = &answer.verdicts[1] else { panic!("it was taken") };
    assert_eq!(refusal.reason, RefusalReason::Revoked);
    insta::assert_snapshot!(refusal.words, @"填这份申请的手机已经报停，镇里不收。还要办，请在自己现在用的手机上重新填，或到窗口办；没有报停过，请打电话到镇里问");
    received(&answer.verdicts[2]);
    // Files of what had arrived were promised to arrive too.
    for file in &before.files {
        phone.finish(file).await;
    }
    assert!(phone.delivery(before.envelope).await.completion.is_some());

    // Somebody else brings what the revoked device sealed.
    let answer = neighbour.sync(&[&after.bytes], &[]).await;
    assert!(matches!(&answer.verdicts[0], Verdict::Refused(refusal)
        if refusal.reason == RefusalReason::Revoked));
    assert_eq!((answer.standing, answer.facts.len()), (None, 1), "the carrier is as before");
    let officer = township.officer("zhoumin").await;
    assert!(officer.get("/console/refused").await.has("填的手机已经报停"));
}

#[tokio::test]
async fn a_slip_in_a_number_revokes_nothing_and_a_revoked_device_never_comes_back() {
    let township = TestTownship::start().await;
    let phone = township.phone().await;
    let device = phone.key.public().device_id();
    let server = server(&township);
    let unknown = server.revoke_device(device, "").await;
    assert!(matches!(unknown, Err(NotRevoked::Unknown(_))));
    let nobody = Holder::Officer("nobody".into());
    let certified = server.certify_device(device, nobody, 30).await;
    assert!(matches!(certified, Err(NotCertified::UnknownAccount(_))));

    let holder = Holder::Other("一村文书".into());
    server.certify_device(device, holder.clone(), 30).await.unwrap();
    server.revoke_device(device, "离任").await.unwrap();
    assert!(matches!(server.revoke_device(device, "").await, Err(NotRevoked::Already)));
    let again = server.certify_device(device, holder, 30).await;
    assert!(matches!(again, Err(NotCertified::Revoked)));
    let known = server.known_devices().await.unwrap();
    assert_eq!((known.len(), known[0].reason.as_deref()), (1, Some("离任")));
    assert_eq!(server.verify_audit().await.unwrap(), Chain::Whole(2), "both stand in the audit");
}
