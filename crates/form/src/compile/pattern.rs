//! From a regular expression as it is written to a [`Pattern`].
//!
//! The syntax is that of Rust's `regex`. `\d`, `\w`, `\s` and `\b` mean ASCII, as in Java's engine,
//! which ODK Collect uses.

use regex_syntax::ast::{self, Ast, ClassAscii, ClassAsciiKind, ClassPerlKind, ClassSet};
use regex_syntax::ast::{ClassBracketed, ClassSetItem};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};

use crate::expression::{Pattern, PatternStep as Step};

/// More steps than any sensible pattern has: `[0-9]{1000}` has a thousand.
const MOST_STEPS: usize = 10_000;

/// Compiles `pattern`; None where it is not one, or too large.
pub(super) fn compile(pattern: &str) -> Option<Pattern> {
    let mut written = ast::parse::Parser::new().parse(pattern).ok()?;
    mean_ascii(&mut written);
    let hir = Translator::new().translate(pattern, &written).ok()?;
    let mut steps = Vec::new();
    write(&hir, &mut steps)?;
    Some(Pattern { steps })
}

/// Puts the ASCII classes in the place of Perl's, which would mean every script's digits.
fn mean_ascii(ast: &mut Ast) {
    match ast {
        Ast::ClassPerl(class) => {
            let kind = ClassSet::Item(ClassSetItem::Ascii(ascii(class)));
            let class = ClassBracketed { span: class.span, negated: false, kind };
            *ast = Ast::class_bracketed(class);
        }
        Ast::ClassBracketed(class) => mean_ascii_in(&mut class.kind),
        Ast::Repetition(repetition) => mean_ascii(&mut repetition.ast),
        Ast::Group(group) => mean_ascii(&mut group.ast),
        Ast::Alternation(all) => all.asts.iter_mut().for_each(mean_ascii),
        Ast::Concat(all) => all.asts.iter_mut().for_each(mean_ascii),
        Ast::Empty(_)
        | Ast::Flags(_)
        | Ast::Literal(_)
        | Ast::Dot(_)
        | Ast::Assertion(_)
        | Ast::ClassUnicode(_) => {}
    }
}

fn mean_ascii_in(set: &mut ClassSet) {
    match set {
        ClassSet::Item(item) => mean_ascii_item(item),
        ClassSet::BinaryOp(operation) => {
            mean_ascii_in(&mut operation.lhs);
            mean_ascii_in(&mut operation.rhs);
        }
    }
}

fn mean_ascii_item(item: &mut ClassSetItem) {
    match item {
        ClassSetItem::Perl(class) => *item = ClassSetItem::Ascii(ascii(class)),
        ClassSetItem::Bracketed(class) => mean_ascii_in(&mut class.kind),
        ClassSetItem::Union(all) => all.items.iter_mut().for_each(mean_ascii_item),
        _ => {}
    }
}

fn ascii(class: &ast::ClassPerl) -> ClassAscii {
    let kind = match class.kind {
        ClassPerlKind::Digit => ClassAsciiKind::Digit,
        ClassPerlKind::Space => ClassAsciiKind::Space,
        ClassPerlKind::Word => ClassAsciiKind::Word,
    };
    ClassAscii { span: class.span, kind, negated: class.negated }
}

fn write(hir: &Hir, steps: &mut Vec<Step>) -> Option<()> {
    if steps.len() > MOST_STEPS {
        return None;
    }
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            steps.extend(text.chars().map(|character| Step::Take(vec![(character, character)])));
        }
        HirKind::Class(Class::Unicode(class)) => {
            steps
                .push(Step::Take(class.iter().map(|range| (range.start(), range.end())).collect()));
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Look(look) => steps.push(assertion(*look)?),
        HirKind::Repetition(repetition) => repeat(repetition, steps)?,
        HirKind::Capture(capture) => write(&capture.sub, steps)?,
        HirKind::Concat(all) => {
            for one in all {
                write(one, steps)?;
            }
        }
        HirKind::Alternation(all) => alternate(all, steps)?,
    }
    Some(())
}

