//! `xst officer password`, `xst officer remove-second`, `xst officer link`, `xst officer unlink`,
//! `xst officer links`

use std::io::stdin;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use server::LinkedAccount;

use crate::place::Place;
use crate::provider;

#[derive(Subcommand)]
pub(crate) enum Officer {
    /// 设经办人的密码（从标准输入读一行）；原来登录着的会退出。本人三天内登录，先要自己改
    Password {
        /// officers.toml 里的账号
        account: String,
        /// 密码是本人在这里输的，不用再改
        #[arg(long)]
        own: bool,
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
    /// 把统一认证里的一个人连到账号，以后可以用统一认证登录
    Link(Link),
    /// 断开统一认证里的一个人和账号；登录着的会退出
    Unlink(Link),
    /// 列出连着的账号
    Links {
        /// 统一认证的设置，和 xst serve --oidc 的是同一个文件
        #[arg(long, env = "XST_OIDC")]
        oidc: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
pub(crate) struct Link {
    /// officers.toml 里的账号
    account: String,
    /// 他在统一认证里的标识：设置里 claim 说的那一项，一般是 sub
    subject: String,
    /// 统一认证的设置，和 xst serve --oidc 的是同一个文件
    #[arg(long, env = "XST_OIDC")]
    oidc: PathBuf,
    #[command(flatten)]
    place: Place,
}

impl Officer {
    pub(crate) fn run(self) -> Result<()> {
        tokio::runtime::Runtime::new()?.block_on(async {
            match self {
                Self::Password { account, own, place } => {
                    set_password(&account, own, place).await?;
                }
                Self::RemoveSecond { account, place } => {
                    place.open().await?.remove_second_factor(&account).await?;
                    println!("{account} 的动态码取消了");
                }
                Self::Link(Link { account, subject, oidc, place }) => {
                    let issuer = provider::read(&oidc)?.issuer;
                    let linked = LinkedAccount { subject, account };
                    place.open().await?.link_account(&issuer, linked).await?;
                    println!("连好了");
                }
                Self::Unlink(Link { account, subject, oidc, place }) => {
                    let issuer = provider::read(&oidc)?.issuer;
                    let linked = LinkedAccount { subject, account };
                    place.open().await?.unlink_account(&issuer, linked).await?;
                    println!("断开了");
                }
                Self::Links { oidc, place } => {
                    let issuer = provider::read(&oidc)?.issuer;
                    for link in place.open().await?.linked_accounts(&issuer).await? {
                        println!("{} {}", link.account, link.subject);
                    }
                }
            }
            Ok(())
        })
    }
}

async fn set_password(account: &str, is_own: bool, place: Place) -> Result<()> {
    eprintln!("请输入 {account} 的新密码，回车：");
    let mut password = String::new();
    if stdin().read_line(&mut password)? == 0 {
        bail!("没有输入密码");
    }
    let server = place.open().await?;
    let password = password.trim_end_matches(['\r', '\n']);
    match is_own {
        true => server.set_password(account, password).await?,
        false => server.give_password(account, password).await?,
    }
    println!("{account} 的密码设好了");
    Ok(())
}
