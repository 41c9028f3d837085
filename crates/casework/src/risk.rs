//! Risk rules: what of a case somebody should look at who watches over how cases are worked. Data of the
//! pack; what they say is no judgement, only a reason to look.

use calendar::{Calendar, OffsetDateTime};
use time::{Duration, Time};

use crate::act::Tie;
use crate::event::{By, Event, Happened};
use crate::record::Record;
use crate::workflow::{Outcome, StageId};

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What the pack calls it: each rule raises a case once.
    pub id: String,
    /// Its name in lists: 当天就批.
    pub name: String,
    /// What whoever watches should look at.
    pub words: String,
    /// The items whose cases it is for, by id; all, where none is named.
    pub items: Vec<String>,
    /// What it looks for.
    pub looks_for: LooksFor,
}

/// What a rule looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LooksFor {
    /// A case that is granted within so many hours of its arrival.
    ApprovedWithin {
        /// How many.
        hours: u32,
    },
    /// Something that somebody does to a case outside of these times of a day, or on a day off.
    OddHours {
        /// From when on work is usual.
        from: Time,
        /// Until when, this moment not.
        to: Time,
        /// Whether days off are unusual.
        days_off: bool,
    },
    /// A case whose clocks are stopped so many times.
    RepeatedPauses {
        /// How many.
        times: u32,
    },
    /// So many applications of the same person within so many days: of the rule's items together, or of
    /// one item where it names none.
    SplitGrants {
        /// How many.
        times: u32,
        /// Within how many days.
        days: u32,
    },
    /// An applicant who is close to somebody who works for the township.
    Relative {
        /// What of a case's traits says so: what the applicant answered themselves.
        traits: Vec<String>,
    },
    /// A case of which one person worked so many stages.
    OnePerson {
        /// How many.
        stages: u32,
    },
}

/// What is known of a case.
#[derive(Clone, Copy, Debug)]
pub struct History<'h> {
    /// What it was applied for, by the item's id.
    pub item: &'h str,
    /// What happened, in order.
    pub events: &'h [&'h Event],
    /// Other applications of the same person that stand: their items, and when they came. Looked for
    /// when a case comes in.
    pub others: &'h [(String, OffsetDateTime)],
    /// What ties the people in the application to those who work for the township, as was declared, in
    /// words. Looked for when an application comes in.
    pub ties: &'h [String],
}

/// That a rule is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised<'r> {
    /// Which.
    pub rule: &'r Rule,
    /// By what.
    pub words: String,
}

/// The rules that a case meets, in their order.
pub fn risks<'r>(rules: &'r [Rule], history: &History<'_>, calendar: &Calendar) -> Vec<Raised<'r>> {
    let own = |rule: &&Rule| rule.items.is_empty() || rule.items.iter().any(|i| i == history.item);
    let raised = rules.iter().filter(own).filter_map(|rule| {
        let words = history.meets(rule, calendar)?;
        Some(Raised { rule, words })
    });
    raised.collect()
}

