//! What administrators do for people who cannot sign in, and about devices; and passwords that somebody
//! else knows.

use protocol::Standing;

use crate::officer::{Officer, Page};
use crate::phone::Phone;
use crate::township::{PASSWORD, TestTownship};

/// A password of one's own.
const OWN: &str = "Own-password-22";

/// What stands in the line of an account.
fn line<'p>(page: &'p Page, account: &str) -> &'p str {
    let start = format!("data-account=\"{account}\"");
    let after = page.html.split(&start).nth(1).unwrap_or_else(|| panic!("{}", page.html));
    after.split("</tr>").next().unwrap()
}

/// The password that a page shows.
fn given(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.html);
    page.html.split("class=\"once\">").nth(1).unwrap().split('<').next().unwrap().to_owned()
}

async fn signs_in(township: &TestTownship, account: &str, password: &str) -> (Officer, Page) {
    let mut officer = Officer::new(&township.address);
    let page = officer.sign_in(account, password).await;
    (officer, page)
}

fn change(present: &str, new: &str, again: &str) -> String {
    format!("password={present}&new={new}&again={again}")
}

#[tokio::test]
async fn a_password_that_somebody_gave_lets_its_holder_do_nothing_but_change_it() {
    let township = TestTownship::start().await;
    let administrator = township.officer("guanli").await;
    let before = township.officer("zhaolei").await;
    let page = administrator.press("/console/accounts", "account=zhaolei&act=password").await;
    let once = given(&page);
    assert!(!administrator.get("/console/accounts").await.has(&once), "it is shown once");
    assert_eq!(before.get("/console").await.status, 303, "who knew the old one is out");
    assert_eq!(signs_in(&township, "zhaolei", PASSWORD).await.1.status, 401);

    let (officer, page) = signs_in(&township, "zhaolei", &once).await;
    assert_eq!(page.status, 303);
    for path in ["/console", "/console/second", "/console/refused", "/console/cases/1"] {
        let response = officer.response(path, None).await;
        assert_eq!(response.headers()["location"], "/console/password", "{path}");
    }
    let path = "/console/password";
    for (sent, problem) in [
        (change("wrong", OWN, OWN), "现在的密码不对"),
        (change(&once, OWN, "Other-password-1"), "两次填的新密码不一样"),
        (change(&once, &once, &once), "和现在的一样"),
        (change(&once, "zhaolei", "zhaolei"), "密码至少 8 位"),
    ] {
        let page = officer.press(path, &sent).await;
        assert_eq!((page.status, page.has(problem)), (422, true), "{problem}: {}", page.html);
    }
    let other = signs_in(&township, "zhaolei", &once).await.0;
    let body = format!("csrf={}&{}", officer.token(path).await, change(&once, OWN, OWN));
    let response = officer.post(path, body).await;
    assert_eq!(response.status(), 303);
    assert!(response.headers()["set-cookie"].to_str().unwrap().starts_with("xst_console="));
    for left in [&officer, &other] {
        let response = left.response("/console", None).await;
        assert_eq!(response.headers()["location"], "/console/sign-in", "a new session began");
    }
    assert_eq!(signs_in(&township, "zhaolei", &once).await.1.status, 401);
    assert_eq!(signs_in(&township, "zhaolei", OWN).await.1.status, 200);

    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has("给 zhaolei 设了密码") && audit.has("改了 zhaolei 的密码，是本人改的"));
    assert!(!audit.has(&once));
}

#[tokio::test]
async fn a_password_that_somebody_gave_lives_three_days() {
    let township = TestTownship::start().await;
    let server = township.server.as_ref().unwrap();
    server.give_password("zhaolei", "Given-at-the-counter-1").await.unwrap();
    township.clock.forward(3 * 24 * 60 - 1);
    let signed_in = signs_in(&township, "zhaolei", "Given-at-the-counter-1").await;
    assert_eq!(signed_in.1.status, 303);
    township.clock.forward(1);
    let signed_in = signs_in(&township, "zhaolei", "Given-at-the-counter-1").await;
    assert_eq!(signed_in.1.status, 401);
}

