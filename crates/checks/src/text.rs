//! What is the same for all identifiers.

/// Half-width, without spaces, letters in upper case.
pub(crate) fn normalize(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).map(half_width).collect::<String>().to_uppercase()
}

/// The half-width form (U+FF01 to U+FF5E are U+0021 to U+007E, moved).
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// The value of each digit; none where something else is among them.
pub(crate) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}
