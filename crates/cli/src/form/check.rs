//! `xst form check`

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use form::compile::Summary;

use super::read::read;

/// Tells everything that is wrong with a form, and what it is made of.
pub(super) fn check(file: &Path) -> Result<ExitCode> {
    let read = read(file)?;
    read.told.iter().for_each(|line| println!("{line}"));
    let Some(form) = read.form else {
        eprintln!("有 {} 处毛病，这张表不能用", read.errors);
        return Ok(ExitCode::FAILURE);
    };
    let Summary { questions, languages, functions, chain, bytes } = Summary::of(&form);
    let functions: Vec<String> = functions.into_iter().collect();
    println!("{} 第 {} 版：{questions} 道题，没有毛病", form.id, form.version);
    println!("语言：{}", languages.join("、"));
    println!("用到的函数：{}", functions.join(" "));
    println!("最长的推算链：{chain} 步");
    println!("手机要下载：{bytes} 字节（压缩前）");
    Ok(ExitCode::SUCCESS)
}
