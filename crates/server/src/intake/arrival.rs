//! An application that passed every check and is to be kept.

use calendar::Limit;
use protocol::{DeviceId, Digest, EnvelopeId, Submission, Suite};

use super::summary::Summary;

/// An application that passed every check.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(super) envelope: EnvelopeId,
    pub(super) digest: Digest,
    pub(super) bytes: Vec<u8>,
    pub(super) author: DeviceId,
    /// The envelope's, and of all that is in it.
    pub(super) suite: Suite,
    pub(super) submission: Submission,
    /// Where the item's routes send it.
    pub(super) office: String,
    /// How long that office may take.
    pub(super) promised: Limit,
    /// The item's number in case numbers.
    pub(super) code: String,
    pub(super) summary: Summary,
}
