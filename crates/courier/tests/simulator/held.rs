//! Files that wait for a link that nobody pays for by the byte.

use courier::{Courier, Delivery, FileDelivery, Moment, Stage, Step};
use protocol::{Digest, EnvelopeId, FileId};

const NOW: Moment = Moment(1_795_000_000_000);

fn envelope(number: u8, stage: Stage) -> Delivery {
    let file = FileId::new(NOW.0, [number; 10]);
    let files = vec![FileDelivery::new(file, 5_000_000, 70_000)];
    let (id, digest) = (EnvelopeId::new(NOW.0, [number; 10]), Digest([number; 32]));
    Delivery::new(id, digest, 500, Digest([2; 32]), files, stage)
}

#[test]
fn what_was_filled_in_goes_on_while_photos_wait_for_another_link() {
    let mut courier = Courier::new(vec![envelope(1, Stage::Arrived)], None, false);
    courier.heard_elsewhere(NOW);
    courier.hold_files(true);
    assert_eq!(courier.next(NOW), Step::Rest);
    courier.take(envelope(2, Stage::Waiting));
    assert!(matches!(courier.next(NOW), Step::Sync { envelopes, .. } if envelopes.len() == 1));
}

#[test]
fn photos_go_on_when_the_link_is_another_or_the_person_wants_it() {
    let mut courier = Courier::new(vec![envelope(1, Stage::Arrived)], None, false);
    courier.heard_elsewhere(NOW);
    courier.hold_files(true);
    assert_eq!(courier.next(NOW), Step::Rest);
    courier.hold_files(false);
    assert!(matches!(courier.next(NOW), Step::Ask { .. } | Step::Send { .. }));
}
