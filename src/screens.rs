//! One folder for each screen. Screens lay out; what they show is worked out elsewhere.

mod accounts;
mod case;
mod certificates;
mod finished;
mod form;
mod gate;
mod home;
mod item;
mod mailbag;
mod mine;
mod offices;
mod offline;
mod on_its_way;
mod settings;
mod trouble;

pub(crate) use accounts::AccountsScreen;
pub(crate) use case::CaseScreen;
pub(crate) use certificates::{CertificatesScreen, certificates_found};
pub(crate) use finished::FinishedScreen;
pub(crate) use form::{FormScreens, RenewalScreen, ReviewScreen, list, resume, undo};
pub(crate) use gate::GateScreen;
pub(crate) use home::{HomeScreen, draft_cards, latest_draft};
pub(crate) use item::ItemScreen;
pub(crate) use mailbag::MailbagScreen;
pub(crate) use mine::MineScreen;
pub(crate) use offices::{OfficesScreen, way as office_way};
pub(crate) use offline::OfflineScreen;
pub(crate) use on_its_way::{nothing, part_on_its_way, screen_on_its_way};
pub(crate) use settings::SettingsScreen;
pub(crate) use trouble::TroubleScreen;
