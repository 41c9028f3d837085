//! On the two real spreadsheets, as they stand.

use std::rc::Rc;

use form::surroundings::Fixed;
use form::{InstanceId, Session};
use rustc_hash::FxHashSet;

use super::telling::moment_words;
use super::*;

struct Person {
    plan: Plan,
    session: Session,
    seen: FxHashSet<InstanceId>,
    step: Step,
}

impl Person {
    fn opens(file: &str) -> Self {
        let path = format!("{}/township/forms/{file}", env!("CARGO_MANIFEST_DIR"));
        let form = xlsform::read(&std::fs::read(path).unwrap(), &xlsform::NoFiles).unwrap();
        let form = Rc::new(form);
        let clock = Rc::new(Fixed::at(form::Moment::from_unix_timestamp(1_795_400_000).unwrap()));
        let plan = Plan::of(&form, Pages::Few, Rc::clone(&clock) as _);
        let session = Session::start(form, clock);
        let step = plan.first(&session, session.root()).unwrap();
        Self { plan, session, seen: FxHashSet::default(), step }
    }

    /// The names of what is asked on the page.
    fn sees(&self) -> Vec<&str> {
        let asked = self.plan.instances(&self.session, self.step);
        asked
            .into_iter()
            .filter(|at| self.session.is_relevant(*at))
            .map(|at| self.session.form().node(at.node).name.as_str())
            .collect()
    }

    fn answers(&mut self, name: &str, value: &str) {
        let node = self.session.form().find(name).unwrap();
        let at = self.session.nearest(self.step.body, node).unwrap();
        self.session.answer(at, value).unwrap();
    }

    fn goes_on(&mut self) -> bool {
        self.seen.insert(self.step.body);
        let next = self.plan.next(&self.session, self.step, &self.seen);
        self.step = next.unwrap_or(self.step);
        next.is_some()
    }

    fn goes_back(&mut self) -> bool {
        let back = self.plan.back(&self.session, self.step);
        self.step = back.unwrap_or(self.step);
        back.is_some()
    }
}

#[test]
fn a_page_asks_three_things_at_most_and_what_an_answer_brings_up_appears_below_it() {
    let mut person = Person::opens("F10_bxsj.xlsx");
    let mut pages = vec![person.sees().join(" ")];
    while person.goes_on() {
        pages.push(person.sees().join(" "));
    }
    assert_eq!(pages, ["cat sub danger", "say txt ph", "geo mark vil", "hh found", "anon open"]);
    person.answers("anon", "no");
    assert_eq!(person.sees(), ["anon", "name", "tel", "open"]);
    person.answers("cat", "light");
    assert!(person.goes_back());
    assert_eq!(person.sees(), ["asset", "hh", "found"]);
}

#[test]
fn groups_are_not_mixed_and_a_page_that_asks_nothing_now_is_passed_over() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    person.answers("mode", "self");
    let mut pages = vec![person.sees().join(" ")];
    while person.goes_on() {
        pages.push(person.sees().join(" "));
    }
    assert_eq!(
        pages,
        [
            "mode app_name",
            "app_idtype app_id app_eth",
            "app_hasphone app_phone app_village",
            "app_group app_addr",
            "py fee",
            "total_n",
            "m_name m_idtype m_id",
            "m_rel m_type",
            "m_special m_act",
            "m_idphoto",
            "total_n",
            "privacy promise sign_kind witness",
        ]
    );
}

#[test]
fn a_row_leads_back_to_its_list_and_an_unfinished_one_does_not_hold_anybody_up() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    while person.plan.repeat(&person.session, person.step).is_none() {
        assert!(person.goes_on());
    }
    let list = person.step;
    let repeat = person.plan.repeat(&person.session, list).unwrap();
    let (second, _) = person.session.add_row(repeat).unwrap();
    assert!(person.goes_on());
    assert_ne!(person.step.body, second);
    assert!(person.goes_back());
    assert_eq!(person.step, list);

    person.seen.extend(person.session.rows(repeat));
    assert!(person.goes_on());
    assert_eq!(person.sees()[0], "privacy");
}

