use proptest::prelude::*;
use protocol::keys::{DeviceKey, NotOpened, TownshipKeys, system_random};
use protocol::{Contents, Envelope, Signed, Township, decode, encode, schedule};

use crate::Scene;

#[test]
fn what_a_device_seals_the_township_opens() {
    let scene = Scene::new();
    let opened = scene.keys.open(&scene.seal()).unwrap();
    assert_eq!(opened.author, scene.device.public());
    assert_eq!(opened.order, scene.order);
}

#[test]
fn a_key_sent_compressed_is_the_key_that_it_was() {
    // As many as it takes to have met both kinds of y.
    for _ in 0..16 {
        let mut scene = Scene::new();
        scene.device = DeviceKey::generate(&mut system_random());
        let opened = scene.keys.open(&scene.seal()).unwrap();
        assert_eq!(opened.author, scene.device.public());
    }
}

#[test]
fn an_author_who_is_no_point_of_the_curve_is_refused() {
    let scene = Scene::new();
    let mut author = scene.device.public().compact();
    author.0[0] = 4;
    let contents = Contents { author, order: scene.device.sign(&scene.order) };
    let envelope =
        seal_by_hand(&contents, &scene.seal(), &scene.keys.sealing_key(), &mut system_random());
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Forged));
}

#[test]
fn keys_read_back_open_what_was_sealed_to_them() {
    let scene = Scene::new();
    let read = TownshipKeys::from_bytes(&scene.keys.to_bytes()).unwrap();
    assert!(read.open(&scene.seal()).is_ok());
    assert_eq!(read.signing_keys(), scene.keys.signing_keys());
}

#[test]
fn another_township_cannot_open_it() {
    let scene = Scene::new();
    let stranger = TownshipKeys::generate(&mut system_random());
    assert_eq!(stranger.open(&scene.seal()), Err(NotOpened::Recipient));
}

#[test]
fn an_order_in_another_envelope_is_refused() {
    let scene = Scene::new();
    let other = Scene::new();
    let random = &mut system_random();
    // Somebody who could read the order, signature and all, seals it in an envelope of their own.
    let stolen = Contents {
        author: scene.device.public().compact(),
        order: scene.device.sign(&scene.order),
    };
    let resealed = seal_by_hand(&stolen, &other.seal(), &scene.keys.sealing_key(), &mut *random);
    assert_eq!(scene.keys.open(&resealed), Err(NotOpened::Resealed));
}

#[test]
fn an_order_that_its_author_did_not_sign_is_refused() {
    let scene = Scene::new();
    let random = &mut system_random();
    let forger = DeviceKey::generate(random);
    let forged =
        Contents { author: scene.device.public().compact(), order: forger.sign(&scene.order) };
    let envelope = seal_by_hand(&forged, &scene.seal(), &scene.keys.sealing_key(), random);
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Forged));
}

#[test]
fn the_phones_key_schedule_seals_what_the_township_opens() {
    let scene = Scene::new();
    let contents = Contents {
        author: scene.device.public().compact(),
        order: scene.device.sign(&scene.order),
    };
    let envelope =
        seal_by_hand(&contents, &scene.seal(), &scene.keys.sealing_key(), &mut system_random());
    assert_eq!(scene.keys.open(&envelope).map(|opened| opened.order), Ok(scene.order));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_envelope_with_any_bit_flipped_is_refused(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let scene = Scene::new();
        let mut bytes = encode(&scene.seal());
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        if let Ok(altered) = decode::<Envelope>(&bytes) {
            prop_assert!(scene.keys.open(&altered).is_err());
        }
    }
}

#[test]
fn an_envelope_readdressed_to_another_township_is_refused() {
    let scene = Scene::new();
    let mut envelope = scene.seal();
    envelope.township = Township("529999002000".into());
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Altered));
}

/// Seals as a phone does: key agreement and cipher from outside (here RustCrypto, there
/// WebCrypto), the key schedule from [`schedule`]. The outside is that of `like`.
fn seal_by_hand(
    contents: &Contents,
    like: &Envelope,
    recipient: &protocol::PublicKey,
    random: &mut impl protocol::keys::CryptoRng,
) -> Envelope {
    use aes_gcm::aead::{Aead, KeyInit, Payload};
    use p256::elliptic_curve::Generate;
    use p256::elliptic_curve::sec1::ToSec1Point;

    let ephemeral = p256::SecretKey::generate_from_rng(random);
    let public = protocol::PublicKey(
        ephemeral.public_key().to_sec1_point(false).as_bytes().try_into().unwrap(),
    );
    let theirs = p256::PublicKey::from_sec1_bytes(&recipient.0).unwrap();
    let agreed = p256::ecdh::diffie_hellman(ephemeral.to_nonzero_scalar(), theirs.as_affine());
    let agreed: [u8; 32] = agreed.raw_secret_bytes().as_slice().try_into().unwrap();
    let key = schedule::message_key(&agreed, &public, recipient, protocol::envelope::INFO);

    let mut envelope = Envelope {
        recipient: recipient.key_id(),
        encapsulated: public.compact().0.to_vec(),
        ..like.clone()
    };
    let plaintext = [[protocol::envelope::PLAIN].as_slice(), &encode(contents)].concat();
    envelope.sealed = aes_gcm::Aes256Gcm::new(&key.key.into())
        .encrypt(&key.nonce.into(), Payload { msg: &plaintext, aad: &envelope.associated_data() })
        .unwrap();
    envelope
}

#[test]
fn a_command_of_a_later_version_is_unknown_and_not_forged() {
    let scene = Scene::new();
    // An order whose command is numbered 99.
    let order =
        encode(&(scene.order.envelope, &scene.order.township, scene.order.made_at, (99, [0])));
    let later: Signed<Later> = scene.device.sign(&Later(order.clone()));
    let contents = Contents {
        author: scene.device.public().compact(),
        order: Signed::new(order, *later.signature()),
    };
    let envelope =
        seal_by_hand(&contents, &scene.seal(), &scene.keys.sealing_key(), &mut system_random());
    assert_eq!(scene.keys.open(&envelope), Err(NotOpened::Contents));
}

/// An order in bytes that this version cannot read.
struct Later(Vec<u8>);

impl protocol::Statement for Later {
    const CONTEXT: &'static [u8] = <protocol::Order as protocol::Statement>::CONTEXT;
}

impl minicbor::Encode<()> for Later {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut (),
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.writer_mut().write_all(&self.0).map_err(minicbor::encode::Error::write)
    }
}

impl minicbor::Decode<'_, ()> for Later {
    fn decode(_: &mut minicbor::Decoder<'_>, _: &mut ()) -> Result<Self, minicbor::decode::Error> {
        Err(minicbor::decode::Error::message("nobody reads it"))
    }
}
