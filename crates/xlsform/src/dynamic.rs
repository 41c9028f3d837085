//! Whether a default is a value or an expression, decided as pyxform does (its
//! `utils.default_is_dynamic`): an expression has an operator, a reference or a call of a function.

/// What pyxform's lexer tells apart where a default is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// `+`, `-`, `*`, `mod`, `div` or `|`; whether it is the minus sign.
    Operator { is_minus: bool },
    /// `${name}` or a name with an opening bracket.
    Expression,
    /// Anything else.
    Plain,
}

/// Whether `written` is an expression. `has_hyphens`: of a type whose values have hyphens, such as
/// dates and places.
pub(crate) fn is_dynamic(written: &str, has_hyphens: bool) -> bool {
    let mut rest = written;
    while let Some(letter) = rest.chars().next() {
        let (token, length) = token(rest, letter);
        match token {
            Token::Operator { is_minus: true } if has_hyphens => return false,
            Token::Operator { .. } | Token::Expression => return true,
            Token::Plain => {}
        }
        rest = &rest[length..];
    }
    false
}

fn token(rest: &str, letter: char) -> (Token, usize) {
    if let Some(length) = date(rest).or_else(|| time(rest)).or_else(|| number(rest)) {
        return (Token::Plain, length);
    }
    if matches!(letter, '+' | '-' | '*' | '|') {
        return (Token::Operator { is_minus: letter == '-' }, 1);
    }
    for word in [" mod ", " div "] {
        if rest.starts_with(word) {
            return (Token::Operator { is_minus: false }, word.len());
        }
    }
    if matches!(letter, '"' | '\'')
        && let Some(end) = rest[1..].find(letter)
    {
        return (Token::Plain, end + 2);
    }
    if let Some(inner) = rest.strip_prefix("${") {
        let inner = inner.strip_prefix("last-saved#").unwrap_or(inner);
        let end = name(inner);
        if end > 0 && inner[end..].starts_with('}') {
            return (Token::Expression, rest.len() - inner.len() + end + 1);
        }
    }
    match qualified(rest) {
        0 => (Token::Plain, letter.len_utf8()),
        length if rest[length..].starts_with('(') => (Token::Expression, length + 1),
        length => (Token::Plain, length),
    }
}

/// The length of a name, which may have a prefix.
fn qualified(rest: &str) -> usize {
    let first = name(rest);
    match rest[first..].strip_prefix(':').map(name) {
        Some(second) if first > 0 && second > 0 => first + 1 + second,
        _ => first,
    }
}

/// The length of a name of XML.
fn name(rest: &str) -> usize {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    if !rest.starts_with(is_first) {
        return 0;
    }
    let is_more = |c: char| is_first(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{b7}');
    rest.find(|c| !is_more(c)).unwrap_or(rest.len())
}

/// The length of the digits that `pattern` has for `0`; other letters stand for themselves.
fn shape(rest: &str, pattern: &str) -> Option<usize> {
    let mut letters = rest.bytes();
    let fits = pattern.bytes().all(|wanted| match (wanted, letters.next()) {
        (b'0', Some(own)) => own.is_ascii_digit(),
        (wanted, own) => own == Some(wanted),
    });
    fits.then_some(pattern.len())
}

fn date(rest: &str) -> Option<usize> {
    let sign = usize::from(rest.starts_with('-'));
    let day = sign + shape(&rest[sign..], "0000-00-00")?;
    let clock = rest[day..].strip_prefix('T').and_then(time);
    Some(day + clock.map_or(0, |length| length + 1))
}

fn time(rest: &str) -> Option<usize> {
    let clock = shape(rest, "00:00:00")?;
    let after = &rest[clock..];
    let zone =
        shape(after, "+00:00").or_else(|| shape(after, "-00:00")).or_else(|| shape(after, "Z"));
    Some(clock + zone.unwrap_or_default())
}

fn number(rest: &str) -> Option<usize> {
    let sign = usize::from(rest.starts_with('-'));
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(&rest[sign..]);
    let after = &rest[sign + whole..];
    let fraction = after.strip_prefix('.').map_or(0, |after| 1 + digits(after));
    // A point alone is no number.
    (whole > 0 || fraction > 1).then_some(sign + whole + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pyxform: `tests/test_dynamic_default.py`, `TestDynamicDefaultSimpleInput`.
    #[test]
    fn defaults_with_operators_references_and_calls_are_expressions() {
        let cases = [
            ("foo", false),
            ("hello world", false),
            ("foo-bar", false),
            ("foo - bar", true),
            ("not_func$", false),
            ("once(uuid())", true),
            ("now()", true),
            ("today() - 1", true),
            ("${ref_text}", true),
            ("${last-saved#foo}", true),
            ("${}", false),
            ("1 + 1", true),
            ("1+1", true),
            ("7 div 2", true),
            ("7 mod 2", true),
            ("divided", false),
            ("a * b", true),
            ("./x | ./y", true),
            ("(1)", false),
            ("'a - b'", false),
            ("\"now()\"", false),
            ("-5", false),
            ("5.", false),
            ("2020-01-01", false),
            ("2022-10-10T10:10:10+01:00", false),
            ("jr://images/a-b.png", false),
            ("jr:choice-name(${a}, '${a}')", true),
            ("if(${a} = 'b', 1, 2)", true),
            ("文字（说明）", false),
            ("https://my-site.com", false),
            ("(https://mysite.com)", false),
            ("go to https://mysite.com", false),
            ("Repeat after me: '~!@#$%^&()_", false),
            ("./f-4", false),
            ("./f - 4", true),
            ("-2022-03-14", false),
            ("01:02:55-07:00", false),
            ("2022-03-14T01:02:55+10:00", false),
            ("ends-with('mystr', \"str\")", true),
            ("jr:itext('/test/ref_text:label')", true),
            ("5 div 5 - 5", true),
            ("if(${last-saved#ref_int} = '', 0, ${last-saved#ref_int} + 1)", true),
            ("", false),
        ];
        for (written, expected) in cases {
            assert_eq!(is_dynamic(written, false), expected, "{written}");
        }
    }

    /// The same file: `test_static_defaults` for dates and places.
    #[test]
    fn a_hyphen_in_a_date_or_a_place_subtracts_nothing() {
        assert!(!is_dynamic("2022-3-14", true));
        assert!(!is_dynamic("32.7377112 -117.1288399 14 5.01", true));
        assert!(!is_dynamic("32.7377112 - 117.1288399", true));
        assert!(is_dynamic("today()", true));
        assert!(is_dynamic("today() - 1", true));
    }
}
