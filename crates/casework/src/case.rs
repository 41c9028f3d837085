//! A case: the fold of its events under its workflow.

use calendar::{Limit, OffsetDateTime};
use checks::Division;

use crate::clock::Still;
use crate::event::{By, Event, Happened};
use crate::lamp::Lamp;
use crate::record::Record;
use crate::workflow::{Ending, Outcome, StageId, To, Work, Workflow};

/// What the events of a case have come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Where it is.
    pub place: Place,
    /// Whether its work goes on.
    pub standing: Standing,
    /// The office that has it.
    pub office: String,
    /// The village that it is from.
    pub village: Option<Division>,
    /// What is true of it.
    pub traits: Vec<String>,
    /// What was promised for it.
    pub promised: Limit,
    /// When it came.
    pub received_at: OffsetDateTime,
    /// Since when it is taken. By silence, since the day that it came (行政许可法 article 32).
    pub accepted_at: Option<OffsetDateTime>,
    /// How often the applicant was asked to correct it: once should do (一次性告知).
    pub returned: u32,
    /// Which lamp was lit last.
    pub lamp: Lamp,
    /// Until when something minor is to be handed in.
    pub owed: Option<Owed>,
    /// How it was over before its applicant objected to that, which they do once.
    pub appealed: Option<Ending>,
    /// Whether the head gave more time.
    pub is_extended: bool,
    /// How many object to the notice that hangs out.
    pub objections: u32,
    /// Who keeps out of it, by account: they have a tie to its applicant.
    pub recused: Vec<String>,
    pub(crate) hung_out_at: Option<OffsetDateTime>,
    /// When the last thing happened.
    pub(crate) last_at: OffsetDateTime,
    /// Since when its limits run where it is not taken, or is urgent.
    pub(crate) counted_from: OffsetDateTime,
    /// Since when its stage can be worked.
    pub(crate) since: OffsetDateTime,
    pub(crate) still: Still,
    pub(crate) still_at_stages: Still,
    /// Who worked which stage.
    pub(crate) worked: Vec<(StageId, String)>,
    /// When it left stages for good.
    pub(crate) left: Vec<(StageId, OffsetDateTime)>,
}

/// Where a case is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a stage.
    Stage(StageId),
    /// It is over, since then.
    Over(Ending, OffsetDateTime),
}

/// Whether the work on a case goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does.
    Going,
    /// Its applicant is asked to correct it.
    Returned {
        /// Until when they may.
        until: OffsetDateTime,
    },
    /// Its clocks are stopped, until then at the latest.
    Paused {
        /// Until when.
        until: OffsetDateTime,
    },
}

/// Something minor that is still to be handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// Until when.
    pub until: OffsetDateTime,
    /// Whether that has passed.
    pub is_overdue: bool,
}

/// An event that does not fit what came before it, or its workflow: what was kept is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an event does not fit what came before it")]
pub struct Unfit;

impl Case {
    /// The case that these events are of.
    ///
    /// # Errors
    /// [`Unfit`] where they are of none.
    pub fn fold<'e>(
        workflow: &Workflow,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Result<Self, Unfit> {
        let mut events = events.into_iter();
        let mut case = Self::begun(workflow, events.next().ok_or(Unfit)?)?;
        for event in events {
            case.apply(workflow, event)?;
        }
        Ok(case)
    }

    /// What a case is by its first event.
    ///
    /// # Errors
    /// [`Unfit`] where that is no first event.
    pub fn begun(workflow: &Workflow, event: &Event) -> Result<Self, Unfit> {
        let Happened::Received { office, village, traits, promised } = &event.what else {
            return Err(Unfit);
        };
        let first = workflow.stage(StageId(0)).ok_or(Unfit)?;
        let is_taken = first.work != Work::Intake;
        let mut case = Self {
            place: Place::Stage(StageId(0)),
            standing: Standing::Going,
            office: office.clone(),
            village: village.clone(),
            traits: traits.clone(),
            promised: *promised,
            received_at: event.at,
            accepted_at: is_taken.then_some(event.at),
            returned: 0,
            lamp: Lamp::Green,
            owed: None,
            appealed: None,
            is_extended: false,
            objections: 0,
            recused: Vec::new(),
            hung_out_at: None,
            last_at: event.at,
            counted_from: event.at,
            since: event.at,
            still: Still::default(),
            still_at_stages: Still::default(),
            worked: Vec::new(),
            left: Vec::new(),
        };
        case.arrive(workflow, StageId(0), event.at);
        Ok(case)
    }

