//! What somebody did, as an auditor reads it.

use super::Deed;

/// What somebody did, in a line.
pub(crate) fn words(deed: &Deed) -> String {
    match deed {
        Deed::SignedIn => "登录".to_owned(),
        Deed::SignInFailed => "登录，密码不对".to_owned(),
        Deed::SignedOut => "退出".to_owned(),
        Deed::ReadCase(case) => format!("看了 {case}"),
        Deed::ReadFile { case, file } => format!("看了 {case} 的材料 {file}"),
        Deed::Noted(case) => format!("在 {case} 记了一笔"),
        Deed::Searched => "查找".to_owned(),
        Deed::TookInMailbag(arrived) => format!("收下一个邮袋，里面新到的有 {arrived} 件"),
        Deed::RotatedKeys { .. } => "换了密钥".to_owned(),
        Deed::CertifiedDevice { device, .. } => format!("给手机 {device} 发了证书"),
        Deed::RevokedDevice(device) => format!("停用了手机 {device}"),
        Deed::Returned(case) => format!("请申请人补正 {case}"),
        Deed::Decided { case, is_granted: true } => format!("同意了 {case}"),
        Deed::Decided { case, is_granted: false } => format!("没有批准 {case}"),
        Deed::Finished(case) => format!("办结了 {case}"),
        Deed::AskedVisit { case, device } => format!("请手机 {device} 去核查 {case}"),
        Deed::AllowedRecovery { device, .. } => format!("同意帮手机 {device} 找回密码"),
        Deed::GaveRecovery(device) => format!("帮手机 {device} 找回了密码"),
        Deed::Did { case, what } => format!("办了 {case}：{}", done(what)),
        Deed::TookPost(post) => format!("换到自己的第 {} 个岗位", post + 1),
        Deed::ReadAudit => "看了这些记录".to_owned(),
        Deed::TookSecond => "开通了动态码".to_owned(),
        Deed::Queried(case) => format!("凭查询码查了 {case}"),
        Deed::ChangedRoster { new, changed, gone } => {
            format!("更新台账：新增 {new} 户，变动 {changed} 户，减少 {gone} 户")
        }
        Deed::ReadProposals(count) => format!("看了村里报来的 {count} 处和台账不一样的"),
        Deed::LeftRoster(case) => format!("台账没有照 {case} 改"),
        Deed::TookRoster(device) => format!("把本村台账装进手机 {device}"),
        Deed::IssuedDocument { case, number } => format!("给 {case} 出了文书 {number}"),
        Deed::ReadDocument { case, number } => format!("看了 {case} 的文书 {number}"),
        Deed::HandedOver { case, to } => format!("把 {case} 交给了 {to}"),
        Deed::ReadOutgoing => "看了发出去的消息".to_owned(),
        Deed::SentAgain(case) => format!("让 {case} 没发成的消息再发一次"),
        Deed::RemovedSecond(account) => format!("取消了 {account} 的动态码"),
        Deed::ReadTasks => "看了督办的清单".to_owned(),
        Deed::ReadTask(task) => format!("看了督办 {task}"),
        Deed::DidTask { task, what } => format!("办了督办 {task}：{}", done_to_task(what)),
        Deed::TookDownRating { case, on_paper: false } => format!("请群众在窗口评了 {case}"),
        Deed::TookDownRating { case, on_paper: true } => format!("录了 {case} 的纸质评价"),
        Deed::ReadRecusals => "看了回避的清单".to_owned(),
        Deed::ReadAccounts => "看了所有账号".to_owned(),
        Deed::ReadDevices => "看了发出去的手机".to_owned(),
        Deed::GavePassword(account) => format!("给 {account} 设了密码，登录后要自己改"),
        Deed::ChangedPassword(account) => format!("改了 {account} 的密码，是本人改的"),
        Deed::Unlocked(account) => format!("解开了 {account} 的锁"),
        Deed::EndedSessions(account) => format!("让 {account} 登录着的都退出"),
        Deed::Linked { account, mark } => format!("把统一认证里的 {mark} 连到账号 {account}"),
        Deed::Unlinked { account, mark } => format!("断开了统一认证里的 {mark} 和账号 {account}"),
        Deed::SignedInByProvider => "用统一认证登录".to_owned(),
        Deed::Copied(case) => format!("抄了一份 {case} 留着的内容给本人"),
        Deed::Unmasked { case, field } => format!("点开了 {case} 遮住的 {field}"),
    }
}

/// What was done to a case, by the name that the audit keeps.
fn done(name: &str) -> &str {
    match name {
        "accepted" => "受理",
        "declined" => "不予受理",
        "agreed" => "同意",
        "disagreed" => "不同意",
        "sent-back" => "退回重办",
        "undisputed" => "没有异议",
        "disputed" => "有异议",
        "granted" => "准予",
        "refused" => "不予",
        "done" => "办好这一步",
        "unfounded" => "没有问题，或者不归镇里管",
        "returned" => "请申请人补正",
        "taken-incomplete" => "容缺受理",
        "settled" => "容缺的补齐了",
        "hung-out" => "贴出公示",
        "objected" => "记下异议",
        "paused" => "中止",
        "went-on" => "恢复",
        "extended" => "延长时限",
        "passed-on" => "转给别的机构",
        "stopped" => "终止",
        "joined" => "并入另一件",
        "appealed" => "记下申请人要求复核",
        "recused" => "申报回避",
        other => other,
    }
}

/// What was done to a task, by the name that the audit keeps.
fn done_to_task(name: &str) -> &str {
    match name {
        "made-complex" => "按复杂的办",
        "called-back" => "回访",
        "found" => "写核实的结论",
        "remedied" => "整改",
        "told-back" => "告诉结果",
        "closed" => "办完",
        other => other,
    }
}
