//! Which rows are entities: those of the repeat that the answers which are saved stand in, as
//! pyxform works it out (its `entities_parsing.py`), or the form as a whole.

use std::collections::{HashMap, HashSet};

use form::definition::{Declaration, DeclaredKind, Definition, EntityDefinition};
use form::expression::lexer::{TokenKind, tokens};

use crate::fault::Faults;
use crate::workbook::Workbook;

/// Finds the repeat of each entity, and tells which columns belong to none.
pub(crate) fn find(definition: &mut Definition, workbook: &Workbook, faults: &mut Faults) {
    let mut survey = Survey::default();
    survey.read(&definition.declarations, &mut Vec::new());
    let mut tell = |row: u32, what: String, remedy: &str| {
        faults.row(&workbook.survey, row, "save_to", what, remedy);
    };
    let several = definition.entities.len() > 1;
    let datasets: HashSet<String> =
        definition.entities.iter().map(|entity| entity.dataset.clone()).collect();
    for saved in survey.saved.iter().filter(|_| !datasets.is_empty()) {
        match &saved.dataset {
            Some(dataset) if !datasets.contains(dataset) => {
                let what = format!("entities 表里没有台账“{dataset}”");
                tell(saved.row, what, "在 entities 表加上它，或改 # 前面的名字");
            }
            None if several => {
                let what = format!("有几个台账，不知道“{}”存到哪一个", saved.column);
                tell(saved.row, what, "写成 台账#列名");
            }
            _ => {}
        }
    }
    for entity in &mut definition.entities {
        survey.settle(entity, &mut tell);
    }
}

/// What the survey saves, and in which repeats its names stand.
#[derive(Default)]
struct Survey {
    saved: Vec<Saved>,
    /// By name: the repeats around it, from outside.
    repeats: HashMap<String, Vec<String>>,
}

/// An answer that is a column of an entity.
struct Saved {
    row: u32,
    dataset: Option<String>,
    column: String,
    repeats: Vec<String>,
}

impl Survey {
    fn read(&mut self, declarations: &[Declaration], around: &mut Vec<String>) {
        for declaration in declarations {
            self.repeats.entry(declaration.name.clone()).or_insert_with(|| around.clone());
            if let Some(save_to) = &declaration.save_to {
                let (dataset, column) = match save_to.split_once('#') {
                    Some((dataset, column)) => (Some(dataset.to_owned()), column),
                    None => (None, save_to.as_str()),
                };
                let (row, column) = (declaration.row, column.to_owned());
                self.saved.push(Saved { row, dataset, column, repeats: around.clone() });
            }
            let is_repeat = matches!(declaration.kind, DeclaredKind::Repeat { .. });
            around.extend(is_repeat.then(|| declaration.name.clone()));
            self.read(&declaration.children, around);
            if is_repeat {
                around.pop();
            }
        }
    }

    /// Gives an entity its repeat. Columns of one entity stand in the same repeat, each once.
    fn settle(&self, entity: &mut EntityDefinition, tell: &mut impl FnMut(u32, String, &str)) {
        let is_own = |saved: &&Saved| {
            saved.dataset.as_ref().is_none_or(|dataset| *dataset == entity.dataset)
        };
        let own: Vec<&Saved> = self.saved.iter().filter(is_own).collect();
        let deepest = own.iter().map(|saved| &saved.repeats).max_by_key(|repeats| repeats.len());
        let mut seen = HashSet::new();
        for saved in &own {
            if Some(&saved.repeats) != deepest {
                let what = format!("“{}”和同一个台账的别的列不在同一个重复组里", saved.column);
                tell(saved.row, what, "用 calculate 把值带到那个重复组里，在那里写 save_to");
            } else if !seen.insert(&saved.column) {
                let what = format!("台账的列“{}”已经有别的题存了", saved.column);
                tell(saved.row, what, "换一个列名，或只留一个");
            }
        }
        let named = || self.named(entity);
        let repeats = deepest.cloned().or_else(named).unwrap_or_default();
        if let (None, Some(repeat)) = (&entity.repeat, repeats.last()) {
            entity.repeat = Some(format!("${{{repeat}}}"));
        }
    }

    /// The deepest repeats that the entity's expressions refer into.
    fn named(&self, entity: &EntityDefinition) -> Option<Vec<String>> {
        let sources = [&entity.id, &entity.create_if, &entity.update_if, &entity.label];
        let tokens = sources.into_iter().flatten().filter_map(|source| tokens(source).ok());
        let names = tokens.flatten().filter_map(|token| match token.kind {
            TokenKind::Reference(name) => self.repeats.get(name),
            _ => None,
        });
        names.max_by_key(|repeats| repeats.len()).cloned()
    }
}
