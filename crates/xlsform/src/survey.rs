//! The survey sheet: rows, nested as their begins and ends say.

use std::collections::HashSet;

use form::definition::{Declaration, DeclaredKind, Definition};

use crate::beside::Beside;
use crate::choices::Lists;
use crate::fault::Faults;
use crate::kind::{self, Container, Plain, Type};
use crate::language::Languages;
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

mod default;
mod looped;
mod question;
mod row;
mod search;
mod select;
mod table_list;

pub(crate) use search::Uses;
use table_list::TableList;

/// More groups in groups than any form has.
const DEEPEST: usize = 64;

/// What rows are read with.
pub(crate) struct Reader<'a, 'f> {
    pub(crate) workbook: &'a Workbook,
    pub(crate) languages: &'a Languages,
    pub(crate) lists: &'a mut Lists,
    pub(crate) beside: &'a mut Beside<'f>,
    pub(crate) faults: &'a mut Faults,
    /// Which lists are searched with.
    pub(crate) uses: Uses,
}

/// The groups that are open, the innermost last.
#[derive(Default)]
struct Tree {
    open: Vec<Open>,
    top: Vec<Declaration>,
    /// How many are open beyond [`DEEPEST`]: their rows are taken for those of the last.
    ignored: usize,
}

struct Open {
    container: Container,
    declaration: Declaration,
    table_list: Option<TableList>,
    /// The list of a loop.
    list: Option<String>,
}

/// Reads all rows; groups and repeats hold theirs.
pub(crate) fn read(reader: &mut Reader<'_, '_>, settings: &mut Definition) -> Vec<Declaration> {
    let mut tree = Tree::default();
    for row in reader.workbook.survey.rows() {
        if row.text("disabled").and_then(yes_or_no) == Some(true) {
            continue;
        }
        match row.get("type") {
            None => reader.without_type(row),
            Some(written) => reader.read_row(row, &written, &mut tree, settings),
        }
    }
    for open in &tree.open {
        let word = open.container.word();
        let remedy = format!("在组的最后加一行 end {word}");
        reader.tell(open.declaration.row, "type", format!("begin {word} 没有 end"), remedy);
    }
    while let Some(open) = tree.open.pop() {
        tree.hold(open.declaration);
    }
    check_siblings(&tree.top, reader);
    reader.check_uses();
    tree.top
}

impl Tree {
    fn hold(&mut self, declaration: Declaration) {
        match self.open.last_mut() {
            Some(around) => around.declaration.children.push(declaration),
            None => self.top.push(declaration),
        }
    }
}

impl Reader<'_, '_> {
    /// A fault in a row of the survey.
    fn tell(&mut self, row: u32, column: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.faults.row(&self.workbook.survey, row, column, what, remedy);
    }

    fn warn(&mut self, row: u32, column: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.faults.warn(&self.workbook.survey, row, column, what, remedy);
    }

    /// A row that says nothing but words is a remark.
    fn without_type(&mut self, row: Row<'_>) {
        if row.text("name").is_some() || row.translations("label").next().is_some() {
            let remedy = "写上这一行是什么，不要的行请删去";
            self.tell(row.number, "type", "没有写 type", remedy);
        } else if row.filled().any(|(heading, _)| heading.name != "author_note" && heading.is_known)
        {
            let remedy = "写给自己看的话放在 author_note 列";
            self.warn(row.number, "type", "这一行没有 type 和 name，没有用到它", remedy);
        }
    }

    fn read_row(
        &mut self,
        row: Row<'_>,
        written: &Cell<'_>,
        tree: &mut Tree,
        settings: &mut Definition,
    ) {
        let kind = kind::read(written.text).unwrap_or_else(|unknown| {
            self.tell(row.number, "type", unknown.what, unknown.remedy);
            // It stands for a question all the same, so that what refers to it is not told as a
            // second fault.
            Type::Plain(Plain::Text)
        });
        match kind {
            Type::Begin(container) => self.begin(row, container, None, tree),
            Type::Loop(list) => self.begin(row, Container::Loop, Some(list), tree),
            Type::End(container) => self.end(row, container, tree),
            Type::Select(select) => {
                for declaration in self.select(row, &select, table_list_of(tree)) {
                    tree.hold(declaration);
                }
            }
            Type::Plain(Plain::External(ending)) => self.external(row, ending),
            Type::Plain(plain) => {
                let declaration = self.question(row, plain);
                tree.hold(declaration);
            }
            Type::Setting(setting) => set(settings, setting, row),
        }
    }

