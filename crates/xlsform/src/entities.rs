//! The entities sheet: which rows of which lists answers make or change.

use form::definition::EntityDefinition;

use crate::fault::Faults;
use crate::name;
use crate::sheet::{Row, Sheet};
use crate::workbook::Workbook;

mod place;
mod scope;

pub(crate) use scope::find as find_scopes;

/// Reads all rows.
pub(crate) fn read(workbook: &Workbook, faults: &mut Faults) -> Vec<EntityDefinition> {
    let sheet = &workbook.entities;
    let mut entities: Vec<EntityDefinition> = Vec::new();
    for row in sheet.rows() {
        let Some(dataset) = row.text("dataset") else {
            let remedy = "写上台账的名字，英文字母开头";
            faults.row(sheet, row.number, "dataset", "没有写 list_name", remedy);
            continue;
        };
        let entity = EntityDefinition {
            row: row.number,
            dataset: dataset.to_owned(),
            id: row.expression("entity_id"),
            create_if: row.expression("create_if"),
            update_if: row.expression("update_if"),
            label: row.expression("label"),
            holder: row.expression("repeat"),
        };
        if entities.iter().any(|other| other.dataset == entity.dataset) {
            let what = format!("有两行都是台账“{dataset}”");
            faults.row(sheet, row.number, "dataset", what, "一个台账只写一行");
        }
        check_dataset(sheet, row, dataset, faults);
        check_conditions(sheet, &entity, faults);
        entities.push(entity);
    }
    entities
}

fn check_dataset(sheet: &Sheet, row: Row<'_>, dataset: &str, faults: &mut Faults) {
    let is_reserved = dataset.starts_with("__") || dataset.contains('.');
    if is_reserved || !name::is_name(dataset) {
        let what = format!("台账不能叫“{dataset}”");
        let remedy = "用字母开头，不能有空格和点，不能以两个下划线开头";
        faults.row(sheet, row.number, "dataset", what, remedy);
    }
}

/// pyxform's rules (`entities_parsing.get_entity_declaration`): what is changed must be
/// named, and what is made must be called something.
fn check_conditions(sheet: &Sheet, entity: &EntityDefinition, faults: &mut Faults) {
    let mut tell = |column, what: &str, remedy: &str| {
        faults.row(sheet, entity.row, column, what, remedy);
    };
    match (&entity.id, &entity.create_if, &entity.update_if) {
        (None, _, Some(_)) => {
            tell("update_if", "要改台账里的一行，但没有写是哪一行", "填 entity_id 一列");
        }
        (Some(_), Some(_), None) => {
            let what = "写了 entity_id 和 create_if，但没有写 update_if";
            tell("update_if", what, "填 update_if，或清空 entity_id");
        }
        _ => {}
    }
    if entity.label.is_none() && entity.id.is_none() {
        tell("label", "新的一行没有 label", "写上新的一行叫什么，例如 ${name}");
    }
    if let Some(repeat) = &entity.holder {
        let inside = repeat.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        if !inside.is_some_and(|inside| name::is_name(inside.trim())) {
            tell("repeat", "repeat 里要写一个重复组", "写成 ${重复组}");
        }
    }
}
