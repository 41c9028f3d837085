//! Paths to nodes, and expressions as their authors wrote them.

use std::collections::HashMap;

use form::expression::lexer::{Token, TokenKind, tokens};

/// The absolute path that `source` means in an element whose node is at `context`; without
/// prefixes and conditions.
pub(super) fn resolve(source: &str, context: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0u32;
    for c in source.chars().filter(|c| !c.is_whitespace()) {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.strip_prefix("current()/").unwrap_or(&bare);
    let mut steps: Vec<&str> = match bare.starts_with('/') {
        true => Vec::new(),
        false => context.split('/').filter(|step| !step.is_empty()).collect(),
    };
    for step in bare.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step.rsplit_once(':').map_or(step, |(_, local)| local)),
        }
    }
    steps.iter().fold(String::new(), |path, step| path + "/" + step)
}

/// An expression without the spaces around it and the prefixes of the `meta` block.
pub(super) fn clean(source: &str) -> String {
    source.trim().replace("/orx:", "/")
}

/// Paths that begin at `context` become absolute: where a definition keeps an expression, it may be
/// seen from elsewhere.
pub(super) fn absolute(source: &str, context: &str) -> String {
    let Ok(tokens) = tokens(source) else { return clean(source) };
    let (mut written, mut end, mut depth) = (String::new(), 0, 0u32);
    let mut place = 0;
    while place < tokens.len() {
        let is_current = source[tokens[place].span.start..].starts_with("current()/");
        let start = if is_current { place + 4 } else { place };
        let is_inside = place > 0 && matches!(tokens[place - 1].kind, TokenKind::Sign("/"));
        let mut last = None;
        let mut at = start;
        while let Some(TokenKind::Sign("..")) = tokens.get(at).map(|token| &token.kind) {
            last = Some(at);
            at += 2;
            if !matches!(tokens.get(at - 1).map(|token| &token.kind), Some(TokenKind::Sign("/"))) {
                break;
            }
        }
        match last.filter(|_| !is_inside && (depth == 0 || is_current)) {
            Some(last) => {
                let way = &source[tokens[start].span.start..tokens[last].span.end];
                written.push_str(&source[end..tokens[place].span.start]);
                written.push_str(&resolve(way, context));
                end = tokens[last].span.end;
                place = last + 1;
            }
            None => {
                match tokens[place].kind {
                    TokenKind::Sign("[") => depth += 1,
                    TokenKind::Sign("]") => depth = depth.saturating_sub(1),
                    _ => {}
                }
                place += 1;
            }
        }
    }
    written.push_str(&source[end..]);
    clean(&written)
}

/// The names of nodes that are unique, with their paths.
#[derive(Default)]
pub(super) struct Names(HashMap<String, Option<String>>);

impl Names {
    pub(super) fn add(&mut self, name: &str, path: &str) {
        let own = self.0.entry(name.to_owned());
        own.and_modify(|path| *path = None).or_insert_with(|| Some(path.to_owned()));
    }

    /// The node at an absolute path, as `${name}` where that is enough.
    pub(super) fn reference(&self, path: &str) -> String {
        let name = path.rsplit('/').next().unwrap_or_default();
        match self.0.get(name) {
            Some(Some(own)) if own == path => format!("${{{name}}}"),
            _ => path.to_owned(),
        }
    }

    /// An expression with `${name}` for every absolute path outside of brackets where that is
    /// enough.
    pub(super) fn named(&self, source: &str) -> String {
        let Ok(tokens) = tokens(source) else { return source.to_owned() };
        let (mut written, mut end, mut depth, mut place) = (String::new(), 0, 0u32, 0);
        while let Some(token) = tokens.get(place) {
            let length = path_length(&tokens[place..]);
            let begins = !place.checked_sub(1).is_some_and(|before| goes_on(&tokens[before].kind));
            let range = length.map(|length| token.span.start..tokens[place + length - 1].span.end);
            let path = range.as_ref().map(|range| resolve(&source[range.clone()], ""));
            let name = path.filter(|_| begins && depth == 0).map(|path| self.reference(&path));
            match (name.filter(|name| name.starts_with('$')), range) {
                (Some(name), Some(range)) => {
                    written.push_str(&source[end..range.start]);
                    // The spaces that writers of XForms put around paths.
                    if ["( ", "  ", "[ "].iter().any(|before| written.ends_with(before)) {
                        written.pop();
                    }
                    written.push_str(&name);
                    let after = &source[range.end..];
                    let is_padded =
                        [" )", " ,", "  "].iter().any(|padded| after.starts_with(padded));
                    end = range.end + usize::from(is_padded);
                }
                _ => match token.kind {
                    TokenKind::Sign("[") => depth += 1,
                    TokenKind::Sign("]") => depth = depth.saturating_sub(1),
                    _ => {}
                },
            }
            place += length.unwrap_or(1);
        }
        written.push_str(&source[end..]);
        written
    }

    /// What stands in a text for the value of an expression about the node at `context`.
    pub(super) fn output(&self, source: &str, context: &str) -> String {
        let source = clean(source);
        let is_path =
            |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '\u{b7}');
        if source.chars().all(is_path) && source.contains('/') {
            let path = resolve(&source, context);
            let reference = self.reference(&path);
            let goes_back = !source.starts_with('/') && goes_back(&source, &path, context);
            if reference.starts_with('$') && !goes_back {
                return reference;
            }
        }
        format!("${{={source}}}")
    }
}

/// How many tokens belong to the absolute path that begins here; none where a condition follows.
fn path_length(tokens: &[Token<'_>]) -> Option<usize> {
    let steps = tokens.chunks_exact(2).take_while(|pair| {
        matches!((&pair[0].kind, &pair[1].kind), (TokenKind::Sign("/"), TokenKind::Name(_)))
    });
    let length = steps.count() * 2;
    let follows = tokens.get(length).map(|token| &token.kind);
    let is_open = matches!(follows, Some(TokenKind::Sign("/" | "[" | "//")));
    Some(length).filter(|length| *length > 0 && !is_open)
}

/// Whether a path can go on behind a token with a slash.
fn goes_on(kind: &TokenKind<'_>) -> bool {
    matches!(
        kind,
        TokenKind::Name(_)
            | TokenKind::Reference(_)
            | TokenKind::Sign(")" | "]" | ".." | "." | "*")
    )
}

/// Whether a relative path goes up further than it has to: then it means all rows of a repeat that
/// it leaves and enters again.
fn goes_back(source: &str, path: &str, context: &str) -> bool {
    let up = source.split('/').take_while(|step| *step == "..").count();
    let steps: Vec<&str> = context.split('/').skip(1).collect();
    let stays = steps.len().saturating_sub(up);
    let own = path.split('/').skip(1).nth(stays);
    own.is_some() && own == steps.get(stays).copied()
}
