//! Code 128 (GB/T 18347, ISO/IEC 15417): what stands on papers, parcels and plates.

use super::{distance, nearest};

/// The widths of bars and spaces, six to a symbol.
const SYMBOLS: &[u8; 6 * 106] = b"\
    212222222122222221121223121322131222122213122312132212221213221312231212\
    112232122132122231113222123122123221223211221132221231213212223112312131\
    311222321122321221312212322112322211212123212321232121111323131123131321\
    112313132113132311211313231113231311112133112331132131113123113321133121\
    313121211331231131213113213311213131311123311321331121312113312311332111\
    314111221411431111111224111422121124121421141122141221112214112412122114\
    122411142112142211241211221114413111241112134111111242121142121241114212\
    124112124211411212421112421211212141214121412121111143111341131141114113\
    114311411113411311113141114131311141411131211412211214211232\
";
/// Of bars and spaces, with the last bar of all.
const STOP: [u8; 7] = [2, 3, 3, 1, 1, 1, 2];
/// The symbols that say which set of characters begins.
const START: std::ops::RangeInclusive<usize> = 103..=105;

/// Which characters symbols stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    /// Capitals and control characters.
    A,
    /// Capitals and small letters.
    B,
    /// Two digits.
    C,
}

/// The words, if `runs` begin with the bars of such a code, and it has room before it.
pub(super) fn read(quiet: u32, runs: &[u32]) -> Option<String> {
    let patterns: Vec<[u8; 6]> = SYMBOLS
        .chunks_exact(6)
        .map(|widths| std::array::from_fn(|place| widths[place] - b'0'))
        .collect();
    let first = runs.get(..6)?;
    if quiet * 11 < first.iter().sum::<u32>() * 5 {
        return None;
    }
    let start = nearest(first, &patterns).filter(|start| START.contains(start))?;
    let mut symbols = vec![start];
    for at in (6..).step_by(6) {
        let rest = runs.get(at..at + 7)?;
        if distance(rest, &STOP).is_some_and(|off| off < 1.5) {
            break;
        }
        symbols.push(nearest(&rest[..6], &patterns)?);
    }
    let check = symbols.pop()?;
    let weighed = symbols.iter().enumerate().map(|(place, symbol)| symbol * place.max(1));
    (weighed.sum::<usize>() % 103 == check).then(|| words(&symbols)).flatten()
}

/// What symbols say; none where they say nothing, or what no person types.
fn words(symbols: &[usize]) -> Option<String> {
    let mut text = String::new();
    let mut set = match symbols.first()? {
        103 => Set::A,
        104 => Set::B,
        _ => Set::C,
    };
    let mut only_next = None;
    for symbol in &symbols[1..] {
        let here = only_next.take().unwrap_or(set);
        match (here, *symbol) {
            (Set::C, pair @ 0..=99) => text.push_str(&format!("{pair:02}")),
            (Set::A | Set::B, 98) => only_next = Some(if here == Set::A { Set::B } else { Set::A }),
            (Set::A | Set::B, 99) => set = Set::C,
            (Set::A | Set::C, 100) => set = Set::B,
            (Set::B | Set::C, 101) => set = Set::A,
            // Functions for machines, such as that the rest is of GS1.
            (_, 96..=102) => {}
            (Set::A, 64..) => return None,
            (_, character) => text.push(char::from(u8::try_from(character + 32).ok()?)),
        }
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn sets_of_characters_change_within_a_code() {
        // Start C, 12, 34, to B, "ab".
        assert_eq!(words(&[105, 12, 34, 100, 65, 66]).as_deref(), Some("1234ab"));
        // Start B, one of A, "b".
        assert_eq!(words(&[104, 98, 33, 66]).as_deref(), Some("Ab"));
        assert_eq!(words(&[104]), None);
    }
}
