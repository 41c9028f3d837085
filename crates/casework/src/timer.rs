//! What a case waits for in time.

use calendar::{Calendar, OffsetDateTime};

use crate::case::{Case, Place, Standing};
use crate::clock::Running;
use crate::event::{By, Event, Happened};
use crate::lamp::Lamp;
use crate::record::Record;
use crate::workflow::{Counts, Outcome, Work, Workflow};

/// Something that happens to a case by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// When.
    pub at: OffsetDateTime,
    /// What.
    pub what: Happened,
}

impl Case {
    /// All that time will do to the case as things stand, the first first. They change with every event
    /// and with every calendar: whoever keeps them keeps them anew.
    pub fn timers(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Vec<Timer> {
        let Place::Stage(id) = self.place else { return Vec::new() };
        let Some(stage) = workflow.stage(id) else { return Vec::new() };
        let mut timers = Vec::new();
        let mut worked = |at, outcome| {
            let what = Happened::Worked { stage: id, outcome, record: Record::Silence };
            timers.push(Timer { at, what });
        };
        match (stage.work, stage.limit) {
            _ if self.standing != Standing::Going => {}
            (Work::Intake, Some(_)) => {
                let mut clocks = self.clocks(workflow, calendar, now).into_iter();
                if let Some(clock) = clocks.find(|clock| clock.counts.is_none()) {
                    worked(clock.deadline.end, Outcome::Accepted);
                }
            }
            (Work::Confirmation { silence }, _) => {
                worked(silence.deadline(calendar, self.since, &[]).end, Outcome::Done);
            }
            (Work::Notice { .. }, _) => {
                let outcome = match self.objections {
                    0 => Outcome::Undisputed,
                    _ => Outcome::Disputed,
                };
                if let Some(at) = self.notice_ends(workflow, calendar) {
                    worked(at, outcome);
                }
            }
            _ => {}
        }
        match self.standing {
            Standing::Going => {}
            Standing::Paused { until } => timers.push(Timer { at: until, what: Happened::WentOn }),
            Standing::Returned { until } => {
                let what = match stage.work {
                    Work::Intake => Happened::Lapsed,
                    _ => Happened::WentOn,
                };
                timers.push(Timer { at: until, what });
            }
        }
        if let Some(owed) = self.owed.filter(|owed| !owed.is_overdue) {
            timers.push(Timer { at: owed.until, what: Happened::DebtFellDue });
        }
        timers.extend(self.lamps(workflow, calendar, now));
        for timer in &mut timers {
            // A calendar that came later may say that it should have been before what happened since.
            timer.at = timer.at.max(self.last_at);
        }
        timers.sort_by_key(|timer| timer.at);
        timers
    }

    /// What has fallen due by `now` and is not yet an event: the first of it. Asked again with it
    /// applied, until there is none.
    pub fn due(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Option<Event> {
        let first = self.timers(workflow, calendar, now).into_iter().next()?;
        (first.at <= now).then_some(Event { at: first.at, by: By::Time, what: first.what })
    }

    /// The lamps that will be lit; and at once the one that is right, where it is a lower one than is
    /// lit: a head gave more time, a calendar changed.
    fn lamps(&self, workflow: &Workflow, calendar: &Calendar, now: OffsetDateTime) -> Vec<Timer> {
        let lit = |at, lamp| Timer { at, what: Happened::Lit { lamp } };
        let right = self.lamp_at(workflow, calendar, now);
        if right < self.lamp {
            return vec![lit(now, right)];
        }
        let mut moments: Vec<(OffsetDateTime, Lamp)> = Vec::new();
        for clock in self.clocks(workflow, calendar, now) {
            if clock.running == Running::Goes {
                let passed = match clock.counts {
                    Some(Counts::Statutory) => Lamp::Red,
                    _ => Lamp::Orange,
                };
                moments.push((clock.nears(calendar), Lamp::Yellow));
                moments.push((clock.deadline.end, passed));
            }
        }
        // What the law gives warns by nothing but its end.
        moments.sort_by_key(|(at, lamp)| (*at, std::cmp::Reverse(*lamp)));
        let mut highest = self.lamp;
        let mut timers = Vec::new();
        for (at, lamp) in moments {
            if lamp > highest {
                highest = lamp;
                timers.push(lit(at, lamp));
            }
        }
        timers
    }
}
