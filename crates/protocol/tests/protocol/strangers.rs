//! Bytes from strangers.

use proptest::prelude::*;
use protocol::fact::{CaseState, Offers};
use protocol::pack::PhonePack;
use protocol::sync::RefusalReason;
use protocol::{
    ApplicationId, CaseNumber, Contents, DeviceCertificate, Envelope, Order, Receipt, ServerTime,
    Signed, Standing, SyncAnswer, SyncRequest, decode, encode,
};

use crate::Scene;
use protocol::keys::Suite1;

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_nothing_else(
        bytes in prop::collection::vec(any::<u8>(), 0..400)
    ) {
        let _ = decode::<Envelope>(&bytes);
        let _ = Contents::from_bytes(&bytes);
        let _ = decode::<Order>(&bytes);
        let _ = decode::<Signed<SyncRequest>>(&bytes);
        let _ = decode::<SyncRequest>(&bytes);
        let _ = decode::<SyncAnswer>(&bytes);
        let _ = decode::<Receipt>(&bytes);
        let _ = decode::<PhonePack>(&bytes);
        let _ = decode::<Standing>(&bytes);
        let _ = decode::<DeviceCertificate>(&bytes);
    }

    #[test]
    fn an_order_with_any_byte_changed_is_read_or_refused(
        at in any::<prop::sample::Index>(), to in any::<u8>()
    ) {
        let mut bytes = encode(&Scene::<Suite1>::new().order);
        let at = at.index(bytes.len());
        bytes[at] = to;
        let _ = decode::<Order>(&bytes);
    }
}

#[test]
fn bytes_behind_the_end_are_refused() {
    let mut bytes = encode(&Scene::<Suite1>::new().seal());
    bytes.push(0);
    assert!(decode::<Envelope>(&bytes).is_err());
}

#[test]
fn arrays_nested_without_end_are_refused_before_the_stack_ends() {
    let nested = [0x81; 1_000_000];
    assert!(decode::<SyncAnswer>(&nested).is_err());
    assert!(decode::<Order>(&nested).is_err());
}

#[test]
fn a_length_that_nobody_could_send_reserves_no_memory() {
    // An array that says it has 2^62 items, and ends.
    let boast = [0x9b, 0x40, 0, 0, 0, 0, 0, 0, 0];
    assert!(decode::<SyncAnswer>(&boast).is_err());
}

#[test]
fn a_reason_of_a_later_version_is_one_that_is_not_known() {
    for (number, reason) in RefusalReason::ALL.into_iter().enumerate() {
        assert_eq!(encode(&reason), encode(&number), "{reason:?} has its number");
        assert_eq!(decode(&encode(&number)), Ok(reason));
    }
    assert_eq!(decode(&encode(&200)), Ok(RefusalReason::Unknown));
}

#[test]
fn a_state_that_was_kept_before_cases_had_versions_is_read() {
    let now = CaseState {
        application: ApplicationId::new(0, [1; 10]),
        case: CaseNumber("1".into()),
        stage: "received".into(),
        office: String::new(),
        words: String::new(),
        since: ServerTime(0),
        version: None,
        said: None,
        corrections: Vec::new(),
        offers: Offers::default(),
        visit: None,
    };
    let before =
        encode(&(now.application, &now.case, &now.stage, &now.office, &now.words, now.since));
    assert_eq!(decode(&before), Ok(now));
}

#[test]
fn a_field_of_a_later_version_is_skipped() {
    let scene = Scene::<Suite1>::new();
    let known = scene.seal();
    let mut bytes = encode(&known);
    // Six fields become seven.
    assert_eq!(bytes[0], 0x86);
    bytes[0] = 0x87;
    bytes.extend(encode(&"news"));
    assert_eq!(decode::<Envelope>(&bytes), Ok(known));
}
