//! Numbers: exact decimals as long as they fit, doubles beyond.
//!
//! XPath 1.0 computes with doubles, in which 0.1 + 0.2 is not 0.3. Sums of money must come out as
//! people work them out on paper, so whatever can be said in eighteen digits is computed exactly;
//! thirds, roots and very large numbers are doubles, as the specification has it
//! (`docs/decisions/0004-expressions.md`).

use core::cmp::Ordering;

use super::decimal;

/// A number.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// `digits` divided by ten to the power of `places`; no more places than needed.
    Exact {
        /// All digits as one whole number.
        digits: i64,
        /// How many of them stand behind the point; at most eighteen.
        places: u8,
    },
    /// What has no such form: NaN and the infinities among them.
    Double(f64),
}

/// The most digits behind the point: what a text may say, and ten to this power fits an `i64`.
const PLACES: u8 = 18;

impl Number {
    /// Not a number.
    pub const NAN: Self = Self::Double(f64::NAN);
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);

    /// A whole number.
    pub const fn whole(digits: i64) -> Self {
        Self::Exact { digits, places: 0 }
    }

    /// The number that all of `text` says (XPath 1.0, section 4.4, without the blanks around it).
    pub fn parse(text: &str) -> Option<Self> {
        exact(text).or_else(|| decimal::parse(text).map(Self::Double))
    }

    /// As it is written down; with more places than a number has, something else.
    pub(super) fn packed(digits: i64, places: u8) -> Self {
        Self::Exact { digits, places: places.min(PLACES) }
    }

    /// As a double.
    pub fn double(self) -> f64 {
        match self {
            Self::Exact { digits, places: 0 } => digits as f64,
            Self::Exact { digits, places } => decimal::scaled_down(digits, places),
            Self::Double(value) => value,
        }
    }

    /// As it is written: whole ones without a point, no exponent ever (XPath 1.0, section 4.2).
    pub fn text(self) -> String {
        match self {
            Self::Exact { digits, places } => {
                let sign = if digits < 0 { "-" } else { "" };
                decimal::written(sign, digits.unsigned_abs(), -i32::from(places))
            }
            Self::Double(value) => decimal::text(value),
        }
    }

    /// Whether it is not a number.
    pub fn is_nan(self) -> bool {
        matches!(self, Self::Double(value) if value.is_nan())
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Exact { digits, .. } => digits == 0,
            Self::Double(value) => value == 0.0,
        }
    }

    /// As a place or a count: the whole number, where it is one and fits.
    pub fn as_whole(self) -> Option<i64> {
        match self {
            Self::Exact { digits, places: 0 } => Some(digits),
            Self::Exact { .. } => None,
            Self::Double(value) => {
                (value.fract() == 0.0 && value.abs() < 9e18).then_some(value as i64)
            }
        }
    }

    /// Whether one is the other, less or greater; none where one is not a number.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        match aligned(self, other) {
            Some((one, other, _)) => Some(one.cmp(&other)),
            None => self.double().partial_cmp(&other.double()),
        }
    }

    /// Without what is behind the point.
    pub fn truncated(self) -> Self {
        match self {
            Self::Exact { digits, places } => Self::whole(digits / ten_to(places)),
            Self::Double(value) => Self::from(value.trunc()),
        }
    }

    /// Down to a whole number.
    pub fn floor(self) -> Self {
        match self {
            Self::Exact { digits, places } => Self::whole(digits.div_euclid(ten_to(places))),
            Self::Double(value) => Self::from(value.floor()),
        }
    }

    /// To so many places behind the point, or, negative, before it; halves go up, towards positive
    /// infinity (XPath 1.0, section 4.4).
    pub fn rounded(self, to: i32) -> Self {
        let to = to.clamp(-30, 30);
        match self {
            Self::Exact { places, .. } if i32::from(places) <= to => self,
            Self::Exact { digits, places } => {
                let away = (i32::from(places) - to).unsigned_abs();
                let Some(unit) = 10i128.checked_pow(away) else { return Self::ZERO };
                let kept = (2 * i128::from(digits) + unit).div_euclid(2 * unit);
                match u8::try_from(to) {
                    Ok(places) => Self::of(kept, places.into()),
                    Err(_) => Self::of(kept * 10i128.pow(to.unsigned_abs()), 0),
                }
            }
            Self::Double(value) => {
                let scale = 10f64.powi(to);
                let kept = (value * scale + 0.5).floor();
                match u8::try_from(to) {
                    Ok(places) if kept.abs() < 9e17 => Self::of(kept as i128, places.into()),
                    _ => Self::from(kept / scale),
                }
            }
        }
    }

    /// Without its sign.
    pub fn size(self) -> Self {
        match self.compare(Self::ZERO) {
            Some(Ordering::Less) => -self,
            _ => self,
        }
    }

    /// `digits` divided by ten to the power of `places`, exactly where it fits.
    fn of(mut digits: i128, mut places: u32) -> Self {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        match (i64::try_from(digits), u8::try_from(places)) {
            (Ok(digits), Ok(places)) if places <= PLACES && digits != i64::MIN => {
                Self::Exact { digits, places }
            }
            _ => Self::Double(digits as f64 / 10f64.powi(places as i32)),
        }
    }
}

/// Both numbers as wholes of the same unit, and how many places that unit has.
fn aligned(one: Number, other: Number) -> Option<(i128, i128, u32)> {
    match (one, other) {
        (Number::Exact { digits: one, places: p }, Number::Exact { digits: other, places: q }) => {
            let places = p.max(q);
            let one = i128::from(one) * i128::from(ten_to(places - p));
            Some((one, i128::from(other) * i128::from(ten_to(places - q)), places.into()))
        }
        _ => None,
    }
}

