//! The choices sheet.

use std::collections::{HashMap, HashSet};

use form::definition::{ChoiceDefinition, ListDefinition};
use form::model::Language;

use crate::fault::Faults;
use crate::settings::words;
use crate::sheet::Workbook;

/// Columns that filters do not look at.
const KNOWN: [&str; 7] = ["list_name", "name", "label", "image", "audio", "video", "big-image"];

/// Reads all lists.
pub(crate) fn read(
    workbook: &Workbook,
    languages: &[Language],
    faults: &mut Faults,
) -> Vec<ListDefinition> {
    let sheet = &workbook.choices;
    let columns = sheet.others(&KNOWN);
    let mut lists: Vec<ListDefinition> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut seen = HashSet::new();
    for row in sheet.rows() {
        let Some(list) = row.text("list_name") else {
            faults.row(sheet, row.number, "list_name", "没有写 list_name", "写上它属于哪个选项表");
            continue;
        };
        let Some(name) = row.get("name") else {
            faults.row(sheet, row.number, "name", "没有写 name", "给这个选项起个名字");
            continue;
        };
        if name.text.contains(char::is_whitespace) {
            faults.at(
                sheet,
                &name,
                format!("选项名“{}”里有空格", name.text),
                "去掉空格，可用下划线",
            );
        }
        if !seen.insert((list, name.text)) {
            let what = format!("“{list}”里有两个“{}”", name.text);
            faults.at(sheet, &name, what, "删去一个，或改个名字");
        }
        let place = *places.entry(list).or_insert_with(|| {
            let definition = ListDefinition {
                name: list.to_owned(),
                columns: columns.clone(),
                choices: Vec::new(),
            };
            lists.push(definition);
            lists.len() - 1
        });
        let cells =
            columns.iter().map(|column| row.text(column).unwrap_or_default().to_owned()).collect();
        lists[place].choices.push(ChoiceDefinition {
            name: name.text.to_owned(),
            label: words(row, "label", languages),
            cells,
        });
    }
    lists
}
