//! Selects: itemsets on lists and on repeats, items, queries (specification, section "Body").

use form::definition::{DeclaredKind, SelectDefinition, SelectFrom, SelectKind};
use form::expression::lexer::{Token, TokenKind, tokens};

use super::Reader;
use super::document::{Xml, attribute, child, elements};
use super::list::itext_column;
use super::path::{clean, resolve};
use super::tree::Spot;

/// What an itemset's `nodeset` says.
struct Nodeset<'s> {
    from: From<'s>,
    filter: Option<String>,
    shuffle: Option<Option<String>>,
}

enum From<'s> {
    /// Elements of an instance, with the names on the way to them.
    List(&'s str, (&'s str, &'s str)),
    Path(&'s str),
}

impl<'x> Reader<'x> {
    /// A select with its choices; nothing where they are not understood, which is told.
    pub(super) fn select(
        &mut self,
        kind: SelectKind,
        spot: &Spot<'x>,
        control: Xml<'x>,
    ) -> Option<DeclaredKind> {
        let own_list = attribute(control, "xst:list");
        if let Some(list) = own_list.filter(|list| self.taken.contains(*list)) {
            return Some(select(kind, list_named(list, "name", None), None, None));
        }
        let Some(itemset) = child(control, "itemset") else {
            if elements(control).all(|inner| inner.tag_name().name() != "item") {
                self.fail(control, "这一题没有选项", "写上 itemset 或 item");
                return None;
            }
            let list = self.inline_list(spot.name, control);
            return Some(select(kind, list_named(&list, "name", None), None, None));
        };
        let source = itemset.attribute("nodeset").unwrap_or_default();
        let Some(Nodeset { from, filter, shuffle }) = nodeset(source) else {
            let what = format!("看不懂选项的来源 {source}");
            let remedy = "写成 instance('选项表')/root/item[条件]，或重复组的路径[条件]";
            self.fail(itemset, what, remedy);
            return None;
        };
        let value = column(itemset, "value").unwrap_or_else(|| "name".to_owned());
        let (from, filter) = match from {
            From::List(instance, names) => {
                let list = self.list_of(itemset, instance, names)?;
                (list_named(&list, &value, self.label(instance, itemset)), filter)
            }
            From::Path(path) => self.rows(itemset, &resolve(path, &spot.path), &value, filter)?,
        };
        Some(select(kind, from, filter, shuffle))
    }

    /// The rows of a repeat, by a question in it.
    fn rows(
        &mut self,
        itemset: Xml<'x>,
        repeat: &str,
        value: &str,
        filter: Option<String>,
    ) -> Option<(SelectFrom, Option<String>)> {
        if !self.is_repeat(repeat) {
            let what = format!("选项来自 {repeat}，那里没有重复组");
            self.fail(itemset, what, "选项要来自选项表，或者重复组里的一题");
            return None;
        }
        let path = resolve(value, repeat);
        let label = column(itemset, "label").map(|label| resolve(&label, repeat));
        let label = label.filter(|label| *label != path);
        let is_near = |label: &String| self.rows_of(label) == self.rows_of(&path);
        let (near, far) = match label {
            Some(label) if is_near(&label) => (Some(label), false),
            label => (None, label.is_some()),
        };
        if far {
            let what = "选项显示的和保存的不在同一个重复组里，只读了保存的";
            self.lose(itemset, what, "让 value 和 label 指同一个重复组里的题");
        }
        let own = path.strip_prefix(&format!("{repeat}/")).unwrap_or_default();
        let filter = filter.filter(|filter| !is_default(filter, own));
        let label = near.map(|label| self.names.reference(&label));
        Some((SelectFrom::Rows { value: self.names.reference(&path), label }, filter))
    }

    /// The innermost repeat around the node at a path.
    fn rows_of<'p>(&self, path: &'p str) -> Option<&'p str> {
        let above = |path: &'p str| path.rsplit_once('/').map(|(above, _)| above);
        std::iter::successors(above(path), |path| above(path)).find(|path| self.is_repeat(path))
    }

    /// What people read, where it is not the label of the choice.
    fn label(&self, list: &str, itemset: Xml<'x>) -> Option<String> {
        let is_file = self.attached.iter().any(|attached| attached.list == list);
        match column(itemset, "label") {
            _ if itext_column(itemset).is_some() => None,
            Some(label) if label == "label" && !is_file => None,
            label => label,
        }
    }

    /// `query`: choices that are looked up in `itemsets.csv` (pyxform's `select_one_external`).
    pub(super) fn query(&mut self, control: Xml<'x>, query: &str) -> Option<DeclaredKind> {
        match nodeset(query) {
            Some(Nodeset { from: From::List(list, _), filter, shuffle }) => {
                self.attach(list, "jr://file-csv/itemsets.csv");
                let from = list_named(list, "name", Some("label".to_owned()));
                Some(select(SelectKind::One, from, filter, shuffle))
            }
            _ => {
                let what = format!("看不懂 query {query}");
                self.fail(control, what, "写成 instance('选项表')/root/item[条件]");
                None
            }
        }
    }
}

