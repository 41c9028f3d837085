//! Chance.

use std::borrow::Cow;

use super::super::{Evaluation, Expression, Number, Outcome};

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

pub(super) fn uuid<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let Some(length) = a.first() else { return Outcome::text(uuid_text(e.facts.random())) };
    let length = e.double(length).clamp(0.0, 1000.0) as usize;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        let bytes = e.facts.random().into_iter().take(length - text.len());
        text.extend(bytes.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()])));
    }
    Outcome::text(text)
}

fn uuid_text(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(half.into(), 16));
        }
    }
    text
}

pub(super) fn random<'a>(e: &Evaluation<'a>, _: &'a [Expression]) -> Outcome<'a> {
    Outcome::Number(Number::from(seed(e.facts.random()) as f64 / 9_007_199_254_740_992.0))
}

/// Fifty-three random bits.
fn seed(bytes: [u8; 16]) -> u64 {
    bytes.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 11
}

pub(super) fn randomize<'a>(e: &Evaluation<'a>, a: &'a [Expression]) -> Outcome<'a> {
    let all: Vec<Cow<'a, str>> = e.texts(&a[..1]);
    let seed = match a.get(1) {
        Some(seed) => seed_of(e, seed),
        None => seed(e.facts.random()) as i64,
    };
    let order = shuffled(all.len(), seed);
    Outcome::Many(order.into_iter().map(|place| all[place].clone()).collect())
}

/// A seed that is no number is made one, as JavaRosa does: from the first eight bytes of its
/// SHA-256.
fn seed_of<'a>(e: &Evaluation<'a>, seed: &'a Expression) -> i64 {
    use sha2::{Digest, Sha256};
    let outcome = e.evaluate(seed);
    let number = outcome.to_number(e.offset()).double();
    if number.is_finite() {
        return number as i64;
    }
    if let Outcome::Number(_) = outcome {
        return 0;
    }
    match outcome.into_text() {
        empty if empty.is_empty() => 0,
        text => {
            let hash = Sha256::digest(text.as_bytes());
            hash.iter().take(8).fold(0, |seed, byte| seed << 8 | i64::from(*byte))
        }
    }
}

/// Choices in the order that a seed gives.
pub(super) fn shuffle<'a>(
    e: &Evaluation<'a>,
    seed: Option<&'a Expression>,
    otherwise: i64,
    choices: Vec<u32>,
) -> Vec<u32> {
    let seed = seed.map_or(otherwise, |seed| seed_of(e, seed));
    shuffled(choices.len(), seed).into_iter().map(|place| choices[place]).collect()
}

/// The places from 0 to `length` in the order that `seed` gives: Fisher and Yates' method, from
/// the inside out, with Park and Miller's numbers, as ODK's engines do, so that a seed means the
/// same order everywhere (ODK XForms, `randomize`).
pub fn shuffled(length: usize, seed: i64) -> Vec<usize> {
    const MODULUS: i64 = 2_147_483_647;
    const MULTIPLIER: i64 = 16_807;
    // As a double, as in JavaRosa: large seeds lose their last digits.
    let mut state = (seed as f64 % MODULUS as f64) as i64;
    if state <= 0 {
        state += MODULUS - 1;
    }
    let mut places: Vec<usize> = Vec::with_capacity(length);
    for place in 0..length {
        state = state * MULTIPLIER % MODULUS;
        let part = (state - 1) as f64 / (MODULUS - 1) as f64;
        let other = ((part * (place + 1) as f64) as usize).min(place);
        places.push(place);
        places.swap(place, other);
    }
    places
}
