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
    assert_eq!(pack.items.len(), 17);
    assert!(pack.offices.iter().all(|office| {
        pack.officers.iter().any(|officer| officer.office.as_ref() == Some(&office.id))
    }));
}

#[test]
fn a_refusal_without_reasons_or_remedies_keeps_the_pack_out() {
    let mut files = township();
    let written = String::from_utf8(files.0["documents.toml"].clone()).unwrap();
    let broken = written
        .replace("remedies = true\n", "")
        .replace("青政服〔{year}〕", "青政服")
        .replace("请在{until}以前补正", "请在{when}以前补正")
        .replace("决定不予批准。理由如下：\",\n  \"{reasons}\"", "决定不予批准。\"")
        .replace("workflows = [\"dibao\"]", "workflows = [\"nobody\"]");
    files.0.insert("documents.toml".into(), broken.into_bytes());
    let faults = faults(&files);
    for told in [
        "没有 {year}，每年的编号会重复",
        "[declination] 没有告诉救济途径",
        "[refusal] 没有告诉救济途径",
        "[refusal] 没有 {reasons}",
        "请在{when}以前补正",
        "没有叫 nobody 的流程",
    ] {
        assert!(faults.contains(told), "{told} is not in {faults}");
    }
    files.0.remove("documents.toml");
    assert!(Pack::load(&files).unwrap().documents.is_none(), "a township may issue none");
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

/// The township with lines of one of its files replaced.
fn with(path: &str, changes: &[(&str, &str)]) -> Files {
    let mut files = township();
    let mut text = String::from_utf8(files.0[path].clone()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{path} has {from}");
        text = text.replacen(from, to, 1);
    }
    files.0.insert(path.to_owned(), text.into_bytes());
    files
}

#[test]
fn a_workflow_of_which_only_the_file_was_kept_is_the_same() {
    let pack = Pack::load(&township()).unwrap();
    assert!(!pack.workflows.is_empty());
    for workflow in &pack.workflows {
        assert_eq!(&Workflow::kept(&workflow.id, &workflow.source).unwrap(), workflow);
    }
    // Whatever offices there are since.
    let one = pack.workflow("dibao").unwrap();
    let text =
        std::str::from_utf8(&one.source).unwrap().replace("office = \"sf\"", "office = \"gone\"");
    assert!(Workflow::kept("dibao", text.as_bytes()).is_ok());
    assert!(Workflow::kept("dibao", b"name = ").is_err());
}

#[test]
fn what_one_applies_for_is_worked_by_a_workflow_and_its_traits_follow_from_the_answers() {
    let pack = Pack::load(&township()).unwrap();
    let item = pack.item(&ItemId("lsjz".into())).unwrap();
    let workflow = pack.workflow(&item.workflow).unwrap();
    assert_eq!(workflow.words.len(), workflow.work.stages.len());
    assert_eq!(workflow.bases.len(), workflow.work.statutory.len());
    let form = &item.form.form;
    let entry = |name: &str, value: &str| Entry {
        name: name.to_owned(),
        content: Content::Value(value.to_owned()),
    };
    let answers = form::Answers(vec![
        Entry {
            name: "s1".to_owned(),
            content: Content::Group(form::Answers(vec![entry("app_village", "529999101202")])),
        },
        entry("urgent", "yes"),
    ]);
    assert_eq!(item.traits(form, &answers), ["urgent"]);
    assert_eq!(item.village(form, &answers).unwrap().as_str(), "529999101202");
    assert!(item.traits(form, &form::Answers(Vec::new())).is_empty());
}

#[test]
fn a_workflow_with_a_fault_keeps_the_pack_from_loading() {
    let told = |from, to| faults(&with("workflows/dibao.toml", &[(from, to)]));
    insta::assert_snapshot!(told("limit = { workdays = 5 }", "limit = { workdays = 15 }"), @"workflows/dibao.toml：“收件”的时限不对。改法：最多 5 个工作日，过了就算受理（行政许可法第三十二条）");
    insta::assert_snapshot!(told("people = 2", "people = 1"), @"workflows/dibao.toml：“入户核查”只要 1 个人。改法：入户核查至少两个人（行政许可法第三十四条）");
    insta::assert_snapshot!(told("[\"visit\", \"decision\"], ", ""), @"workflows/dibao.toml：同一个人能办“入户核查”又办“决定”。改法：写进 apart");
    insta::assert_snapshot!(told("until = \"decision\"", "until = \"vote\""), @"workflows/dibao.toml：有的路不经过“民主评议”，时限停不下来。改法：时限算到每条路都经过的一步");
    insta::assert_snapshot!(told("basis = \"民发〔2021〕57号：", "basis = \"\" # \""), @"workflows/dibao.toml：时限没有写依据。改法：在 basis 里写哪个文件、哪一条");
    let files = with(
        "workflows/baoxiu.toml",
        &[
            ("done = \"repair\"", "done = \"nowhere\""),
            ("silence = { days = 3 }", "people = 3"),
            ("who = { role = \"handler\" }", "who = { role = \"auditor\", office = \"zz\" }"),
        ],
    );
    insta::assert_snapshot!(faults(&files), @r"
    workflows/baoxiu.toml：没有叫 zz 的机构。改法：填 offices.toml 里有的：zh、jc、jf、ny、dq、gg、zf、aj、sf
    workflows/baoxiu.toml：没有叫 nowhere 的一步。改法：填有的 [[stage]] 的 id
    workflows/baoxiu.toml：“报修人确认”写的数和它做的事对不上。改法：visit 和 appraisal 写 people，notice 写 length，confirmation 写 silence，别的都不写
    ");
}

#[test]
fn an_item_says_what_its_workflow_asks_and_promises_no_more_than_the_law_gives() {
    let files = with(
        "items/lsjz.toml",
        &[
            ("promised = { workdays = 15 }", "promised = { workdays = 16 }"),
            ("[traits.urgent]", "[traits.hurry]"),
        ],
    );
    insta::assert_snapshot!(faults(&files), @r"
    items/lsjz.toml：承诺时限比法定时限长。改法：和 workflows/linshi.toml 的 [[statutory]] 对一对
    items/lsjz.toml：流程“临时救助”要看 urgent，这里没有写怎么看。改法：写 [traits.urgent]：哪道题答了什么就算
    ");
    let files = with("items/dibao.toml", &[("workflow = \"dibao\"", "workflow = \"none\"")]);
    insta::assert_snapshot!(faults(&files), @"items/dibao.toml：没有叫 none 的流程。改法：填 workflows/ 下有的文件名，不带 .toml");
}

#[test]
fn posts_that_are_kept_apart_are_and_every_stage_has_somebody() {
    let files = with(
        "officers.toml",
        &[
            (
                "role = \"auditor\"",
                "role = \"auditor\"\n[[officer.also]]\nrole = \"head\"\noffice = \"gg\"",
            ),
            ("area = \"529999101203\"", "area = \"529999102203\""),
        ],
    );
    insta::assert_snapshot!(faults(&files), @r"
    officers.toml：cun3 管的 529999102203 不在本镇。改法：填本镇或者本镇一个村的代码
    officers.toml：shenji 是纪检、管理员或审计，又有别的岗位。改法：这三种岗位各由专人担任（GB/T 22239 三权分立）
    ");
    let files = with("officers.toml", &[("role = \"window\"", "role = \"supervisor\"")]);
    insta::assert_snapshot!(faults(&files), @r"
    workflows/butie.toml：gg 没有人能办“收件”。改法：给一个人这个岗位
    workflows/dengji.toml：gg 没有人能办“收件”。改法：给一个人这个岗位
    workflows/dibao.toml：gg 没有人能办“收件”。改法：给一个人这个岗位
    workflows/linshi.toml：gg 没有人能办“收件”。改法：给一个人这个岗位
    workflows/weifang.toml：ny 没有人能办“收件”。改法：给一个人这个岗位
    workflows/zhaijidi.toml：ny 没有人能办“收件”。改法：给一个人这个岗位
    ");
    let mut files = township();
    let substitute = "[[substitute]]\nof = \"xiaoyan\"\nby = \"shenji\"\nfrom = \"2026-12-01\"\nuntil = \"12-31\"\n";
    files.0.insert("substitutes.toml".into(), substitute.as_bytes().to_vec());
    insta::assert_snapshot!(faults(&files), @r"
    substitutes.toml：shenji 代 xiaoyan。改法：纪检、管理员和审计不替人，也不由人替
    substitutes.toml：12-31 不是日子。改法：写成 2026-01-31 这样
    ");
}

#[test]
fn a_village_that_became_part_of_another_says_until_when_it_was() {
    let files = with(
        "areas.toml",
        &[("name = \"示例一村\"", "name = \"示例一村\"\nwas = [\"529999101209\", \"x\"]")],
    );
    insta::assert_snapshot!(faults(&files), @r"
    areas.toml：x 不是区划代码。改法：填 12 位数字
    areas.toml：529999101209 并入了 示例一村，却没有写到哪一天。改法：给它写 [[area]] 和 until
    ");
}

#[test]
fn a_role_that_there_is_not_is_told_with_those_that_there_are() {
    let told = faults(&with("officers.toml", &[("role = \"window\"", "role = \"boss\"")]));
    assert!(told.contains("没有叫 boss 的岗位，只有 clerk、window、handler"), "{told}");
}

#[test]
fn a_post_that_ends_is_told_for_the_day_after() {
    let files = with(
        "officers.toml",
        &[("role = \"window\"", "role = \"window\"\nuntil = \"2027-06-30\"")],
    );
    let pack = Pack::load(&files).unwrap();
    assert!(pack.unmanned(time::macros::date!(2027 - 06 - 30)).is_empty());
    let told = pack.unmanned(time::macros::date!(2027 - 07 - 01)).to_string();
    assert!(told.contains("workflows/dibao.toml：gg 没有人能办“收件”"), "{told}");
}

#[test]
fn risk_rules_are_read_and_one_that_is_off_is_left_out() {
    let risks = Pack::load(&township()).unwrap().risks;
    let ids: Vec<&str> = risks.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["same-day", "odd-hours", "pauses", "split", "relative", "one-person"]);
    let off = with("risks.toml", &[("times = 2", "times = 2\non = false")]);
    assert_eq!(Pack::load(&off).unwrap().risks.rules.len(), 5);
    let mut none = township();
    none.0.remove("risks.toml");
    assert_eq!(Pack::load(&none).unwrap().risks, Risks::default());
}

#[test]
fn what_is_wrong_in_a_risk_rule_is_told() {
    let changes = [
        ("kind = \"approved_within\"", "kind = \"too_fast\""),
        ("to = \"22:00\"", "to = \"05:00\""),
        ("times = 2", "times = 1\nhours = 3"),
        ("items = [\"lsjz\"]", "items = [\"lsjjz\"]"),
        ("traits = [\"kin\"]", "traits = [\"king\"]"),
        ("account = \"cun1\"", "account = \"cun9\""),
        ("identity = \"0041\"", "identity = \"529999197001010041\""),
    ];
    insta::assert_snapshot!(faults(&with("risks.toml", &changes)), @r#"
    risks.toml：same-day：没有叫 too_fast 的规则。改法：kind 填 approved_within、odd_hours、repeated_pauses、split_grants、relative、one_person
    risks.toml：odd-hours：from 和 to 不是一天里的先后两个时刻。改法：写成 from = "07:00"、to = "21:00" 这样
    risks.toml：pauses：repeated_pauses 用不着 hours。改法：只写 times
    risks.toml：pauses：times 没有写，或者不合适。改法：填 2 到 3660 的数
    risks.toml：split：没有叫 lsjjz 的事项。改法：填 items/ 下有的文件名，不带 .toml
    risks.toml：relative：哪个流程都不看 king。改法：填 workflows/*.toml 的 traits 里有的
    risks.toml：officers.toml 里没有账号 cun9。改法：填有的账号
    risks.toml：示例戊 的 identity 不是证件号码的后四位。改法：只写后四位，字母写成 X；不要写整个号码
    "#);
    let days = [("complex_days = 15", "complex_days = 3"), ("risk_days = 10", "risk_days = 0")];
    insta::assert_snapshot!(faults(&with("township.toml", &days)), @"
    township.toml：[supervision] risk_days 是 0。改法：填 1 到 60 个工作日
    township.toml：[supervision] complex_days 比 bad_rating_days 短。改法：复杂的时间要长一些，一般 5 和 15
    ");
}

#[test]
fn a_tie_is_a_name_with_the_end_of_an_identity_card_anywhere_in_an_application() {
    let risks = Pack::load(&township()).unwrap().risks;
    let (name, card) = ("示例戊", "529999197001010041");
    assert_eq!(
        risks.ties(&["示例甲", "529999197001010247", card, name]),
        ["示例戊（cun1 的配偶）"]
    );
    assert!(risks.ties(&[name, "529999197001010247"]).is_empty(), "another of the same name");
    assert!(risks.ties(&["示例甲", card]).is_empty());
    assert!(risks.ties(&[name, "0041"]).is_empty(), "no card");
}

#[test]
fn a_text_that_is_too_long_or_says_too_much_is_told() {
    let mut files = township();
    let written = String::from_utf8(files.0["messages.toml"].clone()).unwrap();
    let written = written
        .replace("urgent = [\"lsjz\"", "urgent = [\"fire\"")
        .replace("{item}办结了", "{reason}办结了")
        .replace("lapsed = \"", "lost = \"很长很长很长很长很长很长很长很长很长很长")
        .replace("until = \"08:00\"", "until = \"8 点\"");
    files.0.insert("messages.toml".into(), written.into_bytes());
    insta::assert_snapshot!(faults(&files), @r#"
    messages.toml：finished 里不认识 {reason}。改法：只能用 {township} {item} {number} {promised} {office}：短信里不写原因、姓名、证件号、病情
    messages.toml：[texts] 里不认识 lost。改法：可用 received、opened、working、returned、paused、approved、refused、declined、finished、withdrawn、lapsed、stopped、joined
    messages.toml：lost 最长会有 84 个字，一条短信 70 个字。改法：写短一点，或者写 parts = 2（两条连着发，费用也是两条）
    messages.toml：没有叫 fire 的事项。改法：填 items/ 下有的文件名
    messages.toml：[quiet] 的时间读不懂。改法：写成 from = "21:00"、until = "08:00"
    "#);
}

#[test]
fn every_question_says_what_it_is_for_and_how_long_its_answers_are_kept() {
    let pack = Pack::load(&township()).unwrap();
    let data = &pack.item(&ItemId("dibao".into())).unwrap().data;
    assert_eq!(data.kept, Kept::Years(10));
    assert_eq!(data.sensitive("m_health"), Some(Sensitive::Health));
    assert_eq!(data.sensitive("app_name"), None);
    assert!(data.basis("app_id").contains("个人信息保护法"));
    let told = |from, to| faults(&with("items/dibao.toml", &[(from, to)]));
    insta::assert_snapshot!(told("keep_years = 10\n", ""), @"items/dibao.toml：[notice] 没有写“mode”等 76 道题的答案留多久。改法：写 keep_years = 几年，从办结算起，1 到 100；规定永久保存的写 keep_forever = true");
    insta::assert_snapshot!(told("keep_years = 10", "keep_years = 0"), @"items/dibao.toml：[notice] 写的“mode”等 76 道题留多久对不上。改法：写 keep_years = 几年，从办结算起，1 到 100；规定永久保存的写 keep_forever = true");
    insta::assert_snapshot!(told("keep_years = 10", "keep_years = 10\nkeep_forever = true"), @"items/dibao.toml：[notice] 写的“mode”等 76 道题留多久对不上。改法：写 keep_years = 几年，从办结算起，1 到 100；规定永久保存的写 keep_forever = true");
    insta::assert_snapshot!(told("app_id = { sensitive = \"identity\" }", "nobody = { sensitive = \"identity\" }"), @"items/dibao.toml：[notice.fields] 写了 nobody，表单里没有叫这个的题。改法：填表格 survey 页 name 列里有的名字");
    insta::assert_snapshot!(told("app_id = { sensitive = \"identity\" }", "app_id = { purpose = \"\" }"), @"items/dibao.toml：[notice.fields.app_id] 的 purpose 是空的。改法：写上，或者删掉这一行，就和 [notice] 的一样");
    let own = "app_id = { sensitive = \"identity\", purpose = \"核对身份\" }";
    let files = with("items/dibao.toml", &[("app_id = { sensitive = \"identity\" }", own)]);
    let pack = Pack::load(&files).unwrap();
    let data = &pack.item(&ItemId("dibao".into())).unwrap().data;
    assert_eq!(data.purpose("app_id"), "核对身份");
    assert_ne!(data.purpose("ag_id"), "核对身份");
}
