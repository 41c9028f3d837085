//! `xst device list`, `xst device certify`, `xst device revoke`, `xst device recover`

use anyhow::{Context as _, Result};
use clap::{ArgGroup, Subcommand};
use protocol::{CaseNumber, DeviceId, Holder, ServerTime};
use server::KnownDevice;
use time::{OffsetDateTime, UtcOffset};

use crate::place::Place;

#[derive(Subcommand)]
pub(crate) enum Device {
    /// 列出发过证书的和停用了的手机；加 --case 查一个办件是从哪部手机交的
    List {
        /// 办件编号
        #[arg(long)]
        case: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// 发证书：这部手机是镇里发给谁用的。手机下次有网就知道
    #[command(group(ArgGroup::new("holder").required(true)))]
    Certify {
        /// 手机编号，32 位，在手机的“设置”里
        #[arg(value_parser = device)]
        device: DeviceId,
        /// 给哪位经办人：officers.toml 里的账号
        #[arg(long, group = "holder")]
        account: Option<String>,
        /// 没有账号的，给谁或放在哪里，如 一村文书
        #[arg(long, group = "holder")]
        label: Option<String>,
        /// 有效多少天
        #[arg(long, default_value = "365")]
        days: u16,
        #[command(flatten)]
        place: Place,
    },
    /// 停用一部手机：丢了，或者收回了。不能反悔；手机下次有网就锁掉里面的资料，没送到的申请要重新填
    Revoke {
        /// 手机编号，32 位
        #[arg(value_parser = device)]
        device: DeviceId,
        /// 为什么，记给镇里自己看
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        place: Place,
    },
    /// 帮忘了密码的工作人员：在有效时间内，他可以在这部手机上设新密码，资料都还在。先见到人，看到手机在他手里
    Recover {
        /// 手机编号，32 位；手机上点“忘了密码”就看得到
        #[arg(value_parser = device)]
        device: DeviceId,
        /// 有效几个小时
        #[arg(long, default_value = "2")]
        hours: u16,
        #[command(flatten)]
        place: Place,
    },
}

impl Device {
    pub(crate) fn run(self) -> Result<()> {
        tokio::runtime::Runtime::new()?.block_on(async {
            match self {
                Self::List { case: Some(case), place } => {
                    let server = place.open().await?;
                    let device = server.device_of_case(&CaseNumber(case)).await?;
                    println!("{}", device.context("没有这个办件编号")?);
                }
                Self::List { case: None, place } => {
                    place.open().await?.known_devices().await?.iter().for_each(tell);
                }
                Self::Certify { device, account, label, days, place } => {
                    let other = || Holder::Other(label.unwrap_or_default());
                    let holder = account.map_or_else(other, Holder::Officer);
                    let until = place.open().await?.certify_device(device, holder, days).await?;
                    println!("发好了，到 {} 为止", day(until));
                }
                Self::Revoke { device, reason, place } => {
                    place.open().await?.revoke_device(device, &reason).await?;
                    println!("停用了");
                }
                Self::Recover { device, hours, place } => {
                    let until = place.open().await?.allow_recovery(device, hours).await?;
                    println!(
                        "可以了，到 {} 为止。请他在手机上点“忘了密码”，再点“镇里同意了”",
                        time(until)
                    );
                }
            }
            Ok(())
        })
    }
}

fn device(text: &str) -> Result<DeviceId, &'static str> {
    text.parse().map_err(|_| "手机编号是 32 位数字和 a 到 f 的字母")
}

fn tell(device: &KnownDevice) {
    let given = device.given.as_ref().map(|given| {
        let holder = match &given.holder {
            Holder::Officer(account) => format!("经办人 {account}"),
            Holder::Other(label) => label.clone(),
        };
        format!(" {holder}，{} 到 {}", day(given.valid_from), day(given.valid_until))
    });
    let revoked = device.revoked_at.map(|at| {
        let reason = device.reason.as_deref().unwrap_or_default();
        format!(" {} 停用：{reason}", day(at))
    });
    let id = device.id;
    let asked = device.asked_for_help_at.map(|at| format!(" 忘了密码，{} 求助", time(at)));
    let told = [given, revoked, asked].into_iter().flatten().collect::<String>();
    println!("{id}{told}");
}

fn day(at: ServerTime) -> String {
    in_china(at).map_or_else(String::new, |time| time.date().to_string())
}

fn time(at: ServerTime) -> String {
    let told =
        |time: OffsetDateTime| format!("{} {}:{:02}", time.date(), time.hour(), time.minute());
    in_china(at).map_or_else(String::new, told)
}

/// In Beijing's time, which is China's.
fn in_china(at: ServerTime) -> Option<OffsetDateTime> {
    let beijing = UtcOffset::from_hms(8, 0, 0).ok()?;
    Some(OffsetDateTime::from_unix_timestamp(at.0 / 1000).ok()?.to_offset(beijing))
}
