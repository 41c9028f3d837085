//! What somebody might try who means no good, by the front door. What can be tried with a phone's keys, the
//! disk or the network is in `docs/threat-model.md`, with where it is shown.

use std::fs;
use std::path::Path;

use protocol::envelope::{Contents, Outside, Packing};
use protocol::keys::{Recipient, Suite1, system_random};
use protocol::sync::RefusalReason;
use protocol::{EnvelopeId, Suite, Township, Verdict, encode};
use reqwest::Client;

use crate::material::{household, report, street_light};
use crate::officer::{Officer, Page};
use crate::phone::{photo, received, unique};
use crate::township::{PASSWORD, TestTownship};

const SCRIPT: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn shows_no_script(page: &Page) {
    for raw in ["<script>alert", "<img src=x"] {
        assert!(!page.has(raw), "{raw} in {}", page.html);
    }
}

#[tokio::test]
async fn script_in_whatever_somebody_writes_is_shown_as_words() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let mut answers = report(&form, &[("cat", "light"), ("sub", "dark"), ("danger", "no")]).answers;
    for (old, new) in [("村口的路灯三天没有亮", SCRIPT), ("村口老槐树", SCRIPT), ("示例甲", "\0")]
    {
        let before = answers.clone();
        rename(&mut answers, old, new);
        assert_ne!(before, answers, "there is a field to write it in");
    }
    let sealed = phone.seal_with("bxsj", answers, Vec::new());
    let number = phone.deliver(&sealed).await.case.0;

    let officer = township.officer("zhaolei").await;
    let path = format!("/console/cases/{number}");
    let words = percent(SCRIPT);
    for act in [
        format!("act=return&until=2026-12-08&words={words}&at%3Amark={words}"),
        format!("act=pass-on&office=jc&words={words}"),
    ] {
        let page = officer.get(&path).await;
        let (csrf, seen) =
            (&page.all("name=\"csrf\" value")[0], &page.all("name=\"seen\" value")[0]);
        let notes = format!("csrf={csrf}&words={words}");
        assert_eq!(officer.post(&format!("{path}/notes"), notes).await.status(), 303);
        let page = officer.get(&path).await;
        let seen = page.all("name=\"seen\" value").pop().unwrap_or(seen.clone());
        officer.post(&format!("{path}/acts"), format!("csrf={csrf}&seen={seen}&{act}")).await;
    }
    let watching = township.officer("jiandu").await;
    let found = format!("/console?q={words}");
    for page in ["/console", &path, &found] {
        let response = watching.response(page, None).await;
        let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"));
        let page = Page::of(response).await;
        assert_eq!(page.status, 200);
        shows_no_script(&page);
    }
    let page = watching.get(&path).await;
    assert!(page.has("&#60;script&#62;") || page.has("&lt;script&gt;"), "it is there, as words");
    let mut stranger = Officer::new(&township.address);
    shows_no_script(&stranger.sign_in(&words, &words).await);
}

#[tokio::test]
async fn what_looks_like_sql_finds_and_changes_nothing() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let officer = township.officer("zhaolei").await;
    for text in ["' OR '1'='1", "%", "_", "'; DROP TABLE cases; --", "\\", "\u{0}"] {
        let page = officer.get(&format!("/console?q={}", percent(text))).await;
        assert!(page.all("data-case").is_empty(), "{text} finds something");
        let path = format!("/console/cases/{}", percent(&format!("{number}{text}")));
        assert_eq!(officer.get(&path).await.status, 404, "{text}");
        let mut stranger = Officer::new(&township.address);
        let account = percent(&format!("zhaolei{text}"));
        assert_eq!(stranger.sign_in(&account, PASSWORD).await.status, 401, "{text}");
    }
    assert_eq!(officer.get("/console").await.all("data-case"), [number]);
}

