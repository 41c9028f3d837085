//! What spreadsheet programs add to texts without their authors' seeing it.

/// Blanks that cannot be seen at the ends, and no-break spaces anywhere: these break expressions.
pub(crate) fn trimmed(text: &str) -> String {
    let is_blank = |c: char| {
        c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{180e}')
    };
    text.trim_matches(is_blank).replace('\u{a0}', " ")
}

/// Several spaces in a row become one, as pyxform has it unless `clean_text_values` says no.
pub(crate) fn collapsed(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter != ' ' || !made.ends_with(' ') {
            made.push(letter);
        }
    }
    made
}

/// An expression with straight quotation marks. Those within a literal are the author's words and
/// stay as they are.
pub(crate) fn straight(expression: &str) -> String {
    let mut open: Option<char> = None;
    let plain = |letter| match letter {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    };
    // A literal that a bent mark opened is closed by a bent one: straight ones may stand within.
    let mut is_bent = false;
    let letters = expression.chars().map(|letter| {
        let straightened = plain(letter);
        match open {
            None if matches!(straightened, '\'' | '"') => {
                (open, is_bent) = (Some(straightened), straightened != letter);
                straightened
            }
            Some(mark) if letter == mark || (is_bent && straightened == mark) => {
                open = None;
                straightened
            }
            Some(_) => letter,
            None => letter,
        }
    });
    letters.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bent_quotation_marks_around_literals_become_straight() {
        let cases = [
            ("selected(${a}, ‘b’)", "selected(${a}, 'b')"),
            ("${a} = “yes”", "${a} = \"yes\""),
            ("concat('“', ${a}, '”')", "concat('“', ${a}, '”')"),
            ("${a} = ’b’ or ${c} = ”d”", "${a} = 'b' or ${c} = \"d\""),
            ("‘a' = 'b’", "'a' = 'b’"),
        ];
        for (written, meant) in cases {
            assert_eq!(straight(written), meant);
        }
    }

    #[test]
    fn blanks_that_nobody_sees_are_taken_away() {
        assert_eq!(trimmed("\u{feff} \u{3000}a\u{a0}b\u{200b}\n"), "a b");
        assert_eq!(collapsed("a   b\n  c"), "a b\n c");
    }
}
