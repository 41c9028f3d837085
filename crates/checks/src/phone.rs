//! Phone numbers.

use crate::text::half_width;

/// A number that is no phone's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("请填 11 位手机号，或带区号的座机")]
pub struct NotAPhone;

/// Reads a mobile number, or a landline with its area code, and gives it without spaces and
/// country code.
///
/// # Errors
/// When it is neither.
pub fn read(text: &str) -> Result<String, NotAPhone> {
    let text: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let text = text.strip_prefix("+86").unwrap_or(&text);
    match is_mobile(text) || is_landline(text) {
        true => Ok(text.to_owned()),
        false => Err(NotAPhone),
    }
}

/// Reads a mobile number, to which an SMS can be sent, as [`read`] does.
///
/// # Errors
/// When it is none.
pub fn read_mobile(text: &str) -> Result<String, NotAPhone> {
    read(text).and_then(|number| if is_mobile(&number) { Ok(number) } else { Err(NotAPhone) })
}

fn is_mobile(text: &str) -> bool {
    text.len() == 11 && all_digits(text) && text.starts_with('1') && text.as_bytes()[1] >= b'3'
}

fn is_landline(text: &str) -> bool {
    let fits = |area: &str, own: &str| {
        matches!(area.len(), 3 | 4)
            && matches!(own.len(), 7 | 8)
            && all_digits(area)
            && all_digits(own)
    };
    text.starts_with('0')
        && match text.split_once('-') {
            Some((area, own)) => fits(area, own),
            None => [3, 4].iter().any(|length| {
                text.split_at_checked(*length).is_some_and(|(area, own)| fits(area, own))
            }),
        }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobiles_and_landlines_are_read() {
        assert_eq!(read("+86 139 0000 0000").unwrap(), "13900000000");
        assert_eq!(read("0999-8100006").unwrap(), "0999-8100006");
        assert_eq!(read("01012345678").unwrap(), "01012345678");
        assert_eq!(read_mobile("139 0000 0000").unwrap(), "13900000000");
        assert_eq!(read_mobile("0999-8100006"), Err(NotAPhone));
    }

    #[test]
    fn anything_else_is_not() {
        for text in ["12900000000", "1390000000", "8100006", "0999-81", "手机", ""] {
            assert_eq!(read(text), Err(NotAPhone), "{text}");
        }
    }
}
