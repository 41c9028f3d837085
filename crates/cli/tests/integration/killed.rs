//! A server that is killed in the middle of things.

use std::time::Duration;

use futures_util::stream;
use protocol::{Digest, encode};

use crate::material::household;
use crate::phone::{Phone, received};
use crate::serving::Serving;

#[tokio::test]
async fn a_killed_server_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    let serving = Serving::start(data.path());
    let mut phone = Phone::new(&serving.address).await;
    let form = phone.form("ybcb").await;
    let sealed = phone.seal("ybcb", household(&form, 4));
    let first = encode(received(&phone.sync(&[&sealed.bytes], &[]).await.verdicts[0]));

    // Half of a file is there, and more of it is on the way and never ends.
    let [whole, broken, rest @ ..] = &sealed.files[..] else { panic!("five files") };
    phone.finish(whole).await;
    let half = broken.sealed.len() / 2;
    phone.patch(broken.id, 0, &broken.sealed[..half]).await;
    let bytes = broken.sealed[half..half + 10_000].to_vec();
    let unending = stream::unfold(Some(bytes), async |bytes| match bytes {
        Some(bytes) => Some((Ok::<_, std::io::Error>(bytes), None)),
        None => std::future::pending().await,
    });
    let sending = phone.try_patch(broken.id, half as u64, reqwest::Body::wrap_stream(unending));
    let cut = tokio::time::timeout(Duration::from_millis(300), sending).await;
    assert!(cut.is_err(), "it is on the way");
    serving.kill();

    let serving = Serving::start(data.path());
    phone.turn_to(&serving.address);
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    assert_eq!(encode(received(&answer.verdicts[0])), first, "one case, one receipt");
    assert_eq!(answer.deliveries[0].missing.len(), 4, "the whole file stayed whole");
    assert!(phone.offset(broken.id).await.unwrap() >= half as u64);
    for file in rest.iter().chain([broken]) {
        phone.finish(file).await;
    }
    let completion = phone.delivery(sealed.envelope).await.completion.unwrap();
    let digests: Vec<u8> =
        sealed.files.iter().flat_map(|file| Digest::of(&file.sealed).0).collect();
    assert_eq!(completion.claim().unwrap().files, Digest::of(&digests));
}

#[tokio::test]
async fn a_server_that_is_killed_while_envelopes_pour_in_keeps_each_that_it_signed_for() {
    let data = tempfile::tempdir().unwrap();
    let serving = Serving::start(data.path());
    let mut phone = Phone::new(&serving.address).await;
    let form = phone.form("ybcb").await;
    let sealed: Vec<_> = (0..30).map(|_| phone.seal("ybcb", household(&form, 1))).collect();
    let mut receipts = Vec::new();
    for one in &sealed[..10] {
        let answer = phone.sync(&[&one.bytes], &[]).await;
        receipts.push(encode(received(&answer.verdicts[0])));
    }
    let rest: Vec<_> = sealed[10..].iter().map(|one| one.bytes.as_slice()).collect();
    let sending = phone.send(&rest, &[]);
    // Killed while the server works on them; whether it got to answer is chance.
    let _ = tokio::time::timeout(Duration::from_millis(20), sending).await;
    serving.kill();

    let serving = Serving::start(data.path());
    phone.turn_to(&serving.address);
    let all: Vec<_> = sealed.iter().map(|one| one.bytes.as_slice()).collect();
    let answer = phone.sync(&all, &[]).await;
    let after: Vec<_> = answer.verdicts.iter().map(|one| encode(received(one))).collect();
    assert_eq!(after[..10], receipts[..]);
    let numbers: std::collections::BTreeSet<_> =
        answer.verdicts.iter().map(|one| received(one).claim().unwrap().case.0).collect();
    assert_eq!(numbers.len(), 30, "each has a case of its own");
}

#[test]
fn the_demonstration_accounts_are_the_same_after_every_start() {
    let data = tempfile::tempdir().unwrap();
    let accounts = |serving: &Serving| -> Vec<String> {
        let lines = serving.said.iter().filter(|line| line.starts_with("account "));
        lines.cloned().collect()
    };
    let first = Serving::start(data.path());
    let said = accounts(&first);
    assert_eq!(said.len(), 28);
    drop(first);
    assert_eq!(accounts(&Serving::start(data.path())), said);
}
