//! Checking what people write.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn xst(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xst")).args(arguments).output().unwrap()
}

fn township() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township")
}

#[test]
fn a_good_form_and_a_good_pack_pass() {
    let form = township().join("forms/F10_bxsj.xlsx");
    let out = xst(&["form".as_ref(), "check".as_ref(), &form]);
    assert!(out.status.success());
    assert!(xst(&["pack".as_ref(), "check".as_ref(), &township()]).status.success());
}

#[test]
fn what_is_to_be_read_out_is_listed_question_by_question() {
    let out = xst(&["pack".as_ref(), "recordings".as_ref(), &township()]);
    assert!(out.status.success());
    let list = String::from_utf8(out.stdout).unwrap();
    let line = list.lines().find(|line| line.starts_with("bxsj,danger,")).unwrap();
    let words = "有人身危险？有人受伤或马上有危险，请先打 110、119、120。可以选：是、否。";
    assert_eq!(line, format!("bxsj,danger,bxsj-danger.mp3,没有,{words}"));
}

#[test]
fn a_file_that_is_no_spreadsheet_is_told_and_fails() {
    let file = township().join("township.toml");
    let out = xst(&["form".as_ref(), "check".as_ref(), &file]);
    assert_eq!(out.status.code(), Some(1));
    assert!(!out.stdout.is_empty());
}
