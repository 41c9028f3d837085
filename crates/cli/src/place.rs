//! Where a township's server keeps things.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use server::{Server, Settings};

/// Where a township's server keeps things: the same for `xst serve` and for whatever is done beside it.
#[derive(Args)]
pub(crate) struct Place {
    /// 乡镇包的文件夹
    #[arg(long, env = "XST_PACK")]
    pack: PathBuf,
    /// 数据文件夹：密钥、数据库、照片录音。请定期备份，只给服务器读
    #[arg(long, env = "XST_DATA")]
    pub(crate) data: PathBuf,
    /// PostgreSQL 的地址，如 `postgres://xst:密码@localhost/xst`；不填用数据文件夹里的 SQLite
    #[arg(long, env = "XST_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Place {
    /// The settings of a server there.
    pub(crate) fn settings(self) -> Settings {
        Settings { database: self.database, ..Settings::new(self.pack, self.data) }
    }

    /// A server there, that nobody can reach from outside.
    pub(crate) async fn open(self) -> Result<Arc<Server>> {
        Ok(Server::start(self.settings()).await?)
    }
}
