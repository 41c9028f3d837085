//! Whether there is somebody for every stage of every item.

use std::collections::BTreeSet;

use calendar::Date;
use casework::{Organisation, Places};
use checks::Division;

use crate::area::Area;
use crate::fault::{Fault, Faults};
use crate::item::Item;
use crate::office::Office;
use crate::workflow::Workflow;

/// Who there is, and for what.
pub(crate) struct Manned<'m> {
    pub(crate) organisation: &'m Organisation,
    pub(crate) areas: &'m [Area],
    pub(crate) offices: &'m [Office],
    pub(crate) workflows: &'m [Workflow],
    pub(crate) items: &'m [Item],
}

impl Manned<'_> {
    /// The stages that nobody can work on `day`.
    pub(crate) fn on(&self, day: Date) -> Faults {
        let is_there = |area: &&Area| {
            area.from.is_none_or(|from| from <= day) && area.until.is_none_or(|until| day <= until)
        };
        self.unmanned(self.organisation, &codes(self.areas.iter().filter(is_there)), day)
    }

    /// The stages that nobody could ever work, whoever holds which post when.
    pub(crate) fn ever(&self) -> Faults {
        let mut at_once = self.organisation.clone();
        for post in at_once.people.iter_mut().flat_map(|person| &mut person.posts) {
            (post.from, post.until) = (Date::MIN, None);
        }
        let areas = self.areas.iter().filter(|area| area.until.is_none());
        self.unmanned(&at_once, &codes(areas), Date::MIN)
    }

    fn unmanned(&self, organisation: &Organisation, villages: &[Division], day: Date) -> Faults {
        let mut faults = Faults::default();
        for workflow in self.workflows {
            let own = self.items.iter();
            let own = own.filter(|item| item.workflow == workflow.id);
            let offices: BTreeSet<&str> = own.flat_map(Item::offices).collect();
            // One that is not there is told where it is named.
            let is_there = |id: &&str| self.offices.iter().any(|office| office.id == *id);
            let offices: Vec<&str> = offices.into_iter().filter(is_there).collect();
            let places = Places { offices: &offices, villages };
            let found = casework::unmanned(&workflow.work, organisation, places, day);
            faults.0.extend(found.into_iter().map(|fault| Fault {
                file: format!("workflows/{}.toml", workflow.id),
                place: None,
                what: fault.what,
                remedy: fault.remedy,
            }));
        }
        faults
    }
}

fn codes<'a>(areas: impl Iterator<Item = &'a Area>) -> Vec<Division> {
    areas.map(|area| area.code.clone()).collect()
}
