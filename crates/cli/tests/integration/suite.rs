//! A township that is run on 商用密码.

use std::path::Path;
use std::process::{Command, Output};

use protocol::Suite;
use protocol::keys::{Suite2, verify};

use crate::material::street_light;
use crate::phone::{Phone, received};
use crate::serving::Serving;

fn add(suite: &str, data: &Path) -> Output {
    let mut xst = Command::new(env!("CARGO_BIN_EXE_xst"));
    xst.args(["keys", "add", suite, "--data"]).arg(data).output().unwrap()
}

#[tokio::test]
async fn a_township_can_be_run_on_the_second_suite_alone() {
    let data = tempfile::tempdir().unwrap();
    let added = add("2", data.path());
    assert!(added.status.success());
    assert!(String::from_utf8(added.stdout).unwrap().starts_with("第 2 套 封申请 "));

    let serving = Serving::start(data.path());
    let mut phone = Phone::<Suite2>::of_suite(&serving.address).await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let receipt = verify(received(&answer.verdicts[0]), &phone.pack.signing_keys[0]).unwrap();
    assert_eq!(receipt.digest, Suite::Two.digest(&sealed.bytes));
}

#[test]
fn a_suite_that_there_is_not_is_told() {
    let data = tempfile::tempdir().unwrap();
    let added = add("3", data.path());
    assert!(!added.status.success());
    assert!(String::from_utf8(added.stderr).unwrap().contains("只有第 1 套和第 2 套"));
}
