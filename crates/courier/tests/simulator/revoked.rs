//! What a word that the device is revoked does to what waits: as much as it proves.

use courier::{Courier, Delivery, Moment, Outcome, Stage, Step};
use protocol::sync::RefusalReason;
use protocol::{Digest, EnvelopeId, Refusal, ServerTime, Standing, SyncAnswer, Verdict};

use crate::phone::DEVICE;
use crate::township::{TownshipServer, key};
use crate::world::verified;

const NOW: Moment = Moment(1_795_000_000_000);
const DAY_MS: u64 = 24 * 3_600_000;

/// A courier whose one envelope the township has refused, its device being revoked.
fn refused(standing: Option<Standing>) -> (Courier, EnvelopeId) {
    let (envelope, digest) = (EnvelopeId::new(NOW.0, [1; 10]), Digest([1; 32]));
    let delivery =
        Delivery::new(envelope, digest, 500, Digest([2; 32]), Vec::new(), Stage::Waiting);
    let mut courier = Courier::new(vec![delivery], None, false);
    let step = courier.next(NOW);
    let refusal = Refusal {
        envelope: Some(envelope),
        seen: digest,
        reason: RefusalReason::Revoked,
        words: "停用了".into(),
    };
    let answer = SyncAnswer {
        now: ServerTime(0),
        verdicts: vec![Verdict::Refused(refusal)],
        deliveries: Vec::new(),
        facts: Vec::new(),
        cursor: None,
        more: false,
        pack: Digest([3; 32]),
        standing,
    };
    courier.told(&step, Outcome::Answer(verified(answer, &[key(0)])), NOW, 0);
    (courier, envelope)
}

#[test]
fn what_nobody_proved_is_tried_again_within_two_days() {
    let (mut courier, _) = refused(None);
    courier.hint();
    assert!(matches!(courier.next(NOW), Step::Sync { envelopes, .. } if envelopes.is_empty()));
    let later = Moment(NOW.0 + 2 * DAY_MS);
    assert!(matches!(courier.next(later), Step::Sync { envelopes, .. } if envelopes.len() == 1));
}

#[test]
fn what_is_proven_rests_until_somebody_asks() {
    let revocation = TownshipServer::default().revocation(&DEVICE);
    let (mut courier, envelope) = refused(Some(Standing::Revoked(revocation)));
    assert_eq!(courier.next(NOW), Step::Rest);
    assert_eq!(courier.next(Moment(NOW.0 + 365 * DAY_MS)), Step::Rest);
    courier.try_again(envelope);
    assert!(matches!(courier.next(NOW), Step::Sync { envelopes, .. } if envelopes.len() == 1));
}
