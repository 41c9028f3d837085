use browser::WebCrypto;
use protocol::file::PIECE;
use protocol::keys::{self, DeviceKey, Suite1, system_random, verify};
use protocol::{
    CaseNumber, Digest, EnvelopeId, FileKey, PublicKey, Receipt, ServerTime, Signature, Suite,
    Township,
};
use vault::{Crypto as _, FileOpening, FileSealing};
use wasm_bindgen_test::wasm_bindgen_test as test;

use crate::scene::township;

fn photo(length: u64) -> Vec<u8> {
    (0..length).map(|at| (at % 249) as u8).collect()
}

#[test]
async fn a_file_sealed_by_the_phone_opens_at_the_township() {
    for length in [0, 1, PIECE, 3 * PIECE + 7] {
        let crypto = WebCrypto::default();
        let mut sealing = FileSealing::begin(&crypto, length).await.unwrap();
        let sealed = sealing.seal(&crypto, &photo(length)).await.unwrap();
        let told = sealing.finish().unwrap();
        assert_eq!(keys::open_file(&told.key, told.length, &sealed), Ok(photo(length)));
        assert_eq!(told.digest, Digest::of(&photo(length)));
        assert_eq!(told.sealed_digest, Digest::of(&sealed));
    }
}

#[test]
async fn a_file_sealed_elsewhere_opens_on_the_phone_and_a_damaged_one_does_not() {
    let key = FileKey::Aes256([5; 32]);
    let mut sealed = keys::seal_file(&key, &photo(2 * PIECE));
    let crypto = WebCrypto::default();
    let opening = FileOpening::begin(&crypto, &key, 2 * PIECE).await.unwrap();
    assert_eq!(opening.open(&crypto, 0..2, &sealed).await, Ok(photo(2 * PIECE)));
    sealed[70_000] ^= 1;
    assert!(opening.open(&crypto, 0..2, &sealed).await.is_err());
}

#[test]
async fn the_phone_believes_receipts_of_the_township_and_of_nobody_else() {
    let keys = township();
    let receipt = keys.sign(&Receipt {
        envelope: EnvelopeId::new(1_795_000_000_000, [1; 10]),
        digest: Digest::of(b"an envelope"),
        township: Township("529999001000".into()),
        case: CaseNumber("1".into()),
        received_at: ServerTime(0),
        key: keys.signing_key().key_id(),
    });
    let message = receipt.signed_bytes();
    assert!(WebCrypto::default().verify(&keys.signing_key(), &message, receipt.signature()).await);

    assert!(
        !WebCrypto::default()
            .verify(&township().signing_key(), &message, receipt.signature())
            .await
    );
    let mut altered = receipt.signature().0;
    altered[9] ^= 1;
    assert!(!WebCrypto::default().verify(&keys.signing_key(), &message, &Signature(altered)).await);
    let no_key = PublicKey::new(Suite::One, [4; 65]);
    assert!(!WebCrypto::default().verify(&no_key, &message, receipt.signature()).await);
    let other_suite = PublicKey::new(Suite::Two, *keys.signing_key().point());
    assert!(!WebCrypto::default().verify(&other_suite, &message, receipt.signature()).await);
}

#[test]
async fn signatures_that_begin_with_zeros_hold_too() {
    // One in 128 has such an r or s.
    let keys = township();
    let device = DeviceKey::<Suite1>::generate(&mut system_random());
    for place in 0..600 {
        let receipt = Receipt {
            envelope: EnvelopeId::new(place, [1; 10]),
            digest: Digest([0; 32]),
            township: Township("529999001000".into()),
            case: CaseNumber("1".into()),
            received_at: ServerTime(0),
            key: keys.signing_key().key_id(),
        };
        let signed = device.sign(&receipt);
        assert!(verify(&signed, &device.public()).is_ok());
        assert!(
            WebCrypto::default()
                .verify(&device.public(), &signed.signed_bytes(), signed.signature())
                .await
        );
    }
}
