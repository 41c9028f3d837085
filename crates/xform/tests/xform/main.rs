//! Forms as ODK XForms, and answers as instances.

mod forms;
mod hostile;
mod instances;
mod pyxform;
mod round_trip;
mod validate;
