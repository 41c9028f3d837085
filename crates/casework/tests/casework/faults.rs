//! Workflows that do not come into force.

use calendar::Limit;
use casework::check::{faults, is_over_the_law};
use casework::{Ending, Next, Outcome, Places, Role, StageId, To, Work, Workflow, unmanned};
use time::macros::date;

use crate::township::*;

/// Breaks the allowance's workflow, and tells what is found.
fn broken(change: impl FnOnce(&mut Workflow)) -> String {
    let mut workflow = allowance();
    change(&mut workflow);
    let faults = faults(&workflow);
    faults.iter().map(|fault| format!("{}；{}\n", fault.what, fault.remedy)).collect()
}

#[test]
fn the_workflows_here_have_no_faults() {
    assert_eq!(faults(&allowance()), []);
    assert_eq!(faults(&repair()), []);
}

#[test]
fn one_that_gets_stuck_does_not_come_into_force() {
    let no_way = broken(|workflow| workflow.stages[1].next.clear());
    assert!(no_way.contains("“村级初审”的结果 agreed 没有写到哪里去"), "{no_way}");
    let only_sometimes = broken(|workflow| {
        workflow.stages[0].next[0].when = vec!["kin".to_owned()];
    });
    assert!(only_sometimes.contains("“收件”的结果 accepted 没有写到哪里去"), "{only_sometimes}");
    let trap = broken(|workflow| {
        for next in &mut workflow.stages[6].next {
            next.to = To::Stage(DELIVERY);
        }
        workflow.stages[6].next[0].to = To::Stage(DELIVERY);
    });
    assert!(trap.contains("从“送达”走不到头"), "{trap}");
    let sometimes = broken(|workflow| {
        // Without kin, it goes round from the visit to the notice and back.
        workflow.stages[2].next[1].to = To::Stage(NOTICE);
        workflow.stages[2].next[2].to = To::Stage(NOTICE);
        workflow.stages[4].next[0].to = To::Stage(VISIT);
        workflow.until = None;
    });
    assert!(sometimes.contains("从“入户核查”走不到头；"), "{sometimes}");
    let island = broken(|workflow| {
        let mut lonely = workflow.stages[1].clone();
        lonely.id = "lonely".to_owned();
        lonely.name = "孤零零".to_owned();
        workflow.stages.push(lonely);
        workflow.apart.push((StageId(9), DECISION));
    });
    assert!(island.contains("没有路到“孤零零”"), "{island}");
}

#[test]
fn one_that_loses_its_clock_does_not_come_into_force() {
    let without = broken(|workflow| {
        workflow.statutory[0].when = vec!["kin".to_owned()];
    });
    assert!(without.contains("没有写法定时限"), "{without}");
    let around = broken(|workflow| {
        workflow.stages[2].next[1].to = To::Stage(DELIVERY);
    });
    assert!(around.contains("有的路不经过“决定”，时限停不下来"), "{around}");
    let stands = broken(|workflow| workflow.stages[4].limit = None);
    assert!(stands.contains("“公示”没有自己的时限，它让整件的时限停下"), "{stands}");
    let after = broken(|workflow| workflow.stages[6].limit = None);
    assert!(after.contains("“送达”没有自己的时限，这时整件的时限已经停了"), "{after}");
    let shorter = broken(|workflow| workflow.statutory[0].extended = Some(Limit::WorkingDays(20)));
    assert!(shorter.contains("延长以后反而短了"), "{shorter}");
    for limit in [None, Some(Limit::WorkingDays(6)), Some(Limit::Hours(121))] {
        let silent = broken(|workflow| workflow.stages[0].limit = limit);
        assert!(silent.contains("行政许可法第三十二条"), "{silent}");
    }
}

#[test]
fn nobody_promises_more_than_the_law_gives() {
    for (limit, is_over) in [
        (Limit::WorkingDays(30), false),
        (Limit::WorkingDays(31), true),
        // Another kind of limit is for people to compare.
        (Limit::Days(40), false),
    ] {
        assert_eq!(is_over_the_law(&allowance(), limit), is_over, "{limit:?}");
    }
}

#[test]
fn one_that_lets_one_person_do_two_duties_does_not_come_into_force() {
    let visit = broken(|workflow| workflow.apart.retain(|pair| *pair != (VISIT, DECISION)));
    assert!(visit.contains("同一个人能办“入户核查”又办“决定”"), "{visit}");
    let own = broken(|workflow| workflow.apart.retain(|pair| *pair != (APPEAL, DECISION)));
    assert!(own.contains("办“决定”的人能复核自己的决定"), "{own}");
    let alone = broken(|workflow| workflow.stages[2].work = Work::Visit { people: 1 });
    assert!(alone.contains("入户核查至少两个人"), "{alone}");
    let watches = broken(|workflow| workflow.stages[1].who.role = Role::Auditor);
    assert!(watches.contains("“村级初审”交给了不办件的人"), "{watches}");
}

