//! A second factor beside the password.

use std::fs;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::officer::{Officer, Page};
use crate::township::{PASSWORD, TestTownship};

/// What an authenticator app shows: the reference of RFC 6238 and RFC 4226, section 5.4.
pub(crate) fn app_shows(secret: &str, township: &TestTownship) -> String {
    use server::Clock as _;
    let key = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let step = township.clock.now().0 as u64 / 30_000;
    let mut mac = <Hmac<Sha1> as KeyInit>::new_from_slice(&key).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = (digest[19] & 0xf) as usize;
    let binary = (u32::from(digest[at]) & 0x7f) << 24
        | u32::from(digest[at + 1]) << 16
        | u32::from(digest[at + 2]) << 8
        | u32::from(digest[at + 3]);
    format!("{:06}", binary % 1_000_000)
}

/// Signs in with a code; gives the page that follows.
async fn signs_in(township: &TestTownship, account: &str, code: &str) -> Page {
    Officer::new(&township.address).sign_in(account, &format!("{PASSWORD}&code={code}")).await
}

/// Takes up the second factor that the page offers. Gives its secret.
pub(crate) async fn takes_up(township: &TestTownship, officer: &Officer) -> String {
    let page = officer.get("/console/second").await;
    let (csrf, secret) =
        (page.all("name=\"csrf\" value").remove(0), page.all("name=\"secret\" value").remove(0));
    assert!(page.has("class=\"qr\""));
    let wrong = format!("csrf={csrf}&secret={secret}&password={PASSWORD}&code=000000");
    assert_eq!(officer.post("/console/second", wrong).await.status(), 422, "it has to work first");
    let code = app_shows(&secret, township);
    let stolen = format!("csrf={csrf}&secret={secret}&password=wrong&code={code}");
    assert_eq!(officer.post("/console/second", stolen).await.status(), 422, "a page left open");
    let right = format!("csrf={csrf}&secret={secret}&password={PASSWORD}&code={code}");
    assert_eq!(officer.post("/console/second", right).await.status(), 303);
    secret
}

#[tokio::test]
async fn who_has_a_second_factor_needs_it_and_each_code_is_right_once() {
    let township = TestTownship::start().await;
    let officer = township.officer("zhaolei").await;
    let secret = takes_up(&township, &officer).await;
    let code = app_shows(&secret, &township);
    assert_eq!(signs_in(&township, "zhaolei", "").await.status, 401);
    let seen = signs_in(&township, "zhaolei", &code).await;
    assert_eq!(seen.status, 401, "it was used to take it up");
    assert!(seen.has("密码或动态码不对"), "nobody learns which");
    township.clock.forward(1);
    let code = app_shows(&secret, &township);
    assert_eq!(signs_in(&township, "zhaolei", &code).await.status, 200);
    assert_eq!(signs_in(&township, "zhaolei", &code).await.status, 401, "somebody looked on");
    township.clock.forward(1);
    let (one, other) = (app_shows(&secret, &township), app_shows(&secret, &township));
    let (one, other) =
        tokio::join!(signs_in(&township, "zhaolei", &one), signs_in(&township, "zhaolei", &other));
    assert_eq!(one.status + other.status, 601, "of two at once, one");
}

#[tokio::test]
async fn a_second_factor_is_given_up_with_it_or_taken_by_an_operator_who_saw_its_holder() {
    let township = TestTownship::start().await;
    let officer = township.officer("zhaolei").await;
    let secret = takes_up(&township, &officer).await;
    township.clock.forward(1);
    let page = officer.get("/console/second").await;
    let csrf = page.all("name=\"csrf\" value").remove(0);
    let code = app_shows(&secret, &township);
    let with = |code: &str| format!("csrf={csrf}&password={PASSWORD}&code={code}");
    assert_eq!(officer.post("/console/second", with("000000")).await.status(), 422);
    assert_eq!(officer.post("/console/second", with(&code)).await.status(), 303);
    assert_eq!(signs_in(&township, "zhaolei", "").await.status, 200);

    let officer = township.officer("zhaolei").await;
    takes_up(&township, &officer).await;
    assert_eq!(signs_in(&township, "zhaolei", "").await.status, 401);
    let server = township.server.as_ref().unwrap();
    server.remove_second_factor("zhaolei").await.unwrap();
    assert!(server.remove_second_factor("nobody").await.is_err());
    assert_eq!(signs_in(&township, "zhaolei", "").await.status, 200);
    let auditor = township.officer("shenji").await;
    let page = auditor.get("/console/audit").await;
    assert!(page.has("开通了动态码") && page.has("取消了 zhaolei 的动态码"));
}

#[tokio::test]
async fn where_the_township_asks_for_one_nobody_sees_anything_without() {
    let township = TestTownship::start().await;
    let path = township.pack().join("township.toml");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("second_factor = true\n{written}")).unwrap();
    assert!(township.server.as_ref().unwrap().take_up_changes().await);
    township.set_password("zhaolei").await;
    let mut officer = Officer::new(&township.address);
    let page = officer.sign_in("zhaolei", PASSWORD).await;
    assert_eq!(page.status, 303, "there is something to do first");
    for path in ["/console", "/console/refused", "/console/cases/1", "/console/notices/1"] {
        let response = officer.response(path, None).await;
        assert_eq!(response.status(), 303, "{path}");
        assert_eq!(response.headers()["location"], "/console/second");
    }
    takes_up(&township, &officer).await;
    assert_eq!(officer.get("/console").await.status, 200);
}
