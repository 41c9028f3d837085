//! A case at hand: its row, its events, its workflow, and what those come to. Nobody else changes it
//! until the transaction ends, in which it was held.

use std::sync::Arc;

use calendar::OffsetDateTime;
use casework::{Act, At, By, Counts, Refusal, Running, Stage};
use protocol::fact::{CaseState, Fact};
use protocol::{DeviceId, ServerTime};

use super::event::{Event, Says};
use super::phase::Phase;
use super::state;
use crate::cases::{local, server_time};
use crate::outgoing;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::{self, Connection, StorageError};
use crate::supervision;

/// What is so while something is done.
#[derive(Clone, Copy)]
pub(crate) struct Now<'a> {
    pub(crate) server: &'a Server,
    pub(crate) pack: &'a InForce,
    pub(crate) at: ServerTime,
}

/// A case at hand.
#[derive(Clone, Debug)]
pub(crate) struct AtHand {
    pub(crate) row: Case,
    pub(crate) events: Vec<(ServerTime, Event)>,
    pub(crate) workflow: Arc<pack::Workflow>,
    /// What the events come to.
    pub(crate) case: casework::Case,
}

impl<'a> Now<'a> {
    pub(crate) fn new(server: &'a Server, pack: &'a InForce) -> Self {
        Self { server, pack, at: server.clock.now() }
    }

    /// The time on the township's clock.
    pub(crate) fn local(&self) -> OffsetDateTime {
        local(&self.pack.pack, self.at)
    }
}

impl AtHand {
    /// The case of a row that is held, with all that fell due.
    pub(crate) async fn take(
        db: &mut dyn Connection,
        now: Now<'_>,
        row: Case,
    ) -> Result<Self, StorageError> {
        let unreadable = || StorageError::Unreadable("event");
        let (township, workflow) = (&now.server.township, workflow(db, now, &row).await?);
        let events = storage::cases::events(db, township, &row.number).await?;
        let known = events.iter().filter_map(|(_, event)| event.case());
        let case = casework::Case::fold(&workflow.work, known).map_err(|_| unreadable())?;
        let mut case = Self { row, events, workflow, case }.of_today(now);
        case.catch_up(db, now).await?;
        Ok(case)
    }

    /// A case that comes in: its row is there, and this is its first event.
    pub(crate) async fn begin(
        db: &mut dyn Connection,
        now: Now<'_>,
        mut row: Case,
        first: Event,
    ) -> Result<Self, StorageError> {
        let unreadable = || StorageError::Unreadable("event");
        let workflow = workflow(db, now, &row).await?;
        let event = first.case().ok_or_else(unreadable)?;
        let case = casework::Case::begun(&workflow.work, event).map_err(|_| unreadable())?;
        row.events = 0;
        let mut at_hand = Self { row, events: Vec::new(), workflow, case }.of_today(now);
        at_hand.append(db, now, first).await?;
        Ok(at_hand)
    }

    /// The same, of the village that its own is today.
    fn of_today(mut self, now: Now<'_>) -> Self {
        let village = self.case.village.take();
        let today = now.local().date();
        self.case.village = village.map(|village| now.pack.pack.village_on(&village, today));
        self
    }

    /// What happens when somebody does `act`.
    pub(crate) fn judge(
        &self,
        now: Now<'_>,
        by: &By,
        act: Act,
    ) -> Result<casework::Event, Refusal> {
        let pack = &now.pack.pack;
        let work = &self.workflow.work;
        self.case.judge(work, &pack.organisation, &pack.calendar, by, act, now.local())
    }

    /// The stage that it is at, while it is not over.
    pub(crate) fn stage(&self) -> Option<&Stage> {
        self.workflow.work.stage(self.case.stage()?)
    }

    /// How far it has come.
    pub(crate) fn phase(&self) -> Phase {
        let events = self.events.iter().map(|(_, event)| event);
        Phase::reached(&self.workflow.work, &self.case, events)
    }

    /// Whether what was promised for it still runs.
    pub(crate) fn is_promise_running(&self, now: Now<'_>) -> bool {
        let clocks = self.case.clocks(&self.workflow.work, &now.pack.pack.calendar, now.local());
        let mut promised = clocks.iter().filter(|clock| clock.counts == Some(Counts::Promised));
        promised.any(|clock| clock.running == Running::Goes)
    }

    /// Whatever time has done to it by now.
    async fn catch_up(
        &mut self,
        db: &mut dyn Connection,
        now: Now<'_>,
    ) -> Result<(), StorageError> {
        let calendar = &now.pack.pack.calendar;
        while let Some(event) = self.case.due(&self.workflow.work, calendar, now.local()) {
            self.happen(db, now, Event::Case(event)).await?;
        }
        Ok(())
    }

