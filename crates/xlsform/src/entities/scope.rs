//! Whose answers are entities: those of the group or of the repeat's rows that hold what is saved,
//! or what the entity's expressions refer to, as pyxform works it out (its `entities_parsing.py`).

use std::collections::{HashMap, HashSet};

use form::definition::{Declaration, DeclaredKind, Definition, EntityDefinition};
use form::expression::lexer::{TokenKind, tokens};

use super::place::{Claim, Holder, Reference, Way, place};
use crate::fault::Faults;
use crate::workbook::Workbook;

/// Finds the holder of each entity, and tells which columns belong to none.
pub(crate) fn find(definition: &mut Definition, workbook: &Workbook, faults: &mut Faults) {
    let mut survey = Survey::default();
    survey.read(&definition.declarations, &mut Vec::new());
    let unclear = survey.check(&definition.entities, workbook, faults);
    forget(&mut definition.declarations, &unclear);
    let claims: Vec<Claim> =
        definition.entities.iter().map(|entity| survey.claim(entity, workbook, faults)).collect();
    for (entity, place) in definition.entities.iter_mut().zip(place(&claims)) {
        if entity.holder.is_some() {
            continue;
        }
        match place {
            Ok(way) => entity.holder = path(&definition.root, &way),
            Err(taken) => {
                let what =
                    format!("台账“{}”没有自己的一组题：那一组已经给了“{taken}”", entity.dataset);
                let remedy = "把存到一个台账的题放在一个 begin group 里，每个台账一组";
                faults.row(&workbook.entities, entity.row, "dataset", what, remedy);
            }
        }
    }
}

fn path(root: &str, way: &Way) -> Option<String> {
    let names = way.iter().map(|holder| format!("/{}", holder.name));
    (!way.is_empty()).then(|| format!("/{root}{}", names.collect::<String>()))
}

/// Takes away what was told, so that it is not told once more.
fn forget(declarations: &mut [Declaration], rows: &HashSet<u32>) {
    for declaration in declarations {
        if rows.contains(&declaration.row) {
            declaration.save_to = None;
        }
        forget(&mut declaration.children, rows);
    }
}

/// What the survey saves, and where its names stand.
#[derive(Default)]
struct Survey {
    saved: Vec<Saved>,
    /// In the order of the rows.
    names: Vec<(String, Way)>,
    places: HashMap<String, usize>,
}

/// An answer that is a column of an entity.
struct Saved {
    row: u32,
    /// The place of its question among the names.
    name: usize,
    dataset: Option<String>,
    column: String,
}

impl Survey {
    fn read(&mut self, declarations: &[Declaration], around: &mut Way) {
        for declaration in declarations {
            let place = self.names.len();
            self.places.entry(declaration.name.clone()).or_insert(place);
            self.names.push((declaration.name.clone(), around.clone()));
            if let Some(save_to) = &declaration.save_to {
                let (dataset, column) = match save_to.split_once('#') {
                    Some((dataset, column)) => (Some(dataset.to_owned()), column),
                    None => (None, save_to.as_str()),
                };
                let (row, column) = (declaration.row, column.to_owned());
                self.saved.push(Saved { row, name: place, dataset, column });
            }
            let is_repeat = matches!(declaration.kind, DeclaredKind::Repeat { .. });
            around.push(Holder { name: declaration.name.clone(), is_repeat });
            self.read(&declaration.children, around);
            around.pop();
        }
    }

    /// Tells which columns do not say whose they are, or are another's, and gives their rows.
    fn check(
        &self,
        entities: &[EntityDefinition],
        workbook: &Workbook,
        faults: &mut Faults,
    ) -> HashSet<u32> {
        let mut seen = HashSet::new();
        let mut told = HashSet::new();
        for saved in &self.saved {
            let (what, remedy) = if saved.dataset.is_none() && entities.len() > 1 {
                (format!("有几个台账，不知道“{}”存到哪一个", saved.column), "写成 台账#列名")
            } else if !seen.insert((&saved.dataset, &saved.column)) {
                (format!("台账的列“{}”已经有别的题存了", saved.column), "换一个列名，或只留一个")
            } else {
                continue;
            };
            faults.row(&workbook.survey, saved.row, "save_to", what, remedy);
            told.insert(saved.row);
        }
        told
    }

    /// What an entity saves and refers to.
    fn claim(&self, entity: &EntityDefinition, workbook: &Workbook, faults: &mut Faults) -> Claim {
        let is_own = |saved: &&Saved| {
            saved.dataset.as_ref().is_none_or(|dataset| *dataset == entity.dataset)
        };
        let saved = self.saved.iter().filter(is_own).map(|saved| (saved.name, true));
        let named = self.named(entity).into_iter().map(|name| (name, false));
        let mut all: Vec<(usize, bool)> = saved.chain(named).collect();
        // In the order of the rows; what is saved before what is referred to.
        all.sort_by_key(|(name, is_saved)| (*name, !is_saved));
        let references = all.iter().map(|(name, is_saved)| Reference {
            way: self.names[*name].1.clone(),
            is_saved: *is_saved,
        });
        let claim = Claim::of(entity.dataset.clone(), references.collect());
        for ((name, _), reference) in all.iter().zip(&claim.references) {
            if !reference.is_saved && !claim.reaches(reference) {
                let what = format!(
                    "台账“{}”用到的“{}”在别的重复组里",
                    entity.dataset, self.names[*name].0
                );
                let remedy = "只用同一个重复组里的题，或者外面的题";
                faults.row(&workbook.entities, entity.row, "label", what, remedy);
            }
        }
        claim
    }

    /// What the entity's expressions refer to.
    fn named(&self, entity: &EntityDefinition) -> HashSet<usize> {
        let sources = [&entity.id, &entity.create_if, &entity.update_if, &entity.label];
        let tokens = sources.into_iter().flatten().filter_map(|source| tokens(source).ok());
        let names = tokens.flatten().filter_map(|token| match token.kind {
            TokenKind::Reference(name) => self.places.get(name).copied(),
            _ => None,
        });
        names.collect()
    }
}
