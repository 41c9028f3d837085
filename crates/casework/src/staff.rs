//! Whether there is somebody for every stage of a workflow.

use std::collections::BTreeSet;

use calendar::Date;
use checks::Division;

use crate::case::Case;
use crate::check::{Fault, reach, stages_after};
use crate::organisation::{Held, Organisation};
use crate::workflow::{At, Stage, StageId, Work, Workflow};

/// Where the cases of a workflow may be from, and who may have them.
#[derive(Clone, Copy, Debug)]
pub struct Places<'p> {
    /// The offices.
    pub offices: &'p [&'p str],
    /// The villages.
    pub villages: &'p [Division],
}

/// The stages that nobody could work on `day`: nobody holds such a post, or all who do may have worked
/// what it is kept apart from.
pub fn unmanned(
    workflow: &Workflow,
    organisation: &Organisation,
    places: Places<'_>,
    day: Date,
) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for place in places.all() {
        let staffed = Staffed { workflow, organisation, place, day, out: &[] };
        for (id, stage) in workflow.all() {
            faults.extend(staffed.fault(id, stage).filter(|fault| !faults.contains(fault)));
        }
    }
    faults
}

impl<'s> Staffed<'s> {
    /// Those without `out` who work the cases of this office and village on `day`.
    pub(crate) fn without(
        out: &'s [&'s str],
        workflow: &'s Workflow,
        organisation: &'s Organisation,
        (office, village): (&'s str, Option<&'s Division>),
        day: Date,
    ) -> Self {
        Self { workflow, organisation, place: AtPlace { office, village }, day, out }
    }

    /// Whether somebody could work a stage, whoever works what is kept apart from it.
    pub(crate) fn mans(&self, id: StageId) -> bool {
        self.workflow.stage(id).is_none_or(|stage| self.fault(id, stage).is_none())
    }
}

/// A case's office and village, one of all that there may be.
#[derive(Clone, Copy)]
struct AtPlace<'p> {
    office: &'p str,
    village: Option<&'p Division>,
}

impl<'p> Places<'p> {
    fn all(self) -> impl Iterator<Item = AtPlace<'p>> {
        let villages = self.villages.iter().map(Some);
        let villages: Vec<_> = villages.chain(self.villages.is_empty().then_some(None)).collect();
        self.offices.iter().flat_map(move |office| {
            let at = |village| AtPlace { office, village };
            villages.clone().into_iter().map(at).collect::<Vec<_>>()
        })
    }
}

/// Who works the cases of a place.
pub(crate) struct Staffed<'s> {
    workflow: &'s Workflow,
    organisation: &'s Organisation,
    place: AtPlace<'s>,
    day: Date,
    /// Who does not.
    out: &'s [&'s str],
}

impl<'s> Staffed<'s> {
    fn fault(&self, id: StageId, stage: &Stage) -> Option<Fault> {
        let (holders, name) = (self.holders(stage), &stage.name);
        let place = match (&stage.who.at, self.place.village) {
            (At::ItsVillage, Some(village)) => village.as_str(),
            (At::Office(office), _) => office,
            _ => self.place.office,
        };
        if holders.is_empty() {
            let what = format!("{place} 没有人能办“{name}”");
            return Some(Fault { what, remedy: "给一个人这个岗位".to_owned() });
        }
        let apart = self.workflow.all().filter(|(other, _)| self.workflow.are_apart(id, *other));
        let taken: usize = apart.map(|(_, other)| self.may_be_taken(other, &holders)).sum();
        if holders.len() <= taken {
            let what = format!("{place} 能办“{name}”的人都可能办过要分开的那一步");
            return Some(Fault { what, remedy: "把这个岗位给另一个人".to_owned() });
        }
        (stage.work == Work::Decision && self.is_left_to_who_decided(id, &holders)).then(|| {
            let what = format!("{place} 复核以后又回到原来决定的人那里");
            Fault { what, remedy: "复核以后由另一个人决定".to_owned() }
        })
    }

    fn holders(&self, stage: &Stage) -> BTreeSet<&'s str> {
        let AtPlace { office, village } = self.place;
        let fits = |post: &Held| Case::is_work_of_where(&stage.who, post, office, village);
        let holders = self.organisation.holders(self.day, fits).into_iter();
        holders.filter(|who| !self.out.contains(who)).collect()
    }

    /// How many of `holders` may have worked another stage.
    fn may_be_taken(&self, other: &Stage, holders: &BTreeSet<&str>) -> usize {
        let workers = match other.work {
            Work::Visit { people } => usize::from(people),
            _ => 1,
        };
        self.holders(other).intersection(holders).count().min(workers)
    }

    /// Whether the decision may be made after an objection, and the only one who could make it may be who
    /// made the one that is objected to.
    fn is_left_to_who_decided(&self, id: StageId, holders: &BTreeSet<&str>) -> bool {
        let workflow = self.workflow;
        let again = reach(workflow.appeal, |at| stages_after(workflow, at));
        let first = reach([StageId(0)], |at| stages_after(workflow, at));
        let decisions = first.iter().filter_map(|id| workflow.stage(*id));
        let mut decisions = decisions.filter(|stage| stage.work == Work::Decision);
        again.contains(&id)
            && holders.len() == 1
            && decisions.any(|stage| !self.holders(stage).is_disjoint(holders))
    }
}
