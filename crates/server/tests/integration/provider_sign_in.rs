//! Signing in by a provider's word.

use std::collections::BTreeMap;
use std::fs;

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use server::{LinkedAccount, ProviderSettings};

use crate::officer::{Officer, Page};
use crate::provider::{Asked, Provider, Signed};
use crate::second_factor::{app_shows, takes_up};
use crate::township::TestTownship;

/// A browser that keeps cookies, as browsers do.
struct Browser {
    client: Client,
    address: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new(township: &TestTownship) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { client, address: township.address.clone(), cookies: BTreeMap::new() }
    }

    fn keep(&mut self, response: &Response) {
        for set in response.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            match value.is_empty() {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }

    fn held(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    async fn get(&mut self, path: &str) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        let response = request.header("cookie", self.held()).send().await.unwrap();
        self.keep(&response);
        response
    }

    async fn post(&mut self, path: &str, body: String) -> Page {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("cookie", self.held()).body(body);
        let response = request.send().await.unwrap();
        self.keep(&response);
        Page::of(response).await
    }

    /// Goes off to the provider. Gives what the township asks there.
    async fn goes(&mut self) -> Asked {
        let response = self.get("/console/provider").await;
        assert_eq!(response.status(), 303);
        Asked::read(response.headers()["location"].to_str().unwrap())
    }

    /// Comes back with a code and the state.
    async fn comes(&mut self, code: &str, state: &str) -> Page {
        let path = format!("/console/provider/back?code={code}&state={state}");
        Page::of(self.get(&path).await).await
    }

    fn is_in(&self) -> bool {
        self.cookies.contains_key("xst_console")
    }

    fn officer(&self) -> Officer {
        Officer::holding(&self.address, &self.held())
    }
}

/// A township whose people sign in by a provider, and the provider.
async fn start(more: &str) -> (TestTownship, Provider) {
    let mut township = TestTownship::start().await;
    let provider = Provider::start().await;
    township.restart_with_provider(provider.settings(more)).await;
    (township, provider)
}

async fn link(township: &TestTownship, provider: &Provider, subject: &str, account: &str) {
    let linked = LinkedAccount { subject: subject.to_owned(), account: account.to_owned() };
    let server = township.server.as_ref().unwrap();
    server.link_account(&provider.issuer, linked).await.unwrap();
}

/// Somebody signs in, of whom the provider says that they are `subject`, and more.
async fn signs_in(
    township: &TestTownship,
    provider: &Provider,
    subject: &str,
    more: &Value,
) -> (Browser, Page) {
    let mut browser = Browser::new(township);
    let asked = browser.goes().await;
    let mut claims = provider.claims(township, &asked, subject);
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let code = provider.grants(&asked, &claims, &Signed::Rightly);
    let page = browser.comes(&code, asked.of("state")).await;
    (browser, page)
}

#[tokio::test]
async fn who_is_linked_comes_in_by_the_providers_word_and_nobody_gets_an_account_by_coming() {
    let (township, provider) = start("").await;
    let mut browser = Browser::new(&township);
    let page = Page::of(browser.get("/console/sign-in").await).await;
    assert!(page.has("用县统一认证登录"));
    let asked = browser.goes().await;
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", "xst"),
        ("scope", "openid"),
        ("code_challenge_method", "S256"),
        ("redirect_uri", "http://township.test/console/provider/back"),
    ] {
        assert_eq!(asked.of(name), value, "{name}");
    }
    let (browser, page) = signs_in(&township, &provider, "worker-17", &json!({})).await;
    assert_eq!((page.status, browser.is_in()), (401, false));
    assert!(page.has("worker-17"), "what to tell the administrator: {}", page.html);
    let (_, page) = signs_in(&township, &provider, "zhaolei", &json!({})).await;
    assert_eq!(page.status, 401, "what somebody is called there is no account here");

    let administrator = township.officer("guanli").await;
    let linking = "account=zhaolei&act=link&subject=worker-17";
    assert_eq!(administrator.press("/console/accounts", linking).await.status, 303);
    let again = "account=wumin&act=link&subject=worker-17";
    assert_eq!(administrator.press("/console/accounts", again).await.status, 422);
    let (browser, page) = signs_in(&township, &provider, "worker-17", &json!({})).await;
    assert_eq!((page.status, page.has("url=/console")), (200, true), "{}", page.html);
    let officer = browser.officer();
    let desk = officer.get("/console").await;
    assert!(desk.status == 200 && desk.has("赵磊"));
    let password = officer.get("/console/password").await;
    assert!(password.has("在这里没有密码"), "they need none");

    let unlinking = "account=zhaolei&act=unlink&subject=worker-17";
    assert_eq!(administrator.press("/console/accounts", unlinking).await.status, 303);
    assert_eq!(officer.get("/console").await.status, 303, "and what they were signed in with ends");
    assert_eq!(signs_in(&township, &provider, "worker-17", &json!({})).await.1.status, 401);
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has("用统一认证登录") && audit.has("连到账号 zhaolei"));
    assert!(!audit.has("worker-17"), "what people are called there may be a telephone number");
}

