//! `xst pack check`, `xst pack recordings`

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use pack::Files;
use time::OffsetDateTime;

#[derive(Subcommand)]
pub(crate) enum Pack {
    /// 查乡镇包有没有毛病，一次说全
    Check {
        /// 乡镇包的文件夹
        folder: PathBuf,
    },
    /// 列出要念给不识字的人听的每道题：读什么、存成什么文件、有没有了（逗号分隔，表格软件能开）
    Recordings {
        /// 乡镇包的文件夹
        folder: PathBuf,
    },
}

impl Pack {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Some(pack) = load(self.folder(), matches!(self, Self::Recordings { .. }))? else {
            return Ok(ExitCode::FAILURE);
        };
        match self {
            Self::Check { .. } => {
                let (name, items) = (&pack.township.name, pack.items.len());
                println!("{name}：{items} 个事项，{} 个机构，没有毛病", pack.offices.len());
                let today = OffsetDateTime::now_utc().to_offset(pack.township.utc_offset).date();
                let unmanned = pack.unmanned(today);
                if !unmanned.is_empty() {
                    println!("今天（{today}）没有人办的：\n{unmanned}");
                }
            }
            Self::Recordings { .. } => list(&pack)?,
        }
        Ok(ExitCode::SUCCESS)
    }

    fn folder(&self) -> &Path {
        let (Self::Check { folder } | Self::Recordings { folder }) = self;
        folder
    }
}

/// The pack; none where it has faults, which are told.
fn load(folder: &Path, is_list: bool) -> Result<Option<pack::Pack>> {
    let files = Files::read(folder).with_context(|| format!("{} 读不了", folder.display()))?;
    let loaded = pack::Pack::load(&files);
    if let Err(faults) = &loaded {
        // Where a list is wanted, this is none of it.
        if is_list {
            eprintln!("{faults}")
        } else {
            println!("{faults}")
        }
        eprintln!("有 {} 处毛病，这个包不能用", faults.0.len());
    }
    Ok(loaded.ok())
}

/// With the mark by which spreadsheet programs know UTF-8.
fn list(pack: &pack::Pack) -> Result<()> {
    print!("\u{feff}");
    let mut table = csv::Writer::from_writer(io::stdout());
    table.write_record(["事项", "题目", "文件", "有没有", "读什么"])?;
    for recording in pack.recordings() {
        let is_there = if recording.is_there { "有" } else { "没有" };
        table.write_record([
            &recording.item,
            &recording.question,
            &recording.file,
            is_there,
            &recording.words,
        ])?;
    }
    Ok(table.flush()?)
}
