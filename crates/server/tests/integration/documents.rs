//! What people are told in writing, and whether it is true.

use casework::Role;
use protocol::Digest;

use crate::officer::{Officer, Page};
use crate::township::PASSWORD;
use crate::workflows::{Case, Scene};

/// What a form of a case's page would send that offers a document of this kind.
fn offered(page: &Page, kind: &str) -> Option<String> {
    let named = format!("name=\"kind\" value=\"{kind}\"");
    let form = page.html.split("<form").find(|form| form.contains(&named))?;
    let form = Page { status: 200, html: form.split("</form>").next().unwrap().to_owned() };
    let (csrf, event) = (form.all("name=\"csrf\" value"), form.all("name=\"event\" value"));
    Some(format!("csrf={}&event={}&kind={kind}", csrf[0], event[0]))
}

/// The files of the documents that a case's page lists.
fn listed(page: &Page) -> Vec<String> {
    page.all("href").into_iter().filter(|href| href.contains("/documents/")).collect()
}

/// Somebody issues a document that the page of a case offers them. Gives where its file is.
pub(crate) async fn issues(officer: &Officer, case: &str, kind: &str, words: &str) -> String {
    let path = format!("/console/cases/{case}");
    let body = offered(&officer.get(&path).await, kind).expect("it is offered");
    let response =
        officer.post(&format!("{path}/documents"), format!("{body}&words={words}")).await;
    let answer = Page::of(response).await;
    assert_eq!(answer.status, 303, "{}", answer.html);
    listed(&officer.get(&path).await).pop().expect("it is listed")
}

async fn file(officer: &Officer, path: &str) -> Vec<u8> {
    let response = officer.response(path, None).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/pdf");
    response.bytes().await.unwrap().to_vec()
}

/// What one reads in the file of a document, without spaces.
fn read(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).unwrap();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Where the document says that its truth is told.
pub(crate) async fn proof(officer: &Officer, path: &str) -> String {
    let text = read(&file(officer, path).await);
    let (_, rest) = text.split_once("/proof/").expect("it says where");
    format!("/proof/{}", rest.chars().take(26).collect::<String>())
}

/// A case that its head refused.
async fn refused(scene: &mut Scene, name: &str) -> Case {
    let case = scene.apply_as(name, &[]).await;
    scene.does(Role::Window, &case, "work:accepted", "record=words&words=").await;
    scene.does(Role::Handler, &case, "work:disagreed", "record=visit&words=家里有存款").await;
    let why = "record=words&words=存款超过标准 %23panic %24x%24 *";
    scene.does(Role::Head, &case, "work:refused", why).await;
    case
}

#[tokio::test]
async fn a_refusal_is_issued_once_and_says_why_and_where_to_go() {
    let mut scene = Scene::of("linshi").await;
    let case = refused(&mut scene, "𠮷田·买买提").await;
    let page = format!("/console/cases/{}", case.number);
    let handler = scene.desk("zhoumin").await;
    let body = offered(&handler.get(&page).await, "refusal").unwrap();
    let issue = format!("{page}/documents");
    let press = || handler.post(&issue, body.clone());
    let (one, other) = tokio::join!(press(), press());
    assert_eq!((one.status().as_u16(), other.status().as_u16()), (303, 303));
    assert_eq!(press().await.status(), 303);
    let now = handler.get(&page).await;
    assert_eq!(listed(&now).len(), 1, "however often it was pressed");
    assert!(offered(&now, "refusal").is_none() && offered(&now, "acceptance").is_some());
    assert!(now.has("不予批准决定书 青政服〔2026〕1号"));

    let path = listed(&now).remove(0);
    let pdf = file(handler, &path).await;
    let text = read(&pdf);
    for said in [
        "青政服〔2026〕1号",
        "𠮷田·买买提：",
        "存款超过标准#panic$x$*",
        "60日内",
        "行政复议",
        "6个月内",
        "行政诉讼",
        "《社会救助暂行办法》",
        &case.number,
    ] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(!text.contains("家里有存款"), "what was thought on the way is not told");
    assert_eq!(file(handler, &path).await, pdf, "it stays what it is");

    for (account, status) in [("zhaolei", 404), ("jiandu", 200), ("shenji", 404)] {
        let officer = scene.desk(account).await;
        assert_eq!(officer.get(&path).await.status, status, "{account}");
        let csrf = officer.get("/console").await.all("name=\"csrf\" value").remove(0);
        let body = format!("csrf={csrf}&event=2&kind=acceptance");
        assert_eq!(officer.post(&issue, body).await.status(), 404, "{account}");
    }
    let audit = scene.desk("shenji").await.get("/console/audit").await;
    assert!(audit.has(&format!("给 {} 出了文书 青政服〔2026〕1号", case.number)));
    assert!(audit.has(&format!("看了 {} 的文书 青政服〔2026〕1号", case.number)));
}

