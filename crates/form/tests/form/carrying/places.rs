//! Where an answer stands in the other version.

use form::definition::DeclaredKind;

use super::version::{carried, group, rows, started, text, version, with_default};
use super::{add, answer, told};
use crate::household::{all, integer, some};

#[test]
fn a_question_is_found_where_it_moved_and_never_confused_with_another_of_its_name() {
    let old = version(
        vec![
            group("applicant", vec![text("name"), text("phone")]),
            group("child", vec![text("name"), text("school")]),
        ],
        &[],
    );
    let mut session = started(&old);
    for (node, value) in [("phone", "13900000000"), ("school", "青禾小学")] {
        answer(&mut session, node, value);
    }
    let names: Vec<_> = all(&session)
        .into_iter()
        .filter(|at| session.form().node(at.node).name == "name")
        .collect();
    session.answer(names[0], "王秀兰").expect("it is asked");
    session.answer(names[1], "王小雨").expect("it is asked");
    let new = version(
        vec![
            group("applicant", vec![text("name")]),
            group("contact", vec![text("phone")]),
            group("witness", vec![text("name")]),
            text("school"),
        ],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    applicant/name: 王秀兰
    contact/phone: 13900000000
    school: 青禾小学
    - child/name: 王小雨 (Gone)
    ");
    let new = version(vec![group("witness", vec![text("name")]), text("phone")], &[]);
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    phone: 13900000000
    - applicant/name: 王秀兰 (Gone)
    - child/name: 王小雨 (Gone)
    - child/school: 青禾小学 (Gone)
    ");
}

#[test]
fn a_group_that_has_another_name_keeps_what_is_in_it() {
    let mut session = started(&version(
        vec![group("s1", vec![text("name"), rows("m", None, vec![text("who")])])],
        &[],
    ));
    answer(&mut session, "name", "王秀兰");
    add(&mut session, "m", "who", "王小军");
    add(&mut session, "m", "who", "王小雨");
    let new = version(
        vec![group("part_1", vec![text("name"), rows("member", None, vec![text("who")])])],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    part_1/name: 王秀兰
    part_1/member[1]/who: 王小军
    part_1/member[2]/who: 王小雨
    ");
}

#[test]
fn what_was_asked_once_is_the_first_row_of_a_list_and_back() {
    let once =
        version(vec![text("village"), group("person", vec![text("name"), text("tel")])], &[]);
    let listed = version(
        vec![
            text("village"),
            rows(
                "person",
                None,
                vec![text("name"), text("tel"), with_default("cn", text("nation"))],
            ),
        ],
        &[],
    );
    let mut session = started(&once);
    answer(&mut session, "name", "王秀兰");
    insta::assert_snapshot!(told(&carried(&session, &listed)), @"
    person[1]/name: 王秀兰
    person[1]/nation: cn
    ");
    insta::assert_snapshot!(told(&carried(&started(&once), &listed)), @"");

    let mut session = started(&listed);
    add(&mut session, "person", "name", "王秀兰");
    add(&mut session, "person", "name", "王大山");
    insta::assert_snapshot!(told(&carried(&session, &once)), @"
    person/name: 王秀兰
    - person[1]/nation: cn (Gone)
    - person[2]/name: 王大山 (NoRow)
    - person[2]/nation: cn (Gone)
    ");
}

#[test]
fn a_question_moves_into_a_list_and_out_of_it() {
    let inside = version(vec![rows("m", None, vec![text("name"), text("tel")])], &[]);
    let outside = version(vec![text("tel"), rows("m", None, vec![text("name")])], &[]);
    let mut session = started(&outside);
    answer(&mut session, "tel", "13900000000");
    add(&mut session, "m", "name", "王秀兰");
    add(&mut session, "m", "name", "王大山");
    let within = carried(&session, &inside);
    insta::assert_snapshot!(told(&within), @"
    m[1]/name: 王秀兰
    m[1]/tel: 13900000000
    m[2]/name: 王大山
    ");
    insta::assert_snapshot!(told(&carried(&within.session, &outside)), @"
    tel: 13900000000
    m[1]/name: 王秀兰
    m[2]/name: 王大山
    ");
}

#[test]
fn rows_beyond_the_most_stay_for_the_person_to_decide() {
    let of = |most| version(vec![rows("m", most, vec![text("name")])], &[]);
    let mut session = started(&of(None));
    for name in ["甲", "乙", "丙"] {
        add(&mut session, "m", "name", name);
    }
    let carried = carried(&session, &of(Some(2)));
    insta::assert_snapshot!(told(&carried), @"
    m[1]/name: 甲
    m[2]/name: 乙
    m[3]/name: 丙
    ");
    insta::assert_snapshot!(format!("{:?}", carried.session.problems()), @"[(InstanceId { row: RowId(0), node: NodeId(1) }, TooManyRows(2))]");
}

#[test]
fn rows_that_are_counted_out_now_are_told_where_there_are_fewer() {
    let mut session =
        started(&version(vec![integer("n"), rows("m", None, vec![text("name")])], &[]));
    answer(&mut session, "n", "1");
    add(&mut session, "m", "name", "甲");
    add(&mut session, "m", "name", "乙");
    let mut list = rows("m", None, vec![text("name")]);
    if let DeclaredKind::Repeat { count, .. } = &mut list.kind {
        *count = some("${n}");
    }
    insta::assert_snapshot!(told(&carried(&session, &version(vec![integer("n"), list], &[]))), @"
    n: 1
    m[1]/name: 甲
    - m[2]/name: 乙 (NoRow)
    ");
}
