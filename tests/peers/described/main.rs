//! What the document about the interface says, tried at random by Schemathesis
//! (<https://schemathesis.io>) at the real server.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

#[path = "../../../crates/server/tests/integration/material.rs"]
#[expect(dead_code, reason = "the material of other tests too")]
mod material;
#[path = "../../../crates/server/tests/integration/phone.rs"]
#[expect(dead_code, reason = "the phone can do more than this test asks of it")]
mod phone;
#[path = "../uploads/serving.rs"]
#[expect(dead_code, reason = "nothing here is measured")]
mod serving;

use std::path::Path;
use std::process::Command;

use crate::material::household;
use crate::phone::Phone;
use crate::serving::Serving;

/// Every server error is a fault of the server's, whatever was asked; and what it answers is what the
/// document says.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance";

#[tokio::test]
async fn whatever_is_asked_the_server_answers_as_its_document_says() {
    let python = std::env::var_os("XST_SCHEMATHESIS")
        .expect("XST_SCHEMATHESIS is set: call `cargo xtask test peers`");
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(&folder.path().join("data"));
    let mut phone = Phone::new(&serving.address).await;
    let sealed = phone.seal("ybcb", household(&phone.form("ybcb").await, 1));
    phone.deliver(&sealed).await;
    let form = &phone.pack.items[0].form;
    let document = format!("{}/api/openapi.json", serving.address);
    let tried = Command::new(python)
        .args(["-m", "schemathesis.cli", "run", &document])
        .args(["--url", &format!("{}/api", serving.address)])
        .args(["--checks", CHECKS, "--max-examples", "60", "--seed", "1", "--no-color"])
        .args(["--generation-deterministic", "--phases", "examples,coverage,fuzzing"])
        .env("SCHEMATHESIS_HOOKS", Path::new(env!("CARGO_MANIFEST_DIR")).join("described/hooks.py"))
        .env("XST_FORM", form.to_string())
        .env("XST_FILE", sealed.files[0].id.to_string())
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tried.stdout);
    assert!(tried.status.success(), "{said}\n{}", String::from_utf8_lossy(&tried.stderr));
}
