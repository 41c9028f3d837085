//! The choices sheet, and the external_choices sheet.

use std::collections::{HashMap, HashSet};

use form::definition::{ChoiceDefinition, ListDefinition};

use crate::fault::Faults;
use crate::language::Languages;
use crate::sheet::{Row, Sheet};

/// All lists, of sheets and of files.
#[derive(Default)]
pub(crate) struct Lists {
    pub(crate) all: Vec<ListDefinition>,
    /// By list: the rows of its choices in the sheet.
    rows: Vec<Vec<u32>>,
    places: HashMap<String, usize>,
}

impl Lists {
    pub(crate) fn find(&self, name: &str) -> Option<&ListDefinition> {
        self.all.get(*self.places.get(name)?)
    }

    pub(crate) fn find_mut(&mut self, name: &str) -> Option<&mut ListDefinition> {
        self.all.get_mut(*self.places.get(name)?)
    }

    /// The rows in which the choices of a list stand.
    pub(crate) fn rows(&self, name: &str) -> &[u32] {
        self.places.get(name).map_or(&[], |place| &self.rows[*place])
    }

    /// Gives a list another name.
    pub(crate) fn rename(&mut self, name: &str, other: &str) {
        if let Some(place) = self.places.remove(name) {
            self.all[place].name = other.to_owned();
            self.places.insert(other.to_owned(), place);
        }
    }

    /// Adds a list, for example a file.
    pub(crate) fn add(&mut self, list: ListDefinition) -> usize {
        let place = self.all.len();
        self.places.insert(list.name.clone(), place);
        self.all.push(list);
        self.rows.push(Vec::new());
        place
    }

    /// Reads the lists of a sheet. `rename` gives them the names that selects call them by.
    pub(crate) fn read(
        &mut self,
        sheet: &Sheet,
        languages: &Languages,
        allows_duplicates: bool,
        rename: &dyn Fn(&Self, &str) -> String,
        faults: &mut Faults,
    ) {
        if !sheet.is_empty() && sheet.column("name").is_none() {
            let remedy = "在第一行写上 list_name、name、label";
            faults.row(sheet, sheet.top(), "name", "没有 name 这一列", remedy);
            return;
        }
        let others = sheet.others().into_iter().filter(|name| !name.contains(char::is_whitespace));
        let columns: Vec<String> =
            std::iter::once("name").chain(others).map(str::to_owned).collect();
        let mut names: HashMap<&str, usize> = HashMap::new();
        let mut seen = HashSet::new();
        for row in sheet.rows() {
            let Some((list, choice)) = choice(sheet, row, &columns, languages, faults) else {
                continue;
            };
            let place = *names.entry(list).or_insert_with(|| {
                let name = rename(self, list);
                let (row, columns) = (Some(row.number), columns.clone());
                self.add(ListDefinition { name, row, columns, ..ListDefinition::default() })
            });
            let name = choice.cells.first().cloned().unwrap_or_default();
            if !allows_duplicates && !seen.insert((place, name.clone())) {
                let what = format!("“{list}”里有两个“{name}”");
                let remedy = "删去一个，或改个名字；确实要重复就在 settings 表写 allow_choice_duplicates = yes";
                faults.row(sheet, row.number, "name", what, remedy);
            }
            self.rows[place].push(row.number);
            self.all[place].choices.push(choice);
        }
        self.check_labels(sheet, names.into_values().collect(), faults);
    }

    /// One warning a list: a list without labels has many choices without one.
    fn check_labels(&self, sheet: &Sheet, mut places: Vec<usize>, faults: &mut Faults) {
        places.sort_unstable();
        for place in places {
            let list = &self.all[place];
            let choices = list.choices.iter().zip(&self.rows[place]);
            let unlabelled =
                |choice: &ChoiceDefinition| choice.label.is_empty() && choice.media.is_empty();
            let mut unlabelled = choices.filter(|(choice, _)| unlabelled(choice));
            if let Some((choice, row)) = unlabelled.next() {
                let what = format!("“{}”的选项“{}”没有 label", list.name, list.choice_name(choice));
                faults.warn(sheet, *row, "label", what, "写上让人看的文字");
            }
        }
    }

    /// Tells which choices of a list cannot be one of several: names are stored with blanks
    /// between.
    pub(crate) fn check_names(&self, sheet: &Sheet, name: &str, faults: &mut Faults) {
        let Some(list) = self.find(name) else { return };
        for (choice, row) in list.choices.iter().zip(self.rows(name)) {
            let own = list.choice_name(choice);
            if own.contains(char::is_whitespace) {
                let what = format!("选项名“{own}”里有空格，多选题存不下");
                faults.row(sheet, *row, "name", what, "去掉空格，可用下划线");
            }
        }
    }
}

fn choice<'s>(
    sheet: &Sheet,
    row: Row<'s>,
    columns: &[String],
    languages: &Languages,
    faults: &mut Faults,
) -> Option<(&'s str, ChoiceDefinition)> {
    let (Some(list), name) = (row.text("list_name"), row.text("name")) else {
        if let Some(name) = row.text("name") {
            let what = format!("选项“{name}”没有写 list_name，没有用到它");
            faults.warn(sheet, row.number, "list_name", what, "写上它属于哪个选项表");
        }
        return None;
    };
    if name.is_none() {
        faults.row(sheet, row.number, "name", "没有写 name", "给这个选项起个名字");
        return None;
    }
    let cells = columns.iter().map(|column| row.text(column).unwrap_or_default().to_owned());
    let choice = ChoiceDefinition {
        label: languages.words(row, "label"),
        media: languages.media(row),
        cells: cells.collect(),
    };
    Some((list, choice))
}
