//! What of people's answers is shown to whom, and what is handed to them.

use crate::material::household;
use crate::township::TestTownship;

/// Of the applicant.
const NUMBER: &str = "data-answer=\"app_id\" data-value=\"";

#[tokio::test]
async fn what_is_sensitive_is_masked_until_somebody_asks_for_it_who_is_then_in_the_audit() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 2));
    let number = phone.deliver(&sealed).await.case.0;
    let officer = township.officer("zhoumin").await;
    let path = format!("/console/cases/{number}");
    let page = officer.get(&path).await;
    assert!(page.has(&format!("{NUMBER}\"")), "what is masked is not in the page: {}", page.html);
    let masked = page.html.split(NUMBER).nth(1).unwrap();
    let last: String = masked.split("••••").nth(1).unwrap().chars().take(4).collect();
    assert!(page.has("data-answer=\"app_village\" data-value=\"529999101203\""));

    let shown = format!("{path}/shown");
    let csrf = officer.token(&path).await;
    let body = |field: &str| format!("csrf={csrf}&field={field}");
    let page = crate::officer::Page::of(officer.post(&shown, body("app_id")).await).await;
    assert_eq!(page.status, 200);
    let clear = page.html.split(NUMBER).nth(1).unwrap().split('"').next().unwrap();
    assert!(clear.len() == 18 && clear.ends_with(&last), "{clear}");
    let members = page.all("data-answer=\"m_id\" data-value");
    assert_eq!(members, ["", ""], "the others stay masked");
    assert_eq!(officer.post(&shown, body("nothing")).await.status(), 404);
    let elsewhere = township.officer("zhaolei").await;
    let token = elsewhere.token("/console").await;
    let stolen = elsewhere.post(&shown, format!("csrf={token}&field=app_id")).await;
    assert_eq!(stolen.status(), 404);
    assert!(officer.get(&path).await.has(&format!("{NUMBER}\"")), "asked for once, shown once");
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert_eq!(audit.html.matches("遮住的").count(), 1);
    assert!(audit.has(&format!("点开了 {number} 遮住的 app_id")) && !audit.has(&clear[6..]));
}

#[tokio::test]
async fn an_applicant_gets_a_copy_of_all_that_is_kept_but_of_what_officers_think() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 2));
    let number = phone.deliver(&sealed).await.case.0;
    let window = township.officer("jiangyu").await;
    let path = format!("/console/cases/{number}");
    let csrf = window.token(&path).await;
    let note = format!("csrf={csrf}&words=only-for-us");
    assert_eq!(window.post(&format!("{path}/notes"), note).await.status(), 303);
    let response = window.response(&format!("{path}/copy"), None).await;
    let disposition = response.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert_eq!(disposition, format!("attachment; filename=\"{number}.html\""));
    let copy = response.text().await.unwrap();
    for kept in ["示例三村三组 18 号", "139", "办结后 10 年", "还在路上", &number] {
        assert!(copy.contains(kept), "{kept}: {copy}");
    }
    assert!(!copy.contains("••••"), "it is theirs");
    assert!(!copy.contains("only-for-us") && !copy.contains("csrf"));
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has(&format!("抄了一份 {number}")));
}
