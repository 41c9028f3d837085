//! From what is typed to what is kept, and back to what is read.
//!
//! Phones' Chinese keyboards produce full-width digits, a small `x` and spaces where an identifier
//! has none. Which letters an identifier may have is told by the author's own constraint, so no
//! form needs to say anything more.

use form::Form;
use form::expression::{Expression, Function, Pattern};
use form::model::{NodeId, Question, TextKind};

/// Which keyboard the phone should show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keyboard {
    /// Letters.
    Text,
    /// Digits.
    Digits,
    /// Digits and a decimal point.
    Decimal,
    /// Digits and the dash of telephone numbers.
    Telephone,
    /// Letters and what addresses are made of.
    Address,
}

impl Keyboard {
    /// As HTML's `inputmode` says it.
    pub(crate) fn input_mode(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Digits => "numeric",
            Self::Decimal => "decimal",
            Self::Telephone => "tel",
            Self::Address => "url",
        }
    }
}

/// How one question is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Typing {
    /// The keyboard.
    pub(crate) keyboard: Keyboard,
    /// Whether the answer is an identifier or a number: ASCII without spaces.
    pub(crate) compact: bool,
    /// Whether its letters are capitals.
    capitals: bool,
    /// Whether a name's middle dot may be in it.
    dotted: bool,
    /// Whether a number is read in groups of three digits.
    thousands: bool,
}

impl Typing {
    /// How `question` at `node` is typed.
    pub(crate) fn of(form: &Form, node: NodeId, question: &Question) -> Self {
        let appears = |word| form.node(node).appears(word);
        let number = |keyboard| Self {
            keyboard,
            compact: true,
            capitals: false,
            dotted: false,
            thousands: appears("thousands-sep"),
        };
        match question {
            Question::Integer | Question::Text(TextKind::Digits) => number(Keyboard::Digits),
            Question::Decimal | Question::Range(_) => number(Keyboard::Decimal),
            _ if appears("url") => number(Keyboard::Address),
            _ => Self::of_patterns(&patterns(form, node)),
        }
    }

    fn of_patterns(patterns: &[&Pattern]) -> Self {
        let all = || patterns.iter().flat_map(|pattern| pattern.characters());
        let compact = !patterns.is_empty() && all().all(|(_, last)| last.is_ascii());
        let takes = |from: char, to: char| all().any(|(first, last)| first <= to && last >= from);
        let (small, capital) = (takes('a', 'z'), takes('A', 'Z'));
        let keyboard =
            if compact && !small && !capital { Keyboard::Telephone } else { Keyboard::Text };
        Self {
            keyboard,
            compact,
            capitals: compact && capital && !small,
            dotted: all().any(|range| range == ('·', '·')),
            thousands: false,
        }
    }

    /// What is kept of what was typed.
    pub(crate) fn kept(&self, typed: &str) -> String {
        let typed = typed.trim();
        if self.compact {
            let is_left_out = |c: &char| c.is_whitespace() || (self.thousands && *c == ',');
            let narrow = typed.chars().map(narrowed).filter(|c| !is_left_out(c));
            if self.capitals {
                narrow.map(|c| c.to_ascii_uppercase()).collect()
            } else {
                narrow.collect()
            }
        } else if self.dotted {
            // U+00B7 is the one middle dot of names (民委发〔2016〕33号).
            typed.chars().map(|c| if "•・‧∙⋅".contains(c) { '·' } else { c }).collect()
        } else {
            typed.to_owned()
        }
    }

    /// How what is kept is read when nobody is typing.
    pub(crate) fn shown(&self, kept: &str) -> String {
        match self.keyboard {
            Keyboard::Digits | Keyboard::Decimal if self.thousands => thousands(kept),
            Keyboard::Text | Keyboard::Telephone if self.compact => grouped(kept),
            _ => kept.to_owned(),
        }
    }
}

/// An identifier in groups that the eye can compare: `529992 01806300 1156`, `138 0013 8000`.
pub(crate) fn grouped(identifier: &str) -> String {
    let groups: &[usize] = match identifier.len() {
        // Area, day of birth, and what is left (GB 11643).
        18 => &[6, 8, 4],
        11 if identifier.starts_with('1') => &[3, 4, 4],
        _ => return identifier.to_owned(),
    };
    if !identifier.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) {
        return identifier.to_owned();
    }
    let mut rest = identifier;
    let mut parts = Vec::new();
    for size in groups {
        let (part, after) = rest.split_at(*size);
        parts.push(part);
        rest = after;
    }
    parts.join(" ")
}

