//! `xst form`: what authors of forms need.

mod check;
mod convert;
mod play;
mod read;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Form {
    /// 查表格有没有毛病，一次说全：哪一页、哪一行、哪一列、怎么改
    Check {
        /// .xlsx、.xls、.ods 或 .csv 表格，或 .xml 的 XForm；它引用的文件放在同一个文件夹里
        file: PathBuf,
    },
    /// 写成 ODK XForm（XML），给 ODK 的工具用
    Xform {
        /// 表格
        file: PathBuf,
    },
    /// 不用手机试填：从标准输入一行读一个动作，每个动作后写一行表单的样子（JSON）
    Play(play::Play),
}

impl Form {
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Check { file } => check::check(&file),
            Self::Xform { file } => convert::convert(&file),
            Self::Play(play) => play.run(),
        }
    }
}
