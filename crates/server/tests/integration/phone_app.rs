//! Serving the phone app.

use std::fs;

use reqwest::{Client, Response};

use crate::township::TestTownship;

async fn get(township: &TestTownship, path: &str) -> Response {
    let request = Client::new().get(format!("{}{path}", township.address));
    request.header("accept-encoding", "br, gzip").send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_pages_never() {
    let township = TestTownship::start().await;
    fs::write(township.app().join("index.html"), "<!doctype html>").unwrap();
    fs::write(township.app().join("app-0123456789abcdef.js"), "1").unwrap();
    fs::write(township.app().join("app-0123456789abcdef.wasm"), "2").unwrap();
    fs::write(township.app().join("app-0123456789abcdef.wasm.br"), "packed").unwrap();

    let page = get(&township, "/mine/anything").await;
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&page, "cache-control"), "no-store");
    assert!(header(&page, "content-security-policy").contains("script-src 'self'"));
    assert!(!header(&page, "content-security-policy").contains("unsafe-inline"));

    let script = get(&township, "/app-0123456789abcdef.js").await;
    assert!(header(&script, "cache-control").contains("immutable"));
    let wasm = get(&township, "/app-0123456789abcdef.wasm").await;
    assert_eq!(header(&wasm, "content-encoding"), "br");
    assert_eq!(header(&wasm, "content-type"), "application/wasm");
    assert_eq!(wasm.text().await.unwrap(), "packed");
}

#[tokio::test]
async fn the_page_of_an_item_names_its_form_so_that_it_comes_beside_the_app() {
    let township = TestTownship::start().await;
    fs::write(township.app().join("index.html"), "<!doctype html>").unwrap();
    let page = get(&township, "/item/bxsj").await;
    let form = header(&page, "link").split(['<', '>']).nth(1).unwrap();
    assert!(header(&page, "link").ends_with("; rel=preload; as=fetch; crossorigin=anonymous"));
    assert_eq!(get(&township, form).await.status(), 200);
    for path in ["/", "/mine", "/item/nothing"] {
        assert_eq!(header(&get(&township, path).await, "link"), "");
    }
}

#[tokio::test]
async fn a_missing_script_is_missing_and_never_the_page() {
    let township = TestTownship::start().await;
    fs::write(township.app().join("index.html"), "<!doctype html>").unwrap();
    assert_eq!(get(&township, "/app-fedcba9876543210.js").await.status(), 404);
    assert_eq!(get(&township, "/api/nothing").await.status(), 404);
    assert_eq!(get(&township, "/%2e%2e/data/township.keys").await.status(), 404);
    assert_eq!(get(&township, "/").await.status(), 200);
}

#[tokio::test]
async fn it_says_that_it_is_the_township() {
    let township = TestTownship::start().await;
    let health = get(&township, "/api/health").await;
    assert_eq!(health.status(), 204);
    assert_eq!(header(&health, "xst-township"), "529999101000");
}
