//! `xst mailbag import`

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Mailbag {
    /// 收下手机带来的邮袋，和走网络送到一样；收几次都不会重复
    Import {
        /// 邮袋文件
        bag: PathBuf,
        /// 回执存到哪里，让送来的人带回去
        #[arg(long)]
        receipts: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

impl Mailbag {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let Self::Import { bag, receipts, place } = self;
        tokio::runtime::Runtime::new()?.block_on(async {
            let server = place.open().await?;
            let file = tokio::fs::File::open(&bag).await;
            let file = file.with_context(|| format!("{} 打不开", bag.display()))?;
            let brought = server.take_in_mailbag(file).await?;
            if let Some(path) = receipts {
                std::fs::write(&path, brought.back.head())
                    .with_context(|| format!("{} 写不了", path.display()))?;
            }
            println!("收下了 {} 件", brought.arrived);
            for refusal in &brought.refused {
                println!("没有收：{}", refusal.words);
            }
            if brought.damaged > 0 {
                println!("{} 个照片或录音不完整，没有收", brought.damaged);
            }
            Ok(if brought.refused.is_empty() && brought.damaged == 0 {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        })
    }
}
