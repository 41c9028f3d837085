//! A task: the fold of its events, and what may be done to it. Pure.
//!
//! 国办发〔2019〕51号: who gave a bad rating is called back; what is so is mended, what is not is explained, and
//! the result is told.

use minicbor::{Decode, Encode};
use protocol::EnvelopeId;

/// Why a task was raised.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Cause {
    /// Somebody was not satisfied. How, stays in the envelope.
    #[n(0)]
    Rating {
        #[n(0)]
        envelope: EnvelopeId,
    },
    /// A risk rule is met.
    #[n(1)]
    Risk {
        /// Which, as the pack calls it.
        #[n(0)]
        rule: String,
        /// Its name and what it asks to look at, as they were then.
        #[n(1)]
        name: String,
        #[n(2)]
        words: String,
        /// By what it is met.
        #[n(3)]
        met: String,
    },
}

/// What kind of task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Rating,
    Risk,
}

impl Cause {
    /// What tells it from others of the same case.
    pub(crate) fn key(&self) -> String {
        match self {
            Self::Rating { .. } => "rating".to_owned(),
            Self::Risk { rule, .. } => format!("risk:{rule}"),
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Rating { .. } => Kind::Rating,
            Self::Risk { .. } => Kind::Risk,
        }
    }
}

/// Who was reached by a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Reached {
    /// 本人.
    #[n(0)]
    Applicant,
    /// 家里人.
    #[n(1)]
    Family,
    /// 没有联系上, or who rated gave no name.
    #[n(2)]
    Nobody,
}

impl Reached {
    pub(crate) const ALL: [Self; 3] = [Self::Applicant, Self::Family, Self::Nobody];
}

/// What looking into it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub(crate) enum Conclusion {
    /// 属实.
    #[n(0)]
    Founded,
    /// 误评: another answer was meant.
    #[n(1)]
    Mistaken,
    /// 无理由: nothing is wrong, and why is explained.
    #[n(2)]
    Groundless,
}

impl Conclusion {
    pub(crate) const ALL: [Self; 3] = [Self::Founded, Self::Mistaken, Self::Groundless];
}

/// One thing that happened to a task. Kept for ever: variants and numbers are never reused.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) enum Event {
    #[n(0)]
    Raised(#[n(0)] Cause),
    /// It takes longer than a simple one.
    #[n(1)]
    MadeComplex {
        #[n(0)]
        by: String,
        #[n(1)]
        words: String,
    },
    #[n(2)]
    CalledBack {
        #[n(0)]
        by: String,
        #[n(1)]
        reached: Reached,
        /// What they said, or how it was tried.
        #[n(2)]
        words: String,
    },
    #[n(3)]
    Found {
        #[n(0)]
        by: String,
        #[n(1)]
        conclusion: Conclusion,
        #[n(2)]
        words: String,
    },
    /// What is done about it.
    #[n(4)]
    Remedied {
        #[n(0)]
        by: String,
        #[n(1)]
        words: String,
    },
    /// Who rated was told what it came to.
    #[n(5)]
    ToldBack {
        #[n(0)]
        by: String,
        #[n(1)]
        words: String,
    },
    #[n(6)]
    Closed {
        #[n(0)]
        by: String,
    },
}

/// What somebody wants to do to a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    MakeComplex { words: String },
    CallBack { reached: Reached, words: String },
    Find { conclusion: Conclusion, words: String },
    Remedy { words: String },
    TellBack { words: String },
    Close,
}

/// Why it is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("这一条已经办完了")]
    Closed,
    #[error("风险提醒不用回访")]
    NobodyRated,
    #[error("已经算复杂的了")]
    Complex,
    #[error("先回访，再写核实的结论；联系不上也要记一次")]
    NotCalled,
    #[error("还没有写核实的结论")]
    NotFound,
    #[error("结论不是属实，不用整改")]
    NothingToMend,
    #[error("属实的，要写怎么整改")]
    NotMended,
    #[error("回访联系上的，要把结果告诉人家")]
    NotTold,
    #[error("要写清楚：{0}")]
    Wordless(&'static str),
}

/// What the events of a task have come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) cause: Cause,
    pub(crate) is_complex: bool,
    /// Whether somebody called, and whether anybody was reached.
    pub(crate) is_called: bool,
    is_reached: bool,
    pub(crate) conclusion: Option<Conclusion>,
    is_mended: bool,
    is_told: bool,
    pub(crate) is_closed: bool,
}

