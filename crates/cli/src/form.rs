//! `xst form check`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Form {
    /// 查表格有没有毛病，一次说全：哪一页、哪一行、哪一列、怎么改
    Check {
        /// .xlsx 表格
        file: PathBuf,
    },
}

impl Form {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Self::Check { file } = self;
        let bytes = fs::read(&file).with_context(|| format!("{} 读不了", file.display()))?;
        match xlsform::read(&bytes) {
            Ok(form) => {
                let questions = form.nodes.iter().filter(|node| node.is_question()).count();
                println!("{} 第 {} 版：{questions} 道题，没有毛病", form.id, form.version);
                Ok(ExitCode::SUCCESS)
            }
            Err(faults) => {
                for fault in &faults {
                    println!("{fault}");
                }
                eprintln!("有 {} 处毛病，这张表不能用", faults.len());
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
