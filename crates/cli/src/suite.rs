//! `xst suite add`

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Subcommand;

#[derive(Subcommand)]
pub(crate) enum Suite {
    /// 增加一套算法的密钥，原有的不动。重启服务后生效。数据文件夹还空着时，镇里就只用这一套
    Add {
        /// 1：浏览器都有的；2：商用密码（SM2、SM3、SM4）
        suite: u16,
        /// 数据文件夹
        #[arg(long, env = "XST_DATA")]
        data: PathBuf,
    },
}

impl Suite {
    pub(crate) fn run(self) -> Result<()> {
        let Self::Add { suite, data } = self;
        let suite = protocol::Suite::try_from(suite).context("只有第 1 套和第 2 套")?;
        let suites = server::add_suite(&data, suite)?;
        let suites = suites.iter().map(|suite| format!("第 {} 套", suite.number()));
        println!("镇里有{}的密钥", suites.collect::<Vec<_>>().join("、"));
        println!("现在就备份数据文件夹里的 township.keys：丢了它，交来的申请谁也打不开");
        Ok(())
    }
}
