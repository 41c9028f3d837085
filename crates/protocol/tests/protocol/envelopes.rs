use p256::elliptic_curve::PublicKey as Point;
use p256::elliptic_curve::sec1::ToSec1Point;
use proptest::prelude::*;
use protocol::envelope::INFO;
use protocol::keys::{
    Algorithms, DeviceKey, NotOpened, Sealed, Suite1, TownshipKeys, system_random,
};
use protocol::{Contents, Envelope, Outside, PublicKey, Suite, Township, decode, encode, schedule};

use crate::{Scene, in_every_suite};

in_every_suite! {
    what_a_device_seals_the_township_opens,
    a_key_sent_compressed_is_the_key_that_it_was,
    an_author_who_is_no_point_of_the_curve_is_refused,
    keys_read_back_open_what_was_sealed_to_them,
    another_township_cannot_open_it,
    an_order_in_another_envelope_is_refused,
    an_order_that_its_author_did_not_sign_is_refused,
    an_envelope_with_any_bit_flipped_is_refused,
    an_envelope_readdressed_to_another_township_is_refused,
    an_envelope_with_a_longer_or_shorter_key_is_refused,
    an_envelope_whose_key_is_written_another_way_is_refused,
    a_command_of_a_later_version_is_unknown_and_not_forged,
}

fn what_a_device_seals_the_township_opens<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let opened = scene.keys.open(&scene.seal()).unwrap();
    assert_eq!(opened.author, scene.device.public());
    assert_eq!(opened.author.suite(), S::SUITE);
    assert_eq!(opened.order, scene.order);
}

fn a_key_sent_compressed_is_the_key_that_it_was<S: Algorithms>() {
    // As many as it takes to have met both kinds of y.
    for _ in 0..16 {
        let mut scene = Scene::<S>::new();
        scene.device = DeviceKey::generate(&mut system_random());
        let opened = scene.keys.open(&scene.seal()).unwrap();
        assert_eq!(opened.author, scene.device.public());
    }
}

fn an_author_who_is_no_point_of_the_curve_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let mut contents = scene.contents();
    contents.author.0[0] = 4;
    let envelope = reseal(&scene, &contents);
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Forged));
}

fn keys_read_back_open_what_was_sealed_to_them<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let read = TownshipKeys::from_bytes(&scene.keys.to_bytes()).unwrap();
    assert!(read.open(&scene.seal()).is_ok());
    assert_eq!(read.ring(S::SUITE).unwrap().signing_keys(), scene.ring().signing_keys());
}

fn another_township_cannot_open_it<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let stranger = TownshipKeys::generate(S::SUITE, &mut system_random());
    assert_eq!(stranger.open(&scene.seal()), Err(NotOpened::Recipient));
}

fn an_order_in_another_envelope_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    // Somebody who could read the order, signature and all, seals it in an envelope of their own, or
    // to another township of which the reader has the key.
    let stolen = scene.contents();
    let other = Scene::<S> { keys: copy(&scene.keys), ..Scene::new() };
    assert_eq!(scene.keys.open(&reseal(&other, &stolen)), Err(NotOpened::Forged));
    let elsewhere = Outside { township: Township("529999002000".into()), ..scene.seal().outside() };
    assert_eq!(scene.keys.open(&seal(&scene, elsewhere, &stolen)), Err(NotOpened::Forged));
}

fn an_order_that_its_author_did_not_sign_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let forger = DeviceKey::<S>::generate(&mut system_random());
    let author = scene.device.public().compact();
    let envelope = reseal(&scene, &Contents { author, ..scene.contents_by(&forger) });
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Forged));
}

fn an_envelope_with_any_bit_flipped_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let sealed = encode(&scene.seal());
    let config = ProptestConfig::with_cases(64);
    proptest!(config, |(at in any::<prop::sample::Index>(), bit in 0..8_u8)| {
        let mut bytes = sealed.clone();
        bytes[at.index(sealed.len())] ^= 1_u8 << bit;
        if let Ok(altered) = decode::<Envelope>(&bytes) {
            prop_assert!(scene.keys.open(&altered).is_err());
        }
    });
}

