//! The limits of a case, as they stand on its file.

use casework::{Counts, Running};

use super::words::{self, Lamp};
use crate::cases::{AtHand, Now};

/// One limit.
pub(super) struct Limit {
    /// Whose it is: 承诺时限, 法定时限, or the stage's own.
    pub(super) name: &'static str,
    pub(super) lamp: Lamp,
    /// When it ends; empty where it does not run any more.
    pub(super) until: String,
}

/// Those that a case has.
pub(super) fn of(now: Now<'_>, case: &AtHand) -> Vec<Limit> {
    let (pack, local) = (&now.pack.pack, now.local());
    let mut clocks = case.case.clocks(&case.workflow.work, &pack.calendar, local);
    clocks.sort_by_key(|clock| clock.deadline.end);
    let limit = |clock: casework::Clock| {
        let (name, passed) = match clock.counts {
            Some(Counts::Promised) => ("承诺时限", "超承诺"),
            Some(Counts::Statutory) => ("法定时限", "超法定"),
            None => ("这一步", "超了"),
        };
        let end = clock.deadline.end;
        let lamp = match clock.running {
            Running::Ended(at) if at < end => Lamp { colour: "done", words: "按时".into() },
            Running::Ended(_) => Lamp { colour: "done", words: "超过了".into() },
            Running::Stands => Lamp { colour: "done", words: "停着".into() },
            Running::Goes => {
                let left = words::left(pack, end, local, passed);
                match (clock.counts, left.colour) {
                    (Some(Counts::Statutory), "orange") => Lamp { colour: "red", ..left },
                    _ => left,
                }
            }
        };
        let until = match clock.running {
            Running::Goes => format!("{}止", words::end(end, local, clock.deadline.certain)),
            _ => String::new(),
        };
        Limit { name, lamp, until }
    };
    clocks.into_iter().map(limit).collect()
}