/// Whatever a file is called, it lies where its number says.
#[tokio::test]
async fn a_file_that_is_called_like_a_path_goes_nowhere_else() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let mut filled = household(&phone.form("ybcb").await, 1);
    for name in ["../../../../etc/evil.jpg", "..\\..\\evil.jpg", "/tmp/evil.jpg", "a\r\nX: y.jpg"] {
        let old = filled.files[0].clone();
        let text = encode(&filled.answers);
        assert!(String::from_utf8_lossy(&text).contains(&old));
        rename(&mut filled.answers, &old, name);
        filled.files[0] = name.to_owned();
        let files = filled.files.iter().map(|name| photo(name.clone(), 1000)).collect();
        let sealed = phone.seal_with("ybcb", filled.answers.clone(), files);
        let verdict = phone.sync(&[&sealed.bytes], &[]).await.verdicts.remove(0);
        if matches!(verdict, Verdict::Received(_)) {
            for file in &sealed.files {
                phone.finish(file).await;
            }
            let officer = township.officer("jiangyu").await;
            let number = received(&verdict).claim().unwrap().case.0;
            let link = format!("/console/cases/{number}/files/{}", sealed.files[0].id);
            let response = officer.response(&link, None).await;
            assert_eq!(response.status(), 200);
            assert!(response.headers().get("x").is_none());
            let said = response.headers()["content-disposition"].to_str().unwrap();
            assert!(["inline", "attachment"].contains(&said), "{said}");
        }
        expect_no_stray_files(&township.folder.path().join("data"));
    }
    let officer = township.officer("jiangyu").await;
    for path in
        ["/console/cases/..%2F..%2Ftownship.keys", "/..%2Fdata%2Ftownship.keys", "/%2e%2e/x"]
    {
        let page = officer.get(path).await;
        assert!(page.status == 404 || !page.has("township"), "{path}: {}", page.status);
    }
}

fn rename(answers: &mut form::Answers, from: &str, to: &str) {
    use form::answers::Content;
    for entry in &mut answers.0 {
        match &mut entry.content {
            Content::Value(value) if value == from => *value = to.to_owned(),
            Content::Value(_) => {}
            Content::Group(inner) => rename(inner, from, to),
            Content::Rows(rows) => rows.iter_mut().for_each(|row| rename(row, from, to)),
        }
    }
}

/// Nothing lies in the data folder but what the server puts there: files by their numbers.
fn expect_no_stray_files(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            expect_no_stray_files(&entry.path());
        } else {
            let is_own = name.starts_with("township.") || name.parse::<protocol::FileId>().is_ok();
            assert!(is_own, "{name} is not the server's");
        }
    }
}

/// A few thousand bytes unfold to two million: only so many of them are unfolded for one request.
#[tokio::test]
async fn orders_that_unfold_without_end_cost_no_more_than_a_request_may() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let recipient = Recipient::<Suite1>::try_from(&phone.pack.sealing_key).unwrap();
    let bombs: Vec<Vec<u8>> = (0..40)
        .map(|_| {
            let outside = Outside {
                id: EnvelopeId::new(1_795_000_000_000, unique()),
                township: phone.pack.township.clone(),
                suite: Suite::One.number(),
                recipient: phone.pack.sealing_key.key_id(),
            };
            let contents = Contents {
                packing: Packing::Plain,
                ..phone.key.contents(vec![0; 2_000_000], &outside)
            };
            encode(&recipient.seal(contents, outside, &mut system_random()))
        })
        .collect();
    let all: Vec<&[u8]> = bombs.iter().map(Vec::as_slice).collect();
    assert!(all.iter().all(|bomb| bomb.len() < 10_000), "they are small");
    let verdicts = phone.sync(&all, &[]).await.verdicts;
    let reasons: Vec<RefusalReason> = verdicts
        .iter()
        .map(|verdict| match verdict {
            Verdict::Refused(refusal) => refusal.reason,
            Verdict::Received(_) => panic!("that is no order"),
        })
        .collect();
    let opened = reasons.iter().filter(|reason| **reason != RefusalReason::Later).count();
    assert!((1..=20).contains(&opened), "{opened} of 40 were unfolded");
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    phone.deliver(&sealed).await;
}

#[tokio::test]
async fn what_is_meant_for_another_township_is_not_taken_here() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let own = phone.pack.township.clone();
    phone.pack.township = Township("529999102000".into());
    let sealed = phone.seal("bxsj", street_light(&form));
    let response = phone.send(&[&sealed.bytes], &[]).await;
    assert!(response.status().is_client_error(), "{}", response.status());
    phone.pack.township = own;
    assert_eq!(phone.refusal(&sealed.bytes).await.reason, RefusalReason::Elsewhere);
}

