//! `xst audit check`, `xst audit export`, `xst audit verify`

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use server::{Chain, Exported};

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Audit {
    /// 查记录有没有被人改过、抽掉过
    Check {
        #[command(flatten)]
        place: Place,
    },
    /// 把记录抄成一个文件，一条一行，看得懂，也查得了；请存到管服务器的人碰不到的地方
    Export {
        /// 抄到哪里
        out: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// 查抄出来的文件：一环不缺，写的字和记的一样。不用连服务器
    Verify {
        /// 抄出来的文件
        export: PathBuf,
        /// 从前抄的一份：里面的，现在这一份里要一条不少、一字不改
        #[arg(long)]
        after: Option<PathBuf>,
    },
}

impl Audit {
    pub(crate) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Check { place } => tokio::runtime::Runtime::new()?.block_on(async {
                Ok(match place.open().await?.verify_audit().await? {
                    Chain::Whole(entries) => {
                        println!("{entries} 条记录，一环不缺");
                        ExitCode::SUCCESS
                    }
                    Chain::BrokenAt(place) => {
                        println!("第 {place} 条对不上：它或前一条被改过，或者被抽掉了");
                        ExitCode::FAILURE
                    }
                })
            }),
            Self::Export { out, place } => tokio::runtime::Runtime::new()?.block_on(async {
                let file = File::create_new(&out);
                let file =
                    file.with_context(|| format!("{} 写不了，或者已经有了", out.display()))?;
                let mut file = BufWriter::new(file);
                let entries = place.open().await?.export_audit(&mut file).await?;
                file.flush()?;
                println!("抄了 {entries} 条");
                Ok(ExitCode::SUCCESS)
            }),
            Self::Verify { export, after } => verify(&export, after.as_deref()),
        }
    }
}

fn verify(export: &Path, after: Option<&Path>) -> Result<ExitCode> {
    let read = |path: &Path| -> Result<Exported> {
        let file = File::open(path).with_context(|| format!("{} 打不开", path.display()))?;
        let read = Exported::read(BufReader::new(file));
        read.with_context(|| format!("{} 里有问题", path.display()))
    };
    let now = match read(export) {
        Ok(now) => now,
        Err(error) => {
            println!("{error:#}");
            return Ok(ExitCode::FAILURE);
        }
    };
    if let Some(path) = after {
        let before = read(path)?;
        if let Some(place) = now.lacks(&before) {
            println!("从前那一份的第 {place} 条，这一份里没有，或者不一样");
            return Ok(ExitCode::FAILURE);
        }
    }
    println!("{} 条记录，一环不缺；最后一条是 {}", now.entries(), now.head());
    Ok(ExitCode::SUCCESS)
}
