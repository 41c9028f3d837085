//! An application as a document to read: the form's own labels, people in tables, what is
//! calculated worked out anew.

use std::collections::BTreeMap;

use form::model::Kind;
use form::{InstanceId, Session};
use pack::Item;

use super::value;

/// An application, ready to be shown.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) sections: Vec<Section>,
}

impl Document {
    /// Whether anything answers a question.
    pub(super) fn has(&self, question: &str) -> bool {
        self.sections.iter().any(|section| {
            let rows = section.table.iter().flat_map(|table| &table.rows);
            let rows = rows.flat_map(|row| row.cells.iter().flatten().chain(&row.more));
            section.fields.iter().chain(rows).any(|field| field.name == question)
        })
    }
}

/// A group of the form, or what stands between two groups.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Empty where the form gives none.
    pub(super) title: String,
    pub(super) fields: Vec<Field>,
    pub(super) table: Option<Table>,
}

/// Beyond so many characters an answer takes a line for itself.
const LONG_ANSWER: usize = 10;
/// Beyond so many characters a label takes a line for itself, with its answer.
const LONG_LABEL: usize = 8;

/// One answer.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    /// As it is stored.
    pub(super) raw: String,
    /// As it is read; masked, where it is to be asked for.
    pub(super) groups: Vec<String>,
    /// Whether it is masked: then what is stored is not here at all.
    pub(super) is_masked: bool,
    /// Worked out by the server.
    pub(super) is_calculated: bool,
    pub(super) files: Vec<File>,
}

impl Field {
    /// Whether it takes a line for itself.
    pub(super) fn is_long(&self) -> bool {
        let answer: usize = self.groups.iter().map(|group| group.chars().count()).sum();
        let is_file = !self.files.is_empty();
        is_file || answer > LONG_ANSWER || self.label.chars().count() > LONG_LABEL
    }
}

/// The rows of a repeat.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    /// What is calculated right after the repeat: sums over it.
    pub(super) sums: Vec<Field>,
}

/// One row of a repeat.
#[derive(Debug)]
pub(super) struct Row {
    /// Counted from 1.
    pub(super) place: usize,
    /// One for each column.
    pub(super) cells: Vec<Option<Field>>,
    /// What has no column.
    pub(super) more: Vec<Field>,
}

/// A photo or recording.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) id: String,
    pub(super) name: String,
    /// SHA-256 of what it is, before sealing.
    pub(super) digest: String,
    /// `image`, `audio` or `other`.
    pub(super) kind: &'static str,
    /// Whether it is there.
    pub(super) is_whole: bool,
}

/// What of an application is shown.
#[derive(Clone, Debug)]
pub(super) enum Shown {
    /// All but what must be taken particular care of.
    Masked,
    /// The same, and the answers to this question.
    And(String),
    /// Everything: for the applicant.
    All,
}

impl Shown {
    fn masks(&self, question: &str) -> bool {
        match self {
            Self::Masked => true,
            Self::And(asked) => asked != question,
            Self::All => false,
        }
    }
}

/// Lays out an application. `files` are by the names that the answers give them.
pub(super) fn lay_out(
    item: Option<&Item>,
    session: &Session,
    files: &BTreeMap<String, File>,
    shown: &Shown,
) -> Document {
    let layout = Layout { item, session, files, shown };
    let mut document = Document::default();
    layout.sections(session.root(), String::new(), &mut document.sections);
    document.sections.retain(|section| !section.fields.is_empty() || section.table.is_some());
    document
}

struct Layout<'a> {
    item: Option<&'a Item>,
    session: &'a Session,
    files: &'a BTreeMap<String, File>,
    shown: &'a Shown,
}

/// How many columns a repeat has where the item names none.
const COLUMNS: usize = 5;

