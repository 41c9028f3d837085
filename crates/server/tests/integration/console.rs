//! The console: who sees what, and that every look is written down.

use std::fs;

use crate::material::{household, spoken_report, street_light};
use crate::officer::Officer;
use crate::phone::photo;
use crate::township::{PASSWORD, TestTownship};
use server::Chain;

#[tokio::test]
async fn nobody_sees_anything_without_signing_in() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let stranger = Officer::new(&township.address);
    for path in ["/console", "/console/refused", &format!("/console/cases/{number}")] {
        assert_eq!(stranger.get(path).await.status, 303, "{path}");
    }
}

#[tokio::test]
async fn an_officer_sees_only_his_offices_cases() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let light = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let household = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    let light = phone.deliver(&light).await.case.0;
    let household_case = phone.deliver(&household).await.case.0;
    for file in &household.files {
        phone.finish(file).await;
    }
    let general = township.officer("zhaolei").await;
    let insurance = township.officer("zhoumin").await;
    assert_eq!(general.get("/console").await.all("data-case"), std::slice::from_ref(&light));
    assert_eq!(
        insurance.get("/console").await.all("data-case"),
        std::slice::from_ref(&household_case)
    );
    assert_eq!(
        insurance.get("/console?q=%E7%A4%BA%E4%BE%8B%E7%94%B2").await.all("data-case").len(),
        1
    );
    assert_eq!(insurance.get(&format!("/console/cases/{light}")).await.status, 404);
    let file = format!("/console/cases/{household_case}/files/{}", household.files[0].id);
    assert_eq!(insurance.get(&file).await.status, 200);
    assert_eq!(general.get(&file).await.status, 404);
    let through_own = format!("/console/cases/{light}/files/{}", household.files[0].id);
    assert_eq!(general.get(&through_own).await.status, 404);
}

#[tokio::test]
async fn what_was_spoken_instead_of_written_is_heard_by_the_office() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", spoken_report(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    for file in &sealed.files {
        phone.finish(file).await;
    }
    let officer = township.officer("zhaolei").await;
    assert!(officer.get("/console").await.has("（说的，请听录音）"));
    let case = officer.get(&format!("/console/cases/{number}")).await;
    let names = case.all("data-name");
    assert!(["txt.weba", "name.weba"].iter().all(|name| names.iter().any(|own| own == name)));
}

#[tokio::test]
async fn a_case_file_shows_what_was_answered_and_what_the_township_calculated() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 4));
    let number = phone.deliver(&sealed).await.case.0;
    for file in &sealed.files[..4] {
        phone.finish(file).await;
    }
    let officer = township.officer("zhoumin").await;
    let page = officer.get(&format!("/console/cases/{number}")).await;
    assert_eq!(page.status, 200);
    assert!(page.has("data-calculated=\"total\" title=\"镇里重算，与手机一致\">1600<"));
    assert!(page.has("data-answer=\"app_village\" data-value=\"529999101203\""));
    assert!(page.has("示例三村"), "in the form's own words");
    assert!(page.has("4 / 5"), "four of five files are there");
    assert_eq!(page.all("a class=\"material image\" href").len(), 4);

    let link = &page.all("a class=\"material image\" href")[0];
    let photo = officer.response(link, None).await;
    assert_eq!(photo.headers()["content-type"], "image/jpeg");
    assert_eq!(photo.headers()["cache-control"], "private, no-store");
    assert_eq!(photo.bytes().await.unwrap(), sealed.files[0].plain, "byte for byte");
    let part = officer.response(link, Some("bytes=65530-65545")).await;
    assert_eq!(part.status(), 206);
    assert_eq!(part.bytes().await.unwrap(), sealed.files[0].plain[65_530..=65_545]);

    // The phone hears that whoever is to take it looks.
    let window = township.officer("jiangyu").await;
    assert_eq!(window.get(&format!("/console/cases/{number}")).await.status, 200);
    let facts = phone.sync(&[], &[]).await.facts;
    let protocol::Fact::Case(state) = facts.last().unwrap();
    assert_eq!(state.stage, "opened");
}

