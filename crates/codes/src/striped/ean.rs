//! EAN-13 and EAN-8 (GB 12904, ISO/IEC 15420): what stands on goods.

use super::{distance, nearest};

/// Digits whose dark modules are of an odd number; mirrored, they are even.
const ODD: [[u8; 4]; 10] = [
    [3, 2, 1, 1],
    [2, 2, 2, 1],
    [2, 1, 2, 2],
    [1, 4, 1, 1],
    [1, 1, 3, 2],
    [1, 2, 3, 1],
    [1, 1, 1, 4],
    [1, 3, 1, 2],
    [1, 2, 1, 3],
    [3, 1, 1, 2],
];
/// Which of the six digits on the left are even says what the first digit is: a bit each.
const FIRST: [u8; 10] = [
    0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101,
    0b01_0110, 0b01_1010,
];
const EDGE: [u8; 3] = [1; 3];
const MIDDLE: [u8; 5] = [1; 5];

/// The digits, if `runs` begin with the bars of such a code, and it has room before it.
pub(super) fn read(quiet: u32, runs: &[u32]) -> Option<String> {
    distance(runs.get(..3)?, &EDGE)?;
    halves(quiet, runs, 6).or_else(|| halves(quiet, runs, 4))
}

/// A code with so many digits on either side.
fn halves(quiet: u32, runs: &[u32], digits: usize) -> Option<String> {
    let half = digits * 4;
    let (edge, rest) = runs.split_at_checked(3)?;
    let (left, rest) = rest.split_at_checked(half)?;
    let (middle, rest) = rest.split_at_checked(5)?;
    let (right, rest) = rest.split_at_checked(half)?;
    let (end, after) = rest.split_at_checked(3)?;
    distance(middle, &MIDDLE)?;
    distance(end, &EDGE)?;
    let width = |runs: &[u32]| runs.iter().sum::<u32>() as f32;
    let module = (width(left) + width(right)) / (digits * 14) as f32;
    let is_near =
        |runs: &[u32], modules: f32| (width(runs) / module - modules).abs() <= modules / 8.0 + 0.5;
    // Other codes have stretches that look like these digits; none has room around them.
    let is_alone = [quiet, *after.first()?].iter().all(|room| *room as f32 >= 5.0 * module);
    let is_even = is_near(edge, 3.0) && is_near(middle, 5.0) && is_near(end, 3.0);
    if !is_alone || !is_even || !is_near(left, (digits * 7) as f32) {
        return None;
    }
    let mirrored = ODD.map(|[a, b, c, d]| [d, c, b, a]);
    let both: Vec<[u8; 4]> = ODD.into_iter().chain(mirrored).collect();
    let mut text = Vec::new();
    let mut even = 0;
    for runs in left.chunks_exact(4) {
        let place = nearest(runs, &both)?;
        even = even << 1 | u8::from(place >= 10);
        text.push(place % 10);
    }
    if digits == 6 {
        text.insert(0, FIRST.iter().position(|first| *first == even)?);
    } else if even != 0 {
        return None;
    }
    for runs in right.chunks_exact(4) {
        text.push(nearest(runs, &ODD)?);
    }
    // From the right, every second counts three times.
    let sum: usize = text.iter().rev().zip([1, 3].iter().cycle()).map(|(d, times)| d * times).sum();
    let digits = text.into_iter().filter_map(|digit| char::from_digit(digit as u32, 10));
    sum.is_multiple_of(10).then(|| digits.collect())
}

/// The widths of a code's bars and spaces.
#[cfg(test)]
pub(super) fn drawn(code: &str) -> Vec<u8> {
    let digits: Vec<usize> = code.bytes().map(|digit| usize::from(digit - b'0')).collect();
    let (even, digits) = match digits.len() {
        13 => (FIRST[digits[0]], &digits[1..]),
        _ => (0, &digits[..]),
    };
    let half = digits.len() / 2;
    let mut widths = EDGE.to_vec();
    for (place, digit) in digits.iter().enumerate() {
        if place == half {
            widths.extend(MIDDLE);
        }
        let mut runs = ODD[*digit];
        if place < half && even >> (half - 1 - place) & 1 == 1 {
            runs.reverse();
        }
        widths.extend(runs);
    }
    widths.extend(EDGE);
    widths
}
