//! `search()` in the appearance of a select: its choices come from a file.

use form::definition::{ListDefinition, SelectFrom};
use form::expression::Number;

use super::Reader;
use super::select::in_sheet;
use crate::appearance::Search;
use crate::beside::stem;
use crate::sheet::Row;

/// The columns of a file that a list names: of the value by its name, of what people read by its
/// label.
struct Named {
    value: String,
    label: String,
}

impl Reader<'_, '_> {
    pub(super) fn choices_of_search(
        &mut self,
        row: Row<'_>,
        list: &str,
        search: Search,
        filter: &mut Option<String>,
    ) -> SelectFrom {
        let file = match search.file.contains('.') {
            true => search.file,
            false => format!("{}.csv", search.file),
        };
        // A list is often called as the file is: expressions mean the file.
        let apart = format!("{list}-search");
        if stem(&file) == list && self.lists.find(&apart).is_none() {
            self.lists.rename(list, &apart);
        }
        // What is missing altogether is told by the compiler.
        let Some(own) = self.lists.find(&apart).or_else(|| self.lists.find(list)) else {
            return in_sheet(list.to_owned());
        };
        let (named, has_static) = (named(own), own.choices.len() > 1);
        let Some(Named { value, label }) = named else {
            let what = format!("选项表“{list}”里没有一行写出文件的列名");
            let remedy = "在 choices 表加一行：name 写存哪一列，label 写显示哪一列";
            self.tell(row.number, "type", what, remedy);
            return in_sheet(list.to_owned());
        };
        if has_static {
            let what = format!("“{list}”里另外的选项和 search() 放在一起，没有用到它们");
            self.warn(row.number, "type", what, "把它们写进文件里");
        }
        *filter = match (search.filter, filter.take()) {
            (Some(own), Some(other)) => Some(format!("({own}) and ({other})")),
            (own, other) => own.or(other),
        };
        let list = self.load(row.number, "appearance", &file);
        SelectFrom::List { list, value, label: Some(label) }
    }
}

/// The first choice that is no number: numbers are choices beside those of the file.
fn named(list: &ListDefinition) -> Option<Named> {
    let choices = list.choices.iter().map(|choice| (list.choice_name(choice), &choice.label));
    let (value, label) = choices.into_iter().find(|(name, _)| Number::parse(name).is_none())?;
    let words = label.first().and_then(|(_, words)| words.split(',').next());
    let label = words.map_or_else(|| value.clone(), |words| words.trim().to_owned());
    Some(Named { value, label })
}
