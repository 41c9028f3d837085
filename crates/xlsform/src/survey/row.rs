//! What all rows have, whatever their type.

use form::definition::{Declaration, DeclaredKind};
use form::model::Bounds;

use super::{Reader, default, yes_or_no};
use crate::appearance;
use crate::name;
use crate::sheet::Row;

/// Columns that become attributes.
const ATTRIBUTES: [&str; 3] = ["bind::", "body::", "instance::"];

impl Reader<'_, '_> {
    /// What a row says in the columns that do not depend on its type.
    pub(super) fn declaration(&mut self, row: Row<'_>, kind: DeclaredKind) -> Declaration {
        let words = |column| self.languages.words(row, column);
        let mut declaration = Declaration {
            row: row.number,
            kind,
            label: words("label"),
            hint: words("hint"),
            guidance: words("guidance_hint"),
            constraint_message: words("constraint_message"),
            required_message: words("required_message"),
            warning_message: words("warning_message"),
            purpose: words("purpose"),
            media: self.languages.media(row),
            relevant: expression(row, "relevant"),
            required: condition(row, "required"),
            read_only: condition(row, "read_only"),
            constraint: expression(row, "constraint"),
            warning: expression(row, "warning"),
            calculation: expression(row, "calculation"),
            default: default::default(row, false),
            appearance: appearance::words(&row.expression("appearance").unwrap_or_default()),
            save_to: row.text("save_to").map(str::to_owned),
            prefill: row.text("prefill").map(str::to_owned),
            retention: row.text("retention").map(str::to_owned),
            attributes: attributes(row),
            parameters: columns_for_showing(row),
            ..Declaration::default()
        };
        declaration.trigger = self.triggers(row);
        declaration.name = self.name(row, &declaration.kind);
        self.check_save_to(row, &declaration);
        declaration
    }

    fn name(&mut self, row: Row<'_>, kind: &DeclaredKind) -> String {
        match (row.text("name"), kind) {
            (Some(name), _) => {
                if name == "meta" {
                    let what = "“meta”这个名字留给填写程序自己用";
                    self.tell(row.number, "name", what, "换一个名字");
                }
                name.to_owned()
            }
            (None, DeclaredKind::Note) => format!("generated_note_name_{}", row.ordinal()),
            (None, _) => {
                let remedy = "给这一行起个名字，不能和同组的重名";
                self.tell(row.number, "name", "没有写 name", remedy);
                format!("_{}", row.number)
            }
        }
    }

    /// Several names with commas between.
    fn triggers(&mut self, row: Row<'_>) -> Vec<String> {
        let Some(cell) = row.get("trigger") else { return Vec::new() };
        let parts = cell.text.split(',').map(str::trim).filter(|part| !part.is_empty());
        let names: Option<Vec<String>> = parts.map(reference).collect();
        names.filter(|names| !names.is_empty()).unwrap_or_else(|| {
            let remedy = "写成 ${题名}，多道题用逗号隔开，例如 ${a}, ${b}";
            self.tell(row.number, "trigger", "trigger 里要写一道题", remedy);
            Vec::new()
        })
    }

    /// `save_to` may name the list too: `list#column`.
    fn check_save_to(&mut self, row: Row<'_>, declaration: &Declaration) {
        let Some(save_to) = &declaration.save_to else { return };
        let column = save_to.split_once('#').map_or(save_to.as_str(), |(_, column)| column);
        let is_taken = matches!(column.to_lowercase().as_str(), "name" | "label");
        if is_taken || column.starts_with("__") || !name::is_name(column) {
            let what = format!("台账的列不能叫“{column}”");
            let remedy = "换一个名字：不能是 name、label，不能以两个下划线开头，不能有空格";
            self.tell(row.number, "save_to", what, remedy);
        }
    }

    /// A column that holds a number and nothing else.
    pub(super) fn number(&mut self, row: Row<'_>, column: &'static str) -> Option<u32> {
        let cell = row.get(column)?;
        let number = cell.text.parse().ok();
        if number.is_none() {
            let what = format!("“{}”不是个数", cell.text);
            self.tell(row.number, column, what, "填 0、1、2 这样的整数");
        }
        number
    }

    /// Two columns that say how many there may be.
    pub(super) fn bounds(
        &mut self,
        row: Row<'_>,
        least: &'static str,
        most: &'static str,
    ) -> (Option<u32>, Option<u32>) {
        let (min, max) = (self.number(row, least), self.number(row, most));
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let what = format!("{least} 是 {min}，比 {most} 的 {max} 还大");
            self.tell(row.number, least, what, "改小 min，或改大 max");
        }
        (min, max)
    }

    /// What a repeat's columns say, and what works out `repeat_count` where that is more than a
    /// name. Without `min_count` a new form begins with one row, as ODK's do.
    pub(super) fn repeat(&mut self, row: Row<'_>) -> (DeclaredKind, Option<Declaration>) {
        let (min, max) = self.bounds(row, "min_count", "max_count");
        let bounds = Bounds { min: min.unwrap_or(0), max };
        let counted = expression(row, "repeat_count");
        let is_name = |count: &str| {
            let inside = count.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
            inside.is_some_and(|inside| name::is_name(inside.trim()))
        };
        let name = row.text("name").unwrap_or_default();
        // pyxform's `<name>_count`: expressions and other programs may refer to it.
        let (count, counter) = match counted {
            Some(count) if !is_name(&count) && !name.is_empty() => {
                let counter = Declaration {
                    row: row.number,
                    name: format!("{name}_count"),
                    kind: DeclaredKind::Calculated,
                    calculation: Some(count),
                    read_only: Some("true()".to_owned()),
                    ..Declaration::default()
                };
                (Some(format!("${{{name}_count}}")), Some(counter))
            }
            other => (other, None),
        };
        (DeclaredKind::Repeat { bounds, initial: min.unwrap_or(1), count }, counter)
    }
}

/// The first `${name}` in a text.
fn reference(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("${")?;
    let (inside, _) = rest.split_once('}')?;
    name::is_name(inside.trim()).then(|| format!("${{{}}}", inside.trim()))
}

/// `yes` and `no`, or an expression. What is always so need not be asked.
fn condition(row: Row<'_>, column: &str) -> Option<String> {
    let written = row.expression(column)?;
    match yes_or_no(&written) {
        Some(true) => Some("true()".to_owned()),
        Some(false) => None,
        None => Some(written),
    }
}

/// An expression, or one of the spellings of yes and no that pyxform accepts for one.
pub(super) fn expression(row: Row<'_>, column: &str) -> Option<String> {
    let written = row.expression(column)?;
    Some(match yes_or_no(&written) {
        Some(true) => "true()".to_owned(),
        Some(false) => "false()".to_owned(),
        None => written,
    })
}

fn attributes(row: Row<'_>) -> Vec<(String, String)> {
    let own = row.with_prefix(&ATTRIBUTES).map(|(name, text)| (name.to_owned(), text.to_owned()));
    let intent = row.text("intent").map(|text| ("body::intent".to_owned(), text.to_owned()));
    own.chain(intent).collect()
}

fn columns_for_showing(row: Row<'_>) -> Vec<(String, String)> {
    let columns = ["rows", "autoplay"].into_iter();
    columns.filter_map(|name| Some((name.to_owned(), row.text(name)?.to_owned()))).collect()
}