#[tokio::test]
async fn a_word_that_is_not_the_providers_for_this_sign_in_lets_nobody_in() {
    let (township, provider) = start("").await;
    link(&township, &provider, "worker-17", "zhaolei").await;
    let now = provider.claims(&township, &Asked::read("http://x/?a=b"), "x")["iat"].clone();
    let now = now.as_i64().unwrap();
    let changes = [
        ("another sign-in's", json!({ "nonce": "another" }), Signed::Rightly),
        ("no sign-in's", json!({ "nonce": null }), Signed::Rightly),
        ("for somebody else", json!({ "aud": "another" }), Signed::Rightly),
        ("for others too", json!({ "aud": ["xst", "another"] }), Signed::Rightly),
        ("another provider's", json!({ "iss": "https://another.test" }), Signed::Rightly),
        ("too old", json!({ "exp": now - 1 }), Signed::Rightly),
        ("from long ago", json!({ "iat": now - 600 }), Signed::Rightly),
        ("from tomorrow", json!({ "iat": now + 86_400 }), Signed::Rightly),
        ("signed by another", json!({}), Signed::ByAnother),
        ("not signed", json!({}), Signed::Not),
        ("signed with the secret", json!({}), Signed::WithTheSecret),
        ("changed", json!({}), Signed::ThenChanged),
        ("of nobody", json!({ "sub": " " }), Signed::Rightly),
    ];
    for (what, change, signed) in &changes {
        let mut browser = Browser::new(&township);
        let asked = browser.goes().await;
        let mut claims = provider.claims(&township, &asked, "worker-17");
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let code = provider.grants(&asked, &claims, signed);
        let page = browser.comes(&code, asked.of("state")).await;
        assert_eq!((page.status, browser.is_in()), (401, false), "{what}");
        assert!(page.has("凭据对不上"), "{what}: {}", page.html);
    }
    let (browser, page) = signs_in(&township, &provider, "worker-17", &json!({})).await;
    assert_eq!((page.status, browser.is_in()), (200, true), "as it should be");
}

#[tokio::test]
async fn what_comes_back_is_taken_once_from_the_browser_that_went_and_soon() {
    let (township, provider) = start("").await;
    link(&township, &provider, "worker-17", "zhaolei").await;
    let granted = |asked: &Asked| {
        let claims = provider.claims(&township, asked, "worker-17");
        provider.grants(asked, &claims, &Signed::Rightly)
    };
    let mut browser = Browser::new(&township);
    let asked = browser.goes().await;
    let code = granted(&asked);
    let page = browser.comes(&code, "another-state").await;
    assert_eq!((page.status, browser.is_in()), (401, false), "a state of nobody's");

    // Somebody sends another the address that they would come back to: they would work as the sender.
    let asked = browser.goes().await;
    let code = granted(&asked);
    let mut victim = Browser::new(&township);
    assert_eq!(victim.comes(&code, asked.of("state")).await.status, 401);
    victim.goes().await;
    assert_eq!(victim.comes(&code, asked.of("state")).await.status, 401);
    assert!(!victim.is_in());

    let held = browser.cookies.clone();
    let page = browser.comes(&code, asked.of("state")).await;
    assert_eq!(page.status, 200, "whoever went comes in");
    let mut again = Browser::new(&township);
    again.cookies = held;
    let page = again.comes(&code, asked.of("state")).await;
    assert_eq!((page.status, again.is_in()), (401, false), "the state was used");
    let other = again.goes().await;
    let page = again.comes(&code, other.of("state")).await;
    assert_eq!((page.status, again.is_in()), (401, false), "the code was used");

    // A code that was given to one browser, brought by another with its own state: PKCE holds it.
    let (mut one, mut thief) = (Browser::new(&township), Browser::new(&township));
    let (asked, of_thief) = (one.goes().await, thief.goes().await);
    let stolen = granted(&asked);
    let page = thief.comes(&stolen, of_thief.of("state")).await;
    assert_eq!((page.status, thief.is_in()), (401, false));

    let mut slow = Browser::new(&township);
    let asked = slow.goes().await;
    township.clock.forward(11);
    let code = granted(&asked);
    let page = slow.comes(&code, asked.of("state")).await;
    assert_eq!((page.status, slow.is_in()), (401, false), "too long away");
    let refused = Page::of(slow.get("/console/provider/back?error=access_denied").await).await;
    assert_eq!(refused.status, 401);
}

#[tokio::test]
async fn what_a_browser_held_before_opens_nothing_after() {
    let (township, provider) = start("").await;
    link(&township, &provider, "worker-17", "zhaolei").await;
    let mut browser = Browser::new(&township);
    let planted = "a".repeat(64);
    browser.cookies.insert("xst_console".into(), planted.clone());
    browser.cookies.insert("xst_provider".into(), planted.clone());
    let asked = browser.goes().await;
    assert_ne!(browser.cookies["xst_provider"], planted);
    let claims = provider.claims(&township, &asked, "worker-17");
    let code = provider.grants(&asked, &claims, &Signed::Rightly);
    assert_eq!(browser.comes(&code, asked.of("state")).await.status, 200);
    assert_ne!(browser.cookies["xst_console"], planted);
    assert!(!browser.cookies.contains_key("xst_provider"));
    let planter = Officer::holding(&township.address, &format!("xst_console={planted}"));
    assert_eq!(planter.get("/console").await.status, 303);
    assert_eq!(browser.officer().get("/console").await.status, 200);
}

