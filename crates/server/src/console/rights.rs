//! Who may see what. This is the one place that decides it, and what it does not grant is denied.
//!
//! Storage gives cases to people only through a [`Scope`], and only this module makes one. Who may do
//! something to a case that they see is for its workflow to say.

use calendar::Date;
use casework::{Held, Role};
use checks::Division;
use pack::Pack;
use protocol::Township;

/// The cases that somebody may see by one post.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    township: Township,
    role: Role,
    /// Whose cases, and whose stages.
    office: Option<String>,
    area: Division,
}

/// The cases that somebody may see by all posts that they hold, or stand in for.
#[derive(Clone, Debug)]
pub(crate) struct Reach(Vec<Scope>);

impl Reach {
    /// What the posts of an account reach over on `day`. Rights follow the post, not the unit that
    /// employs somebody; who has none of cases has none at all.
    pub(crate) fn of(township: &Township, pack: &Pack, account: &str, day: Date) -> Self {
        let posts = pack.organisation.posts(account, day);
        Self(posts.filter_map(|post| Scope::of(township, post)).collect())
    }

    /// What of it they work on, and do not only watch over.
    pub(crate) fn worked(&self) -> Self {
        let own = self.0.iter().filter(|scope| scope.role != Role::Supervisor);
        Self(own.cloned().collect())
    }

    /// What of it they see where people come to be helped, and are told in writing: at the counter, and in
    /// an office.
    pub(crate) fn counter(&self) -> Self {
        let taking = self.0.iter().filter(|scope| scope.takes_in());
        Self(taking.cloned().collect())
    }

    /// Post by post.
    pub(crate) fn scopes(&self) -> &[Scope] {
        &self.0
    }
}

impl Scope {
    /// What one post reaches over; none where it is not about cases.
    pub(crate) fn of(township: &Township, post: &Held) -> Option<Self> {
        match post.role {
            Role::Clerk | Role::Window | Role::Handler | Role::Head | Role::Supervisor => {}
            // They look after people and records, not after cases.
            Role::Discipline | Role::Administrator | Role::Auditor => return None,
        }
        let (role, office) = (post.role, post.office.clone());
        Some(Self { township: township.clone(), role, office, area: post.area.clone() })
    }

    /// In which township.
    pub(crate) fn township(&self) -> &Township {
        &self.township
    }

    /// As what: they see what is to be worked as this, where they may work it.
    pub(crate) fn role(&self) -> &'static str {
        self.role.name()
    }

    /// Whose cases they see, whoever works them now; empty for none.
    pub(crate) fn office(&self) -> &str {
        match self.role {
            Role::Handler | Role::Head => self.office.as_deref().unwrap_or_default(),
            _ => "",
        }
    }

    /// The beginning of the names of places, offices or villages, whose work they do; all of the name
    /// where it is an office's.
    pub(crate) fn place(&self) -> Place<'_> {
        match (self.role, &self.office) {
            (Role::Clerk, _) => Place::Area(self.area.prefix()),
            (_, Some(office)) => Place::Office(office),
            (_, None) => Place::None,
        }
    }

    /// Whether they take in what people bring to the counter.
    pub(crate) fn takes_in(&self) -> bool {
        matches!(self.role, Role::Window | Role::Handler | Role::Head)
    }

    /// Whether they ask people at the counter how it went.
    pub(crate) fn takes_ratings(&self) -> bool {
        self.role == Role::Window
    }

    /// Whether they see every case of the township: to watch over how it is worked, or to tell whoever
    /// comes to the counter how theirs stands, and to take down what they say.
    pub(crate) fn is_all(&self) -> bool {
        matches!(self.role, Role::Supervisor | Role::Window)
    }
}

/// Whether who holds this post looks into ratings and risks, and sees who keeps out of which cases.
pub(crate) fn supervises(post: &Held) -> bool {
    post.role == Role::Supervisor
}

/// Whether who holds this post reads what others did.
pub(crate) fn audits(post: &Held) -> bool {
    post.role == Role::Auditor
}

/// Whether who holds this post brings new tables of the township's people.
pub(crate) fn keeps_roster(pack: &Pack, post: &Held) -> bool {
    let keeper = pack.residents.as_ref().map(|residents| &residents.office);
    let is_there = keeper.is_some() && post.office.as_ref() == keeper;
    is_there && matches!(post.role, Role::Handler | Role::Head)
}

/// Whether who holds this post looks after accounts, devices, and what leaves the township: that, and not
/// of whom it is.
pub(crate) fn administers(post: &Held) -> bool {
    post.role == Role::Administrator
}

/// Where somebody has a post.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place<'s> {
    /// In an office.
    Office(&'s str),
    /// Over the villages whose codes begin so.
    Area(&'s str),
    /// In none.
    None,
}
