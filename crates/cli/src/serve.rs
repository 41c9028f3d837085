//! `xst serve`

use std::io::{Write as _, stdout};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use server::{KEEP_UNFINISHED, Server, Settings};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::place::Place;
use crate::provider;

/// How long requests that are under way may take to finish when the server is asked to end.
const PATIENCE: Duration = Duration::from_secs(10);
const DAY: Duration = Duration::from_secs(24 * 3600);
const KEEP_UNFINISHED_DAYS: u32 = (KEEP_UNFINISHED.as_secs() / DAY.as_secs()) as u32;

#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    place: Place,
    /// 监听的地址；端口填 0 由系统挑
    #[arg(long, env = "XST_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// 手机应用的文件夹；不填用程序里带的
    #[arg(long, env = "XST_APP")]
    app: Option<PathBuf>,
    /// 前面有代理时，浏览器看到的地址，如 `https://xst.example.cn`
    #[arg(long, env = "XST_ORIGIN")]
    origin: Option<String>,
    /// 文书用的字体在哪个文件夹；要有思源宋体（fonts-noto-cjk）和写生僻字的花园明朝（fonts-hanazono）
    #[arg(long, env = "XST_FONTS", default_value = server::FONTS)]
    fonts: PathBuf,
    /// 统一认证（OpenID Connect）的设置，一个 TOML 文件：issuer、client_id、client_secret、name。里面有密钥，只给服务器读
    #[arg(long, env = "XST_OIDC", requires = "origin")]
    oidc: Option<PathBuf>,
    /// 数据文件夹里的数据库最大多少兆字节；不填不限
    #[arg(long, env = "XST_MOST_DATABASE_MB")]
    most_database_mb: Option<u64>,
    /// 没传完的照片、录音，多少天没有动静就清掉已经收到的部分；手机里的还在，随时可以重传
    #[arg(long, env = "XST_KEEP_UNFINISHED_DAYS", default_value_t = KEEP_UNFINISHED_DAYS)]
    keep_unfinished_days: u32,
    /// 短信、通知别的系统、交给县里：发到哪里、密钥是什么。不填用数据文件夹里的 gateways.toml，没有就不发
    #[arg(long, env = "XST_GATEWAYS")]
    gateways: Option<PathBuf>,
    /// 演示：给每位经办人设一个密码并打印出来，短信只写在管理员的页面和日志里。不要在真的服务器上用
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(crate) fn run(self) -> Result<()> {
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
        let runtime = tokio::runtime::Runtime::new()?;
        let outcome = runtime.block_on(self.serve());
        runtime.shutdown_timeout(PATIENCE);
        outcome
    }

    async fn serve(self) -> Result<()> {
        let provider = self.oidc.as_deref().map(provider::read).transpose()?;
        let settings = Settings {
            provider,
            app: self.app,
            origin: self.origin.clone(),
            fonts: self.fonts,
            most_database_bytes: self.most_database_mb.map(|mb| mb * 1024 * 1024),
            keep_unfinished: DAY * self.keep_unfinished_days,
            gateways: self.gateways,
            is_demonstration: self.demo,
            ..self.place.settings()
        };
        let server = Server::start(settings).await?;
        let listener = TcpListener::bind(self.listen).await;
        let listener =
            listener.with_context(|| format!("{} 监听不了，换一个端口试试", self.listen))?;
        let address = listener.local_addr()?;
        let origin = self.origin.unwrap_or_else(|| format!("http://{address}"));
        say(&format!("listening {address}"))?;
        say(&format!("phone {origin}/"))?;
        say(&format!("console {origin}/console"))?;
        if self.demo {
            for account in server.demonstration_accounts().await? {
                let server::Demonstration { office, account, password } = account;
                say(&format!("account {office} {account} {password}"))?;
            }
        }
        say("ready")?;
        server.serve(listener, ended()).await?;
        Ok(())
    }
}

/// One fact a line, for people and for programs that start the server.
fn say(line: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// When the server is asked to end.
async fn ended() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Where signals cannot be listened to, the process is ended from outside.
    if interrupted.await.is_err() {
        std::future::pending::<()>().await;
    }
}
