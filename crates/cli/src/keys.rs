//! `xst keys list`, `xst keys rotate`, `xst keys add`

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::{Subcommand, ValueEnum};
use protocol::Suite;
use server::{KeyIds, Rotation};

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// 列出镇里的密钥：在用的和从前的
    List {
        /// 数据文件夹
        #[arg(long, env = "XST_DATA")]
        data: PathBuf,
    },
    /// 增加一套算法的密钥，原有的不动；服务开着也可以加。数据文件夹还空着时，镇里就只用这一套
    Add {
        /// 1：浏览器都有的；2：商用密码（SM2、SM3、SM4）
        suite: u16,
        /// 数据文件夹
        #[arg(long, env = "XST_DATA")]
        data: PathBuf,
    },
    /// 换新密钥；从前的留着，用来打开以前封的申请、核对以前的回执。服务开着也可以换
    Rotate {
        /// 换哪一把
        #[arg(long, value_enum, default_value = "both")]
        which: Which,
        #[command(flatten)]
        place: Place,
    },
}

const BACK_UP: &str = "现在就备份数据文件夹里的 township.keys：丢了它，新交的申请谁也打不开";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// 封申请的
    Sealing,
    /// 签回执和乡镇包的
    Signing,
    /// 两把都换
    Both,
}

impl Keys {
    pub(crate) fn run(self) -> Result<()> {
        match self {
            Self::List { data } => KeyIds::read(&data)?.iter().for_each(tell),
            Self::Add { suite, data } => {
                let suite = Suite::try_from(suite).context("只有第 1 套和第 2 套")?;
                server::add_suite(&data, suite)?;
                KeyIds::read(&data)?.iter().for_each(tell);
                println!("{BACK_UP}");
            }
            Self::Rotate { which, place } => {
                tokio::runtime::Runtime::new()?.block_on(rotate(which, place))?;
                println!("换好了。{BACK_UP}");
            }
        }
        Ok(())
    }
}

/// In each suite that there are keys of.
async fn rotate(which: Which, place: Place) -> Result<()> {
    let data = place.data.clone();
    let server = place.open().await?;
    for KeyIds { suite, .. } in KeyIds::read(&data)? {
        let (sealing, signing) = (which != Which::Signing, which != Which::Sealing);
        tell(&server.rotate_keys(Rotation { suite, sealing, signing }).await?);
    }
    Ok(())
}

fn tell(KeyIds { suite, sealing, signing }: &KeyIds) {
    for (what, ids) in [("封申请", sealing), ("签回执", signing)] {
        for (place, id) in ids.iter().enumerate() {
            let state = if place == 0 { "在用" } else { "从前的" };
            println!("第 {} 套 {what} {id} {state}", suite.number());
        }
    }
}
