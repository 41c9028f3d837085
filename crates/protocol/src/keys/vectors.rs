//! Known answers: what the standards publish, through the very functions that seal and sign.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};
use p256::elliptic_curve::{PublicKey as Point, SecretKey};
use sm4::cipher::BlockCipherEncrypt;

use super::algorithms::{Algorithms, expand, public};
use super::suite_1::Suite1;
use super::suite_2::{Sm4Gcm, Suite2, encrypt};
use crate::envelope::INFO;
use crate::key::{CompactKey, Signature};
use crate::suite::Suite;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(|sign| !sign.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(core::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

fn bytes<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().unwrap()
}

fn secret<S: Algorithms>(text: &str) -> SecretKey<S::Curve> {
    SecretKey::from_slice(&hex(text)).unwrap()
}

/// `test-vectors.json` of the CFRG beside RFC 9180: mode 0, KEM 16, KDF 1, AEAD 2, first encryption.
/// Suite 1 has an `info` of its own, so that HPKE is asked here, with suite 1's key.
#[test]
fn rfc_9180_base_mode_opens() {
    use hpke::{Deserializable, OpModeR, aead::AesGcm256, kdf::HkdfSha256, kem::DhP256HkdfSha256};

    let enc = hex("04c06b4f6bebc7bb495cb797ab753f911aff80aefb86fd8b6fcc35525f3ab5f03e
                   0b21bd31a86c6048af3cb2d98e0d3bf01da5cc4c39ff5370d331a4f1f7d5a4e0");
    // As it would travel: expanding gives HPKE's `enc` again.
    let compact =
        CompactKey([[2 + (enc[64] & 1)].as_slice(), &enc[1..33]].concat().try_into().unwrap());
    assert_eq!(expand::<Suite1>(&compact).unwrap().point().as_slice(), enc);

    let key = secret::<Suite1>("317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2");
    let opened = hpke::single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
        &OpModeR::Base,
        &Suite1::opening_key(&key),
        &Deserializable::from_bytes(&enc).unwrap(),
        &hex("4f6465206f6e2061204772656369616e2055726e"),
        &hex(
            "58c61a45059d0c5704560e9d88b564a8b63f1364b8d1fcb3c4c6ddc1d291742465e902cd216f8908da49f8f96f",
        ),
        &hex("436f756e742d30"),
    );
    assert_eq!(opened.unwrap(), hex("4265617574792069732074727574682c20747275746820626561757479"));
}

/// RFC 6979 appendix A.2.5: P-256 with SHA-256, "sample".
#[test]
fn rfc_6979_signs() {
    let key = secret::<Suite1>("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    let signature = Suite1::sign(&Suite1::signing_key(&key), b"sample");
    let published = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716
                     F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
    assert_eq!(signature, Signature(bytes(published)));
    assert!(Suite1::verify(&key.public_key(), b"sample", &signature));
}

/// GB/T 32905-2016 (GM/T 0004-2012) appendix A.
#[test]
fn sm3_digests() {
    let short = Suite::Two.digest(b"abc");
    let published = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!(short.to_string(), published);

    let mut hasher = Suite::Two.hasher();
    (0..16).for_each(|_| hasher.update(b"abcd"));
    let published = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
    assert_eq!(hasher.finish().to_string(), published);
}

/// GB/T 32907-2016 (GM/T 0002-2012) appendix A, example 1; `key` and `plain` are the same there.
#[test]
fn sm4_encrypts() {
    let key: [u8; 16] = bytes("0123456789abcdeffedcba9876543210");
    let cipher = sm4::Sm4::new(&key.into());
    let mut block = key.into();
    cipher.encrypt_block(&mut block);
    assert_eq!(block.to_vec(), hex("681edf34d206965e86b3e94f536e4246"));
}

/// RFC 8998 appendix A.1.
#[test]
fn sm4_gcm_seals() {
    let cipher = Sm4Gcm::new(&bytes::<16>("0123456789ABCDEFFEDCBA9876543210").into());
    let plain = hex("AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
                     EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA");
    let about = hex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
    let payload = Payload { msg: &plain, aad: &about };
    let sealed = cipher.encrypt(&bytes::<12>("00001234567800000000ABCD").into(), payload);
    let published = "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735
                     D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D
                     83DE3541E4C2B58177E065A9BF7B62EC";
    assert_eq!(sealed.unwrap(), hex(published));
}

/// The key of GB/T 32918.5-2017 (GM/T 0003.5-2012) appendices A and C.
const SM2_SECRET: &str = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
/// The random number of both.
const SM2_RANDOM: &str = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";

#[test]
fn sm2_keys_are_the_published_ones() {
    let key = public::<Suite2>(&secret::<Suite2>(SM2_SECRET).public_key());
    let published = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020
                     CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
    assert_eq!(key.point().to_vec(), hex(published));
    assert_eq!(expand::<Suite2>(&key.compact()), Some(key));
}

/// GB/T 32918.5-2017 appendix A: "message digest", signed by 1234567812345678. Our own signatures
/// take the random number from the message (RFC 6979), so that this one is only verified.
#[test]
fn sm2_verifies() {
    let by: Point<_> = secret::<Suite2>(SM2_SECRET).public_key();
    let published = Signature(bytes(
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
         B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",
    ));
    assert!(Suite2::verify(&by, b"message digest", &published));
    assert!(!Suite2::verify(&by, b"message digests", &published));
    let own = Suite2::sign(&Suite2::signing_key(&secret::<Suite2>(SM2_SECRET)), b"message digest");
    assert!(Suite2::verify(&by, b"message digest", &own));
}

/// GB/T 32918.5-2017 appendix C: "encryption standard".
#[test]
fn sm2_encrypts_and_decrypts() {
    let key = secret::<Suite2>(SM2_SECRET);
    let encrypted =
        encrypt(&key.public_key(), b"encryption standard", &mut Drawn(bytes(SM2_RANDOM)));
    // C1 = 04 ‖ x ‖ y with an even y: compressed 02 ‖ x.
    let published = "02 04EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73
                     59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766
                     21886CA989CA9C7D58087307CA93092D651EFA";
    assert_eq!(encrypted, hex(published));
    let decrypted = Suite2::opening_key(&key).decrypt(&encrypted).unwrap();
    assert_eq!(decrypted, b"encryption standard");
}

/// What `docs/wire.md` says of suite 2, done by hand.
#[test]
fn an_envelope_of_suite_2_is_what_the_book_says() {
    let key = secret::<Suite2>(SM2_SECRET);
    let random = &mut super::system_random();
    let envelope = Suite2::seal(&key.public_key(), INFO, b"outside", b"inside", random);
    let message_key = Suite2::opening_key(&key).decrypt(&envelope.encapsulated).unwrap();
    let cipher = Sm4Gcm::new_from_slice(&message_key).unwrap();
    let payload = Payload { msg: &envelope.sealed, aad: b"xst envelope v1outside" };
    assert_eq!(cipher.decrypt(&[0; 12].into(), payload).unwrap(), b"inside");
}

/// Randomness that was drawn before.
struct Drawn([u8; 32]);

impl TryRng for Drawn {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        unreachable!("scalars are drawn as bytes")
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        unreachable!("scalars are drawn as bytes")
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.copy_from_slice(&self.0);
        Ok(())
    }
}

impl TryCryptoRng for Drawn {}
