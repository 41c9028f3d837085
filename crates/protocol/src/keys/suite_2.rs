//! Suite 2: SM2 encryption (GB/T 32918.4) of a key for SM4 (GB/T 32907) in GCM, as RFC 8998 has it;
//! SM2 signatures (GB/T 32918.2) over SM3 (GB/T 32905).
//!
//! An envelope is a 数字信封: a new SM4 key seals one message and goes with it, encrypted to the
//! township with SM2. Why that and not HPKE over SM2's curve is told in
//! `docs/decisions/0017-second-suite.md`.

use aes_gcm::aead::consts::U12;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{AesGcm, Nonce};
use sm2::dsa::signature::{Signer, Verifier};
use sm2::dsa::{SigningKey, VerifyingKey};
use sm2::pke::{DecryptingKey, EncryptingKey, Mode};
use sm2::{PublicKey as Point, SecretKey, Sm2};
use sm3::Sm3;

use super::CryptoRng;
use super::algorithms::{Algorithms, Sealed};
use crate::file::FileKey;
use crate::key::Signature;
use crate::suite::Suite;

/// SM4 in GCM.
pub(super) type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

/// The signer's 可辨别标识 where none was agreed on: GB/T 35276 (GM/T 0009) section 10.
const SIGNER: &str = "1234567812345678";
/// Bytes of an SM4 key.
const KEY: usize = 16;
/// Bytes of an encrypted key: C1 compressed, C3, C2.
const ENCRYPTED_KEY: usize = 33 + 32 + KEY;

/// Suite 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite2;

impl Algorithms for Suite2 {
    const SUITE: Suite = Suite::Two;
    type Curve = Sm2;
    type SigningKey = SigningKey;
    type OpeningKey = DecryptingKey;

    fn signing_key(secret: &SecretKey) -> SigningKey {
        SigningKey::new(SIGNER, secret).expect("the identifier is short enough to be hashed")
    }

    fn sign(key: &SigningKey, message: &[u8]) -> Signature {
        let signature: sm2::dsa::Signature = key.sign(message);
        Signature(signature.to_bytes().into())
    }

    fn verify(by: &Point, message: &[u8], signature: &Signature) -> bool {
        let key = VerifyingKey::new(SIGNER, *by);
        let signature = sm2::dsa::Signature::from_slice(&signature.0);
        key.is_ok_and(|key| signature.is_ok_and(|signed| key.verify(message, &signed).is_ok()))
    }

    fn opening_key(secret: &SecretKey) -> DecryptingKey {
        DecryptingKey::new(secret.clone())
    }

    fn seal(
        to: &Point,
        info: &[u8],
        about: &[u8],
        message: &[u8],
        random: &mut impl CryptoRng,
    ) -> Sealed {
        let mut key = [0; KEY];
        random.fill_bytes(&mut key);
        let payload = Payload { msg: message, aad: &[info, about].concat() };
        let sealed = Sm4Gcm::new(&key.into()).encrypt(&only_nonce(), payload);
        let sealed = sealed.expect("GCM seals anything shorter than 64 GiB");
        Sealed { encapsulated: encrypt(to, &key, random), sealed }
    }

    fn open(
        key: &DecryptingKey,
        info: &[u8],
        about: &[u8],
        encapsulated: &[u8],
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        // C1 could be written in another way too; of an envelope there is to be one form.
        let encrypted: &[u8; ENCRYPTED_KEY] = encapsulated.try_into().ok()?;
        let key: [u8; KEY] = key.decrypt(encrypted).ok()?.try_into().ok()?;
        let payload = Payload { msg: sealed, aad: &[info, about].concat() };
        Sm4Gcm::new(&key.into()).decrypt(&only_nonce(), payload).ok()
    }

    fn file_key(random: &mut impl CryptoRng) -> FileKey {
        let mut key = [0; KEY];
        random.fill_bytes(&mut key);
        FileKey::Sm4(key)
    }
}

/// Encrypts `plain`, which is not empty, with SM2: C1 (compressed), C3, C2.
pub(super) fn encrypt(to: &Point, plain: &[u8], random: &mut impl CryptoRng) -> Vec<u8> {
    EncryptingKey::new(*to)
        .encrypt_cipher::<_, Sm3>(random, plain)
        .and_then(|encrypted| encrypted.to_vec(Mode::C1C3C2, true))
        .expect("a curve of prime order agrees on something with every point")
}

/// The nonce of the one message that a key seals.
fn only_nonce() -> Nonce<U12> {
    Nonce::from([0; 12])
}