fn an_envelope_readdressed_to_another_township_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let envelope = Envelope { township: Township("529999002000".into()), ..scene.seal() };
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Altered));
}

fn an_envelope_with_a_longer_or_shorter_key_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let whole = scene.seal();
    for length in 0..whole.encapsulated.len() {
        let encapsulated = whole.encapsulated[..length].to_vec();
        let cut = Envelope { encapsulated, ..whole.clone() };
        assert_eq!(scene.keys.open(&cut), Err(NotOpened::Altered), "{length} bytes");
    }
    let encapsulated = [whole.encapsulated.as_slice(), &[0]].concat();
    let longer = Envelope { encapsulated, ..whole };
    assert_eq!(scene.keys.open(&longer), Err(NotOpened::Altered));
}

fn an_envelope_whose_key_is_written_another_way_is_refused<S: Algorithms>() {
    let scene = Scene::<S>::new();
    let sealed = scene.seal();
    let (compact, rest) = sealed.encapsulated.split_at(33);
    let point = Point::<S::Curve>::from_sec1_bytes(compact).unwrap();
    let encapsulated = [point.to_sec1_point(false).as_bytes(), rest].concat();
    let expanded = Envelope { encapsulated, ..sealed };
    assert_eq!(scene.keys.open(&expanded), Err(NotOpened::Altered));
}

fn a_command_of_a_later_version_is_unknown_and_not_forged<S: Algorithms>() {
    let scene = Scene::<S>::new();
    // An order whose command is numbered 99.
    let order = encode(&(scene.order.made_at, (99, [0])));
    let contents = scene.device.contents(order, &scene.seal().outside());
    assert_eq!(scene.keys.open(&reseal(&scene, &contents)), Err(NotOpened::Contents));
}

/// Key agreement and cipher from outside (here RustCrypto, there WebCrypto), the key schedule from
/// [`schedule`].
#[test]
fn the_phones_key_schedule_seals_what_the_township_opens() {
    use aes_gcm::aead::{Aead, KeyInit, Payload};
    use p256::elliptic_curve::Generate;

    let scene = Scene::<Suite1>::new();
    let recipient = scene.ring().sealing_key();
    let ephemeral = p256::SecretKey::generate_from_rng(&mut system_random());
    let point = ephemeral.public_key().to_sec1_point(false).as_bytes().try_into().unwrap();
    let public = PublicKey::new(Suite::One, point);
    let theirs = p256::PublicKey::from_sec1_bytes(recipient.point()).unwrap();
    let agreed = p256::ecdh::diffie_hellman(ephemeral.to_nonzero_scalar(), theirs.as_affine());
    let agreed: [u8; 32] = agreed.raw_secret_bytes().as_slice().try_into().unwrap();
    let key = schedule::message_key(&agreed, &public, &recipient, protocol::envelope::INFO);

    let encapsulated = public.compact().0.to_vec();
    let mut envelope = Envelope { encapsulated, ..scene.seal() };
    let (contents, about) = (scene.contents(), envelope.outside().associated_data());
    envelope.sealed = aes_gcm::Aes256Gcm::new(&key.key.into())
        .encrypt(&key.nonce.into(), Payload { msg: &contents.to_bytes(), aad: &about })
        .unwrap();
    assert_eq!(scene.keys.open(&envelope).map(|opened| opened.order), Ok(scene.order));
}

fn copy(keys: &TownshipKeys) -> TownshipKeys {
    TownshipKeys::from_bytes(&keys.to_bytes()).unwrap()
}

/// Seals contents that no honest device makes in the envelope that the scene's order is for.
pub(crate) fn reseal<S: Algorithms>(scene: &Scene<S>, contents: &Contents) -> Envelope {
    seal(scene, scene.seal().outside(), contents)
}

fn seal<S: Algorithms>(scene: &Scene<S>, outside: Outside, contents: &Contents) -> Envelope {
    let recipient = scene.ring().sealing_key();
    let to = Point::from_sec1_bytes(recipient.point()).unwrap();
    let about = outside.associated_data();
    let Sealed { encapsulated, sealed } =
        S::seal(&to, INFO, &about, &contents.to_bytes(), &mut system_random());
    outside.around(encapsulated, sealed)
}
