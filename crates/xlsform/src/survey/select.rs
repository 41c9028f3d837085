//! Rows with choices.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredKind, SelectDefinition, SelectFrom, SelectKind, Words,
};
use form::expression::Number;
use form::model::{Language, Question, TextKind};

use super::{Reader, TableList};
use crate::appearance;
use crate::clean::straight;
use crate::kind::{SelectType, Source};
use crate::name;
use crate::parameters::{self, Parameters};
use crate::sheet::Row;

impl Reader<'_, '_> {
    /// The select, what asks for an other choice after it, and what a table needs before it.
    pub(super) fn select(
        &mut self,
        row: Row<'_>,
        select: &SelectType,
        table_list: Option<&mut TableList>,
    ) -> Vec<Declaration> {
        let sheet = &self.workbook.survey;
        let mut parameters = parameters::read(sheet, row, self.faults);
        let known: &[&str] = match select.from {
            Source::File(_) => &["randomize", "seed", "value", "label"],
            _ => &["randomize", "seed"],
        };
        parameters::check(&parameters, known, sheet, row, self.faults);
        let shuffle = self.shuffle(row, &mut parameters);
        let mut words = appearance::words(&row.expression("appearance").unwrap_or_default());
        let mut filter = row.expression("choice_filter");
        let from = self.choices(row, select, &mut parameters, &mut words, &mut filter);
        let definition = SelectDefinition { kind: select.kind, from, filter, shuffle };
        let kind = DeclaredKind::Select(Box::new(definition));
        let mut declaration = self.declaration(row, kind);
        declaration.appearance = words;
        declaration.parameters.splice(0..0, parameters);
        self.check_label(&declaration);
        let other = select.or_other.then(|| self.other(row, select, &declaration)).flatten();
        let mut all = Vec::new();
        if let (Some(table_list), Source::List(list)) = (table_list, &select.from) {
            match table_list.take(&mut declaration, list, row.ordinal()) {
                Ok(headings) => all.extend(headings),
                Err(own) => {
                    let what = format!(
                        "table-list 里的选择题要用同一个选项表：前面是“{own}”，这里是“{list}”"
                    );
                    self.tell(row.number, "type", what, "改成同一个，或者另开一组");
                }
            }
        }
        all.push(declaration);
        all.extend(other);
        all
    }

    fn choices(
        &mut self,
        row: Row<'_>,
        select: &SelectType,
        parameters: &mut Parameters,
        words: &mut Vec<String>,
        filter: &mut Option<String>,
    ) -> SelectFrom {
        match &select.from {
            Source::Rows(question) => SelectFrom::Rows { value: question.clone(), label: None },
            Source::External(list) => {
                let own = format!("{list}-external");
                in_sheet(if self.lists.find(&own).is_some() { own } else { list.clone() })
            }
            Source::File(file) if self.lists.find(file).is_none() => {
                if appearance::take_search(words).is_some() {
                    let what = "选项已经来自文件，不能再用 search()";
                    let remedy = "去掉 search()，用 choice_filter 筛选";
                    self.tell(row.number, "appearance", what, remedy);
                }
                self.choices_of_file(row, file, parameters)
            }
            Source::File(list) | Source::List(list) => {
                if select.kind != SelectKind::One {
                    self.lists.check_names(&self.workbook.choices, list, self.faults);
                }
                match appearance::take_search(words) {
                    None => {
                        self.uses.offer(list, row.number);
                        in_sheet(list.clone())
                    }
                    Some(Ok(search)) => {
                        self.uses.search(list, row.number);
                        self.choices_of_search(row, list, search, filter)
                    }
                    Some(Err(())) => {
                        let remedy =
                            "写成 search('文件')，或 search('文件', 'matches', '列', ${题名})";
                        self.tell(row.number, "appearance", "search() 的写法不对", remedy);
                        in_sheet(list.clone())
                    }
                }
            }
        }
    }