/// apache/pouchdb#3642, apache/pouchdb#7808: 40 MB of documents took 1.5 GB of memory, a picture of
/// 10 MB 40 seconds.
#[tokio::test]
async fn a_long_file_is_read_while_it_is_handed_over_and_never_whole() {
    // More than what lies on the way between the two.
    const LENGTH: usize = 24 << 20;
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let filled = household(&phone.form("ybcb").await, 1);
    let files = filled.files.into_iter().zip([LENGTH, 10]);
    let files = files.map(|(name, length)| photo(name, length)).collect();
    let sealed = phone.seal_with("ybcb", filled.answers, files);
    let number = phone.deliver(&sealed).await.case.0;
    for file in &sealed.files {
        phone.finish(file).await;
    }
    let officer = township.officer("zhoumin").await;
    let photo = &sealed.files[0];
    let link = format!("/console/cases/{number}/files/{}", photo.id);
    let whole = officer.response(&link, None).await.bytes().await.unwrap();
    assert!(whole == photo.plain, "byte for byte");

    let mut response = officer.response(&link, None).await;
    assert_eq!(response.headers()["content-length"], LENGTH.to_string());
    let mut seen = response.chunk().await.unwrap().unwrap().to_vec();
    // What is damaged now was not read yet.
    let mut spoilt = photo.sealed.clone();
    *spoilt.last_mut().unwrap() ^= 1;
    fs::write(township.file(photo.id), spoilt).unwrap();
    let end = loop {
        match response.chunk().await {
            Ok(Some(bytes)) => seen.extend(bytes),
            end => break end,
        }
    };
    assert!(end.is_err(), "what breaks off does not look whole");
    assert!(seen.len() < LENGTH && seen == photo.plain[..seen.len()]);
    let last = format!("bytes={}-", LENGTH - 1);
    assert_eq!(officer.response(&link, Some(&last)).await.status(), 503);
}

#[tokio::test]
async fn a_note_needs_the_pages_own_token() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let officer = township.officer("zhaolei").await;
    let path = format!("/console/cases/{number}");
    let page = officer.get(&path).await;
    let notes = format!("{path}/notes");
    let forged = officer.post(&notes, "csrf=0&words=x".into()).await;
    assert_eq!(forged.status(), 403);
    let token = &page.all("name=\"csrf\" value")[0];
    let words = "%3Cb%3E%E7%94%B5%E8%AF%9D"; // <b>电话
    assert_eq!(officer.post(&notes, format!("csrf={token}&words={words}")).await.status(), 303);
    let page = officer.get(&path).await;
    assert!(page.has("&#60;b&#62;电话") || page.has("&lt;b&gt;电话"), "as words, not as HTML");
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
    let township = TestTownship::start().await;
    township.set_password("zhoumin").await;
    let mut officer = Officer::new(&township.address);
    for _ in 0..5 {
        let page = officer.sign_in("zhoumin", "wrong").await;
        assert_eq!(page.status, 401);
        assert!(page.has("密码或动态码不对"));
    }
    assert!(officer.sign_in("zhoumin", PASSWORD).await.has("这个账号锁 15 分钟"));
    township.clock.forward(16);
    assert_eq!(officer.sign_in("zhoumin", PASSWORD).await.status, 200);
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_for_a_quarter_of_an_hour() {
    let township = TestTownship::start().await;
    let officer = township.officer("zhoumin").await;
    township.clock.forward(10);
    assert_eq!(officer.get("/console").await.status, 200);
    township.clock.forward(10);
    assert_eq!(officer.get("/console").await.status, 200, "it was used");
    township.clock.forward(16);
    assert_eq!(officer.get("/console").await.status, 303);
}

#[tokio::test]
async fn every_look_is_in_a_chain_that_shows_when_it_is_broken() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let officer = township.officer("zhaolei").await;
    officer.get(&format!("/console/cases/{number}")).await;
    officer.get(&format!("/console/cases/{number}")).await;
    let server = township.server.as_ref().unwrap();
    // The password, signing in, and two looks.
    assert_eq!(server.verify_audit().await.unwrap(), Chain::Whole(4));

    let auditor = township.officer("shenji").await;
    let page = auditor.get("/console/audit").await;
    assert_eq!(
        page.all("data-entry"),
        ["7", "6", "5", "4", "3", "2", "1"],
        "their own look is in it"
    );
    assert!(page.has("赵磊（zhaolei）") && page.has(&format!("看了 {number}")));
    assert!(!page.has("示例甲"), "what was looked at is not");
    let mut export = Vec::new();
    assert_eq!(server.export_audit(&mut export).await.unwrap(), 7);
    assert_eq!(server::Exported::read(export.as_slice()).unwrap().entries(), 7);
}
