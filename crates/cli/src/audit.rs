//! `xst audit check`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;
use server::{Chain, Server, Settings};

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// 查记录有没有被人改过、抽掉过
    Check {
        /// 乡镇包的文件夹
        #[arg(long, env = "XST_PACK")]
        pack: PathBuf,
        /// 数据文件夹
        #[arg(long, env = "XST_DATA")]
        data: PathBuf,
    },
}

impl Audit {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Self::Check { pack, data } = self;
        tokio::runtime::Runtime::new()?.block_on(async {
            let server = Server::start(Settings::new(pack, data)).await?;
            match server.verify_audit().await? {
                Chain::Whole(entries) => {
                    println!("{entries} 条记录，一环不缺");
                    Ok(ExitCode::SUCCESS)
                }
                Chain::BrokenAt(place) => {
                    println!("第 {place} 条对不上：它或前一条被改过，或者被抽掉了");
                    Ok(ExitCode::FAILURE)
                }
            }
        })
    }
}