    fn choices_of_file(
        &mut self,
        row: Row<'_>,
        file: &str,
        parameters: &mut Parameters,
    ) -> SelectFrom {
        let usual = if file.ends_with(".geojson") { ("id", "title") } else { ("name", "label") };
        let mut column = |name: &str, usual: &str| {
            let column = parameters::take(parameters, name).unwrap_or_else(|| usual.to_owned());
            if !column.split('/').all(name::is_name) {
                let what = format!("“{column}”不能是列名");
                self.tell(row.number, "parameters", what, name::REMEDY);
            }
            column
        };
        let (value, label) = (column("value", usual.0), column("label", usual.1));
        let list = self.load(row.number, "type", file);
        SelectFrom::List { list, value, label: Some(label) }
    }

    fn shuffle(&mut self, row: Row<'_>, parameters: &mut Parameters) -> Option<Option<String>> {
        let randomize = parameters::take(parameters, "randomize");
        let seed = parameters::take(parameters, "seed");
        let is_random = match randomize.as_deref().map(str::to_lowercase).as_deref() {
            Some("true") => true,
            Some("false") | None => false,
            Some(other) => {
                let what = format!("randomize 只能是 true 或 false，不能是“{other}”");
                self.tell(row.number, "parameters", what, "写成 randomize=true");
                false
            }
        };
        if let (Some(seed), None) = (&seed, randomize) {
            let what = format!("写了 seed={seed}，但没有 randomize=true");
            self.tell(row.number, "parameters", what, "加上 randomize=true");
        }
        if let Some(seed) = &seed
            && !seed.starts_with("${")
            && Number::parse(seed).is_none()
        {
            let what = format!("seed 要是数或者一道题，不能是“{seed}”");
            self.tell(row.number, "parameters", what, "写成 seed=42 或 seed=${题名}");
            return is_random.then_some(None);
        }
        is_random.then(|| seed.as_deref().map(straight))
    }

    /// Adds the choice `other`, and gives the question that asks what it is.
    fn other(
        &mut self,
        row: Row<'_>,
        select: &SelectType,
        declaration: &Declaration,
    ) -> Option<Declaration> {
        let Source::List(list) = &select.from else {
            let what = "or_other 只能用在 choices 表的选项上";
            self.tell(row.number, "type", what, "去掉 or_other，自己加一个“其他”选项");
            return None;
        };
        if let Some(filter) = row.get("choice_filter") {
            let remedy = "去掉一个；可以自己加一个“其他”选项和一道题";
            self.tell(filter.row, "choice_filter", "or_other 和 choice_filter 不能一起用", remedy);
        }
        let languages = &self.languages.all;
        if let Some(own) = self.lists.find_mut(list)
            && !own
                .choices
                .iter()
                .any(|choice| choice.cells.first().is_some_and(|name| name == "other"))
        {
            let mut spoken: Vec<usize> =
                own.choices.iter().flat_map(|choice| &choice.label).map(|(at, _)| *at).collect();
            spoken.sort_unstable();
            spoken.dedup();
            let label: Words =
                spoken.into_iter().map(|at| (at, other_label(&languages[at]).to_owned())).collect();
            let blanks = own.columns.iter().skip(1).map(|_| String::new());
            let cells = std::iter::once("other".to_owned()).chain(blanks).collect();
            own.choices.push(ChoiceDefinition { label, cells, ..ChoiceDefinition::default() });
        }
        Some(Declaration {
            row: row.number,
            name: format!("{}_other", declaration.name),
            kind: DeclaredKind::Question(Question::Text(TextKind::Line)),
            label: self.languages.everywhere(specify_label),
            relevant: Some(format!("selected(../{}, 'other')", declaration.name)),
            ..Declaration::default()
        })
    }
}

/// A list of the choices sheet.
pub(super) fn in_sheet(list: String) -> SelectFrom {
    SelectFrom::List { list, value: "name".to_owned(), label: None }
}

fn is_chinese(language: &Language) -> bool {
    let code = language.code.as_deref().unwrap_or_default();
    code == "zh" || code.starts_with("zh-") || language.name.contains('中')
}

fn other_label(language: &Language) -> &'static str {
    if is_chinese(language) { "其他" } else { "Other" }
}

fn specify_label(language: &Language) -> &'static str {
    if is_chinese(language) { "请写明" } else { "Specify other." }
}
