//! Words that a person reads, in every language of the form, with computed parts.

use super::ExpressionId;

/// A language that a form speaks, as in the heading `label::English (en)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// As the author wrote it; `default` where a form has only unmarked columns.
    pub name: String,
    /// The code in parentheses (BCP 47), where there is one.
    pub code: Option<String>,
}

/// A text in each of the form's languages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    /// By the place of the language in [`Form::languages`](super::Form::languages). A language
    /// that lacks the text has no pieces, or is missing at the end; the first language stands in.
    pub translations: Vec<Vec<Piece>>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// As written. Markdown, as XLSForm allows in labels and hints.
    Words(String),
    /// What an expression comes to: `${total}` in a label.
    Output(ExpressionId),
}

/// Files that show or say the same as a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Media(pub Vec<(Medium, Text)>);

/// What a file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Medium {
    /// `image`
    Image,
    /// `big-image`: shown when the small one is touched.
    BigImage,
    /// `audio`
    Audio,
    /// `video`
    Video,
}

impl Text {
    /// A text without computed parts in the first language only.
    pub fn plain(words: impl Into<String>) -> Self {
        Self { translations: vec![vec![Piece::Words(words.into())]] }
    }

    /// The pieces in the language at `language`; where that one lacks the text, in the first that
    /// has it.
    pub fn pieces(&self, language: usize) -> &[Piece] {
        let own = self.translations.get(language).filter(|pieces| !pieces.is_empty());
        let any = || self.translations.iter().find(|pieces| !pieces.is_empty());
        own.or_else(any).map_or(&[], Vec::as_slice)
    }

    /// The expressions in any language.
    pub fn outputs(&self) -> impl Iterator<Item = ExpressionId> {
        self.translations.iter().flatten().filter_map(|piece| match piece {
            Piece::Output(id) => Some(*id),
            Piece::Words(_) => None,
        })
    }
}

impl Media {
    /// The names of all files, in all languages.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let texts = self.0.iter().flat_map(|(_, text)| &text.translations);
        texts.filter_map(|pieces| match pieces.as_slice() {
            [Piece::Words(name)] => Some(name.as_str()),
            _ => None,
        })
    }

    /// The file for a purpose in the language at `language`.
    pub fn file(&self, medium: Medium, language: usize) -> Option<&str> {
        let (_, text) = self.0.iter().find(|(own, _)| *own == medium)?;
        match text.pieces(language) {
            [Piece::Words(name)] => Some(name),
            _ => None,
        }
    }
}