#[tokio::test]
async fn nobody_is_given_a_session_by_somebody_else() {
    let township = TestTownship::start().await;
    township.set_password("zhaolei").await;
    let chosen = "xst_console=0000000000000000000000000000000000000000000000000000000000000000";
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = "application/x-www-form-urlencoded";
    let sign_in = client
        .post(format!("{}/console/sign-in", township.address))
        .header("content-type", form)
        .header("cookie", chosen)
        .body(format!("account=zhaolei&password={PASSWORD}"));
    let response = sign_in.send().await.unwrap();
    let given = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(!given.starts_with(chosen), "another one is given");
    let desk = async |cookie: &str| {
        let request = client.get(format!("{}/console", township.address));
        request.header("cookie", cookie).send().await.unwrap().status().as_u16()
    };
    assert_eq!(desk(chosen).await, 303, "and the chosen one opens nothing");
    let own = given.split(';').next().unwrap();
    assert_eq!(desk(own).await, 200);

    let mut officer = Officer::new(&township.address);
    let page = officer.sign_in("zhaolei", PASSWORD).await;
    let csrf = page.all("name=\"csrf\" value").remove(0);
    assert_eq!(officer.post("/console/sign-out", format!("csrf={csrf}")).await.status(), 303);
    assert_eq!(officer.get("/console").await.status, 303, "what is over stays over");
}

#[tokio::test]
async fn no_other_sites_page_does_anything_here() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let (officer, other) = (township.officer("zhaolei").await, township.officer("jiangyu").await);
    let csrf = officer.get("/console").await.all("name=\"csrf\" value").remove(0);
    let foreign = other.get("/console").await.all("name=\"csrf\" value").remove(0);
    let acts = format!("/console/cases/{number}/acts");
    let notes = format!("/console/cases/{number}/notes");
    for path in [acts.as_str(), &notes, "/console/post", "/console/sign-out", "/console/mailbag"] {
        let fields = "post=0&words=x&seen=1&act=settle";
        for site in ["cross-site", "same-site"] {
            let response = officer.post_from(site, path, format!("csrf={csrf}&{fields}")).await;
            assert_eq!(response.status(), 403, "{path} from {site}");
        }
        if path != "/console/mailbag" {
            let response = officer.post(path, format!("csrf={foreign}&{fields}")).await;
            assert_eq!(response.status(), 403, "{path} with somebody else's token");
            let response = officer.post(path, fields.to_owned()).await;
            assert!(response.status().is_client_error(), "{path} without a token");
        }
    }
    assert_eq!(officer.bring_with(&foreign, b"").await.status, 403);
    assert_eq!(officer.get("/console").await.status, 200, "still signed in");
}

#[tokio::test]
async fn nobody_learns_which_cases_and_accounts_there_are() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let number = phone.deliver(&sealed).await.case.0;
    let foreign = township.officer("wumin").await;
    let there = foreign.get(&format!("/console/cases/{number}")).await;
    let not_there = foreign.get(&format!("/console/cases/{}0", &number[..number.len() - 1])).await;
    assert_eq!((there.status, &there.html), (404, &not_there.html));

    township.set_password("zhaolei").await;
    let mut told = Vec::new();
    for account in ["zhaolei", "nobody"] {
        let mut officer = Officer::new(&township.address);
        let mut pages = Vec::new();
        for _ in 0..7 {
            let page = officer.sign_in(account, "wrong").await;
            pages.push((page.status, page.html.replace(account, "")));
        }
        told.push(pages);
    }
    assert_eq!(told[0], told[1], "an account that is not there is locked like one that is");
    assert!(told[0][6].1.contains("锁 15 分钟。请稍后再试"));
}

#[tokio::test]
async fn what_is_too_large_or_malformed_is_turned_away_and_nothing_breaks() {
    let township = TestTownship::start().await;
    let client = Client::new();
    let post = async |path: &str, kind: &str, body: Vec<u8>| {
        let request = client.post(format!("{}{path}", township.address));
        let request = request.header("content-type", kind).body(body);
        request.send().await.map_or(413, |response| response.status().as_u16())
    };
    let form = "application/x-www-form-urlencoded";
    let large = format!("account=a&password={}", "x".repeat(8 << 20)).into_bytes();
    for (path, kind, body) in [
        ("/api/sync", "application/cbor", vec![0xff; 100]),
        ("/api/sync", "application/cbor", vec![0x9b; 9]),
        ("/api/sync", "application/cbor", vec![0; 6 << 20]),
        ("/api/recovery", "application/cbor", vec![0x81; 5000]),
        ("/console/sign-in", form, large),
        ("/console/sign-in", form, b"account=%ff%fe&password=%zz".to_vec()),
        ("/console/sign-in", "application/json", b"{}".to_vec()),
        ("/api/files", "application/offset+octet-stream", vec![0; 1000]),
    ] {
        let status = post(path, kind, body).await;
        assert!((400..500).contains(&status), "{path}: {status}");
    }
    let officer = township.officer("zhaolei").await;
    let long = format!("/console?q={}", "a".repeat(6000));
    assert!(officer.get(&long).await.status < 500);
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let light = street_light(&form);
    let sealed = phone.seal("bxsj", light);
    phone.deliver(&sealed).await;
}