/// What a part of an itemset refers to.
fn column(itemset: Xml<'_>, name: &str) -> Option<String> {
    child(itemset, name)?.attribute("ref").map(clean)
}

fn list_named(list: &str, value: &str, label: Option<String>) -> SelectFrom {
    SelectFrom::List { list: list.to_owned(), value: value.to_owned(), label }
}

fn select(
    kind: SelectKind,
    from: SelectFrom,
    filter: Option<String>,
    shuffle: Option<Option<String>>,
) -> DeclaredKind {
    DeclaredKind::Select(Box::new(SelectDefinition { kind, from, filter, shuffle }))
}

/// Empty answers are never offered: pyxform has to say it, a definition has not.
fn is_default(filter: &str, value: &str) -> bool {
    let bare: String = filter.chars().filter(|c| !c.is_whitespace()).collect();
    bare == format!("./{value}!=''") || bare == format!("{value}!=''")
}

/// `randomize(instance('list')/root/item[condition], seed)` and its parts.
fn nodeset(source: &str) -> Option<Nodeset<'_>> {
    let all = tokens(source).ok()?;
    let (inside, shuffle) = match &all[..] {
        [
            Token { kind: TokenKind::Name("randomize"), .. },
            Token { kind: TokenKind::Sign("("), .. },
            inside @ ..,
            Token { kind: TokenKind::Sign(")"), .. },
        ] => {
            let comma = at_top(inside, ",");
            let nodes = comma.map_or(inside, |comma| &inside[..comma]);
            let seed = comma.map(|comma| clean(written(source, &inside[comma + 1..])));
            (nodes, Some(seed))
        }
        all => (all, None),
    };
    let opens = at_top(inside, "[").unwrap_or(inside.len());
    let (path, conditions) = inside.split_at(opens);
    let from = match path {
        [
            Token { kind: TokenKind::Name("instance"), .. },
            Token { kind: TokenKind::Sign("("), .. },
            Token { kind: TokenKind::Text(list), .. },
            Token { kind: TokenKind::Sign(")"), .. },
            Token { kind: TokenKind::Sign("/"), .. },
            Token { kind: TokenKind::Name(root), .. },
            Token { kind: TokenKind::Sign("/"), .. },
            Token { kind: TokenKind::Name(item), .. },
        ] => From::List(list, (root, item)),
        [Token { kind: TokenKind::Sign("/" | ".." | ".") | TokenKind::Name(_), .. }, ..] => {
            From::Path(written(source, path))
        }
        _ => return None,
    };
    Some(Nodeset { from, filter: filter(source, conditions)?, shuffle })
}

/// What stands in one or several pairs of brackets; nothing when something stands behind them.
fn filter(source: &str, conditions: &[Token<'_>]) -> Option<Option<String>> {
    let mut all = Vec::new();
    let mut rest = conditions;
    while let [Token { kind: TokenKind::Sign("["), .. }, inside @ ..] = rest {
        let end = at_top(inside, "]")?;
        all.push(clean(written(source, &inside[..end])));
        rest = &inside[end + 1..];
    }
    if !rest.is_empty() {
        return None;
    }
    Some(match &all[..] {
        [] => None,
        [only] => Some(only.clone()),
        several => {
            Some(several.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" and "))
        }
    })
}

/// The place of a sign that stands in no brackets.
fn at_top(tokens: &[Token<'_>], sign: &str) -> Option<usize> {
    let mut depth = 0usize;
    tokens.iter().position(|token| {
        let TokenKind::Sign(own) = token.kind else { return false };
        if depth == 0 && own == sign {
            return true;
        }
        match own {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        false
    })
}

fn written<'s>(source: &'s str, tokens: &[Token<'_>]) -> &'s str {
    match tokens {
        [first, .., last] => &source[first.span.start..last.span.end],
        [only] => &source[only.span.clone()],
        [] => "",
    }
}
