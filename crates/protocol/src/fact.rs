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

/// What a case has come to, in words for the applicant, or for somebody who was asked to look.
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
    /// How many events the case has had; what a command names as `seen`. None of a township that
    /// knows no commands but to submit.
    #[n(6)]
    pub version: Option<u64>,
    /// What the office wrote to the applicant last: what is missing, why it was decided so.
    #[n(7)]
    pub said: Option<String>,
    /// What the applicant is asked to correct, question by question: all that is wrong, at once
    /// (行政许可法 第三十二条).
    #[cbor(n(8), default)]
    pub corrections: Vec<Correction>,
    /// What may be asked of it now.
    #[cbor(n(9), default)]
    pub offers: Offers,
    /// What the device that is told was asked to look at.
    #[n(10)]
    pub visit: Option<VisitAsked>,
}

/// Something that the office wants corrected.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Correction {
    /// The question: its path as in [`form::Answers::values`], rows counted from 1.
    #[n(0)]
    pub path: String,
    /// What is wrong with the answer, in the office's words.
    #[n(1)]
    pub words: String,
}

/// What may be asked of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Offers {
    /// To correct it.
    #[cbor(n(0), default)]
    pub correct: bool,
    /// To withdraw it.
    #[cbor(n(1), default)]
    pub withdraw: bool,
    /// To rate it.
    #[cbor(n(2), default)]
    pub rate: bool,
    /// To say whether it is mended.
    #[cbor(n(3), default)]
    pub confirm: bool,
    /// To object to what was decided.
    #[cbor(n(4), default)]
    pub appeal: bool,
}

/// That an office asks somebody to go and look.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct VisitAsked {
    /// Whose application it is and what for, as lists call it.
    #[n(0)]
    pub about: String,
    /// What to look at, in the office's words.
    #[n(1)]
    pub words: String,
}