    fn begin(&mut self, row: Row<'_>, container: Container, list: Option<String>, tree: &mut Tree) {
        if tree.open.len() >= DEEPEST {
            if tree.ignored == 0 {
                let what = format!("组里套组超过了 {DEEPEST} 层");
                self.tell(row.number, "type", what, "少套几层");
            }
            tree.ignored += 1;
            return;
        }
        let kind = match container {
            Container::Group | Container::Loop => DeclaredKind::Group,
            Container::Repeat => {
                let (kind, counter) = self.repeat(row);
                counter.into_iter().for_each(|counter| tree.hold(counter));
                kind
            }
        };
        let mut declaration = self.declaration(row, kind);
        if container == Container::Repeat && declaration.label.is_empty() {
            let what = format!("重复组“{}”没有 label", declaration.name);
            self.warn(row.number, "label", what, "写上这一组问的是什么");
        }
        if let Some(save_to) = declaration.save_to.take() {
            let what = format!("分组不能有 save_to（{save_to}）");
            self.tell(row.number, "save_to", what, "把 save_to 写在组里的题上");
        }
        if list.as_ref().is_some_and(String::is_empty) {
            let what = "begin loop 没有写选项表";
            self.tell(row.number, "type", what, "写成 begin loop over 选项表的名字");
        }
        let table_list = TableList::begin(&mut declaration, row.ordinal());
        tree.open.push(Open { container, declaration, table_list, list });
    }

    fn end(&mut self, row: Row<'_>, container: Container, tree: &mut Tree) {
        if tree.ignored > 0 {
            tree.ignored -= 1;
            return;
        }
        let word = container.word();
        let Some(open) = tree.open.pop() else {
            let what = format!("end {word} 没有对应的 begin");
            return self.tell(row.number, "type", what, "删去这一行，或补上 begin");
        };
        if open.container != container {
            let (begun, own) = (open.declaration.row, open.container.word());
            let what = format!("这里是 end {word}，但开着的是第 {begun} 行的 begin {own}");
            self.tell(row.number, "type", what, format!("改成 end {own}"));
        }
        let Open { mut declaration, list, .. } = open;
        if let Some(list) = list.filter(|list| !list.is_empty()) {
            match self.lists.find(&list) {
                Some(own) => looped::expand(&mut declaration, own),
                None => {
                    let what = format!("选项表里没有“{list}”");
                    let remedy = "在 choices 表的 list_name 一列加上它，或改 type 里的名字";
                    self.tell(declaration.row, "type", what, remedy);
                }
            }
        }
        tree.hold(declaration);
    }

    /// Makes a file known to expressions.
    fn external(&mut self, row: Row<'_>, ending: &str) {
        let Some(name) = row.text("name") else {
            return self.tell(row.number, "name", "没有写 name", "写上文件名，不带结尾");
        };
        let file = format!("{}{ending}", name.strip_suffix(ending).unwrap_or(name));
        self.load(row.number, "name", &file);
    }

    /// Reads a file beside the form, and gives the name of its list.
    pub(crate) fn load(&mut self, row: u32, column: &str, file: &str) -> String {
        let (list, outcome) = self.beside.load(file, self.lists);
        if let Err(unusable) = outcome {
            self.tell(row, column, unusable.what, unusable.remedy);
        }
        list
    }
}

fn table_list_of(tree: &mut Tree) -> Option<&mut TableList> {
    tree.open.last_mut()?.table_list.as_mut()
}

/// A setting that stands on the survey sheet: its value is the row's name.
fn set(settings: &mut Definition, setting: &str, row: Row<'_>) {
    let value = row.text("name").unwrap_or_default().to_owned();
    match setting {
        "form_title" => settings.title = vec![(0, value)],
        "form_id" => settings.id = value,
        other => settings.settings.push((other.to_owned(), value)),
    }
}

/// Names that differ only by small and large letters are one where the answers go into tables.
fn check_siblings(declarations: &[Declaration], reader: &mut Reader<'_, '_>) {
    let mut names = HashSet::new();
    let mut folded = HashSet::new();
    for declaration in declarations {
        let is_new = names.insert(&declaration.name);
        if !folded.insert(declaration.name.to_lowercase()) && is_new {
            let what = format!("“{}”和同组的另一个名字只差大小写", declaration.name);
            reader.warn(declaration.row, "name", what, "换一个名字，免得导出时混在一起");
        }
        check_siblings(&declaration.children, reader);
    }
}

/// `yes` and `no`, in the spellings that pyxform accepts.
pub(crate) fn yes_or_no(written: &str) -> Option<bool> {
    match written.to_lowercase().as_str() {
        "yes" | "true" | "true()" => Some(true),
        "no" | "false" | "false()" => Some(false),
        _ => None,
    }
}
