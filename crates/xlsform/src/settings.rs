//! The settings sheet.

use form::definition::Definition;

use crate::fault::Faults;
use crate::name;
use crate::survey::yes_or_no;
use crate::workbook::Workbook;

/// What the compiler or this crate makes use of; the rest is for others who run the form.
const OWN: [&str; 8] = [
    "form_title",
    "form_id",
    "version",
    "default_language",
    "instance_name",
    "name",
    "allow_choice_duplicates",
    "clean_text_values",
];

/// What a form is called where nothing is said.
const UNNAMED: &str = "data";

/// The form's name, version, title and root.
pub(crate) fn read(workbook: &Workbook, faults: &mut Faults) -> Definition {
    let sheet = &workbook.settings;
    let Some(row) = sheet.rows().next() else {
        let remedy = "加一张叫 settings 的表，写 form_title、form_id 和 version";
        faults.warn_file("没有 settings 表", remedy);
        return named(UNNAMED);
    };
    for column in ["form_id", "version"] {
        if row.text(column).is_none() {
            let remedy = format!("在 settings 表填 {column}");
            faults.warn(sheet, row.number, column, format!("没有写 {column}"), remedy);
        }
    }
    if let Some(root) = row.get("name").filter(|root| !name::is_name(root.text)) {
        faults.at(sheet, &root, format!("“{}”不能作名字", root.text), name::REMEDY);
    }
    if let Some(key) = row.get("public_key")
        && row.text("omit_instanceID").and_then(yes_or_no) == Some(true)
    {
        faults.at(sheet, &key, "要加密就不能不要 instanceID", "删去 omit_instanceID");
    }
    if row.text("flat").and_then(yes_or_no) == Some(true) {
        let what = "flat 没有用到：组里的题仍然在组里";
        faults.warn(sheet, row.number, "flat", what, "删去 flat 一列");
    }
    let id = row.text("form_id").unwrap_or(UNNAMED);
    let title = row.text("form_title").unwrap_or(id);
    let others = row.filled().filter(|(heading, _)| !OWN.contains(&heading.name.as_str()));
    Definition {
        version: row.text("version").unwrap_or_default().to_owned(),
        title: vec![(0, title.to_owned())],
        root: row.text("name").unwrap_or(UNNAMED).to_owned(),
        instance_name: row.expression("instance_name"),
        settings: others.map(|(heading, text)| (heading.name.clone(), text.to_owned())).collect(),
        ..named(id)
    }
}

/// Whether a list may have two choices of one name.
pub(crate) fn allows_duplicates(workbook: &Workbook) -> bool {
    let row = workbook.settings.rows().next();
    row.and_then(|row| row.text("allow_choice_duplicates")).and_then(yes_or_no) == Some(true)
}

fn named(id: &str) -> Definition {
    Definition {
        id: id.to_owned(),
        title: vec![(0, id.to_owned())],
        root: UNNAMED.to_owned(),
        ..Definition::default()
    }
}