/// A number in groups of three digits: `1,234,567.5`.
fn thousands(number: &str) -> String {
    let whole = number.split('.').next().unwrap_or_default().len();
    let mut read = String::new();
    for (place, digit) in number.char_indices() {
        let is_start = place > 0 && place < whole && (whole - place).is_multiple_of(3);
        if is_start && read != "-" {
            read.push(',');
        }
        read.push(digit);
    }
    read
}

/// The ASCII character that a full-width one stands for.
fn narrowed(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        _ => c,
    }
}

/// The patterns that the question's own value is matched with.
fn patterns(form: &Form, node: NodeId) -> Vec<&Pattern> {
    let mut patterns = Vec::new();
    if let Some(constraint) = form.node(node).constraint {
        collect(form.expression(constraint), &mut patterns);
    }
    patterns
}

fn collect<'f>(expression: &'f Expression, patterns: &mut Vec<&'f Pattern>) {
    if let Expression::Call(Function::Regex, arguments) = expression
        && let [Expression::This, Expression::Pattern(pattern)] = arguments.as_slice()
    {
        patterns.push(pattern);
    }
    expression.each_inside(&mut |inner| collect(inner, patterns));
}

#[cfg(test)]
mod tests {
    use form::compile;
    use form::definition::{Declaration, DeclaredKind, Definition};
    use form::model::Language;

    use super::*;

    const RESIDENT_ID: &str = "regex(., '^[1-9][0-9]{16}[0-9X]$')";
    const TELEPHONE: &str = "regex(., '^1[3-9][0-9]{9}$') or regex(., '^0[0-9]{2,3}-?[0-9]{7,8}$')";
    const NAME: &str = "regex(., '^[^0-9a-zA-Z ]+(·[^0-9a-zA-Z ]+)*$')";

    /// How a question with this constraint is typed.
    fn typing(constraint: &str) -> Typing {
        let question = Question::Text(TextKind::Line);
        let declaration = Declaration {
            name: "q".to_owned(),
            kind: DeclaredKind::Question(question.clone()),
            constraint: Some(constraint.to_owned()),
            ..Declaration::default()
        };
        let definition = Definition {
            languages: vec![Language { name: "default".to_owned(), code: None }],
            declarations: vec![declaration],
            ..Definition::default()
        };
        let form = compile(&definition).unwrap();
        Typing::of(&form, form.find("q").unwrap(), &question)
    }

    #[test]
    fn an_identifier_is_kept_as_the_card_has_it_however_it_was_typed() {
        let typing = typing(RESIDENT_ID);
        assert_eq!(typing.kept(" ５２９９９９ 20180630 115x "), "52999920180630115X");
        assert_eq!(typing.shown("529992018063001156"), "529992 01806300 1156");
    }

    #[test]
    fn a_telephone_number_brings_the_number_pad_and_is_read_in_groups() {
        let typing = typing(TELEPHONE);
        assert_eq!(typing.keyboard, Keyboard::Telephone);
        assert_eq!(typing.shown(&typing.kept("１３８ 0013 8000")), "138 0013 8000");
        assert_eq!(typing.shown("0871-6512345"), "0871-6512345");
    }

    #[test]
    fn a_sum_is_read_in_groups_and_kept_as_a_number() {
        for (kept, read) in [("1234567.5", "1,234,567.5"), ("-123456", "-123,456"), ("999", "999")]
        {
            assert_eq!(thousands(kept), read);
        }
        let typing = Typing {
            keyboard: Keyboard::Digits,
            compact: true,
            capitals: false,
            dotted: false,
            thousands: true,
        };
        assert_eq!(typing.kept("１，234,567 "), "1234567");
        assert_eq!(typing.shown("1234567"), "1,234,567");
    }

    #[test]
    fn a_name_keeps_its_letters_and_gets_the_lawful_middle_dot() {
        let typing = typing(NAME);
        assert_eq!(typing.kept("买买提・阿不都 "), "买买提·阿不都");
        assert_eq!(typing.kept("１号"), "１号");
    }
}
