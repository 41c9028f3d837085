use mailbag::{Frames, Gathered, Gathering, MOST_BYTES, NotAFrame};
use proptest::prelude::*;

fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..length)
        .map(|place| (place as u32).wrapping_mul(2_654_435_761).to_be_bytes()[0] ^ seed)
        .collect()
}

/// Shows codes to a camera that misses those that `missed` tells, until it has all.
fn carry(bag: &[u8], mut missed: impl FnMut() -> bool) -> (Vec<u8>, usize) {
    let mut frames = Frames::of(bag).unwrap();
    let mut gathering = Gathering::default();
    let mut seen = 0;
    loop {
        let frame = frames.show();
        if missed() {
            continue;
        }
        seen += 1;
        if let Gathered::Whole(whole) = gathering.take(&frame).unwrap() {
            return (whole, seen);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whichever_codes_are_missed_about_as_many_as_there_are_suffice(
        length in 1_usize..60_000,
        missed in proptest::collection::vec(any::<bool>(), 1..64),
    ) {
        prop_assume!(missed.contains(&false));
        let bag = bytes(length, 7);
        let least = Frames::of(&bag).unwrap().least();
        let mut pattern = missed.into_iter().cycle();
        let (whole, seen) = carry(&bag, || pattern.next().unwrap_or_default());
        prop_assert_eq!(whole, bag);
        prop_assert!(seen <= least + 6, "{} of {}", seen, least);
    }

    #[test]
    fn no_text_does_any_harm(text in ".{0,600}", rest in "[0-9A-Z $%*+./:-]{0,700}") {
        let mut gathering = Gathering::default();
        prop_assert_eq!(gathering.take(&text), Err(NotAFrame));
        let _ = gathering.take(&format!("XST1:{rest}"));
    }
}

#[test]
fn a_code_fits_into_a_qr_code_that_cheap_cameras_read() {
    let mut frames = Frames::of(&bytes(50_000, 1)).unwrap();
    let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    for _ in 0..300 {
        let frame = frames.show();
        // Version 12, level L: 535 letters.
        assert!(frame.len() <= 535 && frame.chars().all(|c| letters.contains(c)), "{frame}");
    }
}

#[test]
fn codes_seen_twice_change_nothing_and_those_of_another_mailbag_begin_anew() {
    let (one, other) = (bytes(2_000, 1), bytes(3_000, 2));
    let mut gathering = Gathering::default();
    let mut frames = Frames::of(&one).unwrap();
    let first = frames.show();
    for _ in 0..10 {
        assert_eq!(gathering.take(&first), Ok(Gathered::Part { seen: 1, needed: 7 }));
    }
    let mut frames = Frames::of(&other).unwrap();
    for seen in 1..10 {
        assert_eq!(gathering.take(&frames.show()), Ok(Gathered::Part { seen, needed: 10 }));
    }
    assert_eq!(gathering.take(&frames.show()), Ok(Gathered::Whole(other)));
}

#[test]
fn codes_that_pretend_do_not_become_a_mailbag() {
    let bag = bytes(900, 3);
    let mut frames = Frames::of(&bag).unwrap();
    let forged = Frames::of(&bytes(900, 4)).unwrap().show();
    let first = frames.show();
    // The name and length of the one, the symbols of the other.
    let (own, other) =
        (first.strip_prefix("XST1:").unwrap(), forged.strip_prefix("XST1:").unwrap());
    let mut bytes = base45::decode(own).unwrap();
    let lie = base45::decode(other).unwrap();
    bytes.truncate(14);
    bytes.extend(&lie[14..]);
    let mut gathering = Gathering::default();
    gathering.take(&format!("XST1:{}", base45::encode(bytes))).unwrap();
    let mut shown = 0;
    let whole = loop {
        shown += 1;
        assert!(shown < 100);
        if let Gathered::Whole(whole) = gathering.take(&frames.show()).unwrap() {
            break whole;
        }
    };
    assert_eq!(whole, bag);
}

#[test]
fn the_longest_mailbag_goes_and_a_longer_one_is_to_be_carried_as_a_file() {
    let bag = bytes(MOST_BYTES, 5);
    let mut every_third = (0..3).cycle();
    assert_eq!(carry(&bag, || every_third.next() == Some(1)).0, bag);
    assert!(Frames::of(&bytes(MOST_BYTES + 1, 5)).is_err());
    assert!(Frames::of(&[]).is_err());
}