    /// Something happens to it: keeps that, and tells whoever it concerns.
    pub(crate) async fn happen(
        &mut self,
        db: &mut dyn Connection,
        now: Now<'_>,
        event: Event,
    ) -> Result<(), StorageError> {
        if let Some(event) = event.case() {
            let applied = self.case.apply(&self.workflow.work, event);
            applied.map_err(|_| StorageError::Unreadable("event"))?;
        }
        self.append(db, now, event).await
    }

    async fn append(
        &mut self,
        db: &mut dyn Connection,
        now: Now<'_>,
        event: Event,
    ) -> Result<(), StorageError> {
        match event.says(&self.workflow.work) {
            Says::Something(said) => self.row.said = Some(said),
            Says::NoMore => self.row.said = None,
            Says::Nothing => {}
        }
        self.row.is_rated |= matches!(event, Event::Rated { .. });
        self.events.push((now.at, event.clone()));
        let before = self.row.phase.clone();
        self.renew(now);
        let township = &now.server.township;
        self.row.events =
            storage::cases::append_event(db, township, &self.row, now.at, &event).await?;
        supervision::happened(db, now, self, &event).await?;
        outgoing::follow(db, now, self, &before, &event).await?;
        if event.is_for_applicant() {
            self.tell_applicant(db, now).await?;
        }
        if event.is_for_visitors() {
            self.tell_visitors(db, now).await?;
        }
        Ok(())
    }

    /// What it has come to, for its applicant.
    pub(crate) fn for_applicant(&self, now: Now<'_>) -> CaseState {
        state::for_applicant(now, self)
    }

    /// Tells its applicant how it is now.
    pub(crate) async fn tell_applicant(
        &self,
        db: &mut dyn Connection,
        now: Now<'_>,
    ) -> Result<(), StorageError> {
        let (township, state) = (&now.server.township, state::for_applicant(now, self));
        storage::facts::tell(db, township, &self.row.device, &Fact::Case(state)).await
    }

    async fn tell_visitors(
        &self,
        db: &mut dyn Connection,
        now: Now<'_>,
    ) -> Result<(), StorageError> {
        for (device, asked) in self.visitors() {
            let mut state = state::for_visitor(now, self, asked);
            if device == self.row.device {
                // Who went for somebody else to apply, and is asked to look: one state says both.
                let visit = state.visit.take();
                state = state::for_applicant(now, self);
                state.visit = visit;
            }
            storage::facts::tell(db, &now.server.township, &device, &Fact::Case(state)).await?;
        }
        Ok(())
    }

    /// Who was ever asked to look at it, and what for, if they are still to.
    pub(crate) fn visitors(&self) -> Vec<(DeviceId, Option<&str>)> {
        let is_past = self.phase().is_over() || self.case.is_decided(&self.workflow.work);
        let mut visitors = state::visitors(&self.events);
        if is_past {
            visitors.values_mut().for_each(|asked| *asked = None);
        }
        visitors.into_iter().collect()
    }

    /// What its row says of it, anew.
    pub(crate) fn renew(&mut self, now: Now<'_>) {
        let (work, calendar) = (&self.workflow.work, &now.pack.pack.calendar);
        let clocks = self.case.clocks(work, calendar, now.local());
        let promised = clocks.iter().find(|clock| clock.counts == Some(Counts::Promised));
        let timers = self.case.timers(work, calendar, now.local());
        let (stage, role, place) = match self.stage() {
            Some(stage) => (stage.id.clone(), stage.who.role.name(), self.place(&stage.who.at)),
            None => (String::new(), "", String::new()),
        };
        self.row = Case {
            office: self.case.office.clone(),
            phase: self.phase().name().to_owned(),
            stage,
            role: role.to_owned(),
            place,
            lamp: self.case.lamp as u64,
            promised_by: promised
                .map_or(self.row.promised_by, |clock| server_time(clock.deadline.end)),
            due_at: timers.first().map(|timer| server_time(timer.at)),
            ..self.row.clone()
        };
    }

    /// Where somebody has to have their post who works it now: an office, a village, or empty for
    /// anywhere.
    fn place(&self, at: &At) -> String {
        match at {
            At::ItsOffice => self.case.office.clone(),
            At::Office(office) => office.clone(),
            At::ItsVillage => {
                // Of a case whose village nobody knows, it is nobody's.
                let village = self.case.village.as_ref();
                village.map_or("-", |village| village.as_str()).to_owned()
            }
            At::Anywhere => String::new(),
        }
    }
}

/// The workflow that a case came under.
async fn workflow(
    db: &mut dyn Connection,
    now: Now<'_>,
    row: &Case,
) -> Result<Arc<pack::Workflow>, StorageError> {
    let digest = row.workflow.ok_or(StorageError::Unreadable("workflow"))?;
    now.server.workflows.find(db, &now.server.township, &digest).await
}
