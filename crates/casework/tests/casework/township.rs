//! A made-up township: its calendar, its people, and two workflows.

use std::collections::{BTreeMap, BTreeSet};

use calendar::{Calendar, Date, Limit, OffsetDateTime, Year};
use casework::{
    Act, At, By, Case, ClockRule, Ending, Event, Happened, Held, Next, Organisation, Outcome,
    Period, Person, Record, Refusal, Role, Stage, StageId, To, Who, Work, Workflow,
};
use checks::Division;
use time::macros::{date, datetime};

/// A Monday, before which and for weeks after which no day is off but weekends.
pub(crate) const MONDAY: OffsetDateTime = datetime!(2026-03-02 09:00 +8);

/// The State Council's notice of 2026, for its spring.
pub(crate) fn calendar() -> Calendar {
    let off = (4..=6).map(|day| Date::from_calendar_date(2026, time::Month::April, day).unwrap());
    let year = Year { off: off.collect(), work: BTreeSet::new() };
    Calendar::new(BTreeMap::from([(2026, year)]))
}

pub(crate) fn village() -> Division {
    Division::read("529999101201").unwrap()
}

pub(crate) fn another_village() -> Division {
    Division::read("529999101202").unwrap()
}

fn township() -> Division {
    Division::read("529999101000").unwrap()
}

/// `account` does what its name says, in 公共服务中心 where nothing else is said.
pub(crate) fn organisation() -> Organisation {
    let person = |account: &str, role, office: Option<&str>, area| Person {
        account: account.to_owned(),
        name: account.to_owned(),
        home: None,
        posts: vec![Held {
            role,
            office: office.map(str::to_owned),
            area,
            from: date!(2026 - 01 - 01),
            until: None,
        }],
    };
    Organisation {
        people: vec![
            person("clerk", Role::Clerk, None, village()),
            person("clerk_elsewhere", Role::Clerk, None, another_village()),
            person("window", Role::Window, None, township()),
            person("handler", Role::Handler, Some("gg"), township()),
            person("handler_too", Role::Handler, Some("gg"), township()),
            person("handler_of_roads", Role::Handler, Some("ny"), township()),
            person("head", Role::Head, Some("gg"), township()),
            person("head_of_roads", Role::Head, Some("ny"), township()),
            person("jurist", Role::Handler, Some("sf"), township()),
            person("mayor", Role::Head, Some("zh"), township()),
            person("supervisor", Role::Supervisor, None, township()),
        ],
        substitutes: Vec::new(),
    }
}

fn who(role: Role, at: At) -> Who {
    Who { role, at }
}

fn stage(id: &str, name: &str, work: Work, who: Who, limit: u32) -> Stage {
    Stage {
        id: id.to_owned(),
        name: name.to_owned(),
        work,
        who,
        limit: Some(Limit::WorkingDays(limit)),
        stops_clocks: false,
        next: Vec::new(),
    }
}

fn on(outcome: Outcome, to: u8) -> Next {
    Next { on: outcome, when: Vec::new(), to: To::Stage(StageId(to)) }
}

fn end(outcome: Outcome, ending: Ending) -> Next {
    Next { on: outcome, when: Vec::new(), to: To::End(ending) }
}

pub(crate) const VILLAGE: StageId = StageId(1);
pub(crate) const VISIT: StageId = StageId(2);
pub(crate) const VOTE: StageId = StageId(3);
pub(crate) const NOTICE: StageId = StageId(4);
pub(crate) const DECISION: StageId = StageId(5);
pub(crate) const DELIVERY: StageId = StageId(6);
pub(crate) const APPEAL: StageId = StageId(7);
pub(crate) const AGAIN: StageId = StageId(8);

