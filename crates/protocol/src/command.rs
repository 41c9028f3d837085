//! What a phone asks of the township.
//!
//! All but the first are of a case that may have changed while the phone was without a network: they
//! name how many events of it the phone had heard of. What stands against each of them then, and who
//! may ask it, is a table in `docs/wire.md`.

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
    /// Hand it in anew, corrected: 补正.
    #[n(1)]
    Supplement(#[n(0)] Supplement),
    /// Take it back: 撤回.
    #[n(2)]
    Withdraw(#[n(0)] Withdrawal),
    /// Say how it was done: 好差评.
    #[n(3)]
    Rate(#[n(0)] Rating),
    /// Tell what somebody found who was asked to go and look: 核查.
    #[n(4)]
    Visit(#[n(0)] Visit),
    /// Say whether what was reported is mended: 报修人确认.
    #[n(5)]
    Confirm(#[n(0)] Confirmation),
    /// Object to what was decided: 复核.
    #[n(6)]
    Appeal(#[n(0)] Appeal),
}

impl Command {
    /// The application that it is about.
    pub fn application(&self) -> ApplicationId {
        match self {
            Self::Submit(submission) | Self::Supplement(Supplement { submission, .. }) => {
                submission.application
            }
            Self::Withdraw(withdrawal) => withdrawal.application,
            Self::Rate(rating) => rating.application,
            Self::Visit(visit) => visit.application,
            Self::Confirm(confirmation) => confirmation.application,
            Self::Appeal(appeal) => appeal.application,
        }
    }

    /// The filled form in it, if one is.
    pub fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Submit(submission) | Self::Supplement(Supplement { submission, .. }) => {
                Some(submission)
            }
            Self::Withdraw(_)
            | Self::Rate(_)
            | Self::Visit(_)
            | Self::Confirm(_)
            | Self::Appeal(_) => None,
        }
    }

    /// The same, to take it out.
    pub fn into_submission(self) -> Option<Submission> {
        match self {
            Self::Submit(submission) | Self::Supplement(Supplement { submission, .. }) => {
                Some(submission)
            }
            Self::Withdraw(_)
            | Self::Rate(_)
            | Self::Visit(_)
            | Self::Confirm(_)
            | Self::Appeal(_) => None,
        }
    }
}

/// The most characters of a person's own words in a command.
pub const MOST_WORDS: usize = 500;

/// An application, corrected. Files that an earlier version named already keep their entries, and are
/// not sent again.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Supplement {
    /// The whole of it as it is now.
    #[n(0)]
    pub submission: Submission,
    /// How many events of the case the phone had heard of.
    #[n(1)]
    pub seen: u64,
}

/// That an applicant does not want it any more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Withdrawal {
    /// What is taken back.
    #[n(0)]
    pub application: ApplicationId,
    /// How many events of the case the phone had heard of.
    #[n(1)]
    pub seen: u64,
    /// Why, in the person's words, of which nobody needs to give any.
    #[n(2)]
    pub reason: String,
}

/// How satisfied a person is with what was done. A case that is finished changes no more, and is rated
/// once (一事一评): a rating need not name what it saw.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Rating {
    /// What was done.
    #[n(0)]
    pub application: ApplicationId,
    /// How it was done.
    #[n(1)]
    pub satisfaction: Satisfaction,
    /// What else there is to say, in the person's words, of which nobody needs to give any.
    #[n(2)]
    pub words: String,
}

/// The five levels of 国办发〔2019〕51号, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum Satisfaction {
    /// 非常满意.
    #[n(1)]
    Delighted,
    /// 满意.
    #[n(2)]
    Satisfied,
    /// 基本满意.
    #[n(3)]
    Content,
    /// 不满意.
    #[n(4)]
    Dissatisfied,
    /// 非常不满意.
    #[n(5)]
    Appalled,
}

impl Satisfaction {
    /// All of them, the best first.
    pub const ALL: [Self; 5] =
        [Self::Delighted, Self::Satisfied, Self::Content, Self::Dissatisfied, Self::Appalled];
}

/// Whether what somebody reported is mended, as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Confirmation {
    /// What was mended.
    #[n(0)]
    pub application: ApplicationId,
    /// How many events of the case the phone had heard of.
    #[n(1)]
    pub seen: u64,
    /// Whether it is.
    #[n(2)]
    pub is_mended: bool,
    /// What is not, in the person's words; of what is mended nobody needs to say any.
    #[n(3)]
    pub words: String,
}

/// That an applicant does not agree with what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Appeal {
    /// What was decided.
    #[n(0)]
    pub application: ApplicationId,
    /// How many events of the case the phone had heard of.
    #[n(1)]
    pub seen: u64,
    /// What is wrong with it, in the person's words.
    #[n(2)]
    pub words: String,
}

/// What somebody found who went and looked, because the office asked them to.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Visit {
    /// What was looked at.
    #[n(0)]
    pub application: ApplicationId,
    /// How many events of the case the phone had heard of.
    #[n(1)]
    pub seen: u64,
    /// What was found.
    #[n(2)]
    pub finding: Finding,
    /// The same in the visitor's words.
    #[n(3)]
    pub words: String,
    /// When they were there, by their device.
    #[n(4)]
    pub visited_at: DeviceTime,
}

/// What a visit found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(index_only)]
pub enum Finding {
    /// It is as the application says.
    #[n(0)]
    AsStated,
    /// It is not.
    #[n(1)]
    Different,
    /// Nobody was there.
    #[n(2)]
    Absent,
}

impl Finding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AsStated, Self::Different, Self::Absent];
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
