//! The files beside a form, read as lists.

use std::collections::HashMap;

use form::definition::{ChoiceDefinition, ListDefinition};

use crate::Files;
use crate::choices::Lists;
use crate::kind::ENDINGS;
use crate::workbook::MOST_CELLS;

mod csv;
mod geojson;
mod xml;

/// The files that a form refers to.
pub(crate) struct Beside<'f> {
    files: &'f dyn Files,
    /// By the name of its list, the file that was asked for, and whether it was found.
    asked: HashMap<String, (String, bool)>,
}

/// Why a file cannot be used.
pub(crate) struct Unusable {
    pub(crate) what: String,
    pub(crate) remedy: String,
}

impl<'f> Beside<'f> {
    pub(crate) fn new(files: &'f dyn Files) -> Self {
        Self { files, asked: HashMap::new() }
    }

    /// Reads a file as a list, once, and gives the list's name: the file's without its ending. What
    /// cannot be read is an empty list, so that what refers to it is not told as a second fault.
    pub(crate) fn load(&mut self, file: &str, lists: &mut Lists) -> (String, Result<(), Unusable>) {
        let stem = stem(file).to_owned();
        if let Some((other, _)) = self.asked.get(&stem) {
            let clash = (other != file).then(|| Unusable {
                what: format!("“{other}”和“{file}”只有结尾不同，式子分不清"),
                remedy: "给其中一个文件改名".to_owned(),
            });
            return (stem, clash.map_or(Ok(()), Err));
        }
        if lists.find(&stem).is_some() {
            let what = format!("文件“{file}”和选项表“{stem}”同名，式子分不清");
            let remedy = "给文件或选项表改名".to_owned();
            return (stem, Err(Unusable { what, remedy }));
        }
        let read = self.read(file, &stem);
        self.asked.insert(stem.clone(), (file.to_owned(), read.is_ok()));
        let (read, outcome) = match read {
            Ok(read) => (read, Ok(())),
            Err(unusable) => {
                let file = Some(file.to_owned());
                (vec![ListDefinition { file, ..empty(&stem) }], Err(unusable))
            }
        };
        for list in read {
            lists.add(list);
        }
        (stem, outcome)
    }

    /// The file that `instance('name')` means: the first that is there.
    pub(crate) fn find(&self, name: &str) -> Option<String> {
        if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            return Some(name.to_owned());
        }
        let names = ENDINGS.iter().map(|ending| format!("{name}{ending}"));
        names.into_iter().find(|name| self.files.file(name).is_some())
    }

    /// Takes a name that no file has for an empty list.
    pub(crate) fn miss(&mut self, name: &str, lists: &mut Lists) {
        self.asked.insert(stem(name).to_owned(), (name.to_owned(), false));
        lists.add(empty(stem(name)));
    }

    /// Whether a list stands for a file that could not be read.
    pub(crate) fn is_missing(&self, list: &str) -> bool {
        self.asked.get(stem(list)).is_some_and(|(_, is_found)| !is_found)
    }

    /// The lists in a file: one, but for XML with elements of several names.
    pub(crate) fn read(&self, file: &str, stem: &str) -> Result<Vec<ListDefinition>, Unusable> {
        let Some(bytes) = self.files.file(file) else {
            let what = format!("表格旁边没有“{file}”这个文件");
            let remedy = "把它和表格放在同一个文件夹里，名字要一模一样".to_owned();
            return Err(Unusable { what, remedy });
        };
        let Ok(text) = std::str::from_utf8(&bytes) else {
            let what = format!("“{file}”不是 UTF-8 文字");
            return Err(Unusable { what, remedy: "另存为“CSV UTF-8”".to_owned() });
        };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let read = match file.rsplit_once('.').map(|(_, ending)| ending) {
            Some("xml") => xml::read(text),
            Some("geojson") => geojson::read(text).map(in_columns),
            _ => csv::read(text).map(in_columns),
        };
        let lists = read.map_err(|why| Unusable {
            what: format!("读不懂“{file}”：{why}"),
            remedy: "重新导出这个文件".to_owned(),
        })?;
        let named = lists
            .into_iter()
            .map(|list| ListDefinition { file: Some(file.to_owned()), ..list }.called(stem));
        Ok(named.collect())
    }
}

fn in_columns((columns, rows): Table) -> Vec<ListDefinition> {
    vec![ListDefinition { columns, choices: choices(rows), ..ListDefinition::default() }]
}

fn choices(rows: Vec<Vec<String>>) -> Vec<ChoiceDefinition> {
    let choice = |cells| ChoiceDefinition { cells, ..ChoiceDefinition::default() };
    rows.into_iter().map(choice).collect()
}

/// The columns of a file, and its rows.
type Table = (Vec<String>, Vec<Vec<String>>);

fn empty(name: &str) -> ListDefinition {
    let columns = vec!["name".to_owned(), "label".to_owned()];
    ListDefinition { name: name.to_owned(), columns, ..ListDefinition::default() }
}

/// The name of a file without its ending.
pub(crate) fn stem(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Rows whose columns are found one by one.
#[derive(Default)]
struct Growing {
    columns: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
    /// How many cells there would be, if there were room for all.
    cells: usize,
}

impl Growing {
    fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Puts a value into the last row, where the column has none yet.
    fn put(&mut self, column: &str, value: String) {
        let columns = &mut self.columns;
        let place = *self.places.entry(column.to_owned()).or_insert_with(|| {
            columns.push(column.to_owned());
            columns.len() - 1
        });
        let Some(row) = self.rows.last_mut() else { return };
        let more = (place + 1).saturating_sub(row.len());
        self.cells += more;
        if self.cells > MOST_CELLS {
            return;
        }
        row.resize(row.len() + more, String::new());
        if row[place].is_empty() {
            row[place] = value;
        }
    }

    /// How many cells there are when all rows are as long as the longest.
    fn size(&self) -> usize {
        self.columns.len().saturating_mul(self.rows.len())
    }

    /// All rows, as long as the longest: [`Growing::size`] was checked.
    fn table(mut self) -> Table {
        for row in &mut self.rows {
            row.resize(self.columns.len(), String::new());
        }
        (self.columns, self.rows)
    }
}

/// Every row has a cell for every column, whether something stands there or not.
fn check_size(cells: usize) -> Result<(), String> {
    match cells > MOST_CELLS {
        true => Err("行和列太多，文件太大了".to_owned()),
        false => Ok(()),
    }
}
