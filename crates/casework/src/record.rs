//! What is written down of the work at a stage.

use std::collections::BTreeSet;

use minicbor::{Decode, Encode};

use crate::refusal::{Refusal, said};
use crate::workflow::{Outcome, Work};

/// What is written down of the work at a stage.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Record {
    /// What somebody thinks, found, or gives as reasons.
    #[n(0)]
    Words(#[n(0)] String),
    /// Who went to look, and what they found.
    #[n(1)]
    Visit {
        /// Those of them who work for the township, by account.
        #[n(0)]
        people: Vec<String>,
        /// What they found.
        #[n(1)]
        words: String,
    },
    /// How those who came voted.
    #[n(2)]
    Votes {
        /// How many came.
        #[n(0)]
        present: u16,
        /// How many said yes.
        #[n(1)]
        agreed: u16,
        /// What was said.
        #[n(2)]
        words: String,
    },
    /// The number of the document that was made.
    #[n(3)]
    Document(#[n(0)] String),
    /// It was done by the passing of time.
    #[n(4)]
    Silence,
}

impl Record {
    /// Whether everything is written down that must be of such work.
    pub(crate) fn is_complete(&self, work: Work, outcome: Outcome) -> Result<(), Refusal> {
        match (work, self) {
            (Work::Visit { people: least }, Self::Visit { people, words }) => {
                let different: BTreeSet<&String> = people.iter().collect();
                if different.len() < usize::from(least) {
                    return Err(Refusal::TooFew(least.into()));
                }
                said(words, "看到了什么")
            }
            (Work::Appraisal { people: least }, Record::Votes { present, agreed, words }) => {
                if *present < least {
                    return Err(Refusal::TooFew(least));
                }
                let is_agreed = u32::from(*agreed) * 2 > u32::from(*present);
                if agreed > present || is_agreed != (outcome == Outcome::Agreed) {
                    return Err(Refusal::Votes);
                }
                match outcome {
                    Outcome::Disagreed => said(words, "为什么没有通过"),
                    _ => Ok(()),
                }
            }
            (Work::Document, Record::Document(number)) => said(number, "证件或文书的编号"),
            (Work::Visit { .. } | Work::Appraisal { .. } | Work::Document, _)
            | (_, Record::Silence) => Err(Refusal::AnotherStage),
            (_, Record::Words(words)) => match outcome {
                Outcome::Declined
                | Outcome::Disagreed
                | Outcome::SentBack
                | Outcome::Refused
                | Outcome::Disputed
                | Outcome::Unfounded => said(words, "为什么"),
                Outcome::Done if work == Work::Repair => said(words, "怎么处理的"),
                Outcome::Done if work == Work::Delivery => said(words, "怎么送到的"),
                Outcome::Done if matches!(work, Work::Confirmation { .. }) => {
                    said(words, "报修人怎么说的")
                }
                _ => Ok(()),
            },
            _ => Err(Refusal::AnotherStage),
        }
    }
}
