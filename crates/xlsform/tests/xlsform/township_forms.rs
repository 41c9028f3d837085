//! The demonstration township's forms, as people wrote them.

use std::rc::Rc;

use form::model::UnreadableForm;
use form::surroundings::Fixed;
use form::{Form, InstanceId, Problem, Session};
use time::macros::datetime;

fn load(name: &str) -> Form {
    let path = format!("{}/../../township/forms/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the form is in the pack");
    xlsform::read(&bytes, &xlsform::NoFiles).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn begin(form: Form) -> Session {
    Session::start(Rc::new(form), Rc::new(Fixed::at(datetime!(2026-11-23 09:00 +8))))
}

fn find(session: &Session, near: InstanceId, name: &str) -> InstanceId {
    let node = session.form().find(name).expect("the form has the question");
    session.nearest(near, node).expect("it is above or in this row")
}

fn answer(session: &mut Session, near: InstanceId, answers: &[(&str, &str)]) {
    for (name, value) in answers {
        let at = find(session, near, name);
        session.answer(at, value).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
    }
}

fn household_of_four() -> Session {
    let mut session = begin(load("F01_ybcb.xlsx"));
    let root = session.root();
    answer(
        &mut session,
        root,
        &[
            ("mode", "self"),
            ("app_name", "王秀兰"),
            ("app_id", "529999196312319909"),
            ("app_hasphone", "yes"),
            ("app_phone", "13900000000"),
            ("app_village", "529999101203"),
            ("app_addr", "三组 18 号"),
        ],
    );
    let people = [
        ("王秀兰", "529999196312319909", "01", "adult", "none"),
        ("李国强", "529999197001010247", "11", "adult", "tekun"),
        ("李小军", "529999199911123733", "20", "adult", "none"),
        ("李小雨", "529999201806301155", "42", "minor", "dibao"),
    ];
    let repeat = find(&session, root, "m");
    for (place, (name, id, relation, kind, special)) in people.into_iter().enumerate() {
        let row = match session.rows(repeat).get(place) {
            Some(row) => *row,
            None => session.add_row(repeat).expect("there is room").0,
        };
        answer(
            &mut session,
            row,
            &[
                ("m_name", name),
                ("m_id", id),
                ("m_rel", relation),
                ("m_type", kind),
                ("m_special", special),
                ("m_act", if place == 0 { "new" } else { "keep" }),
                ("m_idphoto", "a.jpg b.jpg"),
            ],
        );
        if special != "none" {
            answer(&mut session, row, &[("m_specialproof", "c.jpg")]);
        }
    }
    answer(&mut session, root, &[("promise", "yes"), ("sign_kind", "draw"), ("sign", "d.png")]);
    session
}

#[test]
fn a_household_of_four_is_insured_and_the_one_in_extreme_poverty_pays_nothing() {
    let session = household_of_four();
    assert_eq!(session.problems(), []);
    let root = session.root();
    assert_eq!(session.value(find(&session, root, "n_ins")), "4");
    assert_eq!(session.value(find(&session, root, "total")), "1200");
    let note = find(&session, root, "total_n");
    assert_eq!(session.label(note).as_deref(), Some("本户应缴合计 1200 元（本应用不收款）"));
}

#[test]
fn sex_birthday_and_age_follow_from_the_id() {
    let session = household_of_four();
    let child = session.rows(find(&session, session.root(), "m"))[3];
    let value = |name| session.value(find(&session, child, name)).to_owned();
    assert_eq!([value("m_dob"), value("m_sex"), value("m_age")], ["2018-06-30", "1", "8"]);
}

#[test]
fn what_the_phone_computed_the_server_computes_again() {
    let session = household_of_four();
    let surroundings = Rc::new(Fixed::at(session.moment()));
    let (again, leftovers) =
        Session::resume(session.form().clone(), surroundings, &session.answers());
    assert_eq!(leftovers, [""; 0]);
    assert_eq!(again.problems(), []);
    assert_eq!(again.answers(), session.answers());
}

#[test]
fn a_wrong_digit_in_an_id_is_found_by_the_authors_own_rule() {
    let mut session = begin(load("F01_ybcb.xlsx"));
    let id = find(&session, session.root(), "app_id");
    let mut judge = |value: &str| {
        session.answer(id, value).expect("it is a question");
        session.problem(id)
    };
    assert_eq!(judge("529999194508070018"), None);
    assert_eq!(judge("52999919850615008X"), None);
    assert_eq!(judge("529999194508070017"), Some(Problem::Unfit));
    assert_eq!(judge("52999919450807001"), Some(Problem::Unfit));
    assert_eq!(judge("52999O194508070018"), Some(Problem::Unfit));
    assert_eq!(judge(""), Some(Problem::Missing));
}

#[test]
fn the_agent_is_asked_about_only_when_there_is_one() {
    let mut session = begin(load("F01_ybcb.xlsx"));
    let root = session.root();
    let agent = find(&session, root, "ag_name");
    answer(&mut session, root, &[("mode", "self")]);
    assert!(!session.is_relevant(agent));
    let mode = find(&session, root, "mode");
    let changes = session.answer(mode, "village").expect("it is a question");
    assert!(session.is_relevant(agent));
    assert!(changes.iter().any(|change| change.at == agent));
}

#[test]
fn a_child_that_applies_alone_is_pointed_to_its_guardian() {
    let mut session = begin(load("F01_ybcb.xlsx"));
    let root = session.root();
    let id = find(&session, root, "app_id");
    answer(&mut session, root, &[("mode", "self"), ("app_id", "529999201806301155")]);
    assert!(session.warning(id));
    assert_eq!(session.problem(id), None, "it is told, and keeps nobody from going on");
    answer(&mut session, root, &[("mode", "guardian")]);
    assert!(!session.warning(id));
    answer(&mut session, root, &[("mode", "self"), ("app_id", "529999197001010247")]);
    assert!(!session.warning(id));
}

#[test]
fn a_household_without_the_applicant_or_with_a_grown_up_child_is_pointed_out() {
    let mut session = household_of_four();
    let root = session.root();
    let told = find(&session, root, "self_n");
    assert!(!session.is_relevant(told));
    let rows = session.rows(find(&session, root, "m"));
    let kind = find(&session, rows[3], "m_type");
    assert!(!session.warning(kind));
    answer(&mut session, rows[3], &[("m_type", "adult")]);
    assert!(session.warning(kind), "eight years old");
    answer(&mut session, rows[0], &[("m_id", "52999919850615008X")]);
    assert!(session.is_relevant(told));
}

#[test]
fn a_survey_knows_its_quarter() {
    let session = begin(load("F12_mydc.xlsx"));
    let round = find(&session, session.root(), "round");
    assert_eq!(session.value(round), "2026 年第四季度");
}

#[test]
fn the_kind_of_trouble_decides_which_troubles_are_offered() {
    let mut session = begin(load("F10_bxsj.xlsx"));
    let root = session.root();
    let sub = find(&session, root, "sub");
    answer(&mut session, root, &[("cat", "water")]);
    let offered = |session: &Session| -> Vec<String> {
        session
            .choices(sub)
            .into_iter()
            .map(|choice| session.choice_label(sub, choice).into_owned())
            .collect()
    };
    assert_eq!(offered(&session), ["停水", "漏水", "水质浑浊"]);
    answer(&mut session, root, &[("sub", "leak"), ("cat", "light")]);
    assert_eq!(offered(&session), ["灯不亮"]);
    assert_eq!(session.value(sub), "", "a leak is no trouble of lamps");
}

#[test]
fn a_recording_does_instead_of_words_and_nobody_finds_trouble_tomorrow() {
    let mut session = begin(load("F10_bxsj.xlsx"));
    let root = session.root();
    let (words, found) = (find(&session, root, "txt"), find(&session, root, "found"));
    assert_eq!(session.problem(words), Some(Problem::Missing));
    answer(
        &mut session,
        root,
        &[("say", "voice.webm"), ("found", "2026-11-23T08:30:00.000+08:00")],
    );
    assert!(!session.is_relevant(words));
    assert_eq!(session.problem(found), None);
    answer(&mut session, root, &[("found", "2026-11-24T08:30:00.000+08:00")]);
    assert_eq!(session.problem(found), Some(Problem::Unfit));
}

#[test]
fn a_compiled_form_survives_being_written_down() {
    for name in ["F01_ybcb.xlsx", "F10_bxsj.xlsx"] {
        let form = load(name);
        let bytes = form.to_bytes();
        assert_eq!(Form::from_bytes(&bytes), Ok(form), "{name}, {} bytes", bytes.len());
    }
}

#[test]
fn a_form_of_another_format_asks_for_an_update() {
    let mut bytes = load("F10_bxsj.xlsx").to_bytes();
    bytes[0] += 1;
    assert_eq!(Form::from_bytes(&bytes), Err(UnreadableForm::Format(form::model::FORMAT + 1)));
    bytes.truncate(100);
    bytes[0] -= 1;
    assert_eq!(Form::from_bytes(&bytes), Err(UnreadableForm::Damaged));
}

#[test]
fn every_form_of_the_township_is_without_fault_or_warning() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../township/forms");
    let mut read = 0;
    for file in std::fs::read_dir(folder).expect("a folder") {
        let path = file.expect("a file").path();
        // Their pictures lie in a folder beside them.
        if path.is_dir() {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a form");
        let checked = xlsform::check(&bytes, &xlsform::NoFiles);
        let told: Vec<String> = checked.faults.iter().map(ToString::to_string).collect();
        assert_eq!(told, [""; 0], "{}", path.display());
        assert!(checked.form.is_some());
        read += 1;
    }
    assert_eq!(read, 17);
}

/// township.md, section 2C: a month's income of each, after deductions.
#[test]
fn income_of_each_comes_out_as_the_office_computes_it() {
    for (wages, deducted, expected) in [
        (&["12000", "3000", "0"][..], "6000", "250"),
        (&["6300"], "0", "525"),
        (&["20000", "0", "0", "0"], "26000", "-125"),
    ] {
        let mut session = begin(load("F04_dibao.xlsx"));
        let root = session.root();
        let repeat = find(&session, root, "m");
        while session.rows(repeat).len() < wages.len() {
            session.add_row(repeat).expect("there is room");
        }
        for (row, wage) in session.rows(repeat).into_iter().zip(wages) {
            let incomes = [("i_wage", *wage), ("i_biz", "0"), ("i_prop", "0"), ("i_tran", "0")];
            answer(&mut session, row, &incomes);
        }
        answer(&mut session, root, &[("x_med", deducted), ("x_edu", "0"), ("x_reh", "0")]);
        let each = find(&session, root, "pcm");
        assert_eq!(session.value(each), expected, "{wages:?} less {deducted}");
    }
}
