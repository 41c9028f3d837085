//! What is wrong with a workflow: one in which anything is does not come into force.

use std::collections::BTreeSet;

use calendar::Limit;

use crate::organisation::Role;
use crate::workflow::{ClockRule, Ending, Outcome, Period, Stage, StageId, To, Work, Workflow};

/// The most working days that an office may take to say what is missing (行政许可法 article 32).
const MOST_INTAKE: u32 = 5;
/// The most traits of a workflow: all that they may be together is tried.
const MOST_TRAITS: usize = 8;
/// How many go and look (行政许可法 article 34).
const LEAST_VISITORS: u8 = 2;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

/// Everything that is wrong with a workflow by itself.
pub fn faults(workflow: &Workflow) -> Vec<Fault> {
    let mut check = Check { workflow, faults: Vec::new() };
    check.stages();
    if check.faults.is_empty() {
        // What follows walks along the stages, which it can only where they are whole.
        check.ways();
        check.clocks();
        check.duties();
    }
    check.faults
}

struct Check<'w> {
    workflow: &'w Workflow,
    faults: Vec<Fault>,
}

impl<'w> Check<'w> {
    fn tell(&mut self, what: String, remedy: &str) {
        self.faults.push(Fault { what, remedy: remedy.to_owned() });
    }

    fn stages(&mut self) {
        let workflow = self.workflow;
        let Some(first) = workflow.stages.first() else {
            return self.tell("一步也没有".to_owned(), "至少写收件、决定");
        };
        if !matches!(first.work, Work::Intake | Work::Dispatch) {
            self.tell(format!("第一步“{}”不是收件或派单", first.name), "先收件");
        }
        if workflow.traits.len() > MOST_TRAITS {
            self.tell("traits 太多".to_owned(), "最多 8 种");
        }
        if workflow.stages.len() > usize::from(u8::MAX) {
            self.tell("步数太多".to_owned(), "最多 255 步");
        }
        for (id, stage) in workflow.all() {
            if workflow.find(&stage.id) != Some(id) {
                self.tell(format!("{} 写了两次", stage.id), "每一步的 id 只能用一次");
            }
            if stage.work == Work::Intake && id != StageId(0) {
                self.tell(format!("“{}”不是第一步，不能是收件", stage.name), "收件只在最前面");
            }
            self.stage(stage);
        }
        if let Some(appeal) = workflow.appeal
            && workflow.stage(appeal).is_none()
        {
            self.tell("复核的那一步没有写".to_owned(), "填有的一步");
        }
    }

    fn stage(&mut self, stage: &Stage) {
        let name = &stage.name;
        let outcomes = stage.work.outcomes();
        for outcome in outcomes {
            let mut ways = stage.next.iter().filter(|next| next.on == *outcome);
            if ways.next_back().is_none_or(|last| !last.when.is_empty()) {
                let what = format!("“{name}”的结果 {} 没有写到哪里去", outcome.name());
                self.tell(what, "写上 to；有条件的，最后再写一条没有条件的");
            }
        }
        for (place, next) in stage.next.iter().enumerate() {
            let before = stage.next[..place].iter().filter(|other| other.on == next.on);
            if hides(before.map(|other| &other.when), &next.when) {
                let what = format!("“{name}”的 {} 有一条永远轮不到", next.on.name());
                self.tell(what, "条件多的写在前面，没有条件的写在最后");
            }
            if let To::End(ending) = next.to
                && !ends_so(next.on, ending)
            {
                let what = format!("“{name}”的 {} 不能这样结束", next.on.name());
                self.tell(what, "不予受理的 declined，不同意的 refused，办好的 finished");
            }
            if !outcomes.contains(&next.on) {
                let what = format!("“{name}”不会有 {} 这个结果", next.on.name());
                self.tell(what, "删掉这一条");
            }
            if let To::Stage(to) = next.to
                && self.workflow.stage(to).is_none()
            {
                self.tell(format!("“{name}”去的那一步没有写"), "填有的一步");
            }
            self.traits(name, &next.when);
        }
        let is_staff =
            matches!(stage.who.role, Role::Clerk | Role::Window | Role::Handler | Role::Head);
        if !is_staff {
            self.tell(format!("“{name}”交给了不办件的人"), "监督、纪检、管理员、审计都不办件");
        }
        match stage.work {
            Work::Visit { people } if people < LEAST_VISITORS => {
                let what = format!("“{name}”只要 {people} 个人");
                self.tell(what, "入户核查至少两个人（行政许可法第三十四条）");
            }
            Work::Notice { .. } if self.workflow.is_private => {
                self.tell(format!("不能公示，却有“{name}”"), "删掉公示这一步");
            }
            Work::Intake => self.intake(stage),
            _ => {}
        }
    }

