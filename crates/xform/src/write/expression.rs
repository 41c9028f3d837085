//! `${name}` in expressions becomes a path, as in pyxform's `insert_xpaths`: absolute outside of
//! repeats; inside, relative to what the expression is about, so that the row at hand is meant;
//! and in conditions in brackets from `current()`, for there paths begin at what is tried.

use form::expression::lexer::{Token, TokenKind, tokens};

use super::outline::{Id, Outline};

/// What an expression is about: the groups and repeats around it, and how many elements lie
/// between them and it.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    around: Vec<Id>,
    below: usize,
    /// The repeat on whose rows the whole expression is tried.
    row: Option<Id>,
    /// Whether the whole expression is a condition in brackets.
    is_condition: bool,
}

impl About {
    /// The form as a whole.
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// A node.
    pub(crate) fn node(outline: &Outline<'_>, id: Id) -> Self {
        Self { around: outline.around(id), ..Self::default() }
    }

    /// The `meta/entity` in a group or in the rows of a repeat.
    pub(crate) fn entity(outline: &Outline<'_>, holder: Id) -> Self {
        let around = std::iter::once(holder).chain(outline.around(holder)).collect();
        Self { around, below: 2, ..Self::default() }
    }

    /// A condition on choices.
    pub(crate) fn choice(self) -> Self {
        Self { is_condition: true, ..self }
    }

    /// A condition on the rows of a repeat.
    pub(crate) fn row(self, repeat: Id) -> Self {
        Self { is_condition: true, row: Some(repeat), ..self }
    }
}

/// Whether an expression is nothing but a reference or a path.
pub(crate) fn is_reference(source: &str) -> bool {
    let Ok(tokens) = tokens(source) else { return false };
    match &tokens[..] {
        [Token { kind: TokenKind::Reference(_), .. }] => true,
        [Token { kind: TokenKind::Sign("/" | ".." | "."), .. }, rest @ ..] => {
            rest.iter().all(|token| {
                matches!(token.kind, TokenKind::Name(_) | TokenKind::Sign("/" | ".." | "."))
            })
        }
        _ => false,
    }
}

impl Outline<'_> {
    /// An expression with paths for its `${name}`s. What cannot be cut into tokens stays as it is:
    /// whoever reads it tells what is wrong with it.
    pub(crate) fn expression(&self, source: &str, about: &About) -> String {
        let Ok(tokens) = tokens(source) else { return source.trim().to_owned() };
        let mut written = String::new();
        let mut end = 0;
        let mut place = Brackets { depth: usize::from(about.is_condition), calls: Vec::new() };
        for (number, token) in tokens.iter().enumerate() {
            written.push_str(&source[end..token.span.start]);
            end = token.span.end;
            match token.kind {
                TokenKind::Reference(name) => {
                    let path = self.reference(name, about, &place);
                    let own = || source[token.span.clone()].to_owned();
                    written.push_str(&path.map_or_else(own, |path| format!(" {path} ")));
                }
                TokenKind::Text(text) if place.is_path() && text.contains("${") => {
                    let quote = &source[token.span.start..token.span.start + 1];
                    written.push_str(quote);
                    let inner = text.trim().strip_prefix("${").and_then(|t| t.strip_suffix('}'));
                    let path = inner.and_then(|name| self.reference(name.trim(), about, &place));
                    written.push_str(&path.unwrap_or_else(|| text.to_owned()));
                    written.push_str(quote);
                }
                _ => written.push_str(&source[token.span.clone()]),
            }
            place.pass(&tokens, number);
        }
        written.push_str(&source[end..]);
        written.trim().to_owned()
    }

    fn reference(&self, name: &str, about: &About, place: &Brackets<'_>) -> Option<String> {
        if let Some(name) = name.strip_prefix("last-saved#") {
            let path = self.path(self.named(name)?);
            return Some(format!("instance('{}'){path}", super::list::LAST_SAVED));
        }
        let id = self.named(name)?;
        if let Some(repeat) = about.row
            && place.depth == 1
            && self.around(id).contains(&repeat)
        {
            return Some(format!(".{}", self.below(repeat, id)));
        }
        if place.is_indexed() {
            return Some(self.path(id).to_owned());
        }
        let relative = self.relative(id, about);
        let current = |path| if place.depth > 0 { format!("current()/{path}") } else { path };
        Some(relative.map_or_else(|| self.path(id).to_owned(), current))
    }

    /// The path from one node to another below it, with the slash that it begins with.
    pub(crate) fn below(&self, above: Id, id: Id) -> &str {
        self.path(id).strip_prefix(self.path(above)).unwrap_or_default()
    }

    /// The way to a node by way of the nearest group around both, if both are in rows of one
    /// repeat.
    fn relative(&self, id: Id, about: &About) -> Option<String> {
        let around = self.around(id);
        let place = about.around.iter().position(|one| around.contains(one))?;
        let is_in_repeat = about.around[place..].iter().any(|id| self.is_repeat(*id));
        let up = vec![".."; place + 1 + about.below].join("/");
        is_in_repeat.then(|| format!("{up}{}", self.below(about.around[place], id)))
    }

    /// The rows of a repeat, to choose from: all of them, whichever row asks.
    pub(crate) fn rows(&self, repeat: Id, about: &About) -> String {
        match about.around.iter().position(|one| *one == repeat) {
            // An absolute path would be taken for the row at hand (pyxform's issue 848).
            Some(place) => {
                let up = vec![".."; place + 2].join("/");
                format!("{up}/{}", self.declaration(repeat).name)
            }
            None => self.relative(repeat, about).unwrap_or_else(|| self.path(repeat).to_owned()),
        }
    }
}

/// Where in an expression a token stands.
struct Brackets<'s> {
    /// In how many pairs of square brackets.
    depth: usize,
    /// The functions around, and in which of its arguments it stands.
    calls: Vec<(&'s str, usize)>,
}

impl<'s> Brackets<'s> {
    /// Goes on behind the token at `number`.
    fn pass(&mut self, tokens: &[Token<'s>], number: usize) {
        match tokens[number].kind {
            TokenKind::Sign("[") => self.depth += 1,
            TokenKind::Sign("]") => self.depth = self.depth.saturating_sub(1),
            TokenKind::Sign("(") => {
                let before = number.checked_sub(1).map(|before| &tokens[before].kind);
                let name = match before {
                    Some(TokenKind::Name(name)) => *name,
                    _ => "",
                };
                self.calls.push((name, 0));
            }
            TokenKind::Sign(")") => {
                self.calls.pop();
            }
            TokenKind::Sign(",") => {
                if let Some((_, argument)) = self.calls.last_mut() {
                    *argument += 1;
                }
            }
            _ => {}
        }
    }

    /// Whether a node or a repeat of `indexed-repeat()` is named here: absolute, as pyxform has it.
    fn is_indexed(&self) -> bool {
        matches!(self.calls.last(), Some(("indexed-repeat", 0 | 1 | 3 | 5)))
    }

    /// Whether a text here is a path.
    fn is_path(&self) -> bool {
        matches!(self.calls.last(), Some(("jr:choice-name", 1)))
    }
}
