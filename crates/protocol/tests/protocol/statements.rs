use protocol::keys::{Algorithms, Keyring, NotVerified, system_random, verify};
use protocol::{CaseNumber, Completion, Digest, EnvelopeId, Receipt, ServerTime, Signed, Township};

use crate::in_every_suite;

in_every_suite! {
    a_receipt_is_verified_by_the_key_that_it_names,
    a_receipt_by_anybody_else_is_forged,
    a_statement_of_one_kind_never_passes_for_another,
}

pub(crate) fn receipt<S: Algorithms>(keys: &Keyring<S>) -> Receipt {
    Receipt {
        envelope: EnvelopeId::new(1_795_000_000_000, [1; 10]),
        digest: Digest::of(b"an envelope"),
        township: Township("529999001000".into()),
        case: CaseNumber("529999001000-2026-000001".into()),
        received_at: ServerTime(1_795_000_001_000),
        key: keys.signing_key().key_id(),
    }
}

fn a_receipt_is_verified_by_the_key_that_it_names<S: Algorithms>() {
    let keys = Keyring::<S>::generate(&mut system_random());
    let signed = keys.sign(&receipt(&keys));
    let claim = signed.claim().unwrap();
    let key = keys.signing_keys().into_iter().find(|key| key.key_id() == claim.key).unwrap();
    assert_eq!(verify(&signed, &key), Ok(receipt(&keys)));
}

fn a_receipt_by_anybody_else_is_forged<S: Algorithms>() {
    let keys = Keyring::<S>::generate(&mut system_random());
    let forger = Keyring::<S>::generate(&mut system_random());
    let forged = forger.sign(&receipt(&keys));
    assert_eq!(verify(&forged, &keys.signing_key()), Err(NotVerified::Forged));
}

fn a_statement_of_one_kind_never_passes_for_another<S: Algorithms>() {
    let keys = Keyring::<S>::generate(&mut system_random());
    let signed = keys.sign(&receipt(&keys));
    let statement = protocol::encode(&receipt(&keys));
    let pretended: Signed<Completion> = Signed::new(statement, *signed.signature());
    assert_eq!(verify(&pretended, &keys.signing_key()), Err(NotVerified::Forged));
}