const fn ten_to(places: u8) -> i64 {
    10i64.pow(places as u32)
}

/// Reads up to eighteen digits.
fn exact(text: &str) -> Option<Number> {
    let (is_negative, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let fraction = fraction.trim_end_matches('0');
    if unsigned.len() < 1 + usize::from(unsigned.contains('.'))
        || whole.len() + fraction.len() > usize::from(PLACES)
    {
        return None;
    }
    let mut digits = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        digits = 10 * digits + i64::from(digit - b'0');
    }
    let digits = if is_negative { -digits } else { digits };
    Some(Number::Exact { digits, places: fraction.len() as u8 })
}

impl From<f64> for Number {
    /// Whole doubles are exact.
    fn from(value: f64) -> Self {
        let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
        if is_whole && !(value == 0.0 && value.is_sign_negative()) {
            return Self::whole(value as i64);
        }
        Self::Double(value)
    }
}

impl From<usize> for Number {
    fn from(count: usize) -> Self {
        Self::whole(count as i64)
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.compare(*other) == Some(Ordering::Equal)
    }
}

impl core::ops::Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        match self {
            // XPath has a negative zero, which shows where something is divided by it.
            Self::Exact { digits: 0, .. } => Self::Double(-0.0),
            Self::Exact { digits, places } => Self::Exact { digits: -digits, places },
            Self::Double(value) => Self::from(-value),
        }
    }
}

impl core::ops::Add for Number {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        match aligned(self, other) {
            Some((one, other, places)) => Self::of(one + other, places),
            None => Self::from(self.double() + other.double()),
        }
    }
}

impl core::ops::Sub for Number {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        match aligned(self, other) {
            Some((one, other, places)) => Self::of(one - other, places),
            None => Self::from(self.double() - other.double()),
        }
    }
}

impl core::ops::Mul for Number {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        match (self, other) {
            (Self::Exact { digits: a, places: p }, Self::Exact { digits: b, places: q }) => {
                Self::of(i128::from(a) * i128::from(b), u32::from(p) + u32::from(q))
            }
            _ => Self::from(self.double() * other.double()),
        }
    }
}

impl core::ops::Div for Number {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        if let Some((one, other, _)) = aligned(self, other)
            && other != 0
            && let Some(large) = one.checked_mul(i128::from(ten_to(PLACES)))
            && large % other == 0
        {
            return Self::of(large / other, PLACES.into());
        }
        Self::from(self.double() / other.double())
    }
}

impl core::ops::Rem for Number {
    type Output = Self;

    /// With the sign of what is divided (XPath 1.0, section 3.5).
    fn rem(self, other: Self) -> Self {
        match aligned(self, other) {
            Some((one, other, places)) if other != 0 => Self::of(one % other, places),
            _ => Self::from(self.double() % other.double()),
        }
    }
}

impl core::fmt::Display for Number {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn money_comes_out_as_on_paper() {
        for (one, sign, other, expected) in [
            ("0.1", '+', "0.2", "0.3"),
            ("1.10", '+', "2.20", "3.3"),
            ("1000", '-', "999.99", "0.01"),
            ("0.07", '*', "100", "7"),
            ("9000", '/', "36", "250"),
            ("1", '/', "8", "0.125"),
            ("1", '/', "3", "0.3333333333333333"),
            ("-7.5", '%', "2", "-1.5"),
            ("5", '%', "-3", "2"),
            ("999999999999999999", '+', "1", "1000000000000000000"),
            ("999999999999999999", '*', "9", "8999999999999999991"),
            ("1", '/', "0", "Infinity"),
            ("-1", '/', "0", "-Infinity"),
            ("0", '/', "0", "NaN"),
        ] {
            let (one, other) = (number(one), number(other));
            let result = match sign {
                '+' => one + other,
                '-' => one - other,
                '*' => one * other,
                '/' => one / other,
                _ => one % other,
            };
            assert_eq!(result.to_string(), expected, "{one} {sign} {other}");
        }
    }

    #[test]
    fn halves_go_up() {
        for (value, to, expected) in [
            ("2.5", 0, "3"),
            ("-1.5", 0, "-1"),
            ("-2.51", 0, "-3"),
            ("2.675", 2, "2.68"),
            ("1.005", 2, "1.01"),
            ("1250", -2, "1300"),
            ("49", -2, "0"),
            ("0.5", 30, "0.5"),
            ("100000000000000000000000000000", -1, "100000000000000000000000000000"),
        ] {
            assert_eq!(number(value).rounded(to).to_string(), expected, "{value} to {to}");
        }
        assert_eq!((number("100") / number("3")).rounded(2).to_string(), "33.33");
        assert!(Number::NAN.rounded(0).is_nan());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(digits: i64, places in 0u32..19) {
            let value = Number::of(digits.into(), places);
            prop_assert_eq!(Number::parse(&value.to_string()), Some(value));
        }

        #[test]
        fn exact_results_are_those_of_doubles_but_for_the_last_places(
            a in -1_000_000i64..1_000_000, p in 0u32..4, b in -1_000_000i64..1_000_000, q in 0u32..4,
        ) {
            let (a, b) = (Number::of(a.into(), p), Number::of(b.into(), q));
            let pairs = [
                (a + b, a.double() + b.double()),
                (a - b, a.double() - b.double()),
                (a * b, a.double() * b.double()),
                (a / b, a.double() / b.double()),
            ];
            for (exact, double) in pairs {
                let near = (exact.double() - double).abs() <= 1e-9 * double.abs().max(1.0);
                prop_assert!(near || exact.is_nan() && double.is_nan() || exact.double() == double);
            }
            prop_assert_eq!(a.compare(b), a.double().partial_cmp(&b.double()));
        }
    }
}
