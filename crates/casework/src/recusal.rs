//! 回避: who has a tie to an applicant keeps out of that case, and others of their post go on with it.

use std::collections::BTreeSet;

use calendar::Date;

use crate::act::Tie;
use crate::case::Case;
use crate::check::{reach, stages_after};
use crate::judge::Hands;
use crate::organisation::{Held, Organisation};
use crate::refusal::{Refusal, said};
use crate::staff::Staffed;
use crate::workflow::{Stage, StageId, Work, Workflow};

impl Case {
    /// Whether somebody keeps out of it.
    pub fn is_recused(&self, account: &str) -> bool {
        self.recused.iter().any(|one| one == account)
    }

    /// Whether somebody works it, and is not the last who could work some stage that may be to come.
    pub(crate) fn may_recuse(
        &self,
        workflow: &Workflow,
        hands: &Hands<'_>,
        tie: Tie,
        words: &str,
        today: Date,
    ) -> Result<(), Refusal> {
        let to_come = self.to_come(workflow);
        if to_come.is_empty() {
            return Err(Refusal::Over);
        }
        let is_work = |(_, stage): &(StageId, &Stage)| {
            hands.posts.iter().any(|post| self.is_work_of(&stage.who, post))
        };
        if !to_come.iter().any(is_work) {
            hands.are_heads_of(self, workflow)?;
        }
        if tie == Tie::Other {
            said(words, "有什么利害关系")?;
        }
        let mut out: Vec<&str> = self.recused.iter().map(String::as_str).collect();
        out.push(hands.account);
        self.is_manned_without(&out, &self.office, workflow, hands.organisation, today)
    }

    /// Whether there is somebody for all that may be to come where another office has it: somebody who
    /// does not keep out of it.
    pub(crate) fn is_manned_at(
        &self,
        office: &str,
        workflow: &Workflow,
        organisation: &Organisation,
        today: Date,
    ) -> Result<(), Refusal> {
        let out: Vec<&str> = self.recused.iter().map(String::as_str).collect();
        match out.is_empty() {
            true => Ok(()),
            false => self.is_manned_without(&out, office, workflow, organisation, today),
        }
    }

    fn is_manned_without(
        &self,
        out: &[&str],
        office: &str,
        workflow: &Workflow,
        organisation: &Organisation,
        today: Date,
    ) -> Result<(), Refusal> {
        let village = self.village.as_ref();
        let others = Staffed::without(out, workflow, organisation, (office, village), today);
        for (id, stage) in self.to_come(workflow) {
            let fits = |post: &Held| Self::is_work_of_where(&stage.who, post, office, village);
            let mut could = organisation.holders(today, fits).into_iter().filter(|who| {
                let decided = stage.work == Work::Decision && self.was_decided_by(workflow, who);
                !out.contains(who) && !decided && self.is_apart(workflow, who, id).is_ok()
            });
            // Who could today, and who could whatever others work before it comes to that.
            if could.next().is_none() || !others.mans(id) {
                return Err(Refusal::NobodyElse(stage.name.clone()));
            }
        }
        Ok(())
    }

    /// The stages that it is at or may come to, those of an objection among them.
    fn to_come<'w>(&self, workflow: &'w Workflow) -> Vec<(StageId, &'w Stage)> {
        let Some(now) = self.stage() else { return Vec::new() };
        let appeal = workflow.appeal.filter(|_| self.appealed.is_none());
        let all: BTreeSet<StageId> =
            reach([now].into_iter().chain(appeal), |id| stages_after(workflow, id));
        all.into_iter().filter_map(|id| Some((id, workflow.stage(id)?))).collect()
    }
}
