//! What an answer is in the other version.

use form::Session;
use form::definition::{Declaration, DeclaredKind};
use form::model::{Question, Recording};

use super::version::{
    PICTURE, begun, calculated, carried, closed, group, one, question, rows, several, started,
    text, version, with_default,
};
use super::{add, answer, at, told};
use crate::household::{declare, integer, some};

#[test]
fn a_question_that_is_no_more_is_told_with_the_words_that_it_had() {
    let mut session =
        started(&version(vec![text("name"), question("count", Question::Integer)], &[]));
    answer(&mut session, "name", "王秀兰");
    answer(&mut session, "count", "5");
    let carried = carried(&session, &version(vec![text("phone"), text("name")], &[]));
    insta::assert_snapshot!(told(&carried), @"
    name: 王秀兰
    - count: 5 (Gone)
    ");
    let label = session.label(carried.left[0].at);
    assert_eq!(label.as_deref(), Some("「count」"));
}

#[test]
fn an_answer_is_kept_where_it_is_a_value_of_the_new_type() {
    let old = version(["count", "rooms", "since", "note"].map(text).to_vec(), &[]);
    let mut session = started(&old);
    for (name, value) in
        [("count", " 5"), ("rooms", "三间"), ("since", "2020-02-29"), ("note", "无")]
    {
        answer(&mut session, name, value);
    }
    let new = version(
        vec![
            integer("count"),
            integer("rooms"),
            question("since", Question::Date),
            question("note", PICTURE),
        ],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    count: 5
    since: 2020-02-29
    - rooms: 三间 (NotOfItsType)
    - note: 无 (AnotherKind)
    ");
    // And what a person had not finished is theirs to finish, in the very same question.
    let mut session = started(&version(vec![integer("count")], &[]));
    answer(&mut session, "count", "五");
    insta::assert_snapshot!(told(&carried(&session, &version(vec![integer("count")], &[]))), @"count: 五");
}

/// dhis2/dhis2-android-capture-app#1225: a choice got another code on the server, and what phones
/// held did not arrive any more.
#[test]
fn a_choice_is_known_by_its_name_and_then_by_its_words() {
    let old: &[(&str, &[&str])] =
        &[("water", &["tap 自来水", "well 井水", "river 河水", "tank 水窖"])];
    let mut session = started(&version(
        vec![one("drinks", "water"), one("cooks", "water"), several("has", "water")],
        old,
    ));
    answer(&mut session, "drinks", "well");
    answer(&mut session, "cooks", "tap");
    answer(&mut session, "has", "tap well river");
    let new: &[(&str, &[&str])] = &[("water", &["1 自来水", "river 江河水", "motor 机井"])];
    let new =
        version(vec![one("drinks", "water"), one("cooks", "water"), several("has", "water")], new);
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    cooks: 1
    has: 1 river
    - drinks: well (NotOffered)
    - has: well (NotOffered)
    ");
}

#[test]
fn choices_and_words_become_each_other() {
    let water: &[(&str, &[&str])] = &[("water", &["tap 自来水", "well 井水"])];
    let all = |kinds: [fn(&str) -> Declaration; 4]| -> Vec<Declaration> {
        ["a", "b", "c", "d"].into_iter().zip(kinds).map(|(name, kind)| kind(name)).collect()
    };
    let one: fn(&str) -> Declaration = |name| one(name, "water");
    let several: fn(&str) -> Declaration = |name| several(name, "water");
    let mut session = started(&version(all([one, text, several, several]), water));
    for (name, value) in [("a", "well"), ("b", "井水"), ("c", "tap well"), ("d", "tap")] {
        answer(&mut session, name, value);
    }
    let new = version(all([text, one, one, one]), water);
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    a: 井水
    b: well
    d: tap
    - c: tap well (NotOfItsType)
    ");
}

#[test]
fn what_a_filter_does_not_offer_any_more_is_told() {
    let lists: &[(&str, &[&str])] =
        &[("kind", &["a 甲", "b 乙"]), ("part", &["a1 甲一", "b1 乙一"])];
    let mut session = started(&version(vec![one("kind", "kind"), one("part", "part")], lists));
    answer(&mut session, "kind", "a");
    answer(&mut session, "part", "b1");
    let filtered = |filter: &str| {
        let mut part = one("part", "part");
        if let DeclaredKind::Select(select) = &mut part.kind {
            select.filter = some(filter);
        }
        version(vec![one("kind", "kind"), part], lists)
    };
    insta::assert_snapshot!(told(&carried(&session, &filtered("starts-with(name, ${kind})"))), @"
    kind: a
    - part: b1 (NotOffered)
    ");
    let carried = carried(&session, &filtered("starts-with(name, 'c')"));
    insta::assert_snapshot!(told(&carried), @"
    kind: a
    - part: b1 (NotOffered)
    ");
}

#[test]
fn what_nobody_answered_is_worked_out_by_the_new_form_and_never_told() {
    let meta = || {
        group(
            "meta",
            vec![begun("concat('uuid:', uuid())", declare("instanceID", DeclaredKind::Calculated))],
        )
    };
    let start = || begun("now()", declare("start", DeclaredKind::Calculated));
    let lots = || calculated("lots", "once(random())");
    let year = |year: &str| with_default(year, declare("year", DeclaredKind::Calculated));
    let rate = |rate: &str| closed(with_default(rate, integer("rate")));
    let place = || declare("place", DeclaredKind::Recorded(Recording::StartPlace));
    let old = version(
        vec![
            start(),
            integer("people"),
            calculated("total", "${people} * 380"),
            calculated("gone", "1"),
            closed(with_default("x", text("gone_too"))),
            year("2025"),
            rate("380"),
            lots(),
            place(),
            meta(),
        ],
        &[],
    );
    let mut session = started(&old);
    answer(&mut session, "people", "4");
    let at = at(&session, "place");
    session.record(at, "31.2 121.4 0 5").expect("it is recorded");
    let new = version(
        vec![
            start(),
            integer("people"),
            calculated("total", "${people} * ${rate}"),
            year("2026"),
            rate("400"),
            lots(),
            place(),
            meta(),
        ],
        &[],
    );
    let carried = carried(&session, &new);
    insta::assert_snapshot!(told(&carried), @"
    start: 2026-11-23T09:00:00.000+08:00
    people: 4
    total: 1600
    year: 2026
    rate: 400
    lots: 0
    place: 31.2 121.4 0 5
    meta/instanceID: uuid:00000000-0000-4000-8000-000000000000
    ");
    for name in ["start", "instanceID", "lots"] {
        let value = |session: &Session| session.value(super::at(session, name)).to_owned();
        assert_eq!(value(&carried.session), value(&session), "{name} is as it was");
    }
}

#[test]
fn an_answer_that_the_form_now_gives_itself_is_told_where_it_says_something_else() {
    let old = version(["a", "b", "c", "d"].map(text).to_vec(), &[]);
    let mut session = started(&old);
    for (name, value) in [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")] {
        answer(&mut session, name, value);
    }
    let new = version(
        vec![
            calculated("a", "1"),
            calculated("b", "1"),
            closed(with_default("3", text("c"))),
            closed(with_default("5", text("d"))),
        ],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    a: 1
    b: 1
    c: 3
    d: 5
    - b: 2 (Given)
    - d: 4 (Given)
    ");
}

#[test]
fn what_only_the_new_form_asks_has_its_default_and_what_was_taken_away_stays_away() {
    let old = version(
        vec![with_default("青禾镇", text("town")), rows("m", None, vec![text("name")])],
        &[],
    );
    let mut session = started(&old);
    answer(&mut session, "town", "");
    add(&mut session, "m", "name", "甲");
    let mut pets = rows("pets", None, vec![with_default("狗", text("pet"))]);
    if let DeclaredKind::Repeat { initial, .. } = &mut pets.kind {
        *initial = 1;
    }
    let new = version(
        vec![
            with_default("青禾镇", text("town")),
            begun("today()", question("day", Question::Date)),
            rows(
                "m",
                None,
                vec![
                    text("name"),
                    with_default("汉", text("nation")),
                    begun("concat(../name, '!')", text("call")),
                ],
            ),
            pets,
        ],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    day: 2026-11-27
    m[1]/name: 甲
    m[1]/nation: 汉
    m[1]/call: 甲!
    pets[1]/pet: 狗
    ");
}

#[test]
fn an_answer_that_is_not_asked_as_things_stand_is_kept_and_told() {
    let mut session = started(&version(vec![text("tel"), text("never")], &[]));
    answer(&mut session, "tel", "13900000000");
    let tel = Declaration { relevant: some("${has} = 'yes'"), ..text("tel") };
    let carried = carried(&session, &version(vec![text("has"), tel], &[]));
    insta::assert_snapshot!(told(&carried), @"
    tel: 13900000000
    - tel: 13900000000 (NotAsked)
    ");
}

#[test]
fn files_are_carried_by_their_names() {
    let mut session = started(&version(
        vec![question("photos", PICTURE), question("sound", Question::Audio { max_seconds: None })],
        &[],
    ));
    answer(&mut session, "photos", "a.jpg b.jpg");
    answer(&mut session, "sound", "c.weba");
    let new = version(
        vec![group("papers", vec![question("photos", PICTURE)]), question("sound", Question::File)],
        &[],
    );
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    papers/photos: a.jpg b.jpg
    sound: c.weba
    ");
    let new = version(vec![question("photos", Question::Audio { max_seconds: None })], &[]);
    insta::assert_snapshot!(told(&carried(&session, &new)), @"
    - photos: a.jpg b.jpg (AnotherKind)
    - sound: c.weba (Gone)
    ");
}
