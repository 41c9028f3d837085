//! Numbers as texts say them: `-12.50`, without an exponent (XPath 1.0, sections 3.7 and 4.2).
//!
//! Not the standard library's way, which carries 20 kB of code and tables for whatever may be
//! written. Texts of up to nineteen digits with up to nineteen after the point are read exactly as
//! it does, and so are written numbers from 0.01 to 10^19; others are right but for the last places.
//! Phone and township do the same, which is what counts.

/// So many digits fit into a `u64`, and so many zeros into a power of ten; more digits do not
/// change a double.
const DIGITS: u32 = 19;

/// Up to here every whole number is a double.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The number that all of `text` says; None where it says none.
pub fn parse(text: &str) -> Option<f64> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (mut value, mut read, mut scale) = (0u64, 0u32, 0i32);
    let places =
        whole.bytes().map(|digit| (digit, 0)).chain(fraction.bytes().map(|digit| (digit, 1)));
    for (digit, place) in places {
        if !digit.is_ascii_digit() {
            return None;
        }
        if read < DIGITS {
            value = 10 * value + u64::from(digit - b'0');
            read += u32::from(value > 0);
            scale += place;
        } else {
            scale -= 1 - place;
        }
    }
    let size = with_exponent(value, -scale);
    Some(if is_negative { -size } else { size })
}

/// `digits` divided by ten to the power of `places`.
pub(super) fn scaled_down(digits: i64, places: u8) -> f64 {
    let size = with_exponent(digits.unsigned_abs(), -i32::from(places));
    if digits < 0 { -size } else { size }
}

/// `digits` times ten to the power of `exponent`.
fn with_exponent(digits: u64, exponent: i32) -> f64 {
    let power = exponent.unsigned_abs();
    if digits == 0 || exponent == 0 {
        return digits as f64;
    }
    if power > DIGITS {
        return times_ten_to(digits as f64, exponent);
    }
    let ten = u128::from(10u64.pow(power));
    if exponent > 0 {
        return (u128::from(digits) * ten) as f64;
    }
    // Shifted as far as there is room, the quotient has more bits than a double; its last one tells
    // whether anything is left, so that a tie is taken for one only where it is one.
    let shift = u128::from(digits).leading_zeros();
    let shifted = u128::from(digits) << shift;
    let quotient = (shifted / ten) | u128::from(shifted % ten != 0);
    quotient as f64 / (1u128 << (shift - 1)) as f64 / 2.0
}

/// Right but for the last places.
fn times_ten_to(mut value: f64, exponent: i32) -> f64 {
    for _ in 0..exponent.unsigned_abs() {
        if exponent < 0 {
            value /= 10.0;
        } else {
            value *= 10.0;
        }
    }
    value
}

/// `size` times ten to the power of `power`, as the nearest whole number.
fn scaled(size: f64, power: i32) -> u64 {
    let bits = size.to_bits();
    let shift = 1075 - (bits >> 52) as i32;
    match u32::try_from(power) {
        Ok(power) if power <= DIGITS && (1..128).contains(&shift) && shift < 1075 => {
            let mantissa = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
            let half = 1u128 << (shift - 1);
            let product = mantissa * u128::from(10u64.pow(power));
            ((product + half) >> shift) as u64
        }
        Err(_) if (WHOLE..1e19).contains(&size) => {
            let ten = 10u128.pow(power.unsigned_abs());
            ((size as u128 + ten / 2) / ten) as u64
        }
        _ => times_ten_to(size, power).round() as u64,
    }
}

