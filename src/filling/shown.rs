//! How the choices of a question are laid out, as its `appearance` wants it (XLSForm, "Appearance").

use form::model::{Form, Node, NodeId};

/// A list with more choices than this is opened on its own and searched.
const LONG_LIST: usize = 8;
/// A list with more choices than this takes the room of two questions.
pub(super) const SHORT_LIST: usize = 4;
/// One that its author laid out may be this long.
const LONG_LAID_OUT: usize = 60;
/// So many choices of a scale stand side by side on a phone.
const SCALE: usize = 5;

/// Words that want a list closed, whatever its length.
const CLOSED: [&str; 3] = ["minimal", "search", "autocomplete"];
/// How words begin that lay a list out; the last two are what XLSForm called columns before.
const LAID_OUT: [&str; 6] = ["columns", "likert", "list", "label", "compact", "horizontal"];

/// How choices stand on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// One below the other.
    Rows,
    /// In at most so many columns.
    Columns(u32),
    /// As many side by side as their words leave room for.
    Packed,
    /// As a scale, side by side.
    Scale,
    /// As a line of a table, below [`Shown::Headings`].
    Line,
    /// The words over a table; nothing is chosen here.
    Headings,
}

impl Shown {
    /// What `node` wants for so many choices.
    pub(crate) fn of(node: &Node, choices: usize) -> Self {
        let mut words = node.appearance.iter();
        words.find_map(|word| Self::wanted(word, choices)).unwrap_or(Self::Rows)
    }

    fn wanted(word: &str, choices: usize) -> Option<Self> {
        let columns = word.strip_prefix("columns-").or_else(|| word.strip_prefix("compact-"));
        Some(match word {
            "label" => Self::Headings,
            "list-nolabel" if choices <= SCALE => Self::Line,
            "likert" | "list" if choices <= SCALE => Self::Scale,
            "columns-pack" | "compact" | "horizontal-compact" => Self::Packed,
            "columns" | "horizontal" => Self::Columns(u32::MAX),
            _ => Self::Columns(columns?.parse().ok().filter(|count| *count > 0)?),
        })
    }
}

/// Whether a list of so many choices is shown closed, with what is chosen on it: a long one, one
/// that most people leave as the form has it, and one that its author wants so.
pub(crate) fn is_closed(form: &Form, node: NodeId, choices: usize) -> bool {
    let node = form.node(node);
    let is_wanted = |word: &str| node.appears(word);
    let is_laid_out = || {
        node.appearance
            .iter()
            .any(|word| LAID_OUT.iter().any(|laid_out| word.starts_with(laid_out)))
    };
    if CLOSED.into_iter().any(is_wanted) {
        true
    } else if is_laid_out() {
        choices > LONG_LAID_OUT
    } else {
        choices > LONG_LIST || (choices > SHORT_LIST && node.default.is_some())
    }
}

#[cfg(test)]
mod tests {
    use form::compile;
    use form::definition::{Declaration, DeclaredKind, Definition};
    use form::model::{Language, Question, TextKind};

    use super::*;

    fn form(appearance: &str) -> (Form, NodeId) {
        let declaration = Declaration {
            name: "q".to_owned(),
            kind: DeclaredKind::Question(Question::Text(TextKind::Line)),
            appearance: appearance.split_whitespace().map(str::to_owned).collect(),
            ..Declaration::default()
        };
        let definition = Definition {
            languages: vec![Language { name: "default".to_owned(), code: None }],
            declarations: vec![declaration],
            ..Definition::default()
        };
        let form = compile(&definition).unwrap();
        let node = form.find("q").unwrap();
        (form, node)
    }

    #[test]
    fn an_author_lays_choices_out() {
        let shown = |appearance: &str, choices| {
            let (form, node) = form(appearance);
            Shown::of(form.node(node), choices)
        };
        assert_eq!(shown("", 4), Shown::Rows);
        assert_eq!(shown("quick columns-2", 9), Shown::Columns(2));
        assert_eq!(shown("columns", 9), Shown::Columns(u32::MAX));
        assert_eq!(shown("columns-0", 9), Shown::Rows);
        assert_eq!(shown("columns-pack", 9), Shown::Packed);
        assert_eq!(shown("likert", 5), Shown::Scale);
        assert_eq!(shown("likert", 11), Shown::Rows, "too many for the width of a phone");
        assert_eq!(shown("label", 11), Shown::Headings);
        assert_eq!(shown("list-nolabel", 3), Shown::Line);
    }

    #[test]
    fn a_list_is_closed_where_it_is_long_or_its_author_wants_it() {
        let is_closed = |appearance: &str, choices| {
            let (form, node) = form(appearance);
            super::is_closed(&form, node, choices)
        };
        assert!(is_closed("", 9) && !is_closed("", 8));
        assert!(is_closed("minimal", 2) && is_closed("autocomplete", 2));
        assert!(!is_closed("columns-3", 34) && is_closed("columns-3", 5000));
    }
}