fn assertion(look: Look) -> Option<Step> {
    match look {
        Look::Start => Some(Step::Beginning),
        Look::End => Some(Step::End),
        Look::WordAscii | Look::WordUnicode => Some(Step::Edge(true)),
        Look::WordAsciiNegate | Look::WordUnicodeNegate => Some(Step::Edge(false)),
        _ => None,
    }
}

fn repeat(repetition: &Repetition, steps: &mut Vec<Step>) -> Option<()> {
    for _ in 0..repetition.min {
        write(&repetition.sub, steps)?;
    }
    match repetition.max {
        Some(max) => {
            let mut forks = Vec::new();
            for _ in repetition.min..max {
                forks.push(steps.len());
                steps.push(Step::Fork(0));
                write(&repetition.sub, steps)?;
            }
            let end = here(steps);
            forks.into_iter().for_each(|fork| steps[fork] = Step::Fork(end));
        }
        None => {
            let fork = steps.len();
            steps.push(Step::Fork(0));
            write(&repetition.sub, steps)?;
            steps.push(Step::Jump(fork as u32));
            steps[fork] = Step::Fork(here(steps));
        }
    }
    Some(())
}

fn alternate(all: &[Hir], steps: &mut Vec<Step>) -> Option<()> {
    let mut jumps = Vec::new();
    for (place, one) in all.iter().enumerate() {
        let is_last = place + 1 == all.len();
        let fork = steps.len();
        if !is_last {
            steps.push(Step::Fork(0));
        }
        write(one, steps)?;
        if !is_last {
            jumps.push(steps.len());
            steps.push(Step::Jump(0));
            steps[fork] = Step::Fork(here(steps));
        }
    }
    let end = here(steps);
    jumps.into_iter().for_each(|jump| steps[jump] = Step::Jump(end));
    Some(())
}

fn here(steps: &[Step]) -> u32 {
    steps.len() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What another engine says of the whole text.
    fn expected(pattern: &str, text: &str) -> bool {
        regex_lite::Regex::new(&format!("^(?:{pattern})$")).unwrap().is_match(text)
    }

    #[test]
    fn what_is_no_pattern_or_too_large_is_refused() {
        for pattern in ["(", "[a", "a{2,1}", "*", r"\k", "(?=a)", "[0-9]{5000}{9}"] {
            assert_eq!(compile(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn classes_of_letters_mean_ascii() {
        assert!(compile(r"\d+").unwrap().matches("042"));
        assert!(!compile(r"\d+").unwrap().matches("０４２"));
        assert!(!compile(r"[\w]").unwrap().matches("王"));
        assert!(compile(r"\W\S").unwrap().matches("王王"));
        assert!(compile(r"\p{Han}{2,4}").unwrap().matches("王小明"));
        assert!(compile("[一-龥·]{2,}").unwrap().matches("阿卜杜·热合曼"));
    }

    fn pattern() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            "[ab王.]",
            Just(r"\d".to_owned()),
            Just(r"[^a\d]".to_owned()),
            Just("[a-c1王]".to_owned()),
            Just("^".to_owned()),
            Just("$".to_owned()),
            Just(r"\b".to_owned()),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|all| all.concat()),
                (inner.clone(), inner.clone())
                    .prop_map(|(one, other)| format!("(?:{one}|{other})")),
                (inner, prop_oneof!["[*+?]", "\\{0,2\\}", "\\{2\\}", "\\{1,\\}"])
                    .prop_map(|(one, many)| format!("(?:{one}){many}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_matches_what_another_engine_matches(pattern in pattern(), text in "[abc1 王\\n]{0,8}") {
            let own = compile(&pattern).unwrap().matches(&text);
            prop_assert_eq!(own, expected(&pattern, &text), "{} {:?}", pattern, text);
        }
    }
}