    fn intake(&mut self, stage: &Stage) {
        let is_lawful = match stage.limit {
            Some(Limit::WorkingDays(days)) => days <= MOST_INTAKE,
            Some(Limit::Days(days)) => days <= MOST_INTAKE,
            Some(Limit::Hours(hours)) => hours <= MOST_INTAKE * 24,
            None => false,
        };
        if !is_lawful {
            let what = format!("“{}”的时限不对", stage.name);
            self.tell(what, "最多 5 个工作日，过了就算受理（行政许可法第三十二条）");
        }
    }

    fn traits(&mut self, place: &str, wanted: &[String]) {
        for name in wanted {
            if !self.workflow.traits.contains(name) {
                self.tell(format!("“{place}”里的 {name} 没有写是什么"), "写在 [traits] 里");
            }
        }
    }

    fn ways(&mut self) {
        let workflow = self.workflow;
        let begun = std::iter::once(StageId(0)).chain(workflow.appeal);
        let reached = reach(begun, |id| stages_after(workflow, id));
        for (id, stage) in workflow.all() {
            if !reached.contains(&id) {
                self.tell(format!("没有路到“{}”", stage.name), "写上从哪一步来，或者删掉");
            }
            let stuck = all_traits(workflow).find(|own| !is_finished_in_the_end(workflow, own, id));
            if let Some(traits) = stuck {
                let of = match traits.is_empty() {
                    true => String::new(),
                    false => format!("（{}）", traits.join("、")),
                };
                let what = format!("从“{}”走不到头{of}", stage.name);
                self.tell(what, "人人同意的时候要能走到办结");
            }
        }
    }

    fn clocks(&mut self) {
        let workflow = self.workflow;
        let decides = workflow.stages.iter().any(|stage| stage.work == Work::Decision);
        let always = |rule: &ClockRule| rule.when.is_empty() && rule.in_force == Period::default();
        if decides && !workflow.statutory.last().is_some_and(always) {
            let remedy = "写上；有条件、有期限的，最后再写一条没有的";
            self.tell("没有写法定时限".to_owned(), remedy);
        }
        for (place, rule) in workflow.statutory.iter().enumerate() {
            self.traits("时限", &rule.when);
            let before = workflow.statutory[..place].iter();
            let before =
                before.filter(|other| [Period::default(), rule.in_force].contains(&other.in_force));
            if hides(before.map(|other| &other.when), &rule.when) {
                let remedy = "条件多的写在前面，没有条件的写在最后";
                self.tell("有一条时限永远轮不到".to_owned(), remedy);
            }
            if rule.extended.is_some_and(|longer| is_longer(rule.limit, longer) == Some(true)) {
                self.tell("延长以后反而短了".to_owned(), "extended 写延长以后一共多久");
            }
        }
        self.until();
        for (id, stage) in workflow.all() {
            if stage.stops_clocks {
                self.expect_own_limit(id, "它让整件的时限停下");
            }
        }
    }

    fn until(&mut self) {
        let workflow = self.workflow;
        let Some(until) = workflow.until else { return };
        let Some(stage) = workflow.stage(until) else {
            return self.tell("时限算到的那一步没有写".to_owned(), "填有的一步");
        };
        // Without it, nobody gets to an answer.
        let around = reach([StageId(0)].into_iter().filter(|id| *id != until), |id| {
            stages_after(workflow, id).filter(move |id| *id != until).collect::<Vec<_>>()
        });
        let answers = |ending| matches!(ending, Ending::Finished | Ending::Refused);
        if around.iter().any(|id| endings(workflow, *id).any(answers)) {
            let what = format!("有的路不经过“{}”，时限停不下来", stage.name);
            self.tell(what, "时限算到每条路都经过的一步");
        }
        // What can only come after the stage that ends the clocks.
        let after = reach(stages_after(workflow, until), |id| {
            stages_after(workflow, id).filter(move |id| *id != until).collect::<Vec<_>>()
        });
        for id in after {
            self.expect_own_limit(id, "这时整件的时限已经停了");
        }
    }

    fn expect_own_limit(&mut self, id: StageId, why: &str) {
        let Some(stage) = self.workflow.stage(id) else { return };
        let has_own = stage.limit.is_some() || matches!(stage.work, Work::Confirmation { .. });
        if !has_own {
            let what = format!("“{}”没有自己的时限，{why}", stage.name);
            if self.faults.iter().all(|fault| fault.what != what) {
                self.tell(what, "给这一步写 limit");
            }
        }
    }

