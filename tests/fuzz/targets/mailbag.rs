//! Any bytes as a mailbag; or, where the first byte says so, as its list with the right head before it,
//! since whoever makes a mailbag can do that too.
#![cfg_attr(fuzzing, no_main)]

use fuzz::Target;
use fuzz::sealed::{self, keys};
use mailbag::{CarriedFile, Head, Mailbag, Parcel, Proof};
use protocol::file::{manifest_digest, sealed_length};
use protocol::sync::DeliveryState;
use protocol::{Digest, Envelope, Verdict, decode};

const TARGET: Target = Target { run, seeds, words: Vec::new };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    match which % 2 {
        0 => take_in(bytes),
        _ => take_in(&headed(bytes)),
    }
}

/// As `docs/mailbag.md` has it.
fn headed(list: &[u8]) -> Vec<u8> {
    let length = (list.len() as u32).to_be_bytes();
    [&b"XST bag\n"[..], &length, &Digest::of(list).0, list].concat()
}

fn take_in(bytes: &[u8]) {
    let Ok(head) = Head::read(bytes) else { return };
    let Some(list) = bytes.get(head.list()) else { return };
    let Ok(bag) = head.open(list) else { return };
    let written = bag.head();
    let again = Head::read(&written).and_then(|head| head.open(&written[head.list()]));
    assert_eq!(again.as_ref(), Ok(&bag), "it is read as it was written");
    let mut end = head.list().end as u64;
    for (file, place) in bag.places(&head) {
        assert!(file.is_inside && place.start == end && place.end - place.start == file.length);
        end = place.end;
    }
    for parcel in &bag.parcels {
        if let Ok(envelope) = decode::<Envelope>(&parcel.envelope) {
            let _ = keys().open(&envelope);
        }
    }
    for proof in &bag.proofs {
        match proof {
            Proof::Received(receipt) => drop(receipt.claim()),
            Proof::Completed(completion) => drop(completion.claim()),
        }
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let mut out = Mailbag::of(sealed::township());
    let carried = |is_inside: bool| {
        move |file: &protocol::ManifestEntry| CarriedFile {
            id: file.id,
            length: sealed_length(file.length),
            sealed_digest: file.sealed_digest,
            is_inside,
        }
    };
    let files = sealed::files();
    for (order, is_inside) in sealed::orders().iter().zip([true, false]) {
        out.parcels.push(Parcel {
            envelope: sealed::sealed(order).into(),
            manifest: manifest_digest(&files),
            files: files.iter().map(carried(is_inside)).collect(),
        });
    }
    let mut back = Mailbag::of(sealed::township());
    for answer in sealed::answers(Digest([7; 32])) {
        let received = answer.verdicts.into_iter().filter_map(|verdict| match verdict {
            Verdict::Received(receipt) => Some(Proof::Received(receipt)),
            Verdict::Refused(_) => None,
        });
        back.proofs.extend(received);
        let completed = |state: DeliveryState| state.completion.map(Proof::Completed);
        back.proofs.extend(answer.deliveries.into_iter().filter_map(completed));
    }
    let mut all = Vec::new();
    for bag in [Mailbag::of(sealed::township()), out, back] {
        let head = bag.head();
        all.push([&[0], &head[..]].concat());
        all.push([&[1], &head[Head::LENGTH..]].concat());
    }
    all
}
