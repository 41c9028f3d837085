//! The limits of a case, and how far they have run.

use calendar::{Calendar, Deadline, Limit, OffsetDateTime, Pause};
use time::{Duration, Time};

use crate::case::{Case, Place, Standing};
use crate::lamp::Lamp;
use crate::workflow::{Counts, StageId, Work, Workflow};

/// The share of a limit that is left when a lamp turns yellow: a fifth.
const FIFTH: u32 = 5;

/// A limit of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Whose limit it is; none for that of the stage alone.
    pub counts: Option<Counts>,
    /// How long it is.
    pub limit: Limit,
    /// When it ends, as things stand.
    pub deadline: Deadline,
    /// Whether it runs.
    pub running: Running,
}

/// Whether a clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// It does.
    Goes,
    /// It stands still, and its end moves away day by day.
    Stands,
    /// What it limits was done then.
    Ended(OffsetDateTime),
}

impl Case {
    /// The limits of the case at `now`.
    pub fn clocks(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Vec<Clock> {
        let of_case = [Counts::Statutory, Counts::Promised]
            .into_iter()
            .filter_map(|counts| self.clock(counts, workflow, calendar, now));
        of_case.chain(self.stage_clock(workflow, calendar, now)).collect()
    }

    fn clock(
        &self,
        counts: Counts,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Option<Clock> {
        let limit = match counts {
            Counts::Promised => self.promised,
            Counts::Statutory => {
                let rule = workflow.statutory(&self.traits, self.received_at.date())?;
                rule.extended.filter(|_| self.is_extended).unwrap_or(rule.limit)
            }
        };
        let start = match limit {
            // What is urgent is so from the moment that it is known.
            Limit::Hours(_) => self.counted_from,
            // 受理之日起; before that, from when it came, so that nobody is told a later day than holds.
            _ => self.accepted_at.unwrap_or(self.counted_from),
        };
        let stands = self.standing != Standing::Going || self.still_at_stages.since.is_some();
        let running = match (self.place, workflow.until.and_then(|until| self.left_at(until))) {
            (_, Some(at)) | (Place::Over(_, at), None) => Running::Ended(at),
            _ if stands => Running::Stands,
            _ => Running::Goes,
        };
        let until = match running {
            Running::Ended(at) => at,
            _ => now,
        };
        let mut pauses = self.still.spans(until);
        pauses.extend(self.still_at_stages.spans(until));
        Some(Clock {
            counts: Some(counts),
            limit,
            deadline: limit.deadline(calendar, start, &pauses),
            running,
        })
    }

    fn stage_clock(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Option<Clock> {
        let limit = workflow.stage(self.stage()?)?.limit?;
        let running = match self.standing {
            Standing::Going => Running::Goes,
            Standing::Returned { .. } | Standing::Paused { .. } => Running::Stands,
        };
        let deadline = limit.deadline(calendar, self.since, &self.still.spans(now));
        Some(Clock { counts: None, limit, deadline, running })
    }

    /// Which lamp is right at `now`. A clock that stands still warns as it did when it stopped.
    pub fn lamp_at(&self, workflow: &Workflow, calendar: &Calendar, now: OffsetDateTime) -> Lamp {
        let clocks = self.clocks(workflow, calendar, now).into_iter();
        let lamps = clocks.map(|clock| match (clock.running, self.stopped_at(clock.counts)) {
            (Running::Stands, Some(stopped)) => {
                let then = self.clocks(workflow, calendar, stopped).into_iter();
                let mut then = then.filter(|other| other.counts == clock.counts);
                then.next().map_or(Lamp::Green, |clock| clock.lamp(calendar, stopped))
            }
            _ => clock.lamp(calendar, now),
        });
        lamps.max().unwrap_or_default()
    }

    /// When a clock that stands still stopped.
    fn stopped_at(&self, counts: Option<Counts>) -> Option<OffsetDateTime> {
        let at_stage = self.still_at_stages.since.filter(|_| counts.is_some());
        self.still.since.into_iter().chain(at_stage).min()
    }

    /// When the notice of its stage may be taken down, where one hangs out.
    pub(crate) fn notice_ends(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
    ) -> Option<OffsetDateTime> {
        let stage = workflow.stage(self.stage()?)?;
        match (stage.work, self.hung_out_at) {
            (Work::Notice { length }, Some(from)) => Some(hangs_until(length, calendar, from)),
            _ => None,
        }
    }

    pub(crate) fn left_at(&self, stage: StageId) -> Option<OffsetDateTime> {
        self.left.iter().find(|(left, _)| *left == stage).map(|(_, at)| *at)
    }
}

/// 公示 ends when its last day does, on whatever day of the week: it is no limit for doing something.
fn hangs_until(length: Limit, calendar: &Calendar, from: OffsetDateTime) -> OffsetDateTime {
    match length {
        Limit::Days(days) => {
            let last = from.replace_time(Time::MIDNIGHT).saturating_add(Duration::DAY);
            last.saturating_add(Duration::days(days.into()))
        }
        _ => length.deadline(calendar, from, &[]).end,
    }
}

impl Clock {
    fn lamp(&self, calendar: &Calendar, now: OffsetDateTime) -> Lamp {
        let passed = match self.counts {
            Some(Counts::Statutory) => Lamp::Red,
            Some(Counts::Promised) | None => Lamp::Orange,
        };
        match self.running {
            Running::Ended(_) => Lamp::Green,
            _ if self.deadline.end <= now => passed,
            _ if self.nears(calendar) <= now => Lamp::Yellow,
            _ => Lamp::Green,
        }
    }

    /// When it is near its end: one working day before, or a fifth of it. What the law gives warns by
    /// what is promised, which is shorter.
    pub(crate) fn nears(&self, calendar: &Calendar) -> OffsetDateTime {
        let end = self.deadline.end;
        if self.counts == Some(Counts::Statutory) {
            return end;
        }
        match self.limit {
            Limit::Hours(hours) => end - Duration::hours(hours.into()) / FIFTH as i32,
            Limit::WorkingDays(days) | Limit::Days(days) => {
                let mut day = self.deadline.date;
                let mut left = (days / FIFTH).max(1);
                while let Some(before) = day.previous_day() {
                    if calendar.is_working_day(day) {
                        if left == 0 {
                            break;
                        }
                        left -= 1;
                    }
                    day = before;
                }
                OffsetDateTime::new_in_offset(day, Time::MIDNIGHT, end.offset())
            }
        }
    }
}

/// Times in which something stands still: those that are over, and one that is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Still {
    over: Vec<Pause>,
    since: Option<OffsetDateTime>,
}

impl Still {
    pub(crate) fn stand(&mut self, at: OffsetDateTime) {
        self.since.get_or_insert(at);
    }

    pub(crate) fn go_on(&mut self, at: OffsetDateTime) {
        self.over.extend(self.since.take().map(|from| Pause { from, to: at.max(from) }));
    }

    /// It stood still in a time that is over.
    pub(crate) fn stood(&mut self, from: OffsetDateTime, to: OffsetDateTime) {
        self.over.push(Pause { from, to });
    }

    /// All of them, of which the last one lasts until `until`.
    fn spans(&self, until: OffsetDateTime) -> Vec<Pause> {
        let last = self.since.map(|from| Pause { from, to: until.max(from) });
        self.over.iter().copied().chain(last).collect()
    }
}