#[tokio::test]
async fn anybody_may_ask_whether_a_document_is_true_and_learns_no_more_than_it_says() {
    let mut scene = Scene::of("linshi").await;
    let case = refused(&mut scene, "𠮷田·买买提").await;
    let handler = scene.desk("zhoumin").await;
    let path = issues(handler, &case.number, "refusal", "").await;
    let (pdf, proof) = (file(handler, &path).await, proof(handler, &path).await);
    assert!(read(&pdf).contains(&format!("{}{proof}", scene.township.address)));
    let stranger = Officer::new(&scene.township.address);
    let page = stranger.get(&proof).await;
    let (hidden, last) = case.number.split_at(case.number.len() - 4);
    for said in [
        "镇里出过这份文书",
        "不予批准决定书",
        "青政服〔2026〕1号",
        "青禾镇",
        "2026年11月23日",
        "𠮷*",
        last,
        &Digest::of(&pdf).to_string(),
    ] {
        assert!(page.has(said), "{said} is not in {}", page.html);
    }
    for kept in ["田", "存款", "买买提", &hidden[12..], "<script"] {
        assert!(!page.has(kept), "{kept} is in {}", page.html);
    }
    for unknown in ["/proof/AAAAAAAAAAAAAAAAAAAAAAAAAA", "/proof/1", "/proof/%E6%B2%A1%E6%9C%89"] {
        let none = stranger.get(unknown).await;
        assert_eq!(none.status, 200);
        assert!(none.has("没有这份文书") && !none.has("青政服"));
        assert_eq!(none.html.matches("<dt>").count(), page.html.matches("<dt>").count());
    }
    assert_eq!(stranger.get("/proof/proof.css").await.status, 200);
    // Somebody who may write into the database makes it another's.
    scene.township.alter("UPDATE document SET number = '青政服〔2026〕2号'").await;
    assert!(stranger.get(&proof).await.has("没有这份文书"));
}

#[tokio::test]
async fn two_servers_that_issue_at_the_same_time_give_two_numbers() {
    let mut scene = Scene::of("linshi").await;
    let (one, other) = (scene.apply(&[]).await, scene.apply(&[]).await);
    for case in [&one, &other] {
        scene.does(Role::Window, case, "work:accepted", "record=words&words=").await;
    }
    let second = scene.township.another_server().await;
    let mut elsewhere = Officer::new(&second.address);
    assert_eq!(elsewhere.sign_in("zhoumin", PASSWORD).await.status, 200);
    let here = scene.desk("zhoumin").await;
    let (first, second) = tokio::join!(
        issues(here, &one.number, "acceptance", ""),
        issues(&elsewhere, &other.number, "acceptance", "")
    );
    let mut numbers = Vec::new();
    for path in [&first, &second] {
        let text = read(&file(here, path).await);
        let number = ["青政服〔2026〕1号", "青政服〔2026〕2号"].map(|number| text.contains(number));
        numbers.push(number);
        assert!(text.contains("受理通知书") && text.contains("申请人："));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, [[false, true], [true, false]], "each its own, and none left out");
}

#[tokio::test]
async fn who_refuses_by_what_only_the_township_reads_gives_reasons_that_are_told() {
    let mut scene = Scene::of("dengji").await;
    let case = scene.apply_as("张三", &[]).await;
    scene.does(Role::Window, &case, "work:accepted", "record=words&words=").await;
    scene.does(Role::Handler, &case, "work:disagreed", "record=words&words=邻居说不是真的").await;
    let page = format!("/console/cases/{}", case.number);
    let office = scene.pack.items.iter().find(|item| item.workflow == "dengji").unwrap().office();
    let own = |officer: &&pack::Officer| officer.office.as_deref() == Some(office);
    let account = scene.pack.officers.iter().find(own).unwrap().account.clone();
    let officer = scene.desk(&account).await;
    let body = offered(&officer.get(&page).await, "refusal").unwrap();
    let silent = Page::of(officer.post(&format!("{page}/documents"), body).await).await;
    assert!(silent.status == 422 && silent.has("这种文书要写清楚理由"));
    let path = issues(officer, &case.number, "refusal", "不符合登记的条件").await;
    let text = read(&file(officer, &path).await);
    assert!(text.contains("不符合登记的条件") && !text.contains("邻居"));

    // 2027: numbers begin anew.
    scene.township.clock.forward(60 * 24 * 60);
    scene.forget_desks();
    let officer = scene.desk(&account).await;
    let path = issues(officer, &case.number, "acceptance", "").await;
    assert!(read(&file(officer, &path).await).contains("青政服〔2027〕1号"));
}

#[tokio::test]
async fn what_is_wrong_why_it_waits_and_how_long_are_told_in_writing() {
    let mut scene = Scene::of("zhaijidi").await;
    let case = scene.apply_as("张三", &[]).await;
    let wrong = "at%3Aname=姓名和身份证不一样&words=请带户口簿&until=2026-12-08";
    scene.does(Role::Window, &case, "return", wrong).await;
    let window = scene.desk("jiangyu").await;
    let path = issues(window, &case.number, "correction", "").await;
    let text = read(&file(window, &path).await);
    for said in
        ["补正告知书", "1．姓名和身份证不一样", "2．请带户口簿", "请在2026年12月8日以前补正"]
    {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let other = scene.apply_as("李四", &[]).await;
    scene.does(Role::Window, &other, "work:accepted", "record=words&words=").await;
    let pause = "grounds=hearing&words=等听证会&until=2026-12-24";
    scene.does(Role::Head, &other, "pause", pause).await;
    scene.does(Role::Head, &other, "go-on", "").await;
    scene.does(Role::Head, &other, "extend", "words=材料多").await;
    let window = scene.desk("jiangyu").await;
    for (kind, said) in [
        ("acceptance", ["受理通知书", "第三十二条", "以前答复您"]),
        ("pause", ["听证。", "等听证会", "中止最晚到2026年12月24日"]),
        ("extension", ["材料多", "延长后的办理期限到2027年", "第四十二条"]),
    ] {
        let path = issues(window, &other.number, kind, "").await;
        let text = read(&file(window, &path).await);
        for said in said {
            assert!(text.contains(said), "{said} is not in {text}");
        }
    }
}
