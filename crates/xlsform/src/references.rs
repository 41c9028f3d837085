//! What expressions refer to beyond the form itself: the files beside it, and the answers of last
//! time.

use std::collections::HashMap;

use form::definition::{Declaration, DeclaredDefault, DeclaredKind, Definition, Words};
use form::expression::lexer::{Token, TokenKind, tokens};

use crate::beside::stem;
use crate::kind::ENDINGS;
use crate::sheet::Sheet;
use crate::survey::Reader;

/// Finds the files that expressions name, and puts paths for `${last-saved#name}`.
pub(crate) fn resolve(definition: &mut Definition, reader: &mut Reader<'_, '_>) {
    let mut paths = HashMap::new();
    name_paths(&definition.declarations, &definition.root, &mut paths);
    let mut references = References { reader, paths };
    let workbook = references.reader.workbook;
    let mut declarations = std::mem::take(&mut definition.declarations);
    for declaration in &mut declarations {
        references.declaration(&workbook.survey, declaration);
    }
    definition.declarations = declarations;
    for entity in &mut definition.entities {
        let expressions = [
            ("entity_id", &mut entity.id),
            ("create_if", &mut entity.create_if),
            ("update_if", &mut entity.update_if),
            ("label", &mut entity.label),
        ];
        for (column, source) in expressions {
            let place = Place { sheet: &workbook.entities, row: entity.row, column };
            references.optional(place, source);
        }
    }
    if let Some(row) = workbook.settings.rows().next() {
        let column = "instance_name";
        let place = Place { sheet: &workbook.settings, row: row.number, column };
        references.optional(place, &mut definition.instance_name);
    }
    references.choices(&workbook.choices);
}

struct References<'r, 'a, 'f> {
    reader: &'r mut Reader<'a, 'f>,
    /// The paths of all names from the root.
    paths: HashMap<String, String>,
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Place<'s> {
    sheet: &'s Sheet,
    row: u32,
    column: &'static str,
}

/// How `${last-saved#name}` begins.
const LAST_SAVED: &str = "${last-saved#";

