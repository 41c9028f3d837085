//! `xst officer password`, `xst officer remove-second`

use std::io::stdin;

use anyhow::{Result, bail};
use clap::Subcommand;

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Officer {
    /// 设经办人的密码（从标准输入读一行）；原来登录着的会退出
    Password {
        /// officers.toml 里的账号
        account: String,
        #[command(flatten)]
        place: Place,
    },
    /// 取消经办人的动态码：手机丢了，或者换了。先见到人
    RemoveSecond {
        /// officers.toml 里的账号
        account: String,
        #[command(flatten)]
        place: Place,
    },
}

impl Officer {
    pub(crate) fn run(self) -> Result<()> {
        match self {
            Self::Password { account, place } => set_password(&account, place),
            Self::RemoveSecond { account, place } => {
                tokio::runtime::Runtime::new()?.block_on(async {
                    place.open().await?.remove_second_factor(&account).await?;
                    println!("{account} 的动态码取消了");
                    Ok(())
                })
            }
        }
    }
}

fn set_password(account: &str, place: Place) -> Result<()> {
    eprintln!("请输入 {account} 的新密码，回车：");
    let mut password = String::new();
    if stdin().read_line(&mut password)? == 0 {
        bail!("没有输入密码");
    }
    tokio::runtime::Runtime::new()?.block_on(async {
        let server = place.open().await?;
        server.set_password(account, password.trim_end_matches(['\r', '\n'])).await?;
        println!("{account} 的密码设好了");
        Ok(())
    })
}