impl History<'_> {
    fn meets(&self, rule: &Rule, calendar: &Calendar) -> Option<String> {
        match &rule.looks_for {
            LooksFor::ApprovedWithin { hours } => self.approved_within(*hours),
            LooksFor::OddHours { from, to, days_off } => {
                self.odd_hours(*from, *to, days_off.then_some(calendar))
            }
            LooksFor::RepeatedPauses { times } => self.repeated_pauses(*times),
            LooksFor::SplitGrants { times, days } => self.split_grants(&rule.items, *times, *days),
            LooksFor::Relative { traits } => self.relative(traits),
            LooksFor::OnePerson { stages } => self.one_person(*stages),
        }
    }

    fn received_at(&self) -> Option<OffsetDateTime> {
        self.events.first().map(|event| event.at)
    }

    fn approved_within(&self, hours: u32) -> Option<String> {
        let limit = self.received_at()? + Duration::hours(hours.into());
        let granted = self.events.iter().find(|event| {
            matches!(event.what, Happened::Worked { outcome: Outcome::Granted, .. })
        })?;
        let took = granted.at - self.received_at()?;
        (granted.at < limit).then(|| format!("收到后 {} 就准予", length(took)))
    }

    fn odd_hours(&self, from: Time, to: Time, calendar: Option<&Calendar>) -> Option<String> {
        // Days are those of the place that it came to.
        let offset = self.received_at()?.offset();
        let mut done = self.done().map(|event| event.at.to_offset(offset));
        let is_odd = |at: &OffsetDateTime| {
            let is_off = calendar.is_some_and(|calendar| !calendar.is_working_day(at.date()));
            is_off || at.time() < from || at.time() >= to
        };
        let at = done.find(is_odd)?;
        let (month, day) = (u8::from(at.month()), at.day());
        Some(format!("{month} 月 {day} 日 {:02}:{:02} 有人办过", at.hour(), at.minute()))
    }

    fn repeated_pauses(&self, times: u32) -> Option<String> {
        let all = self.events.iter();
        let pauses = all.filter(|event| matches!(event.what, Happened::Paused { .. })).count();
        (pauses >= times as usize).then(|| format!("中止了 {pauses} 次"))
    }

    fn split_grants(&self, items: &[String], times: u32, days: u32) -> Option<String> {
        let since = self.received_at()? - Duration::days(days.into());
        let is_alike = |item: &String| match items.is_empty() {
            true => item == self.item,
            false => items.contains(item),
        };
        let others = self.others.iter().filter(|(item, at)| is_alike(item) && *at >= since);
        let all = others.count() + 1;
        let is_many = !self.others.is_empty() && all >= times as usize;
        is_many.then(|| format!("{days} 天里同一个人申请了 {all} 件"))
    }

    fn relative(&self, traits: &[String]) -> Option<String> {
        if let Some(tie) = self.ties.first() {
            return Some(tie.clone());
        }
        let stated = self.events.iter().any(|event| match &event.what {
            Happened::Received { traits: own, .. } | Happened::Supplemented { traits: own } => {
                own.iter().any(|one| traits.contains(one))
            }
            _ => false,
        });
        if stated {
            return Some("申请人自己说的".to_owned());
        }
        let late = self.events.iter().enumerate().any(|(place, event)| {
            matches!(event.what, Happened::Recused { tie: Tie::Kin, .. })
                && self.events[..place].iter().any(|earlier| earlier.by == event.by)
        });
        late.then(|| "有人先办过这一件，后来才申报是亲属".to_owned())
    }

    fn one_person(&self, stages: u32) -> Option<String> {
        let all: Vec<(StageId, &str)> =
            self.events.iter().flat_map(|event| worked(event)).collect();
        let of = |who: &str| {
            let mut own: Vec<StageId> =
                all.iter().filter(|(_, one)| *one == who).map(|(stage, _)| *stage).collect();
            own.sort();
            own.dedup();
            own.len()
        };
        let most = all.iter().map(|(_, who)| of(who)).max()?;
        (most >= stages as usize).then(|| format!("一个人办了 {most} 步"))
    }

    /// What people who work for the township did.
    fn done(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().copied().filter(|event| matches!(event.by, By::Person(_)))
    }
}

/// Who worked which stage.
fn worked(event: &Event) -> Vec<(StageId, &str)> {
    let Happened::Worked { stage, record, .. } = &event.what else { return Vec::new() };
    let by = match &event.by {
        By::Person(account) => Some(account.as_str()),
        By::Applicant | By::Time | By::Department(_) => None,
    };
    let went = match record {
        Record::Visit { people, .. } => people.as_slice(),
        _ => &[],
    };
    by.into_iter().chain(went.iter().map(String::as_str)).map(|who| (*stage, who)).collect()
}

fn length(took: Duration) -> String {
    match took.whole_hours() {
        0 => format!("{} 分钟", took.whole_minutes()),
        hours => format!("{hours} 小时"),
    }
}