    /// Whoever judged does not decide, and whoever decided does not look at it again.
    fn duties(&mut self) {
        let workflow = self.workflow;
        let decisions = || workflow.all().filter(|(_, stage)| stage.work == Work::Decision);
        for (decision, decides) in decisions() {
            for (judging, judges) in workflow.all().filter(|(_, stage)| stage.work.judges()) {
                let leads = reach([judging], |id| stages_after(workflow, id)).contains(&decision);
                if leads && !workflow.are_apart(judging, decision) {
                    let what = format!("同一个人能办“{}”又办“{}”", judges.name, decides.name);
                    self.tell(what, "写进 apart");
                }
            }
            if let Some(appeal) = workflow.appeal
                && !workflow.are_apart(appeal, decision)
            {
                let what = format!("办“{}”的人能复核自己的决定", decides.name);
                self.tell(what, "把决定和复核写进 apart");
            }
        }
        for (one, other) in &workflow.apart {
            if one == other || workflow.stage(*one).is_none() || workflow.stage(*other).is_none() {
                self.tell("apart 里写的不是两步".to_owned(), "写两个不同的 id");
            }
        }
    }
}

/// Whether a case of these traits at a stage comes to be finished where everybody is in favour.
fn is_finished_in_the_end(workflow: &Workflow, traits: &[String], id: StageId) -> bool {
    use Outcome as O;
    let onward = |id: StageId| {
        let stage = workflow.stage(id).into_iter();
        let ways = stage.flat_map(|stage| {
            let favour = [O::Accepted, O::Agreed, O::Undisputed, O::Granted, O::Done];
            favour.into_iter().filter_map(|outcome| stage.after(outcome, traits))
        });
        ways.collect::<Vec<To>>()
    };
    let stages = reach([id], |id| {
        onward(id).into_iter().filter_map(|to| match to {
            To::Stage(id) => Some(id),
            To::End(_) => None,
        })
    });
    stages.into_iter().any(|id| onward(id).contains(&To::End(Ending::Finished)))
}

/// All that may be true of a case together.
fn all_traits(workflow: &Workflow) -> impl Iterator<Item = Vec<String>> {
    let traits = &workflow.traits;
    (0..1_u32 << traits.len()).map(move |which| {
        let own = traits.iter().enumerate().filter(|(place, _)| which >> place & 1 == 1);
        own.map(|(_, name)| name.clone()).collect()
    })
}

pub(crate) fn stages_after(workflow: &Workflow, id: StageId) -> impl Iterator<Item = StageId> {
    let next = workflow.stage(id).into_iter().flat_map(|stage| &stage.next);
    next.filter_map(|next| match next.to {
        To::Stage(id) => Some(id),
        To::End(_) => None,
    })
}

fn endings(workflow: &Workflow, id: StageId) -> impl Iterator<Item = Ending> {
    let next = workflow.stage(id).into_iter().flat_map(|stage| &stage.next);
    next.filter_map(|next| match next.to {
        To::End(ending) => Some(ending),
        To::Stage(_) => None,
    })
}

/// All stages that can be come to, with those that one begins at.
pub(crate) fn reach<I: IntoIterator<Item = StageId>>(
    from: impl IntoIterator<Item = StageId>,
    after: impl Fn(StageId) -> I,
) -> BTreeSet<StageId> {
    let mut reached = BTreeSet::new();
    let mut left: Vec<StageId> = from.into_iter().collect();
    while let Some(id) = left.pop() {
        if reached.insert(id) {
            left.extend(after(id));
        }
    }
    reached
}

/// Whether what is for `when` is never come to, since something before it is for as much or more.
fn hides<'a>(mut before: impl Iterator<Item = &'a Vec<String>>, when: &[String]) -> bool {
    before.any(|earlier| earlier.iter().all(|one| when.contains(one)))
}

/// Whether a case may be over so by such an outcome.
fn ends_so(outcome: Outcome, ending: Ending) -> bool {
    use Outcome as O;
    match ending {
        Ending::Finished => {
            matches!(outcome, O::Agreed | O::Undisputed | O::Granted | O::Done | O::Unfounded)
        }
        Ending::Refused => matches!(outcome, O::Disagreed | O::Refused),
        Ending::Declined => outcome == O::Declined,
        Ending::Withdrawn | Ending::Stopped | Ending::Joined => false,
    }
}

/// Whether more is promised than the law gives, for a case of some traits that comes on some day.
pub fn is_over_the_law(workflow: &Workflow, promised: Limit) -> bool {
    workflow.statutory.iter().any(|rule| is_longer(promised, rule.limit) == Some(true))
}

/// Whether one limit is longer than another, where they are of a kind.
fn is_longer(one: Limit, other: Limit) -> Option<bool> {
    match (one, other) {
        (Limit::WorkingDays(one), Limit::WorkingDays(other))
        | (Limit::Days(one), Limit::Days(other))
        | (Limit::Hours(one), Limit::Hours(other)) => Some(one > other),
        _ => None,
    }
}