/// 低保: 收件, 村级初审, 入户, 评议, 公示, 决定, 送达; 复核 by another office, and another's decision.
pub(crate) fn allowance() -> Workflow {
    use Outcome as O;
    let office = || At::ItsOffice;
    let mut stages = vec![
        stage("intake", "收件", Work::Intake, who(Role::Window, At::Anywhere), 5),
        stage("village", "村级初审", Work::Review, who(Role::Clerk, At::ItsVillage), 3),
        stage("visit", "入户核查", Work::Visit { people: 2 }, who(Role::Handler, office()), 10),
        stage(
            "vote",
            "民主评议",
            Work::Appraisal { people: 5 },
            who(Role::Clerk, At::ItsVillage),
            5,
        ),
        stage(
            "notice",
            "公示",
            Work::Notice { length: Limit::Days(7) },
            who(Role::Clerk, At::ItsVillage),
            10,
        ),
        stage("decision", "决定", Work::Decision, who(Role::Head, office()), 5),
        stage("delivery", "送达", Work::Delivery, who(Role::Handler, office()), 10),
        stage("appeal", "复核", Work::Review, who(Role::Handler, At::Office("sf".into())), 10),
        stage("again", "复核决定", Work::Decision, who(Role::Head, At::Office("zh".into())), 5),
    ];
    stages[4].stops_clocks = true;
    stages[0].next = vec![on(O::Accepted, 1), end(O::Declined, Ending::Declined)];
    stages[1].next = vec![on(O::Agreed, 2), on(O::Disagreed, 2), on(O::SentBack, 1)];
    stages[2].next = vec![
        Next { on: O::Agreed, when: vec!["kin".to_owned()], to: To::Stage(VOTE) },
        on(O::Agreed, 4),
        on(O::Disagreed, 3),
    ];
    stages[3].next = vec![on(O::Agreed, 4), on(O::Disagreed, 5)];
    stages[4].next = vec![on(O::Undisputed, 5), on(O::Disputed, 2)];
    stages[5].next = vec![on(O::Granted, 6), end(O::Refused, Ending::Refused), on(O::SentBack, 2)];
    stages[6].next = vec![end(O::Done, Ending::Finished)];
    stages[7].next = vec![on(O::Agreed, 8), end(O::Disagreed, Ending::Refused), on(O::SentBack, 7)];
    stages[8].next = vec![on(O::Granted, 6), end(O::Refused, Ending::Refused), on(O::SentBack, 7)];
    let rule = ClockRule {
        when: Vec::new(),
        in_force: Period::default(),
        limit: Limit::WorkingDays(30),
        extended: Some(Limit::WorkingDays(45)),
    };
    Workflow {
        name: "低保".to_owned(),
        stages,
        statutory: vec![rule],
        until: Some(DECISION),
        apart: [VILLAGE, VISIT, VOTE]
            .into_iter()
            .flat_map(|judging| [(judging, DECISION), (judging, APPEAL), (judging, AGAIN)])
            .chain([(APPEAL, DECISION), (APPEAL, AGAIN)])
            .collect(),
        traits: vec!["kin".to_owned()],
        is_private: false,
        takes_incomplete: true,
        appeal: Some(APPEAL),
    }
}

/// 报修: 派单, 处理, 报修人确认.
pub(crate) fn repair() -> Workflow {
    use Outcome as O;
    let mut stages = vec![
        stage("dispatch", "派单", Work::Dispatch, who(Role::Handler, At::ItsOffice), 1),
        stage("repair", "处理", Work::Repair, who(Role::Handler, At::ItsOffice), 3),
        stage(
            "confirmation",
            "确认",
            Work::Confirmation { silence: Limit::Days(3) },
            who(Role::Handler, At::ItsOffice),
            5,
        ),
    ];
    stages[0].limit = Some(Limit::Hours(12));
    stages[0].next = vec![on(O::Done, 1), end(O::Unfounded, Ending::Finished)];
    stages[1].next = vec![on(O::Done, 2), end(O::Unfounded, Ending::Finished)];
    stages[2].next = vec![end(O::Done, Ending::Finished), on(O::Disputed, 1)];
    let rule = ClockRule {
        when: Vec::new(),
        in_force: Period::default(),
        limit: Limit::Hours(72),
        extended: None,
    };
    Workflow {
        name: "报修".to_owned(),
        stages,
        statutory: vec![rule],
        until: None,
        apart: Vec::new(),
        traits: Vec::new(),
        is_private: false,
        takes_incomplete: false,
        appeal: None,
    }
}