impl References<'_, '_, '_> {
    fn declaration(&mut self, sheet: &Sheet, d: &mut Declaration) {
        let at = |column| Place { sheet, row: d.row, column };
        self.optional(at("relevant"), &mut d.relevant);
        self.optional(at("required"), &mut d.required);
        self.optional(at("read_only"), &mut d.read_only);
        self.optional(at("constraint"), &mut d.constraint);
        self.optional(at("warning"), &mut d.warning);
        self.optional(at("calculation"), &mut d.calculation);
        if let Some(DeclaredDefault::Computed(source)) = &mut d.default {
            self.expression(at("default"), source);
        }
        match &mut d.kind {
            DeclaredKind::Select(select) => {
                self.optional(at("choice_filter"), &mut select.filter);
                if let Some(seed) = &mut select.shuffle {
                    self.optional(at("parameters"), seed);
                }
            }
            DeclaredKind::Repeat { count, .. } => self.optional(at("repeat_count"), count),
            _ => {}
        }
        self.words(at("label"), &mut d.label);
        self.words(at("hint"), &mut d.hint);
        self.words(at("guidance_hint"), &mut d.guidance);
        self.words(at("constraint_message"), &mut d.constraint_message);
        self.words(at("required_message"), &mut d.required_message);
        self.words(at("warning_message"), &mut d.warning_message);
        for child in &mut d.children {
            self.declaration(sheet, child);
        }
    }

    fn choices(&mut self, sheet: &Sheet) {
        for list in 0..self.reader.lists.all.len() {
            let own = &mut self.reader.lists.all[list];
            let Some(row) = own.row else { continue };
            let mut choices = std::mem::take(&mut own.choices);
            for choice in &mut choices {
                self.words(Place { sheet, row, column: "label" }, &mut choice.label);
            }
            self.reader.lists.all[list].choices = choices;
        }
    }

    fn optional(&mut self, place: Place<'_>, source: &mut Option<String>) {
        if let Some(source) = source {
            self.expression(place, source);
        }
    }

    fn expression(&mut self, place: Place<'_>, source: &mut String) {
        self.last_saved(place, source, |path| path);
        // What cannot be cut into tokens is told by the compiler.
        for (function, file) in tokens(source).map(|all| named_files(&all)).unwrap_or_default() {
            self.file(place, function, &file);
        }
    }

    fn words(&mut self, place: Place<'_>, words: &mut Words) {
        for (_, text) in words {
            self.last_saved(place, text, |path| format!("${{={path}}}"));
        }
    }

    fn last_saved(&mut self, place: Place<'_>, text: &mut String, put: impl Fn(String) -> String) {
        // What was put is not looked at again: a question may be called as if it were another reference.
        let mut done = String::new();
        let mut rest = text.as_str();
        while let Some((before, inside)) = rest.split_once(LAST_SAVED)
            && let Some((name, behind)) = inside.split_once('}')
        {
            done.push_str(before);
            done.push_str(&put(self.path(place, name.trim())));
            rest = behind;
        }
        done.push_str(rest);
        *text = done;
    }

    fn path(&mut self, place: Place<'_>, name: &str) -> String {
        self.paths.get(name).cloned().unwrap_or_else(|| {
            let what = format!("没有叫“{name}”的题");
            let remedy = "检查 name 一列有没有这个名字";
            let Place { sheet, row, column } = place;
            self.reader.faults.row(sheet, row, column, what, remedy);
            "''".to_owned()
        })
    }

    fn file(&mut self, place: Place<'_>, function: Function, name: &str) {
        let lists = &self.reader.lists;
        if name == "__last-saved" || lists.find(name).is_some() || lists.find(stem(name)).is_some()
        {
            return;
        }
        let has_ending = ENDINGS.iter().any(|ending| name.ends_with(ending));
        let file = match function {
            Function::PullData if !has_ending => format!("{name}.csv"),
            Function::PullData => name.to_owned(),
            Function::Instance => match self.reader.beside.find(name) {
                Some(file) => file,
                None => {
                    let what = format!("没有叫“{name}”的选项表，表格旁边也没有“{name}.csv”");
                    let remedy = "在 choices 表加上它，或把文件放到表格旁边";
                    self.reader.beside.miss(name, self.reader.lists);
                    return self.reader.faults.row(
                        place.sheet,
                        place.row,
                        place.column,
                        what,
                        remedy,
                    );
                }
            },
        };
        let (_, outcome) = self.reader.beside.load(&file, self.reader.lists);
        if let Err(unusable) = outcome {
            let faults = &mut self.reader.faults;
            faults.row(place.sheet, place.row, place.column, unusable.what, unusable.remedy);
        }
    }
}

/// What names files.
#[derive(Clone, Copy)]
enum Function {
    PullData,
    Instance,
}

/// The literals that stand first in `pulldata()` and `instance()`.
fn named_files(tokens: &[Token<'_>]) -> Vec<(Function, String)> {
    let calls = tokens.windows(3).filter_map(|window| {
        let [function, bracket, file] = window else { return None };
        let (TokenKind::Sign("("), TokenKind::Text(file)) = (&bracket.kind, &file.kind) else {
            return None;
        };
        let function = match function.kind {
            TokenKind::Name("pulldata") => Function::PullData,
            TokenKind::Name("instance") => Function::Instance,
            _ => return None,
        };
        Some((function, file.trim().to_owned()))
    });
    calls.collect()
}

fn name_paths(declarations: &[Declaration], above: &str, paths: &mut HashMap<String, String>) {
    for declaration in declarations {
        let path = format!("{above}/{}", declaration.name);
        name_paths(&declaration.children, &path, paths);
        let whole = format!("instance('__last-saved')/{path}");
        paths.entry(declaration.name.clone()).or_insert(whole);
    }
}