impl Task {
    /// The task of these events; none where they are of none.
    pub(crate) fn fold<'e>(events: impl IntoIterator<Item = &'e Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let Event::Raised(cause) = events.next()? else { return None };
        let mut task = Self {
            cause: cause.clone(),
            is_complex: false,
            is_called: false,
            is_reached: false,
            conclusion: None,
            is_mended: false,
            is_told: false,
            is_closed: false,
        };
        events.for_each(|event| task.apply(event));
        Some(task)
    }

    fn apply(&mut self, event: &Event) {
        match event {
            Event::Raised(_) => {}
            Event::MadeComplex { .. } => self.is_complex = true,
            Event::CalledBack { reached, .. } => {
                self.is_called = true;
                self.is_reached |= *reached != Reached::Nobody;
            }
            Event::Found { conclusion, .. } => {
                self.conclusion = Some(*conclusion);
                // What was told before is not what it came to now.
                self.is_told = false;
            }
            Event::Remedied { .. } => self.is_mended = true,
            Event::ToldBack { .. } => self.is_told = true,
            Event::Closed { .. } => self.is_closed = true,
        }
    }

    /// What happens when somebody does `act`.
    pub(crate) fn judge(&self, by: &str, act: Act) -> Result<Event, Refusal> {
        if self.is_closed {
            return Err(Refusal::Closed);
        }
        let (by, kind) = (by.to_owned(), self.cause.kind());
        Ok(match act {
            Act::MakeComplex { words } => {
                if self.is_complex {
                    return Err(Refusal::Complex);
                }
                Event::MadeComplex { by, words: said(words, "为什么复杂")? }
            }
            Act::CallBack { reached, words } => {
                if kind == Kind::Risk {
                    return Err(Refusal::NobodyRated);
                }
                Event::CalledBack {
                    by, reached, words: said(words, "怎么联系的、对方怎么说")?
                }
            }
            Act::Find { conclusion, words } => {
                if kind == Kind::Rating && !self.is_called {
                    return Err(Refusal::NotCalled);
                }
                Event::Found { by, conclusion, words: said(words, "查到了什么")? }
            }
            Act::Remedy { words } => match self.conclusion {
                Some(Conclusion::Founded) => {
                    Event::Remedied { by, words: said(words, "怎么整改")? }
                }
                Some(_) => return Err(Refusal::NothingToMend),
                None => return Err(Refusal::NotFound),
            },
            Act::TellBack { words } => {
                if kind == Kind::Risk {
                    return Err(Refusal::NobodyRated);
                }
                self.conclusion.ok_or(Refusal::NotFound)?;
                Event::ToldBack { by, words: said(words, "怎么告诉的")? }
            }
            Act::Close => {
                self.may_close()?;
                Event::Closed { by }
            }
        })
    }

    fn may_close(&self) -> Result<(), Refusal> {
        let conclusion = self.conclusion.ok_or(Refusal::NotFound)?;
        if conclusion == Conclusion::Founded && !self.is_mended {
            return Err(Refusal::NotMended);
        }
        // Whoever can be reached hears what it came to.
        match self.is_reached && !self.is_told {
            true => Err(Refusal::NotTold),
            false => Ok(()),
        }
    }
}

/// What was written, where something was.
fn said(words: String, what: &'static str) -> Result<String, Refusal> {
    match words.trim().is_empty() {
        true => Err(Refusal::Wordless(what)),
        false => Ok(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(kind: Kind) -> Vec<Event> {
        let text = String::new;
        vec![Event::Raised(match kind {
            Kind::Rating => Cause::Rating { envelope: EnvelopeId::from_bytes([1; 16]) },
            Kind::Risk => Cause::Risk { rule: text(), name: text(), words: text(), met: text() },
        })]
    }

    fn does(events: &mut Vec<Event>, act: Act) -> Result<(), Refusal> {
        let event = Task::fold(events.iter()).unwrap().judge("jiandu", act)?;
        events.push(protocol::decode(&protocol::encode(&event)).unwrap());
        Ok(())
    }

    fn call(reached: Reached) -> Act {
        Act::CallBack { reached, words: "打了电话".to_owned() }
    }

    fn find(conclusion: Conclusion) -> Act {
        Act::Find { conclusion, words: "查过了".to_owned() }
    }

    fn words() -> String {
        "说清楚了".to_owned()
    }

    /// Every conclusion, whoever was reached: what has to be done before a task is closed.
    #[test]
    fn a_bad_rating_is_called_back_found_out_mended_where_it_is_so_and_told() {
        for reached in Reached::ALL {
            for conclusion in Conclusion::ALL {
                let mut events = raised(Kind::Rating);
                assert_eq!(does(&mut events, find(conclusion)), Err(Refusal::NotCalled));
                does(&mut events, call(reached)).unwrap();
                assert_eq!(does(&mut events, Act::Close), Err(Refusal::NotFound));
                let early = does(&mut events, Act::TellBack { words: words() });
                assert_eq!(early, Err(Refusal::NotFound));
                does(&mut events, find(conclusion)).unwrap();
                let mends = Act::Remedy { words: words() };
                match conclusion {
                    Conclusion::Founded => {
                        assert_eq!(does(&mut events, Act::Close), Err(Refusal::NotMended));
                        does(&mut events, mends).unwrap();
                    }
                    _ => assert_eq!(does(&mut events, mends), Err(Refusal::NothingToMend)),
                }
                if reached != Reached::Nobody {
                    assert_eq!(does(&mut events, Act::Close), Err(Refusal::NotTold));
                    does(&mut events, Act::TellBack { words: words() }).unwrap();
                }
                does(&mut events, Act::Close).unwrap();
                assert_eq!(does(&mut events, Act::Close), Err(Refusal::Closed), "for good");
            }
        }
    }

    #[test]
    fn who_finds_out_otherwise_tells_that_too() {
        let mut events = raised(Kind::Rating);
        does(&mut events, call(Reached::Family)).unwrap();
        does(&mut events, find(Conclusion::Groundless)).unwrap();
        does(&mut events, Act::TellBack { words: words() }).unwrap();
        does(&mut events, find(Conclusion::Mistaken)).unwrap();
        assert_eq!(does(&mut events, Act::Close), Err(Refusal::NotTold));
    }

    #[test]
    fn a_risk_is_closed_with_a_conclusion_and_nobody_is_called() {
        let mut events = raised(Kind::Risk);
        assert_eq!(does(&mut events, call(Reached::Applicant)), Err(Refusal::NobodyRated));
        assert_eq!(does(&mut events, Act::Close), Err(Refusal::NotFound));
        let silent = Act::Find { conclusion: Conclusion::Groundless, words: " ".to_owned() };
        assert_eq!(does(&mut events, silent), Err(Refusal::Wordless("查到了什么")));
        does(&mut events, find(Conclusion::Groundless)).unwrap();
        does(&mut events, Act::Close).unwrap();
    }
}