#[tokio::test]
async fn the_townships_second_factor_is_asked_for_unless_the_provider_asked_for_one() {
    let (township, provider) = start("second = [\"otp\"]").await;
    link(&township, &provider, "worker-17", "zhaolei").await;
    let officer = township.officer("zhaolei").await;
    let secret = takes_up(&township, &officer).await;
    township.clock.forward(1);
    let by_password = json!({ "amr": ["pwd"] });
    let (mut browser, page) = signs_in(&township, &provider, "worker-17", &by_password).await;
    assert!(page.status == 200 && page.has("还差动态码"), "{}", page.html);
    assert!(!browser.is_in());
    let path = "/console/provider/code";
    assert_eq!(browser.post(path, "code=000000".into()).await.status, 401);
    let code = app_shows(&secret, &township);
    let mut thief = Browser::new(&township);
    thief.goes().await;
    assert_eq!(thief.post(path, format!("code={code}")).await.status, 401, "who never came");
    assert_eq!(browser.post(path, format!("code={code}")).await.status, 200);
    assert!(browser.is_in() && browser.officer().get("/console").await.status == 200);

    let (mut browser, _) = signs_in(&township, &provider, "worker-17", &json!({})).await;
    for _ in 0..5 {
        assert_eq!(browser.post(path, "code=000000".into()).await.status, 401);
    }
    township.clock.forward(1);
    let code = app_shows(&secret, &township);
    let page = browser.post(path, format!("code={code}")).await;
    assert!(page.status == 401 && page.has("锁 15 分钟"), "codes are not guessed");

    let with_code = json!({ "amr": ["pwd", "otp"] });
    let (browser, _) = signs_in(&township, &provider, "worker-17", &with_code).await;
    assert!(browser.is_in(), "one is enough");
}

#[tokio::test]
async fn where_the_township_asks_everybody_for_a_second_factor_the_providers_counts_if_it_says_so()
{
    let (township, provider) = start("second = [\"urn:two\"]\nclaim = \"work_number\"").await;
    let path = township.pack().join("township.toml");
    let written = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("second_factor = true\n{written}")).unwrap();
    assert!(township.server.as_ref().unwrap().take_up_changes().await);
    link(&township, &provider, "4711", "zhaolei").await;
    let (_, page) = signs_in(&township, &provider, "4711", &json!({})).await;
    assert_eq!(page.status, 401, "they are named by another claim");
    let word = json!({ "work_number": 4711, "acr": "urn:two" });
    let (browser, _) = signs_in(&township, &provider, "x", &word).await;
    assert_eq!(browser.officer().get("/console").await.status, 200);

    let word = json!({ "work_number": "4711", "acr": "urn:one" });
    let (browser, _) = signs_in(&township, &provider, "x", &word).await;
    let officer = browser.officer();
    let response = officer.response("/console", None).await;
    assert_eq!(response.headers()["location"], "/console/second");
    let page = officer.get("/console/second").await;
    assert!(!page.has("name=\"password\""), "they have none");
    let secret = page.all("name=\"secret\" value").remove(0);
    let code = app_shows(&secret, &township);
    let taken = officer.press("/console/second", &format!("secret={secret}&code={code}")).await;
    assert_eq!(taken.status, 303, "{}", taken.html);
    assert_eq!(officer.get("/console").await.status, 200);
}

#[tokio::test]
async fn without_a_provider_there_is_no_way_to_one_and_settings_say_what_they_lack() {
    let township = TestTownship::start().await;
    let mut browser = Browser::new(&township);
    for path in ["/console/provider", "/console/provider/back?code=1&state=2"] {
        assert_eq!(browser.get(path).await.status(), 404, "{path}");
    }
    let page = Page::of(browser.get("/console/sign-in").await).await;
    assert!(!page.has("/console/provider"));
    let written = |issuer: &str, secret: &str| {
        let text = format!(
            "issuer = \"{issuer}\"\nclient_id = \"xst\"\nclient_secret = \"{secret}\"\nname = \"县\""
        );
        ProviderSettings::read(&text).err().map(|error| error.to_string()).unwrap_or_default()
    };
    assert_eq!(written("https://sso.example.cn", "hush"), "");
    assert!(written("http://sso.example.cn", "hush").contains("https"));
    assert!(written("https://sso.example.cn", " ").contains("client_secret"));
    let lacking =
        ProviderSettings::read("issuer = \"https://sso.example.cn\"\nclient_id = \"hush\"");
    assert!(!lacking.err().unwrap().to_string().contains("hush"));
}
