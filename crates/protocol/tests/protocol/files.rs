use proptest::prelude::*;
use protocol::FileKey;
use protocol::file::{PIECE, pieces, sealed_length, sealed_range};
use protocol::keys::{Algorithms, open_file, open_piece, seal_file, system_random};

use crate::in_every_suite;

in_every_suite! {
    a_file_of_any_length_opens_as_it_was_sealed,
    a_piece_opens_on_its_own_and_only_in_its_place,
    a_file_cut_after_a_whole_piece_is_damaged,
    a_file_with_any_bit_flipped_is_damaged,
    a_key_is_read_back_as_one_of_its_suite,
}

fn key<S: Algorithms>() -> FileKey {
    S::file_key(&mut system_random())
}

fn file(length: u64) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

fn a_file_of_any_length_opens_as_it_was_sealed<S: Algorithms>() {
    let key = key::<S>();
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
        let sealed = seal_file(&key, &file(length));
        assert_eq!(sealed.len() as u64, sealed_length(length), "{length} bytes");
        assert_eq!(open_file(&key, length, &sealed), Ok(file(length)));
    }
}

fn a_piece_opens_on_its_own_and_only_in_its_place<S: Algorithms>() {
    let key = key::<S>();
    let length = 2 * PIECE + 5;
    let sealed = seal_file(&key, &file(length));
    let second = sealed_range(length, 1);
    let piece = &sealed[second.start as usize..second.end as usize];
    assert!(open_piece(&key, length, 1, piece).is_ok());
    assert!(open_piece(&key, length, 0, piece).is_err());
    // The same bytes, told to be the last of a shorter file.
    assert!(open_piece(&key, 2 * PIECE, 1, piece).is_err());
}

fn a_file_cut_after_a_whole_piece_is_damaged<S: Algorithms>() {
    let key = key::<S>();
    let sealed = seal_file(&key, &file(2 * PIECE));
    let first = sealed_range(2 * PIECE, 0);
    assert!(open_file(&key, PIECE, &sealed[..first.end as usize]).is_err());
}

fn a_file_with_any_bit_flipped_is_damaged<S: Algorithms>() {
    let key = key::<S>();
    let whole = seal_file(&key, &file(PIECE + 100));
    let config = ProptestConfig::with_cases(32);
    proptest!(config, |(at in any::<prop::sample::Index>(), bit in 0..8_u8)| {
        let mut sealed = whole.clone();
        sealed[at.index(whole.len())] ^= 1_u8 << bit;
        prop_assert!(open_file(&key, PIECE + 100, &sealed).is_err());
    });
}

fn a_key_is_read_back_as_one_of_its_suite<S: Algorithms>() {
    let key = key::<S>();
    let read: FileKey = protocol::decode(&protocol::encode(&key)).unwrap();
    assert_eq!(read.suite(), S::SUITE);
    assert_eq!(read, key);
    assert_eq!(minicbor::len(&key), protocol::encode(&key).len());
}

proptest! {
    #[test]
    fn the_ranges_of_pieces_tile_the_sealed_file(length in 0..5 * PIECE) {
        let mut end = 0;
        for place in 0..pieces(length) {
            let range = sealed_range(length, place);
            prop_assert_eq!(range.start, end);
            end = range.end;
        }
        prop_assert_eq!(end, sealed_length(length));
    }
}
