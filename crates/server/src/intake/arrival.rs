//! An envelope that passed every check and is to be kept.

use calendar::Limit;
use checks::Division;
use protocol::{
    Appeal, Confirmation, DeviceId, Digest, EnvelopeId, Rating, Submission, Suite, Visit,
    Withdrawal,
};

use super::summary::Summary;
use crate::residents::Told;

/// An envelope that passed every check, but for those that need the case as it is when it is kept.
#[derive(Debug)]
pub(crate) struct Arrival {
    pub(super) envelope: EnvelopeId,
    pub(super) digest: Digest,
    pub(super) bytes: Vec<u8>,
    pub(super) author: DeviceId,
    /// The envelope's, and of all that is in it.
    pub(super) suite: Suite,
    pub(super) asked: Asked,
}

/// What its author asks.
#[derive(Debug)]
pub(super) enum Asked {
    Submit(Application),
    /// The application as it is now, for a case of which so many events were seen.
    Supplement(Application, u64),
    Withdraw(Withdrawal),
    Rate(Rating),
    Visit(Visit),
    Confirm(Confirmation),
    Appeal(Appeal),
}

/// A filled form that fulfils its form.
#[derive(Debug)]
pub(super) struct Application {
    pub(super) submission: Submission,
    /// Where the item's routes send it.
    pub(super) office: String,
    /// How long that office may take.
    pub(super) promised: Limit,
    /// How its case is worked.
    pub(super) workflow: Digest,
    /// The village that it is from, where the form says.
    pub(super) village: Option<Division>,
    /// What is true of it, of all that matters to its workflow.
    pub(super) traits: Vec<String>,
    /// What ties the people in it to those who work for the township.
    pub(super) ties: Vec<String>,
    /// The item's number in case numbers.
    pub(super) code: String,
    pub(super) summary: Summary,
    /// What it says of the people in it.
    pub(super) people: Vec<Told>,
}
