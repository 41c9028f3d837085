//! `xst pack check`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use pack::Files;

#[derive(Subcommand)]
pub(crate) enum Pack {
    /// 查乡镇包有没有毛病，一次说全
    Check {
        /// 乡镇包的文件夹
        folder: PathBuf,
    },
}

impl Pack {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Self::Check { folder } = self;
        let files = Files::read(&folder).with_context(|| format!("{} 读不了", folder.display()))?;
        match pack::Pack::load(&files) {
            Ok(pack) => {
                let (name, items) = (&pack.township.name, pack.items.len());
                println!("{name}：{items} 个事项，{} 个机构，没有毛病", pack.offices.len());
                Ok(ExitCode::SUCCESS)
            }
            Err(faults) => {
                println!("{faults}");
                eprintln!("有 {} 处毛病，这个包不能用", faults.0.len());
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