impl Layout<'_> {
    fn sections(&self, holder: InstanceId, title: String, sections: &mut Vec<Section>) {
        sections.push(Section { title, ..Section::default() });
        for child in self.relevant(holder) {
            match &self.session.form().node(child.node).kind {
                Kind::Group => {
                    self.sections(child, self.label(child), sections);
                    sections.push(Section::default());
                }
                Kind::Repeat { .. } => {
                    let table = Some(self.table(child));
                    let title = self.label(child);
                    sections.push(Section { title, fields: Vec::new(), table });
                }
                _ => {
                    if let Some(field) = self.field(child) {
                        put(field, sections);
                    }
                }
            }
        }
    }

    fn table(&self, repeat: InstanceId) -> Table {
        let rows = self.session.rows(repeat);
        let rows: Vec<Vec<Field>> = rows.into_iter().map(|row| self.fields(row)).collect();
        let repeat = &self.session.form().node(repeat.node).name;
        let wanted = self.item.and_then(|item| item.columns.get(repeat)).cloned();
        let names = wanted.unwrap_or_else(|| first_columns(&rows));
        let label = |name: &String| {
            let mut fields = rows.iter().flatten();
            fields.find(|field| field.name == *name).map(|field| field.label.clone())
        };
        let names: Vec<_> = names.into_iter().filter(|name| label(name).is_some()).collect();
        let columns = names.iter().filter_map(label).collect();
        let rows = rows.into_iter().enumerate().map(|(place, mut fields)| {
            let cells = names.iter().map(|name| {
                let at = fields.iter().position(|field| field.name == *name)?;
                Some(fields.remove(at))
            });
            Row { place: place + 1, cells: cells.collect(), more: fields }
        });
        Table { columns, rows: rows.collect(), sums: Vec::new() }
    }

    /// What is answered in a row, groups inside it among the rest.
    fn fields(&self, holder: InstanceId) -> Vec<Field> {
        let mut fields = Vec::new();
        for child in self.relevant(holder) {
            match &self.session.form().node(child.node).kind {
                Kind::Group => fields.extend(self.fields(child)),
                Kind::Repeat { .. } => {
                    for row in self.session.rows(child) {
                        fields.extend(self.fields(row));
                    }
                }
                _ => fields.extend(self.field(child)),
            }
        }
        fields
    }

    fn field(&self, at: InstanceId) -> Option<Field> {
        let node = self.session.form().node(at.node);
        let raw = self.session.value(at).to_owned();
        let is_calculated = matches!(node.kind, Kind::Calculated);
        let label = match is_calculated {
            true => self.calculated_label(&node.name),
            false => self.label(at),
        };
        if raw.is_empty() || label.is_empty() || !node.holds_value() {
            return None;
        }
        let names = self.session.files(at);
        let holds_files = !names.is_empty();
        let files: Vec<File> =
            names.into_iter().filter_map(|name| self.files.get(name).cloned()).collect();
        let sensitive = self.item.and_then(|item| item.data.sensitive(&node.name));
        let masked = sensitive.filter(|_| self.shown.masks(&node.name) && !holds_files);
        let (raw, groups) = match masked {
            Some(kind) => (String::new(), vec![value::masked(kind, &raw)]),
            None if holds_files => (raw, Vec::new()),
            None => (raw, value::read(self.session, at)),
        };
        let (name, is_masked) = (node.name.clone(), masked.is_some());
        Some(Field { name, label, raw, groups, is_masked, is_calculated, files })
    }

    fn calculated_label(&self, name: &str) -> String {
        let named = self.item.and_then(|item| item.calculated.get(name));
        named.cloned().unwrap_or_else(|| name.to_owned())
    }

    fn label(&self, at: InstanceId) -> String {
        let node = self.session.form().node(at.node);
        self.session.label(at).unwrap_or_else(|| node.name.clone())
    }

    fn relevant(&self, holder: InstanceId) -> impl Iterator<Item = InstanceId> {
        let children = self.session.children(holder).into_iter();
        children.filter(|child| self.session.is_relevant(*child))
    }
}

/// Puts a field where it belongs: what is calculated after a repeat is shown with it, anything
/// else begins a section after it.
fn put(field: Field, sections: &mut Vec<Section>) {
    match sections.last_mut() {
        Some(Section { table: Some(table), .. }) if field.is_calculated => table.sums.push(field),
        Some(section) if section.table.is_none() => section.fields.push(field),
        _ => sections.push(Section { fields: vec![field], ..Section::default() }),
    }
}

fn first_columns(rows: &[Vec<Field>]) -> Vec<String> {
    let fields = rows.first().into_iter().flatten().filter(|field| field.files.is_empty());
    fields.take(COLUMNS).map(|field| field.name.clone()).collect()
}
