//! What a phone asks of the township.

use form::Answers;
use minicbor::{CborLen, Decode, Encode};

use crate::file::ManifestEntry;
use crate::id::{ApplicationId, Digest, ItemId};
use crate::time::DeviceTime;

/// What a phone asks of the township.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum Command {
    /// Hand in an application.
    #[n(0)]
    Submit(#[n(0)] Submission),
}

/// An application, finished.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Submission {
    /// The application; the same in its later corrections.
    #[n(0)]
    pub application: ApplicationId,
    /// Which service.
    #[n(1)]
    pub item: ItemId,
    /// The very form that was filled in.
    #[n(2)]
    pub form: Digest,
    /// Relevant answers only, with what the phone calculated.
    #[n(3)]
    pub answers: Answers,
    /// Every file that the answers name.
    #[n(4)]
    pub files: Vec<ManifestEntry>,
    /// When the form was begun.
    #[n(5)]
    pub begun_at: DeviceTime,
    /// When it was finished: what `today()` and `now()` meant.
    #[n(6)]
    pub finished_at: DeviceTime,
    /// What the person was told first; none where the item has nothing to tell.
    #[n(7)]
    pub informed: Option<Informed>,
}

/// That a person was told what becomes of what they tell: 个人信息保护法 第十七条、第三十一条.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Informed {
    /// The very [`Notice`](crate::pack::Notice).
    #[n(0)]
    pub notice: Digest,
    /// When the person said that they had understood it.
    #[n(1)]
    pub at: DeviceTime,
    /// When a guardian agreed to what is told of children under fourteen; none where there are none.
    #[n(2)]
    pub guardian: Option<DeviceTime>,
}
