//! [tus 1.0], the resumable upload protocol, as far as it is headers: what a request asks, and what
//! a server answers. Pure: no network, no disk, no clock.
//!
//! A server hands the method and the headers of each request to [`Request::read`] and does what
//! comes out, or answers the [`Refusal`]'s status. Besides the core these extensions are spoken:
//!
//! * creation, creation-with-upload: [`Creation`]. A length that is told later is not.
//! * checksum: [`Checksum`], in a header; a trailer is not read.
//! * expiration: [`EXPIRES`] with an [`http_date`].
//! * termination: [`Request::Terminate`].
//!
//! [tus 1.0]: https://tus.io/protocols/resumable-upload

mod answer;
mod checksum;
mod header;
mod metadata;
mod refusal;
mod request;

pub use answer::{capabilities, http_date};
pub use checksum::{Algorithm, Checksum, Running};
pub use header::{
    CHECKSUM, EXPIRES, LENGTH, METADATA, OFFSET, OFFSET_OCTETS, RESUMABLE, VERSION, VERSIONS,
};
pub use metadata::Metadata;
pub use refusal::{CHECKSUM_MISMATCH, Refusal};
pub use request::{Creation, Piece, Request, Target};
