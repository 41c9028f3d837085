//! The survey sheet.

use form::definition::{Declaration, DeclaredDefault, DeclaredKind};
use form::model::{Language, Question, TextKind};

use crate::fault::Faults;
use crate::kind::{self, Container, Type};
use crate::settings::words;
use crate::sheet::{Row, Sheet, Workbook};

/// Columns that hold numbers and nothing else.
const NUMBERS: [&str; 5] = ["min_files", "max_files", "max_seconds", "min_count", "max_count"];

/// Reads all rows; groups and repeats hold theirs.
pub(crate) fn read(
    workbook: &Workbook,
    languages: &[Language],
    faults: &mut Faults,
) -> Vec<Declaration> {
    let sheet = &workbook.survey;
    let mut open: Vec<(Container, Declaration)> = Vec::new();
    let mut top = Vec::new();
    for row in sheet.rows() {
        let Some(written) = row.get("type") else {
            faults.row(
                sheet,
                row.number,
                "type",
                "没有写 type",
                "写上这一行是什么，不要的行请删去",
            );
            continue;
        };
        let kind = match kind::read(written.text, row) {
            Ok(kind) => kind,
            Err(unknown) => {
                faults.at(sheet, &written, unknown.what, unknown.remedy);
                // It stands for a question all the same, so that what refers to it is not told
                // as a second fault.
                Type::One(DeclaredKind::Question(Question::Text(TextKind::Line)))
            }
        };
        check_numbers(sheet, row, faults);
        match kind {
            Type::Begin(container) => {
                let kind = match container {
                    Container::Group => DeclaredKind::Group,
                    Container::Repeat => kind::repeat(row),
                };
                open.push((container, declaration(sheet, row, kind, languages, faults)));
            }
            Type::End(container) => match open.pop() {
                Some((own, declaration)) if own == container => {
                    hold(&mut open, &mut top, declaration)
                }
                Some((own, declaration)) => {
                    let what = format!(
                        "这里是 end {}，但开着的是第 {} 行的 begin {}",
                        container.word(),
                        declaration.row,
                        own.word()
                    );
                    faults.at(sheet, &written, what, format!("改成 end {}", own.word()));
                    hold(&mut open, &mut top, declaration);
                }
                None => faults.at(
                    sheet,
                    &written,
                    format!("end {} 没有对应的 begin", container.word()),
                    "删去这一行，或补上 begin",
                ),
            },
            Type::One(kind) => {
                let declaration = declaration(sheet, row, kind, languages, faults);
                hold(&mut open, &mut top, declaration);
            }
        }
    }
    for (container, declaration) in open {
        let what = format!("begin {} 没有 end", container.word());
        faults.row(
            sheet,
            declaration.row,
            "type",
            what,
            format!("在组的最后加一行 end {}", container.word()),
        );
    }
    top
}

fn hold(
    open: &mut [(Container, Declaration)],
    top: &mut Vec<Declaration>,
    declaration: Declaration,
) {
    match open.last_mut() {
        Some((_, around)) => around.children.push(declaration),
        None => top.push(declaration),
    }
}

fn declaration(
    sheet: &Sheet,
    row: Row<'_>,
    kind: DeclaredKind,
    languages: &[Language],
    faults: &mut Faults,
) -> Declaration {
    if row.text("name").is_none() {
        faults.row(sheet, row.number, "name", "没有写 name", "给这一行起个名字，不能和同组的重名");
    }
    let text = |column| row.text(column).map(str::to_owned);
    let words = |column| words(row, column, languages);
    Declaration {
        row: row.number,
        name: text("name").unwrap_or_else(|| format!("_{}", row.number)),
        kind,
        label: words("label"),
        hint: words("hint"),
        guidance: words("guidance_hint"),
        constraint_message: words("constraint_message"),
        required_message: words("required_message"),
        warning_message: words("warning_message"),
        relevant: text("relevant"),
        required: row.text("required").and_then(condition),
        read_only: row.text("read_only").and_then(condition),
        constraint: text("constraint"),
        warning: text("warning"),
        calculation: text("calculation"),
        choice_filter: text("choice_filter"),
        default: row.text("default").map(default),
        appearance: row
            .text("appearance")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        children: Vec::new(),
    }
}

/// `yes` and `no`, in the spellings that pyxform accepts, or an expression.
fn condition(written: &str) -> Option<String> {
    match written.to_lowercase().as_str() {
        "yes" | "true" | "true()" => Some("true()".to_owned()),
        "no" | "false" | "false()" => None,
        _ => Some(written.to_owned()),
    }
}

/// A default that refers to something or calls a function is computed; any other is a value.
fn default(written: &str) -> DeclaredDefault {
    let calls = written.split('(').next().is_some_and(|name| {
        name.len() < written.len()
            && !name.is_empty()
            && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))
    });
    if calls || written.contains("${") {
        DeclaredDefault::Computed(written.to_owned())
    } else {
        DeclaredDefault::Fixed(written.to_owned())
    }
}

fn check_numbers(sheet: &Sheet, row: Row<'_>, faults: &mut Faults) {
    for column in NUMBERS {
        if let Some(cell) = row.get(column)
            && cell.text.parse::<u32>().is_err()
        {
            faults.at(sheet, &cell, format!("“{}”不是个数", cell.text), "填 0、1、2 这样的整数");
        }
    }
}
