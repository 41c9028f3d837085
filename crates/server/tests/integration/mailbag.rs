//! Mailbags brought to the counter: what never found a network arrives all the same.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mailbag::{CarriedFile, Head, Mailbag, Parcel, Proof};
use protocol::keys::verify;
use protocol::{Digest, Township};

use crate::material::{household, street_light};
use crate::officer::Officer;
use crate::phone::{Phone, Sealed};
use crate::township::TestTownship;

/// A mailbag as the phone makes it.
fn packed(phone: &Phone, sealed: &[&Sealed]) -> Vec<u8> {
    let mut bag = Mailbag::of(phone.pack.township.clone());
    bag.parcels = sealed.iter().map(|sealed| parcel(sealed)).collect();
    let files = sealed.iter().flat_map(|sealed| &sealed.files);
    let files: Vec<u8> = files.flat_map(|file| file.sealed.clone()).collect();
    [bag.head(), files].concat()
}

fn parcel(sealed: &Sealed) -> Parcel {
    let digests: Vec<u8> =
        sealed.files.iter().flat_map(|file| Digest::of(&file.sealed).0).collect();
    let files = sealed.files.iter().map(|file| CarriedFile {
        id: file.id,
        length: file.sealed.len() as u64,
        sealed_digest: Digest::of(&file.sealed),
        is_inside: true,
    });
    Parcel {
        envelope: sealed.bytes.clone().into(),
        manifest: Digest::of(&digests),
        files: files.collect(),
    }
}

/// Of the office that insurance goes to.
async fn officer(township: &TestTownship) -> Officer {
    township.officer("zhoumin").await
}

/// The proofs that the page gives back.
fn proofs(html: &str) -> Vec<Proof> {
    let (_, rest) = html.split_once("base64,").unwrap();
    let bytes = STANDARD.decode(rest.split('"').next().unwrap()).unwrap();
    let head = Head::read(&bytes).unwrap();
    head.open(&bytes[head.list()]).unwrap().proofs
}

#[tokio::test]
async fn what_is_carried_arrives_whole_and_the_proofs_go_back() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let insurance = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let lamp = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let officer = officer(&township).await;
    let bag = packed(&phone, &[&insurance, &lamp]);

    for time in 0..2 {
        let page = officer.bring(&bag).await;
        assert_eq!(page.all("data-brought"), ["2"], "time {time}");
        let key = &phone.pack.signing_keys[0];
        let (mut received, mut completed) = (Vec::new(), Vec::new());
        for proof in proofs(&page.html) {
            match proof {
                Proof::Received(receipt) => received.push(verify(&receipt, key).unwrap().digest),
                Proof::Completed(files) => completed.push(verify(&files, key).unwrap().files),
            }
        }
        assert_eq!(received, [&insurance, &lamp].map(|sealed| Digest::of(&sealed.bytes)));
        assert_eq!(completed.len(), 2);
    }
    for file in insurance.files.iter().chain(&lamp.files) {
        assert_eq!(std::fs::read(township.file(file.id)).unwrap(), file.sealed, "byte for byte");
    }
    // The phone hears of it by itself at its next contact.
    let again = phone.deliver(&insurance).await;
    assert_eq!(again.envelope, insurance.envelope);
    assert_eq!(officer.get("/console").await.all("data-case").len(), 1, "and there is one case");
}

#[tokio::test]
async fn a_stick_that_was_pulled_out_costs_only_what_is_missing() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let officer = officer(&township).await;
    let bag = packed(&phone, &[&sealed]);

    let page = officer.bring(&bag[..bag.len() - 10]).await;
    assert_eq!(page.all("data-brought"), ["1"]);
    assert!(page.has("有 1 个照片或录音不完整"), "{}", page.html);
    assert_eq!(phone.delivery(sealed.envelope).await.missing.len(), 1);
    officer.bring(&bag).await;
    assert!(phone.delivery(sealed.envelope).await.completion.is_some());
}

#[tokio::test]
async fn a_bad_envelope_keeps_no_other_out_and_a_file_without_its_envelope_is_not_kept() {
    let township = TestTownship::start().await;
    let phone = township.phone().await;
    let good = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let mut bad = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let last = bad.bytes.len() - 1;
    bad.bytes[last] ^= 1;
    let officer = officer(&township).await;
    let page = officer.bring(&packed(&phone, &[&bad, &good])).await;
    assert_eq!(page.all("data-brought"), ["1"]);
    assert!(page.has("有一件没有收"), "{}", page.html);
    assert!(!township.file(bad.files[0].id).exists());
}

#[tokio::test]
async fn what_is_no_mailbag_or_not_for_here_is_told_so() {
    let township = TestTownship::start().await;
    let officer = officer(&township).await;
    assert!(officer.bring(b"a holiday photo").await.has("这个文件不是邮袋"));
    assert!(officer.bring(b"XST bag\n").await.has("这个文件不是邮袋"));
    let elsewhere = Mailbag::of(Township("529999102000".into())).head();
    assert!(officer.bring(&elsewhere).await.has("送给别的乡镇"));
    let mut damaged = Mailbag::of(Township("529999101000".into())).head();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    assert!(officer.bring(&damaged).await.has("这个邮袋坏了"));
}

#[tokio::test]
async fn nobody_brings_a_mailbag_who_is_not_signed_in_or_was_sent_by_another_page() {
    let township = TestTownship::start().await;
    let stranger = Officer::new(&township.address);
    assert_ne!(stranger.bring_with("", b"").await.status, 200);
    let officer = officer(&township).await;
    assert_eq!(officer.bring_with("a guess", b"").await.status, 403);
}