#[tokio::test]
async fn an_administrator_sees_who_is_locked_out_or_signed_in_and_helps() {
    let township = TestTownship::start().await;
    let administrator = township.officer("guanli").await;
    let page = administrator.get("/console/accounts").await;
    assert!(line(&page, "zhaolei").contains("没有") && line(&page, "zhaolei").contains("还没有"));
    let officer = township.officer("zhaolei").await;
    let page = administrator.get("/console/accounts?q=%E8%B5%B5%E7%A3%8A").await;
    let own = line(&page, "zhaolei");
    assert!(own.contains("经办") && own.contains("11 月 23 日 10:00"), "{own}");
    assert!(own.contains("end-sessions") && !own.contains("unlock"), "{own}");
    assert!(!page.has("data-account=\"wumin\""), "one looks for them");

    for _ in 0..5 {
        assert_eq!(signs_in(&township, "zhaolei", "wrong").await.1.status, 401);
    }
    assert!(signs_in(&township, "zhaolei", PASSWORD).await.1.has("锁 15 分钟"));
    let page = administrator.get("/console/accounts").await;
    assert!(line(&page, "zhaolei").contains("锁到 11 月 23 日 10:15"));
    let pressed = administrator.press("/console/accounts", "account=zhaolei&act=unlock").await;
    assert_eq!(pressed.status, 303);
    assert_eq!(signs_in(&township, "zhaolei", PASSWORD).await.1.status, 200);
    let pressed =
        administrator.press("/console/accounts", "account=zhaolei&act=end-sessions").await;
    assert_eq!(pressed.status, 303);
    assert_eq!(officer.get("/console").await.status, 303, "it is over");
    let page = administrator.get("/console/accounts").await;
    assert!(!line(&page, "zhaolei").contains("end-sessions"));

    let audit = township.officer("shenji").await.get("/console/audit").await;
    for did in ["看了所有账号", "解开了 zhaolei 的锁", "让 zhaolei 登录着的都退出"]
    {
        assert!(audit.has(did), "{did}");
    }
}

#[tokio::test]
async fn nobody_looks_after_their_own_account_and_nobody_elses_token_will_do() {
    let township = TestTownship::start().await;
    let administrator = township.officer("guanli").await;
    for act in ["unlock", "remove-second", "password", "end-sessions", "link"] {
        let sent = format!("account=guanli&act={act}&subject=x");
        let page = administrator.press("/console/accounts", &sent).await;
        assert_eq!((page.status, page.has("自己的账号")), (422, true), "{act}");
    }
    let nobody = administrator.press("/console/accounts", "account=nobody&act=password").await;
    assert_eq!(nobody.status, 422);
    let officer = township.officer("zhaolei").await;
    let token = officer.token("/console/password").await;
    let body = format!("csrf={token}&account=wumin&act=password");
    assert_eq!(administrator.post("/console/accounts", body.clone()).await.status(), 403);
    assert_eq!(officer.post("/console/accounts", body).await.status(), 404);
}

#[tokio::test]
async fn an_administrator_gives_a_phone_to_somebody_and_takes_it_back() {
    let township = TestTownship::start().await;
    let administrator = township.officer("guanli").await;
    let mut phone: Phone = township.phone().await;
    let device = phone.key.public().device_id();
    let path = "/console/devices";
    let certify = format!("act=certify&device={device}&account=zhoumin&days=30");
    assert_eq!(administrator.press(path, &certify).await.status, 303);
    let page = administrator.get(path).await;
    assert!(page.has(&device.to_string()) && page.has("周敏（zhoumin）经办"));
    assert!(page.has("<td>还没有</td>"));
    let answer = phone.sync(&[], &[]).await;
    assert!(matches!(answer.standing, Some(Standing::Certified(_))));
    assert!(administrator.get(path).await.has("<td>11 月 23 日 10:00</td>"), "it was heard of");

    for (sent, problem) in [
        (format!("act=revoke&device={device}&reason="), "为什么停用"),
        ("act=revoke&device=12&reason=x".to_owned(), "32 位数字"),
        (format!("act=revoke&device={}&reason=x", "0".repeat(32)), "没有见过"),
        (format!("act=certify&device={device}&days=30"), "没有写给谁用"),
        (format!("act=certify&device={device}&account=zhoumin&days=0"), "1 到 1100 天"),
    ] {
        let page = administrator.press(path, &sent).await;
        assert_eq!((page.status, page.has(problem)), (422, true), "{problem}");
    }
    let revoke = format!("act=revoke&device={device}&reason=丢了");
    assert_eq!(administrator.press(path, &revoke).await.status, 303);
    assert!(administrator.get(path).await.has("停用：丢了"));
    assert!(matches!(phone.sync(&[], &[]).await.standing, Some(Standing::Revoked(_))));
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has("石静（guanli）</td><td>停用了手机"), "{}", audit.html);
}
