//! A township's pack: its offices, officers, items, forms and calendar, as data written by people.
//!
//! A pack is a folder of TOML and spreadsheets. It is read as a whole: every fault in it is found
//! and told with file, place and remedy, and a pack with a fault does not load at all, so that
//! the one in force goes on serving.
//!
//! ```text
//! township.toml       who the township is, case numbers, words of the phases, the items by section
//! offices.toml        offices
//! areas.toml          the villages; may be missing
//! officers.toml       who works for the township, as what; passwords are never in a pack
//! substitutes.toml    who does whose work while they are away; may be missing
//! workflows/<id>.toml how the cases of items are worked
//! calendar.json       the State Council's notices about days off, by year
//! certificates.toml   what is not certified any more, and who can tell instead; may be missing
//! residents.toml      who keeps the roster of people, and what its tables call things; may be missing
//! documents.toml      how people are told in writing; may be missing
//! risks.toml          what somebody should look at who watches over how cases are worked; may be missing
//! messages.toml       what is told by SMS, and who is told when a lamp turns; may be missing
//! roster.csv          made-up people to show prefilled forms with; may be missing
//! maps/*              drawings of the way to the offices, which offices.toml names
//! items/<id>.toml     one item: its form, routes, limits, guide, keywords
//! forms/*.xlsx        the spreadsheets that the items name
//! forms/media/*       the pictures and sounds that the spreadsheets name
//! ```

mod area;
mod calendar_file;
mod case_number;
mod certificates;
mod data;
mod documents;
mod fault;
mod folder;
mod guide;
mod item;
mod manned;
mod map;
mod media;
mod messages;
mod office;
mod officer;
mod phone;
mod read;
mod recordings;
mod residents;
mod risks;
mod roster;
mod route;
mod township;
mod workflow;

pub use area::Area;
pub use case_number::CaseNumberTemplate;
pub use certificates::PublishedCertificates;
pub use data::{Data, Kept, Sensitive};
pub use documents::{DocumentKind, DocumentNumber, DocumentValues, Documents};
pub use fault::{Fault, Faults};
pub use folder::Files;
pub use guide::PublishedGuide;
pub use item::{CompiledForm, Item, Summary};
pub use media::Media;
pub use messages::{Messages, Told, Watcher};
pub use office::Office;
pub use officer::Officer;
pub use phone::PublicKeys;
pub use recordings::Recording;
pub use residents::Residents;
pub use risks::{Declared, Risks};
pub use roster::PublishedRoster;
pub use route::{Condition, Route, path};
pub use township::{Phase, Phases, Supervision, Township};
pub use workflow::Workflow;

use calendar::{Calendar, Date};
use casework::Organisation;
use checks::Division;
use manned::Manned;
use protocol::ItemId;
use protocol::id::Digest;

/// A pack without a fault.
#[derive(Debug)]
pub struct Pack {
    /// A digest of every file.
    pub digest: Digest,
    /// Who the township is.
    pub township: Township,
    /// Offices, in the order in which they are shown.
    pub offices: Vec<Office>,
    /// Drawings of the way to them.
    pub maps: Vec<Media>,
    /// The villages.
    pub areas: Vec<Area>,
    /// Who works for the township, as people speak of them.
    pub officers: Vec<Officer>,
    /// All who work for the township, with their posts.
    pub organisation: Organisation,
    /// How the cases of items are worked.
    pub workflows: Vec<Workflow>,
    /// Items, in the order in which they are shown.
    pub items: Vec<Item>,
    /// What somebody should look at who watches over how cases are worked.
    pub risks: Risks,
    /// Working days.
    pub calendar: Calendar,
    /// What is not certified any more, if the township has a list.
    pub certificates: Option<PublishedCertificates>,
    /// Who keeps the roster of the township's people, if anybody does.
    pub residents: Option<Residents>,
    /// How people are told in writing, if the township issues documents.
    pub documents: Option<Documents>,
    /// What is told outside of the app.
    pub messages: Messages,
    /// Made-up people, if it is a demonstration.
    pub roster: Option<PublishedRoster>,
}

impl Pack {
    /// Reads and checks a pack.
    ///
    /// # Errors
    /// Every fault that is in it.
    pub fn load(files: &Files) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let township = township::read(files, &mut faults);
        let offices = office::read_offices(files, &mut faults);
        let maps = map::read(files, &offices, &mut faults);
        let areas = area::read(files, &mut faults);
        let places = officer::Places {
            offices: &offices,
            township: township.as_ref().map_or("", |township| &township.id.0),
        };
        let (officers, organisation) = officer::read(files, &places, &mut faults);
        let workflows = workflow::read_all(files, &offices, &mut faults);
        let items = match &township {
            Some(township) => {
                let named = item::Named { township, offices: &offices, workflows: &workflows };
                item::read_all(files, &named, &mut faults)
            }
            None => Vec::new(),
        };
        let manned = Manned {
            organisation: &organisation,
            areas: &areas,
            offices: &offices,
            workflows: &workflows,
            items: &items,
        };
        if faults.is_empty() {
            faults = manned.ever();
        }
        let certificates = certificates::read(files, &mut faults);
        let residents = residents::read(files, &offices, &mut faults);
        let documents = documents::read(files, &workflows, &mut faults);
        let roster = roster::read(files, &items, &mut faults);
        let named = risks::Named { workflows: &workflows, organisation: &organisation };
        let risks = risks::read(files, &named, &mut faults);
        let messages = match &township {
            Some(township) => {
                let named = messages::Named { township, offices: &offices, items: &items };
                messages::read(files, &named, &mut faults)
            }
            None => Messages::default(),
        };
        let calendar = calendar_file::read(files, &mut faults);
        match (township, calendar) {
            (Some(township), Some(calendar)) if faults.is_empty() => Ok(Self {
                digest: files.digest(),
                township,
                offices,
                maps,
                areas,
                officers,
                organisation,
                workflows,
                items,
                risks,
                calendar,
                certificates,
                residents,
                documents,
                messages,
                roster,
            }),
            _ => Err(faults),
        }
    }

    /// The stages that nobody can work on `day`: posts begin and end, and somebody has to see to it.
    pub fn unmanned(&self, day: Date) -> Faults {
        let Self { organisation, areas, offices, workflows, items, .. } = self;
        Manned { organisation, areas, offices, workflows, items }.on(day)
    }

    /// Which village one is on `day`: itself, or the one that it became part of, however often.
    pub fn village_on(&self, village: &Division, day: Date) -> Division {
        let mut now = village;
        for _ in &self.areas {
            let is_past = |area: &&Area| area.code == *now && area.until.is_some_and(|at| at < day);
            let next = self.areas.iter().find(|area| area.was.contains(now));
            match (self.areas.iter().any(|area| is_past(&area)), next) {
                (true, Some(next)) => now = &next.code,
                _ => break,
            }
        }
        now.clone()
    }

    /// The item called `id`.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The workflow called `id`.
    pub fn workflow(&self, id: &str) -> Option<&Workflow> {
        self.workflows.iter().find(|workflow| workflow.id == id)
    }

    /// The office called `id`.
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == id)
    }

    /// The officer who signs in as `account`.
    pub fn officer(&self, account: &str) -> Option<&Officer> {
        self.officers.iter().find(|officer| officer.account == account)
    }
}

#[cfg(test)]
mod tests;