#[test]
fn what_never_has_its_turn_is_told() {
    let hidden = broken(|workflow| workflow.stages[2].next.swap(0, 1));
    assert!(hidden.contains("“入户核查”的 agreed 有一条永远轮不到"), "{hidden}");
    let rule = broken(|workflow| {
        let mut kin = workflow.statutory[0].clone();
        kin.when = vec!["kin".to_owned()];
        workflow.statutory.push(kin);
        workflow.statutory.push(workflow.statutory[0].clone());
    });
    assert!(rule.contains("有一条时限永远轮不到"), "{rule}");
    let around = broken(|workflow| workflow.stages[2].next[2].to = To::End(Ending::Declined));
    assert!(around.contains("“入户核查”的 disagreed 不能这样结束"), "{around}");
    let never_granted = broken(|workflow| workflow.stages[5].next[0].to = To::Stage(VISIT));
    assert!(never_granted.contains("走不到头"), "{never_granted}");
}

#[test]
fn one_about_children_hangs_out_nothing() {
    let public = broken(|workflow| workflow.is_private = true);
    assert!(public.contains("不能公示，却有“公示”"), "{public}");
}

#[test]
fn what_is_named_and_not_there_is_told() {
    let no_stage = broken(|workflow| {
        workflow.stages[0].next[0].to = To::Stage(StageId(99));
        workflow.appeal = Some(StageId(98));
    });
    assert!(no_stage.contains("“收件”去的那一步没有写"), "{no_stage}");
    assert!(no_stage.contains("复核的那一步没有写"), "{no_stage}");
    let no_trait = broken(|workflow| workflow.traits.clear());
    assert!(no_trait.contains("“入户核查”里的 kin 没有写是什么"), "{no_trait}");
    let odd = broken(|workflow| {
        let to = To::End(Ending::Finished);
        workflow.stages[1].next.push(Next { on: Outcome::Granted, when: Vec::new(), to });
    });
    assert!(odd.contains("“村级初审”不会有 granted 这个结果"), "{odd}");
    let twice = broken(|workflow| workflow.stages[2].id = "village".to_owned());
    assert!(twice.contains("village 写了两次"), "{twice}");
    let late = broken(|workflow| workflow.stages[1].work = Work::Intake);
    assert!(late.contains("“村级初审”不是第一步，不能是收件"), "{late}");
    let empty = faults(&Workflow { stages: Vec::new(), ..allowance() });
    assert_eq!(empty[0].what, "一步也没有");
}

#[test]
fn one_that_nobody_could_work_is_told() {
    let villages = [village(), another_village()];
    let places = Places { offices: &["gg"], villages: &villages };
    let day = date!(2026 - 03 - 02);
    let told = |organisation: &casework::Organisation, day| -> String {
        let faults = unmanned(&allowance(), organisation, places, day);
        faults.into_iter().map(|fault| fault.what + "\n").collect()
    };
    let mut organisation = organisation();
    assert_eq!(told(&organisation, day), "");
    assert!(told(&organisation, date!(2025 - 12 - 31)).contains("没有人能办“收件”"));
    organisation.people.retain(|person| person.account != "clerk_elsewhere");
    assert!(told(&organisation, day).contains("529999101202 没有人能办“村级初审”"));
    // The head is the only handler, too: who visits would have to decide.
    for person in &mut organisation.people {
        if person.account.starts_with("handler") {
            person.posts.clear();
        }
        if person.account == "head" {
            let mut visits = person.posts[0].clone();
            visits.role = Role::Handler;
            person.posts.push(visits);
        }
    }
    assert!(told(&organisation, day).contains("gg 能办“决定”的人都可能办过要分开的那一步"));
}

#[test]
fn an_objection_that_comes_back_to_who_decided_is_told() {
    let mut workflow = allowance();
    for next in &mut workflow.stages[7].next {
        if next.on == Outcome::Agreed {
            next.to = To::Stage(DECISION);
        }
    }
    let villages = [village()];
    let places = Places { offices: &["gg"], villages: &villages };
    let told = unmanned(&workflow, &organisation(), places, date!(2026 - 03 - 02));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].what, "gg 复核以后又回到原来决定的人那里");
}
