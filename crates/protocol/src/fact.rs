//! What a township tells a phone.

use minicbor::{CborLen, Decode, Encode};

use crate::id::{ApplicationId, CaseNumber};
use crate::time::ServerTime;

/// Something that a phone should know.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum Fact {
    /// What a case has come to.
    #[n(0)]
    Case(#[n(0)] CaseState),
}

/// What a case has come to, in words for the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct CaseState {
    /// The application that it came from.
    #[n(0)]
    pub application: ApplicationId,
    /// 办件编号.
    #[n(1)]
    pub case: CaseNumber,
    /// The pack's name of the stage, such as `received`.
    #[n(2)]
    pub stage: String,
    /// Who has it now: the office's name.
    #[n(3)]
    pub office: String,
    /// What is so, and what happens next.
    #[n(4)]
    pub words: String,
    /// Since when.
    #[n(5)]
    pub since: ServerTime,
}
