//! The demonstration township, whole and broken.

use std::path::Path;

use form::answers::{Content, Entry};

use super::*;

fn township() -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township");
    Files::read(&folder).unwrap()
}

fn faults(files: &Files) -> String {
    Pack::load(files).unwrap_err().to_string()
}

fn answers(values: &[(&str, &str)]) -> form::Answers {
    let entry = |(name, value): &(&str, &str)| Entry {
        name: (*name).to_owned(),
        content: Content::Value((*value).to_owned()),
    };
    form::Answers(values.iter().map(entry).collect())
}

#[test]
fn the_demonstration_township_loads() {
    let pack = Pack::load(&township()).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(pack.township.name, "青禾镇");
    assert_eq!(pack.items.len(), 14);
    assert!(
        pack.offices
            .iter()
            .all(|office| { pack.officers.iter().any(|officer| officer.office == office.id) })
    );
}

#[test]
fn an_answer_routes_an_application() {
    let pack = Pack::load(&township()).unwrap();
    let item = pack.item(&ItemId("bxsj".into())).unwrap();
    let office =
        |values: &[(&str, &str)]| item.route(&item.form.form, &answers(values)).office.clone();
    assert_eq!(office(&[("cat", "road"), ("danger", "no")]), "zh");
    assert_eq!(office(&[("cat", "road"), ("danger", "yes")]), "aj");
    assert_eq!(office(&[("cat", "safe"), ("danger", "no")]), "aj");
    assert_eq!(office(&[("cat", "conflict"), ("danger", "no")]), "sf");
}

#[test]
fn every_fault_is_told_at_once() {
    let mut files = township();
    files.0.remove("calendar.json");
    let item = String::from_utf8(files.0["items/bxsj.toml"].clone()).unwrap();
    let item = item
        .replace("office = \"zf\"", "office = \"zz\"")
        .replace("cat = [\"conflict\"]", "cat = [\"quarrel\"]")
        .replace("phone = \"tel\"", "phone = \"telephone\"");
    files.0.insert("items/bxsj.toml".into(), item.into_bytes());
    files.0.insert("items/left_over.toml".into(), Vec::new());
    insta::assert_snapshot!(faults(&files), @"
    items/left_over.toml：没有列在 township.toml 的哪个 [[section]] 里。改法：列进去，或者删掉这个文件
    items/bxsj.toml：没有叫 zz 的机构。改法：填 offices.toml 里有的：zh、jc、jf、ny、dq、gg、zf、aj、sf
    items/bxsj.toml：表单里没有叫 telephone 的题。改法：填表格 survey 页 name 列里有的名字
    items/bxsj.toml：cat 没有 quarrel 这个选项。改法：填 choices 页 bxcat 里有的 name
    calendar.json：没有这个文件。改法：补上它，或者改正引用它的地方
    ");
}

#[test]
fn a_line_that_cannot_be_read_is_told_by_its_number() {
    let mut files = township();
    files.0.insert("offices.toml".into(), b"[[office]]\nid = \"zh\"\nname = 3\n".to_vec());
    let told = faults(&files);
    assert!(told.starts_with("offices.toml 第 3 行"), "{told}");
}

#[test]
fn how_long_a_device_may_be_offline_is_the_townships_to_say_within_bounds() {
    let mut files = township();
    let written = String::from_utf8(files.0["township.toml"].clone()).unwrap();
    let with = |line: &str| written.replace("offline_days = 14\n", line).into_bytes();
    files.0.insert("township.toml".into(), with("offline_days = 3\n"));
    assert_eq!(Pack::load(&files).unwrap().township.offline_days, 3);
    files.0.insert("township.toml".into(), with(""));
    assert_eq!(Pack::load(&files).unwrap().township.offline_days, 14);
    files.0.insert("township.toml".into(), with("offline_days = 0\n"));
    assert!(faults(&files).contains("offline_days 是 0。改法：填 1 到 365"));
}

#[test]
fn a_changed_file_changes_the_version() {
    let (before, mut after) = (township(), township());
    after.0.entry("offices.toml".into()).or_default().push(b'\n');
    assert_ne!(before.digest(), after.digest());
}

/// Anybody may load a pack. Real people would be in it for all to see.
#[test]
fn a_person_who_may_be_real_is_not_taken_into_a_pack() {
    let mut files = township();
    let roster = String::from_utf8(files.0["roster.csv"].clone()).unwrap();
    let roster = roster
        .replace("group,address", "group_name,address")
        .replace("529999194508070018", "110101194508070018");
    files.0.insert("roster.csv".into(), roster.into_bytes());
    let told = faults(&files);
    assert!(told.contains("roster.csv 第 3 行：证件号码不是 529999 开头，像是真人"), "{told}");
    assert!(told.contains("高龄津贴 的表要 group 这一列，花名册里没有"), "{told}");
    assert!(!told.contains("110101"), "the number itself is not repeated: {told}");
}

#[test]
fn the_made_up_people_are_those_of_the_forms() {
    let pack = Pack::load(&township()).unwrap();
    let roster = pack.roster.as_ref().unwrap();
    let roster: protocol::pack::Roster = protocol::decode(&roster.bytes).unwrap();
    let today = time::Date::from_calendar_date(2026, time::Month::November, 25).unwrap();
    for person in roster.households.iter().flat_map(|household| &household.people) {
        let id = roster.of(person, protocol::pack::Roster::ID).unwrap();
        assert!(checks::ResidentId::read(id, today).is_ok(), "{id}");
    }
}

#[test]
fn pictures_and_maps_that_are_named_are_in_the_pack_and_others_are_missed() {
    let mut files = township();
    let pack = Pack::load(&files).unwrap_or_else(|faults| panic!("{faults}"));
    let survey = pack.item(&ItemId("mydc".into())).unwrap();
    assert_eq!(survey.media.len(), 5);
    assert_eq!(pack.maps.iter().map(|map| &*map.name).collect::<Vec<_>>(), ["renminlu.svg"]);

    files.0.remove("forms/media/face-3.svg");
    files.0.insert("maps/renminlu.svg".into(), vec![0; 2 * 1024 * 1024]);
    let told = faults(&files);
    assert!(told.contains("没有 forms/media/face-3.svg"), "{told}");
    assert!(told.contains("maps/renminlu.svg：超过 1 MB"), "{told}");
}
