//! Who works for a township, as what, where, and since when.

use calendar::Date;
use checks::Division;

/// What somebody is in the township's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 村干部、代办员: works for a village.
    Clerk,
    /// 综合窗口: takes applications for every office.
    Window,
    /// 经办: works an office's cases.
    Handler,
    /// 负责人: answers for an office, and decides.
    Head,
    /// 监督: looks at how others work, and works nothing.
    Supervisor,
    /// 纪检: opens what is sealed to the discipline body.
    Discipline,
    /// 系统管理: people, posts, packs; no cases.
    Administrator,
    /// 审计: who did what; no cases.
    Auditor,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Clerk,
        Self::Window,
        Self::Handler,
        Self::Head,
        Self::Supervisor,
        Self::Discipline,
        Self::Administrator,
        Self::Auditor,
    ];

    /// As packs call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Window => "window",
            Self::Handler => "handler",
            Self::Head => "head",
            Self::Supervisor => "supervisor",
            Self::Discipline => "discipline",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// Whether who is this may be nothing else besides: administration, audit and discipline are kept
    /// apart from each other and from the work itself (GB/T 22239-2019, 三权分立).
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Discipline | Self::Administrator | Self::Auditor)
    }
}

/// A post that somebody holds. Rights follow the post, not the unit that pays for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// As what.
    pub role: Role,
    /// In which office, by its id; none for posts that belong to no office.
    pub office: Option<String>,
    /// Over which area: a village, or the township.
    pub area: Division,
    /// From which day on.
    pub from: Date,
    /// Until which day, that day too; none where no end is known.
    pub until: Option<Date>,
}

impl Held {
    /// Whether it is held on `day`.
    pub fn is_held(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Somebody who works for the township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What they sign in as.
    pub account: String,
    /// Their name.
    pub name: String,
    /// 编制单位: the unit that pays them, where it is another than the office they work in.
    pub home: Option<String>,
    /// Their posts, at all times.
    pub posts: Vec<Held>,
}

/// Somebody who does another's work while that one is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitute {
    /// Whose work, by account.
    pub of: String,
    /// Who does it, by account.
    pub by: String,
    /// From which day on.
    pub from: Date,
    /// Until which day, that day too.
    pub until: Date,
}

/// All who work for a township.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Organisation {
    /// The people.
    pub people: Vec<Person>,
    /// Who stands in for whom.
    pub substitutes: Vec<Substitute>,
}

impl Organisation {
    /// Who signs in as `account`.
    pub fn person(&self, account: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.account == account)
    }

    /// The posts whose work somebody may do on `day`: their own, and those of whom they stand in for.
    /// Who stands in for somebody hands on none of that in turn.
    pub fn posts(&self, account: &str, day: Date) -> impl Iterator<Item = &Held> {
        let stood_in_for = self
            .substitutes
            .iter()
            .filter(move |one| one.by == account && one.from <= day && day <= one.until);
        let accounts = std::iter::once(account.to_owned())
            .chain(stood_in_for.map(|one| one.of.clone()))
            .collect::<Vec<_>>();
        let people = self.people.iter().filter(move |person| accounts.contains(&person.account));
        people.flat_map(|person| &person.posts).filter(move |post| post.is_held(day))
    }

    /// Who holds a post on `day` that `fits`, by account.
    pub fn holders(&self, day: Date, fits: impl Fn(&Held) -> bool) -> Vec<&str> {
        let held = |person: &&Person| self.posts(&person.account, day).any(&fits);
        self.people.iter().filter(held).map(|person| person.account.as_str()).collect()
    }
}