/// A case under a workflow, with the clock that its events are made by.
pub(crate) struct Scene {
    pub(crate) workflow: Workflow,
    pub(crate) organisation: Organisation,
    pub(crate) calendar: Calendar,
    pub(crate) case: Case,
    pub(crate) events: Vec<Event>,
    pub(crate) now: OffsetDateTime,
}

impl Scene {
    /// A case that came on [`MONDAY`].
    pub(crate) fn of(workflow: Workflow, traits: &[&str]) -> Self {
        let traits = traits.iter().map(|one| (*one).to_owned()).collect();
        let (office, village) = ("gg".to_owned(), Some(village()));
        let promised = match workflow.name.as_str() {
            "报修" => Limit::Hours(48),
            _ => Limit::WorkingDays(25),
        };
        let what = Happened::Received { office, village, traits, promised };
        let event = Event { at: MONDAY, by: By::Applicant, what };
        let case = Case::begun(&workflow, &event).unwrap();
        Self {
            workflow,
            organisation: organisation(),
            calendar: calendar(),
            case,
            events: vec![event],
            now: MONDAY,
        }
    }

    /// An application for an allowance, taken at once.
    pub(crate) fn taken() -> Self {
        let mut scene = Self::of(allowance(), &[]);
        scene.works("window", Outcome::Accepted, words("")).unwrap();
        scene
    }

    /// Goes on to a moment; what falls due until then happens.
    pub(crate) fn waits_until(&mut self, now: OffsetDateTime) -> Vec<Event> {
        assert!(now >= self.now, "time goes one way");
        self.now = now;
        let mut happened = Vec::new();
        while let Some(event) = self.case.due(&self.workflow, &self.calendar, now) {
            self.case.apply(&self.workflow, &kept(&event)).unwrap();
            happened.push(event);
            assert!(happened.len() < 100, "time does without end: {happened:?}");
        }
        self.events.extend(happened.iter().cloned());
        happened
    }

    pub(crate) fn does(&mut self, by: By, act: Act) -> Result<(), Refusal> {
        let Self { workflow, organisation, calendar, now, .. } = self;
        let event = self.case.judge(workflow, organisation, calendar, &by, act, *now)?;
        self.case.apply(workflow, &kept(&event)).unwrap();
        self.events.push(event);
        Ok(())
    }

    pub(crate) fn person(&mut self, account: &str, act: Act) -> Result<(), Refusal> {
        self.does(By::Person(account.to_owned()), act)
    }

    pub(crate) fn works(
        &mut self,
        account: &str,
        outcome: Outcome,
        record: Record,
    ) -> Result<(), Refusal> {
        self.person(account, Act::Work { outcome, record })
    }

    pub(crate) fn stage(&self) -> StageId {
        self.case.stage().unwrap()
    }
}

/// That an applicant does not want it any more.
pub(crate) fn withdraw(words: &str) -> Act {
    Act::Withdraw { words: words.to_owned() }
}

pub(crate) fn words(words: &str) -> Record {
    Record::Words(words.to_owned())
}

pub(crate) fn visit() -> Record {
    visit_of(["handler", "clerk"])
}

pub(crate) fn visit_of(people: [&str; 2]) -> Record {
    let people = people.map(str::to_owned).to_vec();
    Record::Visit { people, words: "和填的一样".to_owned() }
}

/// The event as a server keeps it and reads it again.
fn kept(event: &Event) -> Event {
    let read = minicbor::decode(&minicbor::to_vec(event).unwrap()).unwrap();
    assert_eq!(&read, event);
    read
}
