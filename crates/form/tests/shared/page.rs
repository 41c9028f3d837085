//! A section of `docs/conformance.md`, between two marks. Each of the tests that know what passes
//! writes its own when `CONFORMANCE=write` says so, and otherwise tells when the page says something
//! else.

use std::path::Path;

/// Compares a section with what it is to say, or writes it.
pub(crate) fn check(name: &str, section: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/conformance.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (begin, end) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
    let (before, rest) = page.split_once(&begin).expect("the section begins");
    let (_, after) = rest.split_once(&end).expect("the section ends");
    let wanted = format!("{before}{begin}\n{}\n\n{end}{after}", section.trim());
    if std::env::var("CONFORMANCE").is_ok_and(|wish| wish == "write") {
        std::fs::write(&path, wanted).expect("the page can be written");
        return;
    }
    assert!(page == wanted, "docs/conformance.md is not up to date: see its head");
}
