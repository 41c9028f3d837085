use protocol::keys::{NotVerified, TownshipKeys, system_random, verify};
use protocol::{CaseNumber, Completion, Digest, EnvelopeId, Receipt, ServerTime, Signed, Township};

fn receipt(keys: &TownshipKeys) -> Receipt {
    Receipt {
        envelope: EnvelopeId::new(1_795_000_000_000, [1; 10]),
        digest: Digest::of(b"an envelope"),
        township: Township("529999001000".into()),
        case: CaseNumber("529999001000-2026-000001".into()),
        received_at: ServerTime(1_795_000_001_000),
        key: keys.signing_key().key_id(),
    }
}

#[test]
fn a_receipt_is_verified_by_the_key_that_it_names() {
    let keys = TownshipKeys::generate(&mut system_random());
    let signed = keys.sign(&receipt(&keys));
    let claim = signed.claim().unwrap();
    let key = keys.signing_keys().into_iter().find(|key| key.key_id() == claim.key).unwrap();
    assert_eq!(verify(&signed, &key), Ok(receipt(&keys)));
}

#[test]
fn a_receipt_by_anybody_else_is_forged() {
    let keys = TownshipKeys::generate(&mut system_random());
    let forger = TownshipKeys::generate(&mut system_random());
    assert_eq!(
        verify(&forger.sign(&receipt(&keys)), &keys.signing_key()),
        Err(NotVerified::Forged)
    );
}

#[test]
fn a_statement_of_one_kind_never_passes_for_another() {
    let keys = TownshipKeys::generate(&mut system_random());
    let signed = keys.sign(&receipt(&keys));
    let statement = protocol::encode(&receipt(&keys));
    let pretended: Signed<Completion> = Signed::new(statement, *signed.signature());
    assert_eq!(verify(&pretended, &keys.signing_key()), Err(NotVerified::Forged));
}