    /// Takes an event in.
    ///
    /// # Errors
    /// [`Unfit`]; then the case is as it was.
    pub fn apply(&mut self, workflow: &Workflow, event: &Event) -> Result<(), Unfit> {
        // Days are those of the place that it came to.
        let at = event.at.to_offset(self.received_at.offset());
        if at < self.last_at {
            return Err(Unfit);
        }
        match &event.what {
            Happened::Received { .. } => return Err(Unfit),
            Happened::Worked { stage, outcome, record } => {
                self.work(workflow, *stage, *outcome, at, &workers(&event.by, record))?;
            }
            Happened::Supplemented { traits } => self.supplemented(workflow, traits, at),
            Happened::Returned { until, .. } => {
                self.returned += 1;
                self.standing = Standing::Returned { until: *until };
                self.still.stand(at);
            }
            Happened::TakenIncomplete { until, .. } => {
                self.owed = Some(Owed { until: *until, is_overdue: false });
            }
            Happened::Settled => self.owed = None,
            Happened::DebtFellDue => {
                self.owed = self.owed.map(|owed| Owed { is_overdue: true, ..owed });
            }
            Happened::HungOut => {
                self.hung_out_at = Some(at);
                let stage = self.stage().and_then(|id| workflow.stage(id));
                if stage.is_some_and(|stage| stage.stops_clocks) {
                    self.still_at_stages.stand(at);
                }
            }
            Happened::Objected { .. } => self.objections += 1,
            Happened::Paused { until, .. } => {
                self.standing = Standing::Paused { until: *until };
                self.still.stand(at);
            }
            Happened::WentOn => self.go_on(at),
            Happened::Extended { .. } => self.is_extended = true,
            Happened::PassedOn { office, .. } => self.office = office.clone(),
            Happened::Stopped { .. } => self.end(Ending::Stopped, at),
            Happened::Withdrawn | Happened::Lapsed => self.end(Ending::Withdrawn, at),
            Happened::Joined { .. } => self.end(Ending::Joined, at),
            Happened::Appealed { .. } => {
                let stage = workflow.appeal.ok_or(Unfit)?;
                let Place::Over(before, _) = self.place else { return Err(Unfit) };
                self.appealed = Some(before);
                // 复核 has its limits from the day that it is asked for.
                self.left.clear();
                self.accepted_at = Some(at);
                self.counted_from = at;
                self.is_extended = false;
                self.still = Still::default();
                self.still_at_stages = Still::default();
                self.arrive(workflow, stage, at);
            }
            Happened::Lit { lamp } => self.lamp = *lamp,
            Happened::Recused { .. } => {
                let By::Person(account) = &event.by else { return Err(Unfit) };
                self.recused.push(account.clone());
            }
        }
        self.last_at = at;
        Ok(())
    }

    /// The stage that it is at, while it is not over.
    pub fn stage(&self) -> Option<StageId> {
        match self.place {
            Place::Stage(stage) => Some(stage),
            Place::Over(..) => None,
        }
    }

    /// Whether it was decided: nobody takes it back any more.
    pub fn is_decided(&self, workflow: &Workflow) -> bool {
        let decides = |id: StageId| {
            workflow
                .stage(id)
                .is_some_and(|stage| matches!(stage.work, Work::Decision | Work::Repair))
        };
        self.left.iter().any(|(stage, _)| decides(*stage))
    }

    /// Whether somebody decided it before its applicant objected to that.
    pub(crate) fn was_decided_by(&self, workflow: &Workflow, account: &str) -> bool {
        let appeal = self.worked.iter().position(|(stage, _)| Some(*stage) == workflow.appeal);
        let before = &self.worked[..appeal.unwrap_or(self.worked.len())];
        let decides =
            |id: StageId| workflow.stage(id).is_some_and(|stage| stage.work == Work::Decision);
        self.appealed.is_some() && before.iter().any(|(id, who)| decides(*id) && who == account)
    }

