//! What an operator does from the command line, beside the server that runs.

use std::path::Path;
use std::process::{Command, Output};

use protocol::keys::verify;
use protocol::sync::RefusalReason;
use protocol::{Standing, Verdict};

use crate::material::street_light;
use crate::phone::{Phone, received, signed_pack};
use crate::serving::Serving;

fn xst(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xst"))
        .args(arguments)
        .env("XST_PACK", Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township"))
        .env("XST_DATA", data)
        .output()
        .unwrap()
}

fn said(data: &Path, arguments: &[&str]) -> String {
    let out = xst(data, arguments);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[tokio::test]
async fn keys_are_rotated_beside_a_running_server() {
    let data = tempfile::tempdir().unwrap();
    let serving = Serving::start(data.path());
    let mut phone = Phone::new(&serving.address).await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    assert_eq!(said(data.path(), &["keys", "list"]).lines().count(), 2);
    said(data.path(), &["keys", "rotate"]);
    let listed = said(data.path(), &["keys", "list"]);
    assert_eq!(listed.lines().filter(|line| line.ends_with("在用")).count(), 2);
    assert_eq!(listed.lines().filter(|line| line.ends_with("从前的")).count(), 2);

    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(30);
    let pack = loop {
        let pack = signed_pack(&serving.address).await.claim().unwrap();
        if pack.signing_keys.len() == 2 {
            break pack;
        }
        assert!(tokio::time::Instant::now() < deadline, "the server did not take the keys up");
        tokio::task::yield_now().await;
    };
    assert!(listed.contains(&format!("封申请 {} 在用", pack.sealing_key.key_id())));
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    assert!(verify(received(&answer.verdicts[0]), &pack.signing_keys[0]).is_ok());
}

#[tokio::test]
async fn a_lost_phone_is_found_by_its_case_and_revoked() {
    let data = tempfile::tempdir().unwrap();
    let serving = Serving::start(data.path());
    let mut phone = Phone::new(&serving.address).await;
    let form = phone.form("bxsj").await;
    let case = phone.deliver(&phone.seal("bxsj", street_light(&form))).await.case;
    let device = said(data.path(), &["device", "list", "--case", &case.0]);
    let device = device.trim();
    assert_eq!(device, phone.key.public().device_id().to_string());

    said(data.path(), &["device", "certify", device, "--account", "zhoumin", "--days", "30"]);
    assert!(said(data.path(), &["device", "list"]).contains("经办人 zhoumin"));
    let answer = phone.sync(&[], &[]).await;
    assert!(matches!(answer.standing, Some(Standing::Certified(_))));

    said(data.path(), &["device", "revoke", device, "--reason", "丢了"]);
    assert!(said(data.path(), &["device", "list"]).contains("停用：丢了"));
    let answer = phone.sync(&[&phone.seal("bxsj", street_light(&form)).bytes], &[]).await;
    assert!(matches!(answer.standing, Some(Standing::Revoked(_))));
    assert!(matches!(&answer.verdicts[0], Verdict::Refused(refusal)
        if refusal.reason == RefusalReason::Revoked));
    assert_eq!(xst(data.path(), &["audit", "check"]).status.code(), Some(0));

    let slip = format!("{}{}", &device[1..], &device[..1]);
    let slip = xst(data.path(), &["device", "revoke", &slip, "--reason", ""]);
    assert!(String::from_utf8(slip.stderr).unwrap().contains("没有见过"));
}

#[test]
fn the_audit_is_exported_and_verified_without_the_server() {
    let data = tempfile::tempdir().unwrap();
    let serving = Serving::start(data.path());
    said(data.path(), &["keys", "rotate"]);
    let file = |name: &str| data.path().join(name).to_string_lossy().into_owned();
    let (first, second) = (file("first.txt"), file("second.txt"));
    said(data.path(), &["audit", "export", &first]);
    assert!(
        !xst(data.path(), &["audit", "export", &first]).status.success(),
        "nothing is written over"
    );
    said(data.path(), &["keys", "rotate"]);
    said(data.path(), &["audit", "export", &second]);
    drop(serving);
    let verified = said(data.path(), &["audit", "verify", &second, "--after", &first]);
    assert!(verified.contains("一环不缺"), "{verified}");
    let kept = std::fs::read_to_string(&second).unwrap();
    std::fs::write(&second, kept.replacen("换了密钥", "登录", 1)).unwrap();
    let out = xst(data.path(), &["audit", "verify", &second]);
    assert!(!out.status.success());
    assert!(String::from_utf8_lossy(&out.stdout).contains("写的字和记的不一样"));
}
