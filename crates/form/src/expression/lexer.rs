//! From text to tokens (XPath 1.0, section 3.7, with `${name}` of XLSForm).

use super::Number;

/// A token and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Token<'a> {
    /// What it is.
    pub kind: TokenKind<'a>,
    /// Where it begins, in characters from 0.
    pub at: usize,
    /// Where it stands in the source, in bytes.
    pub span: core::ops::Range<usize>,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind<'a> {
    /// Digits with at most one point.
    Number(Number),
    /// What stands between quotation marks.
    Text(&'a str),
    /// `${name}`
    Reference(&'a str),
    /// A name: of a function, a column, a step; or an operator in letters.
    Name(&'a str),
    /// An operator or a bracket.
    Sign(&'static str),
}

/// Why a text cannot be cut into tokens.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LexError {
    /// A quotation mark without its partner.
    #[error("第 {0} 个字符起的引号没有配对")]
    OpenText(usize),
    /// `${` without `}`.
    #[error("第 {0} 个字符起的 ${{ 没有配对的 }}")]
    OpenReference(usize),
    /// A character that means nothing here.
    #[error("第 {0} 个字符“{1}”不认识")]
    Stray(usize, char),
}

const SIGNS: [&str; 21] = [
    "!=", "<=", ">=", "//", "..", "::", "=", "<", ">", "+", "-", "*", "/", "|", "(", ")", "[", "]",
    ",", ".", "@",
];

/// Cuts `source` into tokens.
///
/// # Errors
/// When something cannot be the beginning of any token.
pub fn tokens(source: &str) -> Result<Vec<Token<'_>>, LexError> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(first) = source[start..].chars().next() {
        let rest = &source[start..];
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else {
            let (kind, length) = token(rest, first, at + 1)?;
            found.push(Token { kind, at, span: start..start + length });
            length
        };
        start += length;
        at += rest[..length].chars().count();
    }
    Ok(found)
}

fn token(rest: &str, first: char, at: usize) -> Result<(TokenKind<'_>, usize), LexError> {
    if first == '\'' || first == '"' {
        let end = rest[1..].find(first).ok_or(LexError::OpenText(at))?;
        return Ok((TokenKind::Text(&rest[1..=end]), end + 2));
    }
    if let Some(inner) = rest.strip_prefix("${") {
        let end = inner.find('}').ok_or(LexError::OpenReference(at))?;
        return Ok((TokenKind::Reference(inner[..end].trim()), end + 3));
    }
    let second = rest[first.len_utf8()..].chars().next();
    if first.is_ascii_digit() || (first == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
        let length = number(rest);
        let value = Number::parse(&rest[..length]).ok_or(LexError::Stray(at, first))?;
        return Ok((TokenKind::Number(value), length));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Ok((TokenKind::Sign(sign), sign.len()));
    }
    if first.is_alphabetic() || first == '_' {
        let name = rest.find(|c: char| !is_name(c)).map_or(rest, |end| &rest[..end]);
        let name = name.split("::").next().unwrap_or(name).trim_end_matches(['.', ':']);
        return Ok((TokenKind::Name(name), name.len()));
    }
    Err(LexError::Stray(at, first))
}

fn number(rest: &str) -> usize {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(rest);
    match rest[whole..].strip_prefix('.') {
        Some(fraction) => whole + 1 + digits(fraction),
        None => whole,
    }
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '\u{b7}')
}