    fn work(
        &mut self,
        workflow: &Workflow,
        id: StageId,
        outcome: Outcome,
        at: OffsetDateTime,
        workers: &[&String],
    ) -> Result<(), Unfit> {
        let stage = workflow.stage(id).filter(|_| self.place == Place::Stage(id)).ok_or(Unfit)?;
        let to = stage.after(outcome, &self.traits).ok_or(Unfit)?;
        self.go_on(at);
        self.still_at_stages.go_on(at);
        self.worked.extend(workers.iter().map(|account| (id, (*account).clone())));
        if outcome == Outcome::Accepted {
            // By silence, from when it came.
            self.accepted_at = Some(if workers.is_empty() { self.since } else { at });
        }
        if outcome != Outcome::SentBack {
            self.left.retain(|(left, _)| *left != id);
            self.left.push((id, at));
        }
        let is_upheld = Some(id) == workflow.appeal && outcome == Outcome::Disagreed;
        match (to, self.appealed) {
            // What was decided stands as it was.
            (To::End(_), Some(before)) if is_upheld => self.end(before, at),
            (To::Stage(next), _) => self.arrive(workflow, next, at),
            (To::End(ending), _) => self.end(ending, at),
        }
        Ok(())
    }

    fn supplemented(&mut self, workflow: &Workflow, traits: &[String], at: OffsetDateTime) {
        if matches!(self.standing, Standing::Returned { .. }) {
            self.go_on(at);
        }
        let work = self.stage().and_then(|id| workflow.stage(id)).map(|stage| stage.work);
        // Once it was worked, what was answered decides its way no more: people do.
        if self.stage() == Some(StageId(0)) {
            self.traits = traits.to_vec();
        }
        if work == Some(Work::Intake) {
            // The five days begin anew, and the day that it came is this one.
            self.since = at;
            self.counted_from = at;
            self.still = Still::default();
        }
    }

    fn arrive(&mut self, workflow: &Workflow, id: StageId, at: OffsetDateTime) {
        self.place = Place::Stage(id);
        self.standing = Standing::Going;
        self.since = at;
        self.hung_out_at = None;
        self.objections = 0;
        self.resume(workflow, id, at);
        self.left.retain(|(left, _)| *left != id);
        let stage = workflow.stage(id);
        // A notice stops them when it hangs out, and not before.
        if stage.is_some_and(|one| one.stops_clocks && !matches!(one.work, Work::Notice { .. })) {
            self.still_at_stages.stand(at);
        }
    }

    /// What had been answered is worked again: its limits go on, without the time between.
    fn resume(&mut self, workflow: &Workflow, id: StageId, at: OffsetDateTime) {
        let Some(until) = workflow.until.filter(|until| workflow.is_before(id, *until)) else {
            return;
        };
        if let Some(place) = self.left.iter().position(|(left, _)| *left == until) {
            let (_, ended) = self.left.remove(place);
            self.still_at_stages.stood(ended, at);
        }
    }

    fn go_on(&mut self, at: OffsetDateTime) {
        self.standing = Standing::Going;
        self.still.go_on(at);
    }

    fn end(&mut self, ending: Ending, at: OffsetDateTime) {
        self.go_on(at);
        self.still_at_stages.go_on(at);
        let ending = match (ending, self.appealed) {
            // Who takes an objection back, or ends it, leaves what was decided.
            (Ending::Withdrawn | Ending::Stopped, Some(before)) => before,
            _ => ending,
        };
        self.place = Place::Over(ending, at);
        self.lamp = Lamp::Green;
    }
}

/// Who did some work, by account: nobody, where it was time or the applicant.
fn workers<'e>(by: &'e By, record: &'e Record) -> Vec<&'e String> {
    let recorded = match by {
        By::Person(account) => Some(account),
        By::Applicant | By::Time | By::Department(_) => None,
    };
    let went = match record {
        Record::Visit { people, .. } => people.as_slice(),
        _ => &[],
    };
    recorded.into_iter().chain(went).collect()
}
