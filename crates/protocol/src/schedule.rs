//! HPKE (RFC 9180) as far as a browser lacks it: WebCrypto has the key agreement and the cipher;
//! what lies between, the key schedule of base mode, is here.

use hkdf::Hkdf;
use sha2::Sha256;

use crate::key::PublicKey;

const KEM_P256: u16 = 0x0010;
const KDF_SHA256: u16 = 0x0001;
const AEAD_AES_256_GCM: u16 = 0x0002;
const BASE_MODE: u8 = 0;

/// The key and the nonce for the one message of an HPKE context.
pub struct MessageKey {
    /// For AES-256-GCM.
    pub key: [u8; 32],
    /// Of the first message, and we seal no second.
    pub nonce: [u8; 12],
}

/// The sender's key schedule of suite 1.
///
/// `agreed` is what ECDH on P-256 gives for the ephemeral private key and `recipient` (the x
/// coordinate); `encapsulated` is the ephemeral public key.
pub fn message_key(
    agreed: &[u8; 32],
    encapsulated: &PublicKey,
    recipient: &PublicKey,
    info: &[u8],
) -> MessageKey {
    let secret = shared_secret(agreed, encapsulated, recipient);
    let (key, nonce) = schedule(&secret, info, AEAD_AES_256_GCM);
    MessageKey { key, nonce }
}

/// RFC 9180 section 4.1, `ExtractAndExpand`.
fn shared_secret(agreed: &[u8; 32], encapsulated: &PublicKey, recipient: &PublicKey) -> [u8; 32] {
    let suite = [b"KEM".as_slice(), &KEM_P256.to_be_bytes()].concat();
    let (_, extracted) = extract(&suite, b"", b"eae_prk", agreed);
    expand(
        &suite,
        &extracted,
        b"shared_secret",
        &[*encapsulated.point(), *recipient.point()].concat(),
    )
}

/// RFC 9180 section 5.1, `KeySchedule` in base mode, for a cipher with keys of `KEY` bytes.
fn schedule<const KEY: usize>(secret: &[u8], info: &[u8], aead: u16) -> ([u8; KEY], [u8; 12]) {
    let suite = [
        b"HPKE".as_slice(),
        &KEM_P256.to_be_bytes(),
        &KDF_SHA256.to_be_bytes(),
        &aead.to_be_bytes(),
    ]
    .concat();
    let (psk_id_hash, _) = extract(&suite, b"", b"psk_id_hash", b"");
    let (info_hash, _) = extract(&suite, b"", b"info_hash", info);
    let context = [[BASE_MODE].as_slice(), &psk_id_hash, &info_hash].concat();
    let (_, extracted) = extract(&suite, secret, b"secret", b"");
    (
        expand(&suite, &extracted, b"key", &context),
        expand(&suite, &extracted, b"base_nonce", &context),
    )
}

/// RFC 9180 section 4, `LabeledExtract`.
fn extract(suite: &[u8], salt: &[u8], label: &[u8], input: &[u8]) -> ([u8; 32], Hkdf<Sha256>) {
    let labeled = [b"HPKE-v1", suite, label, input].concat();
    let (bytes, extracted) = Hkdf::extract(Some(salt), &labeled);
    (bytes.into(), extracted)
}

/// RFC 9180 section 4, `LabeledExpand`.
fn expand<const LENGTH: usize>(
    suite: &[u8],
    extracted: &Hkdf<Sha256>,
    label: &[u8],
    info: &[u8],
) -> [u8; LENGTH] {
    // HKDF gives at most 255 hashes (RFC 5869 section 2.3); nobody asks for more than one here.
    const { assert!(LENGTH <= 32) };
    let length = (LENGTH as u16).to_be_bytes();
    let labeled = [length.as_slice(), b"HPKE-v1", suite, label, info].concat();
    let mut output = [0; LENGTH];
    let told = extracted.expand(&labeled, &mut output);
    debug_assert!(told.is_ok(), "one hash is always to be had");
    output
}

#[cfg(test)]
mod tests {
    use p256::SecretKey;
    use p256::elliptic_curve::sec1::ToSec1Point;

    use super::*;
    use crate::suite::Suite;

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
            .collect()
    }

    fn public(key: &SecretKey) -> PublicKey {
        let point = key.public_key().to_sec1_point(false);
        PublicKey::new(Suite::One, point.as_bytes().try_into().unwrap())
    }

    fn agreed(ephemeral: &SecretKey, recipient: &SecretKey) -> [u8; 32] {
        let theirs = recipient.public_key();
        let agreed = p256::ecdh::diffie_hellman(ephemeral.to_nonzero_scalar(), theirs.as_affine());
        agreed.raw_secret_bytes().as_slice().try_into().unwrap()
    }

    /// RFC 9180 appendix A.3.1: the same schedule with a shorter key.
    #[test]
    fn the_schedule_gives_what_the_rfc_gives() {
        let ephemeral = SecretKey::from_slice(&hex(
            "4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb",
        ))
        .unwrap();
        let recipient = SecretKey::from_slice(&hex(
            "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
        ))
        .unwrap();
        let agreed = agreed(&ephemeral, &recipient);
        let secret = shared_secret(&agreed, &public(&ephemeral), &public(&recipient));
        assert_eq!(
            secret.to_vec(),
            hex("c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8")
        );
        let info = hex("4f6465206f6e2061204772656369616e2055726e");
        let (key, nonce) = schedule::<16>(&secret, &info, 0x0001);
        assert_eq!(key.to_vec(), hex("868c066ef58aae6dc589b6cfdd18f97e"));
        assert_eq!(nonce.to_vec(), hex("4e0bc5018beba4bf004cca59"));
    }

    /// The very suite: `test-vectors.json` of the CFRG beside RFC 9180, mode 0, KEM 16, KDF 1, AEAD 2.
    #[test]
    fn the_key_of_a_message_is_the_one_that_is_published() {
        let secret = |text| SecretKey::from_slice(&hex(text)).unwrap();
        let ephemeral = secret("90345e3a1d116c1dd39ae76d95ab858c142223a63e44f8f85318cfa91a84858e");
        let recipient = secret("317f915db7bc629c48fe765587897e01e282d3e8445f79f27f65d031a88082b2");
        let info = hex("4f6465206f6e2061204772656369616e2055726e");
        let agreed = agreed(&ephemeral, &recipient);
        let message = message_key(&agreed, &public(&ephemeral), &public(&recipient), &info);
        let key = hex("ee16802a936d5f544771131900ee6973d0551de9e852ece2ef34bf0d5f9e1d1d");
        assert_eq!(message.key.to_vec(), key);
        assert_eq!(message.nonce.to_vec(), hex("9bc50980832a7b4b58c40161"));
    }
}
