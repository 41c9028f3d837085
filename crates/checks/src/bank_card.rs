//! Numbers of bank cards.

use crate::text::normalize;

/// Whether a number is one that a bank card has: 13 to 19 digits, the last by Luhn's rule
/// (ISO/IEC 7812). Passbooks and some rural banks' accounts are not: a warning, never a refusal.
pub fn is_usual(text: &str) -> bool {
    let number = normalize(text);
    let Some(digits) = crate::text::digits(&number) else { return false };
    let sum: u32 = digits.iter().rev().enumerate().map(|(place, digit)| weigh(place, *digit)).sum();
    (13..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}

fn weigh(place: usize, digit: u32) -> u32 {
    match place % 2 {
        0 => digit,
        _ if digit > 4 => digit * 2 - 9,
        _ => digit * 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhns_rule_holds_or_does_not() {
        for right in ["6217000000000000012", "6228480000000000000", "629999000000000017"] {
            assert!(is_usual(right), "{right}");
        }
        assert!(!is_usual("6217000000000000013"));
        assert!(!is_usual("621700"));
        assert!(!is_usual("存折"));
    }
}
