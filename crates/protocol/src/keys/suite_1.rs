//! Suite 1: HPKE with DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM; ECDSA with SHA-256.

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{SigningKey, VerifyingKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{NistP256, PublicKey as Point, SecretKey};

use super::CryptoRng;
use super::algorithms::{Algorithms, Sealed, expand};
use crate::file::FileKey;
use crate::key::{CompactKey, PublicKey, Signature};
use crate::suite::Suite;

type KemKey = <DhP256HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <DhP256HkdfSha256 as Kem>::EncappedKey;

/// Suite 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suite1;

impl Algorithms for Suite1 {
    const SUITE: Suite = Suite::One;
    type Curve = NistP256;
    type SigningKey = SigningKey;
    type OpeningKey = <DhP256HkdfSha256 as Kem>::PrivateKey;

    fn signing_key(secret: &SecretKey) -> SigningKey {
        SigningKey::from(secret)
    }

    fn sign(key: &SigningKey, message: &[u8]) -> Signature {
        let signature: p256::ecdsa::Signature = key.sign(message);
        Signature(signature.to_bytes().into())
    }

    fn verify(by: &Point, message: &[u8], signature: &Signature) -> bool {
        p256::ecdsa::Signature::from_slice(&signature.0)
            .is_ok_and(|signature| VerifyingKey::from(by).verify(message, &signature).is_ok())
    }

    fn opening_key(secret: &SecretKey) -> Self::OpeningKey {
        Deserializable::from_bytes(&secret.to_bytes()).expect("both are the same scalar")
    }

    fn seal(
        to: &Point,
        info: &[u8],
        about: &[u8],
        message: &[u8],
        random: &mut impl CryptoRng,
    ) -> Sealed {
        let to = KemKey::from_bytes(to.to_sec1_point(false).as_bytes());
        let to = to.expect("both are the same point");
        let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<
            AesGcm256,
            HkdfSha256,
            DhP256HkdfSha256,
        >(&OpModeS::Base, &to, info, message, about, random)
        .expect("a curve of prime order agrees on something with every point");
        let encapsulated = PublicKey::new(Suite::One, encapsulated.to_bytes().into());
        Sealed { encapsulated: encapsulated.compact().0.to_vec(), sealed }
    }

    fn open(
        key: &Self::OpeningKey,
        info: &[u8],
        about: &[u8],
        encapsulated: &[u8],
        sealed: &[u8],
    ) -> Option<Vec<u8>> {
        let encapsulated = expand::<Self>(&CompactKey(encapsulated.try_into().ok()?))?;
        let encapsulated = Encapsulated::from_bytes(encapsulated.point()).ok()?;
        hpke::single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            key,
            &encapsulated,
            info,
            sealed,
            about,
        )
        .ok()
    }

    fn file_key(random: &mut impl CryptoRng) -> FileKey {
        let mut key = [0; 32];
        random.fill_bytes(&mut key);
        FileKey::Aes256(key)
    }
}
