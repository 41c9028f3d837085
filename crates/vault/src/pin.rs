//! What only its owner knows: six digits, or a passphrase.
//!
//! 工信部 and GB/T 22239 (等保) ask for six digits at least on a shared phone (`township.md` section 5).

use argon2::{Algorithm, Argon2, Params, Version};
use minicbor::{Decode, Encode};

use crate::error::CryptoError;

/// Six digits or a passphrase of eight characters or more, not of the simplest kind.
pub struct Pin(String);

/// Why something is no PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinFault {
    /// Neither six digits nor eight characters.
    #[error("six digits, or eight characters and more")]
    Length,
    /// What whoever finds the phone tries first: 111111, 123456, 654321, 121212.
    #[error("too easy to guess")]
    Simple,
}

impl Pin {
    /// How many digits make a PIN.
    pub const DIGITS: usize = 6;
    /// How many characters make a passphrase.
    pub const CHARACTERS: usize = 8;

    /// What a person chose.
    ///
    /// # Errors
    /// See [`PinFault`].
    pub fn choose(typed: &str) -> Result<Self, PinFault> {
        let pin = Self::typed(typed);
        let length = pin.0.chars().count();
        if length != Self::DIGITS && length < Self::CHARACTERS
            || length == Self::DIGITS && !is_digits(&pin.0)
        {
            return Err(PinFault::Length);
        }
        if is_simple(&pin.0) { Err(PinFault::Simple) } else { Ok(pin) }
    }

    /// What a person typed, to be tried: digits of Chinese keyboards are digits.
    pub fn typed(typed: &str) -> Self {
        let narrow = |letter: char| match letter {
            '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
            other => other,
        };
        Self(typed.trim().chars().map(narrow).collect())
    }

    /// Whether it is typed with digits alone.
    pub fn is_digits(&self) -> bool {
        is_digits(&self.0)
    }

    /// A key that takes `cost` to find from it: Argon2id (RFC 9106).
    pub(crate) fn stretch(&self, salt: &[u8; 16], cost: Cost) -> Result<[u8; 32], CryptoError> {
        let params = Params::new(cost.kibibytes, cost.passes, 1, Some(32));
        let params = params.map_err(|_| CryptoError::Failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut key = [0; 32];
        let stretched = argon2.hash_password_into(self.0.as_bytes(), salt, &mut key);
        stretched.map_err(|_| CryptoError::Failed)?;
        Ok(key)
    }
}

/// What it costs to try a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Cost {
    /// Memory.
    #[n(0)]
    pub kibibytes: u32,
    /// How often it is gone through.
    #[n(1)]
    pub passes: u32,
}

impl Cost {
    /// What a cheap phone does in 0.5 to 1 second (`cargo xtask bench unlock`): five passes more than
    /// OWASP asks with this much memory.
    pub const PHONE: Self = Self { kibibytes: 19_456, passes: 7 };
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A run (each one more, or one less, than the one before), or one part again and again.
fn is_simple(text: &str) -> bool {
    let letters: Vec<i64> = text.chars().map(|letter| i64::from(u32::from(letter))).collect();
    let steps = || letters.windows(2).map(|pair| pair[1] - pair[0]);
    let is_run = steps().all(|step| step == 1) || steps().all(|step| step == -1);
    let repeats = |part: usize| letters.iter().zip(&letters[part..]).all(|(one, next)| one == next);
    is_run || (1..=3).any(|part| letters.len() > part && repeats(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(typed: &str) -> Option<PinFault> {
        Pin::choose(typed).err()
    }

    #[test]
    fn six_digits_or_eight_characters_make_a_pin() {
        for good in ["284619", " 284619 ", "２８４６１９", "老屋后面有棵枣树", "qx7-kk02-m"]
        {
            assert_eq!(fault(good), None, "{good}");
        }
        for short in ["", "28461", "2846190", "abcdef", "老屋后面的枣树"] {
            assert_eq!(fault(short), Some(PinFault::Length), "{short}");
        }
    }

    #[test]
    fn what_is_guessed_first_is_not_taken() {
        for simple in ["111111", "123456", "654321", "121212", "123123", "aaaaaaaa", "12345678"] {
            assert_eq!(fault(simple), Some(PinFault::Simple), "{simple}");
        }
    }

    #[test]
    fn the_same_pin_and_salt_give_the_same_key_and_others_do_not() {
        let cost = Cost { kibibytes: 64, passes: 1 };
        let key = Pin::typed("284619").stretch(&[7; 16], cost).unwrap();
        assert_eq!(Pin::typed("２８４６１９").stretch(&[7; 16], cost).unwrap(), key);
        assert_ne!(Pin::typed("284618").stretch(&[7; 16], cost).unwrap(), key);
        assert_ne!(Pin::typed("284619").stretch(&[8; 16], cost).unwrap(), key);
    }
}
