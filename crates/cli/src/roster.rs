//! `xst roster preview`, `xst roster bring`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::Subcommand;
use roster::Changes;
use server::NotBrought;

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Roster {
    /// 看一张台账表会改什么，不改
    Preview {
        /// Excel 或 UTF-8 的 CSV，第一行是列名，一人一行
        table: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// 收下一张台账表：表里有的村整村换成新的，没有的村不动
    Bring {
        /// Excel 或 UTF-8 的 CSV，第一行是列名，一人一行
        table: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

impl Roster {
    pub(crate) fn run(self) -> Result<ExitCode> {
        let changes = tokio::runtime::Runtime::new()?.block_on(async {
            Ok::<_, anyhow::Error>(match self {
                Self::Preview { table, place } => {
                    let table = read(&table)?;
                    place.open().await?.preview_roster(&table).await
                }
                Self::Bring { table, place } => {
                    let table = read(&table)?;
                    place.open().await?.bring_roster(&table).await
                }
            })
        })?;
        match changes {
            Ok(changes) => {
                tell(&changes);
                Ok(ExitCode::SUCCESS)
            }
            Err(NotBrought::Wrong(problems)) => {
                for problem in &problems {
                    println!("{problem}");
                }
                println!("{} 处不对，一处也没有收", problems.len());
                Ok(ExitCode::FAILURE)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn read(table: &Path) -> Result<Vec<u8>> {
    std::fs::read(table).with_context(|| format!("{} 打不开", table.display()))
}

fn tell(changes: &Changes) {
    println!(
        "{} 个村：新增 {} 户，变动 {} 户，减少 {} 户，不变 {} 户",
        changes.villages.len(),
        changes.new.len(),
        changes.changed.len(),
        changes.gone.len(),
        changes.same
    );
}
