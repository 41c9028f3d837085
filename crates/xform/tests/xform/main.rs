//! Forms as ODK XForms, and answers as instances.

mod facts;
mod forms;
mod golden;
mod hostile;
mod instances;
mod others;
#[path = "../../../form/tests/shared/page.rs"]
mod page;
mod references;
mod round_trip;
mod spreadsheets;