#[test]
fn an_address_leads_to_the_same_page_again_or_to_the_nearest_before_it() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    let repeat =
        person.session.nearest(person.session.root(), person.session.form().find("m").unwrap());
    person.session.add_row(repeat.unwrap()).unwrap();
    for step in person.plan.steps(&person.session) {
        let address = person.plan.address(&person.session, step);
        assert_eq!(Address::parse(&address.to_string()), Some(address.clone()));
        assert_eq!(person.plan.resolve(&person.session, &address), Some(step));
    }
    person.answers("mode", "self");
    let hidden = person.session.form().find("ag_name").unwrap();
    let hidden = person.session.nearest(person.session.root(), hidden).unwrap();
    let hidden = person.plan.locate(&person.session, hidden).unwrap();
    let address = person.plan.address(&person.session, hidden);
    person.step = person.plan.resolve(&person.session, &address).unwrap();
    assert_eq!(person.sees()[0], "app_group");
}

#[test]
fn a_household_is_told_by_its_names_and_never_by_its_numbers() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    assert_eq!(application_name(&person.session, &person.plan), None);
    person.answers("mode", "self");
    person.answers("app_name", "王秀兰");
    person.answers("app_id", "529999199001011231");
    assert_eq!(application_name(&person.session, &person.plan).as_deref(), Some("王秀兰"));
    while person.step.body == person.session.root() {
        assert!(person.goes_on());
    }
    person.answers("m_name", "王小军");
    person.answers("m_rel", "20");
    person.answers("m_type", "student");
    let list = person.plan.list_of(&person.session, person.step.body).unwrap();
    let repeat = person.plan.repeat(&person.session, list).unwrap();
    let row = rows(&person.session, &person.plan, repeat).remove(0);
    assert_eq!(row.name.as_deref(), Some("王小军"));
    assert_eq!(row.details, ["子", "在校学生"]);
    assert!(row.unfinished > 0);
    let title = title(&person.session, &person.plan, person.step);
    assert_eq!(
        title,
        super::telling::Title { section: Some("参保成员".to_owned()), row: Some((1, 1)) }
    );
}

#[test]
fn a_problem_is_told_in_the_authors_words() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    person.answers("app_id", "123");
    let at = person.session.form().find("app_id").unwrap();
    let at = person.session.nearest(person.step.body, at).unwrap();
    let words = problem_words(&person.session, at).unwrap();
    assert!(words.contains("一位一位看"), "{words}");
}

#[test]
fn moments_are_read_as_people_write_them() {
    assert_eq!(moment_words("2026-11-23T09:12:00.000+08:00"), "2026 年 11 月 23 日 09:12");
    assert_eq!(moment_words("2026-01-05"), "2026 年 1 月 5 日");
    assert_eq!(moment_words("18:30:00"), "18:30");
}

#[test]
fn the_record_tells_every_part_once_and_every_row_apart() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    person.answers("mode", "self");
    person.answers("app_name", "王秀兰");
    let parts = record(&person.session, &person.plan);
    let titles: Vec<_> =
        parts.iter().map(|part| (part.title.section.as_deref(), part.title.row)).collect();
    assert_eq!(
        titles,
        [
            (Some("申请人"), None),
            (None, None),
            (Some("参保成员"), None),
            (Some("参保成员"), Some((1, 1))),
            (Some("告知、承诺与签名"), None),
        ]
    );
    assert_eq!(parts[0].lines[1].value.as_deref(), Some("王秀兰"));
    assert!(!parts[0].lines[1].wrong && parts[0].lines[3].wrong);
}

#[test]
fn what_a_correction_changes_is_told_question_by_question_and_row_by_row() {
    let mut person = Person::opens("F01_ybcb.xlsx");
    let repeat = person.session.form().find("m").unwrap();
    let repeat = person.session.nearest(person.session.root(), repeat).unwrap();
    let (row, _) = person.session.add_row(repeat).unwrap();
    person.step.body = row;
    person.answers("m_name", "示例甲");
    let before = record(&person.session, &person.plan);
    assert_eq!(changes(&before, &before), []);
    let at = at_path(&person.session, "m[2]/m_name").or(at_path(&person.session, "m[1]/m_name"));
    let at = at.unwrap();
    assert_eq!(person.session.value(at), "示例甲");
    person.session.answer(at, "示例乙").unwrap();
    let changed = changes(&before, &record(&person.session, &person.plan));
    let [line] = changed.as_slice() else { panic!("one line: {changed:?}") };
    assert_eq!((line.before.as_deref(), line.after.as_deref()), (Some("示例甲"), Some("示例乙")));
    assert_eq!(at_path(&person.session, "m[9]/m_name"), None);
    assert_eq!(at_path(&person.session, "nothing"), None);
}
