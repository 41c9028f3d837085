//! Forms as ODK XForms, and answers as instances.

mod forms;
mod golden;
mod hostile;
mod instances;
mod others;
mod references;
mod round_trip;
