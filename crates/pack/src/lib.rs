//! A township's pack: its offices, officers, items, forms and calendar, as data written by people.
//!
//! A pack is a folder of TOML and spreadsheets. It is read as a whole: every fault in it is found
//! and told with file, place and remedy, and a pack with a fault does not load at all, so that
//! the one in force goes on serving.
//!
//! ```text
//! township.toml       who the township is, case numbers, words of the stages, the items by section
//! offices.toml        offices
//! officers.toml       who works there; passwords are never in a pack
//! calendar.json       the State Council's notices about days off, by year
//! certificates.toml   what is not certified any more, and who can tell instead; may be missing
//! roster.csv          made-up people to show prefilled forms with; may be missing
//! maps/*              drawings of the way to the offices, which offices.toml names
//! items/<id>.toml     one item: its form, routes, limits, guide, keywords
//! forms/*.xlsx        the spreadsheets that the items name
//! forms/media/*       the pictures and sounds that the spreadsheets name
//! ```

mod calendar_file;
mod case_number;
mod certificates;
mod fault;
mod folder;
mod guide;
mod item;
mod map;
mod media;
mod office;
mod phone;
mod read;
mod recordings;
mod roster;
mod route;
mod township;

pub use case_number::CaseNumberTemplate;
pub use certificates::PublishedCertificates;
pub use fault::{Fault, Faults};
pub use folder::Files;
pub use guide::PublishedGuide;
pub use item::{CompiledForm, Item, Summary};
pub use media::Media;
pub use office::{Office, Officer};
pub use phone::PublicKeys;
pub use recordings::Recording;
pub use roster::PublishedRoster;
pub use route::{Condition, Route, path};
pub use township::{Stage, Stages, Township};

use calendar::Calendar;
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
    /// Who works there.
    pub officers: Vec<Officer>,
    /// Items, in the order in which they are shown.
    pub items: Vec<Item>,
    /// Working days.
    pub calendar: Calendar,
    /// What is not certified any more, if the township has a list.
    pub certificates: Option<PublishedCertificates>,
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
        let officers = office::read_officers(files, &offices, &mut faults);
        let items = match &township {
            Some(township) => item::read_all(files, township, &offices, &mut faults),
            None => Vec::new(),
        };
        let certificates = certificates::read(files, &mut faults);
        let roster = roster::read(files, &items, &mut faults);
        let calendar = calendar_file::read(files, &mut faults);
        match (township, calendar) {
            (Some(township), Some(calendar)) if faults.is_empty() => Ok(Self {
                digest: files.digest(),
                township,
                offices,
                maps,
                officers,
                items,
                calendar,
                certificates,
                roster,
            }),
            _ => Err(faults),
        }
    }

    /// The item called `id`.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
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
