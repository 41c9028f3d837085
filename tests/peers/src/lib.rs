//! Other implementations of what is spoken here, run beside ours: what differs is found by comparing,
//! not by reading. Forms, and tus.
//!
//! * [`samples`]: all forms that are in this repository.
//! * [`process`]: a peer as a process that answers lines of JSON.
//! * [`pyxform`]: the converter of ODK, Kobo and Enketo, from spreadsheets to XForms.
//! * [`engine`]: ODK's engine, which fills in XForms.
//! * [`facts`]: what both say of a form, to be compared.
//! * [`deeds`]: what a person might do next in a form, at random.
//! * [`canonical`]: XForms without what nobody can tell apart.
//! * [`known`]: what differs on purpose, with the reason.
//! * [`tus_js`]: the public client of tus, which sends files.
//!
//! `cargo xtask test peers` installs them and runs the comparison.

pub mod canonical;
pub mod deeds;
pub mod engine;
pub mod facts;
pub mod known;
pub mod process;
pub mod pyxform;
pub mod samples;
pub mod tus_js;
