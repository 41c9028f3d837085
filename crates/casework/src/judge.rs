//! Whether somebody may do what they want to a case.

use calendar::{Calendar, Date, OffsetDateTime};
use checks::Division;
use time::Duration;

use crate::act::Act;
use crate::case::{Case, Place, Standing};
use crate::event::{By, Event, Happened};
use crate::organisation::{Held, Organisation, Role};
use crate::record::Record;
use crate::refusal::{Refusal, said, within};
use crate::workflow::{At, Counts, Ending, Outcome, Stage, StageId, To, Who, Work, Workflow};

/// How long an applicant may be given to correct something.
const MOST_RETURNED: Duration = Duration::days(60);
/// How long clocks may stand still at a time, and something minor be missing.
const MOST_PAUSED: Duration = Duration::days(365);
/// How long one may object to what was decided, as to 行政复议 (行政复议法 article 20).
const APPEAL: Duration = Duration::days(60);

impl Case {
    /// What happens when somebody does `act` at `now`: to be applied, and kept.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn judge(
        &self,
        workflow: &Workflow,
        organisation: &Organisation,
        calendar: &Calendar,
        by: &By,
        act: Act,
        now: OffsetDateTime,
    ) -> Result<Event, Refusal> {
        if self.due(workflow, calendar, now).is_some() {
            return Err(Refusal::FirstWhatFellDue);
        }
        let what = match by {
            By::Applicant => self.applicant(workflow, act, now),
            By::Person(account) => {
                let posts: Vec<&Held> = organisation.posts(account, now.date()).collect();
                let hands = Hands { account, posts, organisation };
                self.person(workflow, calendar, &hands, act, now)
            }
            By::Department(_) => self.department(workflow, act),
            By::Time => Err(Refusal::NotTheirs),
        };
        Ok(Event { at: now.max(self.last_at), by: by.clone(), what: what? })
    }

    fn applicant(
        &self,
        workflow: &Workflow,
        act: Act,
        now: OffsetDateTime,
    ) -> Result<Happened, Refusal> {
        match act {
            Act::Supplement { traits } => {
                self.takes_more()?;
                Ok(Happened::Supplemented { traits })
            }
            Act::Withdraw { .. } => {
                self.is_open(workflow)?;
                Ok(Happened::Withdrawn)
            }
            Act::Appeal { words } => {
                self.may_appeal(workflow, now)?;
                said(&words, "哪里不对")?;
                Ok(Happened::Appealed { words })
            }
            Act::Work { outcome, record } => {
                let (id, stage) = self.going(workflow)?;
                if !matches!(stage.work, Work::Confirmation { .. }) {
                    return Err(Refusal::NotTheirs);
                }
                match (outcome, record) {
                    // That it is mended says all.
                    (Outcome::Done, record @ Record::Words(_)) => {
                        Ok(Happened::Worked { stage: id, outcome, record })
                    }
                    (outcome, record) => self.worked(id, stage, outcome, record),
                }
            }
            _ => Err(Refusal::NotTheirs),
        }
    }

    /// A department of the county answers what was handed to it, and does nothing else.
    fn department(&self, workflow: &Workflow, act: Act) -> Result<Happened, Refusal> {
        let (id, stage) = self.going(workflow)?;
        match act {
            Act::Work { outcome, record } if stage.work == Work::County => {
                self.may_end(stage, outcome)?;
                self.worked(id, stage, outcome, record)
            }
            _ => Err(Refusal::NotTheirs),
        }
    }

    fn person(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        hands: &Hands<'_>,
        act: Act,
        now: OffsetDateTime,
    ) -> Result<Happened, Refusal> {
        if self.is_recused(hands.account) {
            return Err(Refusal::Recused);
        }
        match act {
            Act::Work { outcome, record } => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                self.may_end(stage, outcome)?;
                self.may_go(workflow, hands.organisation, id, &record, now.date())?;
                self.worked(id, stage, outcome, record)
            }
            Act::Return { words, until } => {
                let (id, stage) = self.going_or_returned(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                self.is_open(workflow)?;
                self.hangs_out_nothing()?;
                said(&words, "要补正什么")?;
                within(until, now, MOST_RETURNED)?;
                Ok(Happened::Returned { words, until })
            }
            Act::TakeIncomplete { words, until } => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                match stage.work {
                    Work::Intake if !workflow.takes_incomplete => Err(Refusal::NotAllowed),
                    Work::Intake => {
                        said(&words, "缺什么")?;
                        within(until, now, MOST_PAUSED)?;
                        Ok(Happened::TakenIncomplete { words, until })
                    }
                    _ => Err(Refusal::AnotherStage),
                }
            }
            Act::Settle => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                self.owed.map(|_| Happened::Settled).ok_or(Refusal::NothingOwed)
            }
            Act::HangOut => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                match stage.work {
                    Work::Notice { .. } if self.hung_out_at.is_some() => Err(Refusal::HangsOut),
                    Work::Notice { .. } => Ok(Happened::HungOut),
                    _ => Err(Refusal::AnotherStage),
                }
            }
            Act::Object { words } => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                self.hung_out_at.ok_or(Refusal::AnotherStage)?;
                said(&words, "谁提的、提了什么")?;
                Ok(Happened::Objected { words })
            }
            Act::Pause { grounds, words, until } => {
                let (_, stage) = self.going(workflow)?;
                self.is_open(workflow)?;
                hands.are_heads_of(self, workflow)?;
                self.hangs_out_nothing()?;
                // Nothing keeps an office from saying what is missing.
                if stage.work == Work::Intake {
                    return Err(Refusal::AnotherStage);
                }
                said(&words, "为什么中止、等什么")?;
                within(until, now, MOST_PAUSED)?;
                Ok(Happened::Paused { grounds, words, until })
            }
            Act::GoOn => {
                hands.are_heads_of(self, workflow)?;
                match self.standing {
                    Standing::Paused { .. } => Ok(Happened::WentOn),
                    _ => Err(Refusal::NotPaused),
                }
            }
            Act::Extend { words } => {
                let _ = self.going(workflow)?;
                hands.are_heads_of(self, workflow)?;
                self.may_be_extended(workflow, calendar, now)?;
                said(&words, "为什么要延长")?;
                Ok(Happened::Extended { words })
            }
            Act::PassOn { office, words } => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)
                    .or_else(|error| hands.are_heads_of(self, workflow).map_err(|_| error))?;
                if stage.who.at != At::ItsOffice {
                    return Err(Refusal::AnotherStage);
                }
                said(&words, "为什么转")?;
                if office == self.office {
                    return Err(Refusal::SameOffice);
                }
                let there = |post: &Held| {
                    Self::is_work_of_where(&stage.who, post, &office, self.village.as_ref())
                };
                if hands.organisation.holders(now.date(), there).is_empty() {
                    return Err(Refusal::Nobody);
                }
                self.is_manned_at(&office, workflow, hands.organisation, now.date())?;
                Ok(Happened::PassedOn { office, words })
            }
            Act::Join { to } => {
                let (id, stage) = self.going(workflow)?;
                self.may_work(workflow, hands, id, stage)?;
                if !matches!(stage.work, Work::Dispatch | Work::Repair) {
                    return Err(Refusal::AnotherStage);
                }
                said(&to, "并到哪一件")?;
                Ok(Happened::Joined { to })
            }
            Act::Stop { words } => {
                self.is_open(workflow)?;
                hands.are_heads_of(self, workflow)?;
                said(&words, "为什么终止")?;
                Ok(Happened::Stopped { words })
            }
            Act::Recuse { tie, words } => {
                self.may_recuse(workflow, hands, tie, &words, now.date())?;
                Ok(Happened::Recused { tie, words })
            }
            // What an applicant says on paper, or at the counter.
            Act::Appeal { words } => {
                hands.take_in_for(self)?;
                self.may_appeal(workflow, now)?;
                said(&words, "申请人觉得哪里不对")?;
                Ok(Happened::Appealed { words })
            }
            Act::BringIn { words } => {
                hands.take_in_for(self)?;
                match (self.place, self.standing) {
                    (Place::Over(..), _) => return Err(Refusal::Over),
                    (_, Standing::Returned { .. }) => {}
                    _ => return Err(Refusal::NotAsked),
                }
                said(&words, "申请人补来了什么")?;
                Ok(Happened::Supplemented { traits: self.traits.clone() })
            }
            Act::Withdraw { words } => {
                hands.take_in_for(self)?;
                self.is_open(workflow)?;
                said(&words, "申请人怎么说的")?;
                Ok(Happened::Withdrawn)
            }
            Act::Supplement { .. } => Err(Refusal::NotTheirs),
        }
    }

    /// The stage that is worked now.
    fn going<'w>(&self, workflow: &'w Workflow) -> Result<(StageId, &'w Stage), Refusal> {
        let Place::Stage(id) = self.place else { return Err(Refusal::Over) };
        match self.standing {
            Standing::Going => Ok((id, workflow.stage(id).ok_or(Refusal::AnotherStage)?)),
            Standing::Returned { .. } => Err(Refusal::Returned),
            Standing::Paused { .. } => Err(Refusal::Paused),
        }
    }

    /// The stage that is worked now, or would be: what else is missing is better said while its applicant
    /// is at it than after.
    fn going_or_returned<'w>(
        &self,
        workflow: &'w Workflow,
    ) -> Result<(StageId, &'w Stage), Refusal> {
        match (self.place, self.standing) {
            (Place::Stage(id), Standing::Returned { .. }) => {
                Ok((id, workflow.stage(id).ok_or(Refusal::AnotherStage)?))
            }
            _ => self.going(workflow),
        }
    }

    /// Neither over nor decided.
    fn is_open(&self, workflow: &Workflow) -> Result<(), Refusal> {
        match self.place {
            Place::Over(..) => Err(Refusal::Over),
            Place::Stage(_) if self.is_decided(workflow) => Err(Refusal::Decided),
            Place::Stage(_) => Ok(()),
        }
    }

    /// Whether the applicant may hand in more: they were asked, owe something, or nobody has worked it
    /// yet.
    fn takes_more(&self) -> Result<(), Refusal> {
        let Place::Stage(id) = self.place else { return Err(Refusal::Over) };
        let is_asked = matches!(self.standing, Standing::Returned { .. }) || self.owed.is_some();
        match is_asked || (id == StageId(0) && self.standing == Standing::Going) {
            true => Ok(()),
            false => Err(Refusal::NotAsked),
        }
    }

    fn hangs_out_nothing(&self) -> Result<(), Refusal> {
        match self.hung_out_at {
            Some(_) => Err(Refusal::HangsOut),
            None => Ok(()),
        }
    }

    fn may_appeal(&self, workflow: &Workflow, now: OffsetDateTime) -> Result<(), Refusal> {
        match (workflow.appeal, self.place) {
            (Some(_), Place::Over(Ending::Finished | Ending::Refused, at)) => {
                match (self.appealed, now - at > APPEAL) {
                    (None, false) => Ok(()),
                    (None, true) => Err(Refusal::TooLate),
                    (Some(_), _) => Err(Refusal::Appealed),
                }
            }
            _ => Err(Refusal::NothingToAppeal),
        }
    }

    /// More time is given before there is none left.
    fn may_be_extended(
        &self,
        workflow: &Workflow,
        calendar: &Calendar,
        now: OffsetDateTime,
    ) -> Result<(), Refusal> {
        self.is_open(workflow)?;
        let rule = workflow.statutory(&self.traits, self.received_at.date());
        if rule.and_then(|rule| rule.extended).is_none() || self.accepted_at.is_none() {
            return Err(Refusal::NotAllowed);
        }
        if self.is_extended {
            return Err(Refusal::Extended);
        }
        let mut clocks = self.clocks(workflow, calendar, now).into_iter();
        match clocks.find(|clock| clock.counts == Some(Counts::Statutory)) {
            Some(clock) if now < clock.deadline.end => Ok(()),
            _ => Err(Refusal::TooLate),
        }
    }

    /// Whether the stage is theirs, and none that they have to keep out of.
    fn may_work(
        &self,
        workflow: &Workflow,
        hands: &Hands<'_>,
        id: StageId,
        stage: &Stage,
    ) -> Result<(), Refusal> {
        if !hands.posts.iter().any(|post| self.is_work_of(&stage.who, post)) {
            return Err(Refusal::NotTheirs);
        }
        if stage.work == Work::Decision && self.was_decided_by(workflow, hands.account) {
            return Err(Refusal::Apart(stage.name.clone()));
        }
        self.is_apart(workflow, hands.account, id)
    }

    /// Whether somebody worked no stage that this one is kept apart from.
    pub(crate) fn is_apart(
        &self,
        workflow: &Workflow,
        account: &str,
        id: StageId,
    ) -> Result<(), Refusal> {
        let done = self.worked.iter().filter(|(_, worker)| worker == account);
        let mut apart = done.filter(|(done, _)| workflow.are_apart(*done, id));
        match apart.next() {
            Some((done, _)) => {
                let name = workflow.stage(*done).map_or("", |stage| &stage.name);
                Err(Refusal::Apart(name.to_owned()))
            }
            None => Ok(()),
        }
    }

    /// Whether all who are said to have gone work for the township, may have a hand in it, and are not the
    /// last who could do what it is kept apart from.
    fn may_go(
        &self,
        workflow: &Workflow,
        organisation: &Organisation,
        id: StageId,
        record: &Record,
        today: Date,
    ) -> Result<(), Refusal> {
        let Record::Visit { people, .. } = record else { return Ok(()) };
        for account in people {
            organisation.person(account).ok_or_else(|| Refusal::Unknown(account.clone()))?;
            if self.is_recused(account) {
                return Err(Refusal::GoesRecused(account.clone()));
            }
            self.is_apart(workflow, account, id)?;
        }
        for (other, stage) in workflow.all().filter(|(other, _)| workflow.are_apart(id, *other)) {
            let could = organisation.holders(today, |post| self.is_work_of(&stage.who, post));
            let could = could
                .into_iter()
                .filter(|who| !self.is_recused(who) && self.is_apart(workflow, who, other).is_ok());
            let (gone, left): (Vec<&str>, Vec<&str>) =
                could.partition(|who| people.iter().any(|one| one == who));
            if left.is_empty() && !gone.is_empty() {
                return Err(Refusal::LeavesNobody(stage.name.clone()));
            }
        }
        Ok(())
    }

    /// Whether who holds this post works the case where the stage is `who`'s.
    pub fn is_work_of(&self, who: &Who, post: &Held) -> bool {
        Self::is_work_of_where(who, post, &self.office, self.village.as_ref())
    }

    pub(crate) fn is_work_of_where(
        who: &Who,
        post: &Held,
        office: &str,
        village: Option<&Division>,
    ) -> bool {
        let is_there = match &who.at {
            At::ItsOffice => post.office.as_deref() == Some(office),
            At::Office(office) => post.office.as_ref() == Some(office),
            At::ItsVillage => village.is_some_and(|village| village.is_in(&post.area)),
            At::Anywhere => true,
        };
        post.role == who.role && is_there
    }

    /// Whether nothing is owed where it is done with this.
    fn may_end(&self, stage: &Stage, outcome: Outcome) -> Result<(), Refusal> {
        let ends = stage.after(outcome, &self.traits) == Some(To::End(Ending::Finished));
        match ends && self.owed.is_some() {
            true => Err(Refusal::Owed),
            false => Ok(()),
        }
    }

    fn worked(
        &self,
        id: StageId,
        stage: &Stage,
        outcome: Outcome,
        record: Record,
    ) -> Result<Happened, Refusal> {
        if matches!(stage.work, Work::Notice { .. }) {
            return Err(Refusal::TimeTells);
        }
        if !stage.work.outcomes().contains(&outcome) {
            return Err(Refusal::AnotherStage);
        }
        record.is_complete(stage.work, outcome)?;
        Ok(Happened::Worked { stage: id, outcome, record })
    }
}

/// Who does something, with the posts that they hold or stand in for.
pub(crate) struct Hands<'o> {
    pub(crate) account: &'o str,
    pub(crate) posts: Vec<&'o Held>,
    pub(crate) organisation: &'o Organisation,
}

impl Hands<'_> {
    /// Whether they take down what applicants of this case say: the counter does, and its office.
    fn take_in_for(&self, case: &Case) -> Result<(), Refusal> {
        let takes_in = |post: &&Held| match post.role {
            Role::Window => true,
            Role::Handler | Role::Head => post.office.as_ref() == Some(&case.office),
            _ => false,
        };
        match self.posts.iter().any(takes_in) {
            true => Ok(()),
            false => Err(Refusal::NotTheirs),
        }
    }

    /// Whoever decided has no hand in it while somebody looks at that again.
    pub(crate) fn are_heads_of(&self, case: &Case, workflow: &Workflow) -> Result<(), Refusal> {
        let head = Who { role: Role::Head, at: At::ItsOffice };
        if !self.posts.iter().any(|post| case.is_work_of(&head, post)) {
            return Err(Refusal::NotTheirs);
        }
        match case.was_decided_by(workflow, self.account) {
            true => Err(Refusal::Decided),
            false => Ok(()),
        }
    }
}