/// How a number is written: the fewest digits that say it, whole ones without a point, no exponent
/// ever (XPath 1.0, section 4.2).
pub fn text(value: f64) -> String {
    if value.is_nan() {
        return "NaN".to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let size = value.abs();
    if size.is_infinite() {
        return format!("{sign}Infinity");
    }
    if size.fract() == 0.0 && size < WHOLE {
        return format!("{sign}{}", size as u64);
    }
    let (digits, exponent) = shortest(size);
    written(sign, digits, exponent)
}

/// `digits` times ten to the power of `exponent`, without an exponent.
pub(super) fn written(sign: &str, digits: u64, exponent: i32) -> String {
    let mut text = digits.to_string();
    let zeros = |count: i32| "0".repeat(count.unsigned_abs() as usize);
    let point = text.len() as i32 + exponent;
    if exponent >= 0 {
        text.push_str(&zeros(exponent));
    } else if point > 0 {
        text.insert(point as usize, '.');
    } else {
        text.insert_str(0, &zeros(point));
        text.insert_str(0, "0.");
    }
    text.insert_str(0, sign);
    text
}

/// The fewest digits, and the power of ten that they are multiplied with, that are read as `size`.
fn shortest(size: f64) -> (u64, i32) {
    let magnitude = magnitude(size);
    let written = |count| (scaled(size, count - magnitude), magnitude - count);
    let is_read_again = |(digits, exponent): &(u64, i32)| with_exponent(*digits, *exponent) == size;
    let (mut digits, mut exponent) =
        (1..=17).map(written).find(is_read_again).unwrap_or_else(|| written(17));
    while digits != 0 && digits.is_multiple_of(10) {
        digits /= 10;
        exponent += 1;
    }
    (digits, exponent)
}

/// How many digits stand before the point, or, negative, how many zeros after it.
fn magnitude(size: f64) -> i32 {
    let mut magnitude = 0;
    let mut rest = size;
    while rest >= 1e16 {
        rest /= 1e16;
        magnitude += 16;
    }
    while rest < 1e-16 {
        rest *= 1e16;
        magnitude -= 16;
    }
    while rest >= 1.0 {
        rest /= 10.0;
        magnitude += 1;
    }
    while rest < 0.1 {
        rest *= 10.0;
        magnitude -= 1;
    }
    magnitude
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_plain_number_is_none() {
        for text in
            ["", "-", ".", "-.", "+1", "1e3", "1.2.3", "2026-01-31", " 1", "一", "inf", "--1"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse(".5"), Some(0.5));
        assert_eq!(parse("5."), Some(5.0));
        assert_eq!(parse("-0").map(f64::to_bits), Some((-0.0f64).to_bits()));
    }

    proptest! {
        #[test]
        fn up_to_fifteen_digits_are_read_as_the_standard_library_does(
            value in 0u64..1_000_000_000_000_000, point in 0usize..16, is_negative: bool,
        ) {
            let digits = format!("{value:016}");
            let sign = if is_negative { "-" } else { "" };
            let text = format!("{sign}{}.{}", &digits[..point], &digits[point..]);
            prop_assert_eq!(parse(&text), text.parse().ok());
        }

        #[test]
        fn up_to_fifteen_digits_are_written_as_they_were_read(
            value in 0u64..1_000_000_000_000_000, point in 1usize..16, is_negative: bool,
        ) {
            let digits = format!("{value:016}");
            let read = format!("{}{}.{}", if is_negative { "-" } else { "" }, &digits[..point], &digits[point..]);
            let number: f64 = read.parse().unwrap();
            // `-0` is written `0`.
            prop_assert_eq!(text(number), (number + 0.0).to_string());
        }

        #[test]
        fn numbers_of_daily_life_are_written_as_the_standard_library_does(
            number in prop_oneof![0.01f64..10.0, 10.0f64..1e9, 1e9f64..1e19], is_negative: bool,
        ) {
            let number = if is_negative { -number } else { number };
            prop_assert_eq!(text(number), number.to_string());
            prop_assert_eq!(parse(&text(number)), Some(number));
        }

        #[test]
        fn even_astronomic_ones_are_read_again_as_they_were_but_for_the_last_places(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number == 0.0 || (1e-200..1e200).contains(&number.abs()));
            let read = parse(&text(number)).unwrap();
            prop_assert!((read - number).abs() <= number.abs() * 1e-13, "{} {}", read, number);
        }

        #[test]
        fn quotients_are_written_as_the_standard_library_does(above in 1u32..100_000, below in 1u32..1000) {
            let number = f64::from(above) / f64::from(below);
            prop_assert_eq!(text(number), number.to_string());
        }

        #[test]
        fn longer_ones_differ_in_the_last_place_at_most(text in "-?[0-9]{0,40}\\.[0-9]{1,40}") {
            let (ours, exact) = (parse(&text).unwrap(), text.parse::<f64>().unwrap());
            prop_assert!((ours - exact).abs() <= exact.abs() * 4.0 * f64::EPSILON, "{} {}", ours, exact);
        }
    }
}
