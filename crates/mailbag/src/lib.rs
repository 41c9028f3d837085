//! Mailbags: envelopes, and their files, that travel without a network, on another phone or a USB
//! stick. `docs/mailbag.md` tells the format byte by byte.
//!
//! * A [`Mailbag`] is one file. Whoever carries it learns how many envelopes there are, how long
//!   they and their files are and for which township, and nothing else: everything in it was sealed
//!   when it was finished.
//! * [`Frames`] shows a mailbag as a run of QR codes that never ends; [`Gathering`] puts it together
//!   from any of them, in any order, once there are about as many as the mailbag is long: which were
//!   missed does not matter (RaptorQ, RFC 6330).
//! * What the township proves (receipts, completions) travels back the same way.

mod bag;
#[cfg(feature = "frames")]
mod frames;

pub use bag::{CarriedFile, Head, Mailbag, NotAMailbag, Parcel, Proof};
#[cfg(feature = "frames")]
pub use frames::{Frames, Gathered, Gathering, MOST_BYTES, NotAFrame, TooLarge};
