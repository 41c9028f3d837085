//! ODK XForms: forms are written as XForms and XForms are read as forms; answers are written as
//! instances and instances are read as answers.
//!
//! What is written follows pyxform 4.5.0, the converter that ODK, Kobo and Enketo use, element by
//! element: whoever takes pyxform's XForms takes these. What XForms has no word for
//! (`min_files`, `warning`, `prefill`, `purpose` …) stands in attributes of a namespace of our own,
//! which others pass over and which [`read()`] takes back.
//!
//! What is read is any ODK XForm, whoever wrote it. A form that was written here and read again is
//! the same form, except for what a reader cannot tell and nobody needs:
//!
//! * `${name}` in expressions has become a path; in labels it stays, where the name is unique.
//! * Rows of sheets have become lines of the XML.
//! * The `audit` stands last among the top level's declarations.
//! * The entity of the form as a whole stands first, then those of groups and repeats in order.
//! * Parameters stand in the order of [`write()`]'s own table.
//! * Spaces around labels are gone, and what the read-only column says of notes.
//! * A list that comes from a file has no rows: see [`Xform::attached`]. Its labels come from one
//!   column, in whatever language.
//!
//! Specification: <https://getodk.github.io/xforms-spec/>, with its sections on entities
//! (<https://getodk.github.io/xforms-spec/entities>).

mod fault;
mod instance;
mod namespace;
mod parameters;
mod read;
mod write;
mod xml;

pub use fault::Fault;
pub use instance::{Filled, Meta, read_instance, write_instance};
pub use namespace::OWN as NAMESPACE;
pub use read::{Attached, DEPTH, SIZE, Xform, read};
pub use write::write;
