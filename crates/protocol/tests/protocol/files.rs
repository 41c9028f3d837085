use proptest::prelude::*;
use protocol::FileKey;
use protocol::file::{PIECE, pieces, sealed_length, sealed_range};
use protocol::keys::{open_file, open_piece, seal_file};

const KEY: FileKey = FileKey([7; 32]);

fn file(length: u64) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

#[test]
fn a_file_of_any_length_opens_as_it_was_sealed() {
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
        let sealed = seal_file(&KEY, &file(length));
        assert_eq!(sealed.len() as u64, sealed_length(length), "{length} bytes");
        assert_eq!(open_file(&KEY, length, &sealed), Ok(file(length)));
    }
}

#[test]
fn a_piece_opens_on_its_own_and_only_in_its_place() {
    let length = 2 * PIECE + 5;
    let sealed = seal_file(&KEY, &file(length));
    let second = sealed_range(length, 1);
    let piece = &sealed[second.start as usize..second.end as usize];
    assert!(open_piece(&KEY, length, 1, piece).is_ok());
    assert!(open_piece(&KEY, length, 0, piece).is_err());
    // The same bytes, told to be the last of a shorter file.
    assert!(open_piece(&KEY, 2 * PIECE, 1, piece).is_err());
}

#[test]
fn a_file_cut_after_a_whole_piece_is_damaged() {
    let sealed = seal_file(&KEY, &file(2 * PIECE));
    let first = sealed_range(2 * PIECE, 0);
    assert!(open_file(&KEY, PIECE, &sealed[..first.end as usize]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_file_with_any_bit_flipped_is_damaged(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut sealed = seal_file(&KEY, &file(PIECE + 100));
        let at = at.index(sealed.len());
        sealed[at] ^= 1_u8 << bit;
        prop_assert!(open_file(&KEY, PIECE + 100, &sealed).is_err());
    }

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
