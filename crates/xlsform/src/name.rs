//! Names that XML and expressions can use.

/// What to do about a name that is none.
pub(crate) const REMEDY: &str = "用字母开头，只用字母、数字、下划线、连字符和点";

/// Whether it begins with a letter or an underscore and goes on with letters, digits, `_`, `-` and
/// `.`.
pub(crate) fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '\u{b7}'))
}
