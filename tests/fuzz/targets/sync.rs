//! Any bytes as what comes to `/api/sync`; as a request that the device did sign; as what the township
//! answers, told to a courier; and as what comes to `/api/recovery`, and its answer. The first byte
//! says which.
#![cfg_attr(fuzzing, no_main)]

use std::task::{Context, Poll, Waker};

use courier::{Answer, Courier, Delivery, FileDelivery, Moment, Note, Outcome, Stage, Step};
use fuzz::Target;
use fuzz::sealed::{self, Repeating, device, keys, ring};
use protocol::file::{manifest_digest, sealed_length};
use protocol::keys::{Recipient, verify};
use protocol::{
    DeviceTime, Digest, RecoveryAnswer, RecoveryRequest, Signed, SyncAnswer, SyncRequest, decode,
    encode,
};

const TARGET: Target = Target { run, seeds, words: Vec::new };

fuzz::target!(TARGET);

/// The digest of the envelope that the courier has.
const DIGEST: Digest = Digest([7; 32]);
/// What the device entrusted to the township.
const SECRET: [u8; 32] = [9; 32];

fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    match which % 5 {
        0 => asked(bytes),
        1 => signed(bytes),
        2 => answered(bytes),
        3 => wants_help(bytes),
        _ => is_helped(bytes),
    }
}

fn asked(bytes: &[u8]) {
    let Ok(signed) = decode::<Signed<SyncRequest>>(bytes) else { return };
    assert_eq!(decode(&encode(&signed)).as_ref(), Ok(&signed), "it is read as it was written");
    if let Ok(request) = signed.claim() {
        let _ = verify(&signed, &request.device);
    }
}

fn signed(bytes: &[u8]) {
    let Ok(request) = decode::<SyncRequest>(bytes) else { return };
    let signed = decode::<Signed<SyncRequest>>(&encode(&device().sign(&request)));
    let read = verify(&signed.expect("it was written here"), &device().public());
    assert_eq!(read.as_ref(), Ok(&request), "it is read as it was signed");
}

fn wants_help(bytes: &[u8]) {
    let Ok(request) = decode::<RecoveryRequest>(bytes) else { return };
    let signed = decode::<Signed<RecoveryRequest>>(&encode(&device().sign(&request)));
    let read = verify(&signed.expect("it was written here"), &device().public());
    assert_eq!(read.as_ref(), Ok(&request), "it is read as it was signed");
    let secret = keys().open_entrusted(&request.entrusted, &request.township, &request.device);
    assert!(secret.is_none_or(|secret| secret == SECRET), "a secret that nobody entrusted");
}

fn is_helped(bytes: &[u8]) {
    let Ok(answer) = decode::<RecoveryAnswer>(bytes) else { return };
    assert_eq!(decode(&encode(&answer)), Ok(answer), "it is read as it was written");
}

/// Whoever answers could be the township itself, so every signature is taken for true.
fn answered(bytes: &[u8]) {
    let Ok(answer) = decode::<SyncAnswer>(bytes) else { return };
    assert_eq!(decode(&encode(&answer)).as_ref(), Ok(&answer), "it is read as it was written");
    let mut courier = courier();
    let mut now = Moment(1_795_000_000_000);
    for _ in 0..3 {
        let step = courier.next(now);
        if matches!(step, Step::Sync { .. }) {
            let notes = courier.told(&step, Outcome::Answer(verified(answer.clone())), now, 0);
            notes.iter().for_each(look);
        }
        now.0 += 3_600_000;
    }
    let progress = courier.progress();
    assert!(progress.bytes_there <= progress.bytes, "more is there than there is: {progress:?}");
}

fn look(note: &Note) {
    match note {
        Note::Received { receipt, .. } => assert_eq!(receipt.digest, DIGEST, "another's receipt"),
        Note::Completed { completion, .. } => {
            assert_eq!(completion.files, manifest_digest(&sealed::files()), "another's completion");
        }
        _ => {}
    }
}

fn courier() -> Courier {
    let files = sealed::files();
    let on_the_way =
        files.iter().map(|file| FileDelivery::new(file.id, sealed_length(file.length), 0));
    let delivery = Delivery::new(
        sealed::envelope(),
        DIGEST,
        1_000,
        manifest_digest(&files),
        on_the_way.collect(),
        Stage::Waiting,
    );
    Courier::new(vec![delivery], None, true)
}

fn verified(answer: SyncAnswer) -> Answer {
    let (own, keys) = (device().public(), ring().signing_keys());
    let future = std::pin::pin!(Answer::verify(answer, &own, &keys, async |_, _, _| true));
    match future.poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => unreachable!("nothing in it waits"),
    }
}

fn recovery() -> RecoveryRequest {
    let township = sealed::township();
    let recipient = Recipient::try_from(&ring().sealing_key()).expect("it is a key");
    let entrusted = device().entrust(&SECRET, &township, &recipient, &mut Repeating::new(6));
    let sent_at = DeviceTime { unix_ms: 1_795_000_000_000, offset_minutes: 480 };
    RecoveryRequest { township, device: device().public(), sent_at, entrusted }
}

fn seeds() -> Vec<Vec<u8>> {
    let envelopes = sealed::orders().iter().map(sealed::sealed).take(2).collect();
    let requests = [sealed::request(Vec::new()), sealed::request(envelopes)];
    let asked = requests.iter().map(|one| [&[0], &encode(&device().sign(one))[..]].concat());
    let signed = requests.iter().map(|one| [&[1], &encode(one)[..]].concat());
    let answered = sealed::answers(DIGEST).into_iter();
    let answered = answered.map(|answer| [&[2], &encode(&answer)[..]].concat());
    let helped = [RecoveryAnswer::Given(SECRET), RecoveryAnswer::Asked, RecoveryAnswer::Denied];
    let helped = helped.iter().map(|answer| [&[4], &encode(answer)[..]].concat());
    let wants_help = [[&[3], &encode(&recovery())[..]].concat()];
    asked.chain(signed).chain(answered).chain(wants_help).chain(helped).collect()
}
