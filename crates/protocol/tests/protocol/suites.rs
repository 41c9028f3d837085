//! Suites beside each other: what is of one is never taken for what is of the other.

use protocol::file::sealed_length;
use protocol::keys::{
    Algorithms, DeviceKey, Keyring, NotAKey, NotOpened, NotVerified, Recipient, Suite1, Suite2,
    TownshipKeys, seal_file, system_random, verify,
};
use protocol::{
    Command, Digest, Envelope, FileId, ManifestEntry, PublicKey, Suite, UnknownSuite, decode,
    encode,
};

use crate::{Scene, envelopes, statements};

#[test]
fn a_township_with_both_suites_opens_both() {
    let (one, mut two) = (Scene::<Suite1>::new(), Scene::<Suite2>::new());
    two.keys.add(Suite::One, &mut system_random());
    let keys = TownshipKeys::from_bytes(&two.keys.to_bytes()).unwrap();
    assert_eq!(keys.suites(), Suite::ALL);
    assert!(keys.open(&two.seal()).is_ok());
    let own = Scene::<Suite1> { keys, ..one };
    assert!(own.keys.open(&own.seal()).is_ok());
}

#[test]
fn keys_that_are_there_are_not_made_anew() {
    let mut keys = TownshipKeys::generate(Suite::Two, &mut system_random());
    let before = keys.to_bytes();
    keys.add(Suite::Two, &mut system_random());
    assert_eq!(keys.to_bytes(), before);
}

#[test]
fn an_envelope_of_a_suite_that_the_township_has_no_keys_of_is_refused() {
    let (one, two) = (Scene::<Suite1>::new(), Scene::<Suite2>::new());
    assert_eq!(one.keys.open(&two.seal()), Err(NotOpened::Suite(2)));
    assert_eq!(two.keys.open(&one.seal()), Err(NotOpened::Suite(1)));
    let later = Envelope { suite: 3, ..one.seal() };
    assert_eq!(one.keys.open(&later), Err(NotOpened::Suite(3)));
    assert_eq!(Suite::try_from(3), Err(UnknownSuite(3)));
}

#[test]
fn an_envelope_that_says_it_is_of_the_other_suite_is_refused() {
    let scene = Scene::<Suite2>::new();
    let mut keys = TownshipKeys::from_bytes(&scene.keys.to_bytes()).unwrap();
    keys.add(Suite::One, &mut system_random());
    let relabelled = Envelope { suite: 1, ..scene.seal() };
    assert_eq!(keys.open(&relabelled), Err(NotOpened::Recipient));
}

#[test]
fn a_key_of_one_suite_is_none_in_the_other() {
    let keys = Keyring::<Suite1>::generate(&mut system_random());
    let (signed, key) = (keys.sign(&statements::receipt(&keys)), keys.signing_key());
    assert!(verify(&signed, &key).is_ok());
    let pretended = PublicKey::new(Suite::Two, *key.point());
    assert_eq!(verify(&signed, &pretended), Err(NotVerified::Forged));
    assert_ne!(pretended.key_id(), key.key_id());
    assert_eq!(Recipient::<Suite2>::try_from(&key).err(), Some(NotAKey));
    assert_eq!(Recipient::<Suite2>::try_from(&pretended).err(), Some(NotAKey));
}

#[test]
fn a_key_of_an_unknown_suite_is_not_read() {
    let key = DeviceKey::<Suite2>::generate(&mut system_random()).public();
    let mut bytes = encode(&key);
    assert_eq!(decode::<PublicKey>(&bytes), Ok(key));
    bytes[1] = 3;
    assert!(decode::<PublicKey>(&bytes).is_err());
}

#[test]
fn an_envelope_with_a_file_of_the_other_suite_is_refused() {
    let mut scene = Scene::<Suite2>::new();
    let Command::Submit(submission) = &mut scene.order.command else { panic!("another command") };
    submission.files = vec![photo::<Suite2>()];
    assert!(scene.keys.open(&scene.seal()).is_ok());
    let Command::Submit(submission) = &mut scene.order.command else { panic!("another command") };
    submission.files.push(photo::<Suite1>());
    assert_eq!(scene.keys.open(&scene.seal()), Err(NotOpened::Mixed));
}

#[test]
fn an_order_signed_in_the_other_suite_is_forged() {
    let scene = Scene::<Suite2>::new();
    let device = DeviceKey::<Suite1>::generate(&mut system_random());
    let envelope = envelopes::reseal(&scene, &scene.contents_by(&device));
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Forged));
}

#[test]
fn what_came_for_an_envelope_is_digested_by_the_suite_that_it_names() {
    let two = Scene::<Suite2>::new().seal();
    assert_eq!(Suite::of_letter(Some(&two)), Suite::Two);
    assert_eq!(Suite::of_letter(Some(&Envelope { suite: 3, ..two })), Suite::One);
    assert_eq!(Suite::of_letter(None), Suite::One);
    assert_eq!(Suite::One.digest(b"bytes"), Digest::of(b"bytes"));
    assert_ne!(Suite::Two.digest(b"bytes"), Digest::of(b"bytes"));
}

fn photo<S: Algorithms>() -> ManifestEntry {
    let key = S::file_key(&mut system_random());
    let (plain, sealed) = (b"a photo", seal_file(&key, b"a photo"));
    assert_eq!(sealed.len() as u64, sealed_length(7));
    ManifestEntry {
        id: FileId::new(1_795_000_000_000, [3; 10]),
        name: "light.jpg".into(),
        media_type: "image/jpeg".into(),
        length: 7,
        digest: S::SUITE.digest(plain),
        sealed_digest: S::SUITE.digest(&sealed),
        key,
    }
}
