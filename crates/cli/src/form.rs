//! `xst form check`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use xlsform::Severity;

#[derive(Subcommand)]
pub(crate) enum Form {
    /// 查表格有没有毛病，一次说全：哪一页、哪一行、哪一列、怎么改
    Check {
        /// .xlsx、.xls、.ods 或 .csv 表格；它引用的文件放在同一个文件夹里
        file: PathBuf,
    },
}

impl Form {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Self::Check { file } = self;
        let bytes = fs::read(&file).with_context(|| format!("{} 读不了", file.display()))?;
        let folder = file.parent().map(PathBuf::from).unwrap_or_default();
        let checked = xlsform::check(&bytes, &xlsform::Folder(folder));
        for fault in &checked.faults {
            match fault.severity {
                Severity::Error => println!("{fault}"),
                Severity::Warning => println!("提醒：{fault}"),
            }
        }
        let errors = checked.faults.iter().filter(|fault| fault.is_error()).count();
        let Some(form) = checked.form else {
            eprintln!("有 {errors} 处毛病，这张表不能用");
            return Ok(ExitCode::FAILURE);
        };
        let questions = form.nodes.iter().filter(|node| node.is_question()).count();
        println!("{} 第 {} 版：{questions} 道题，没有毛病", form.id, form.version);
        Ok(ExitCode::SUCCESS)
    }
}
