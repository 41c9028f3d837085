//! `xst`: serves a township, and checks what people write for it.
#![allow(clippy::print_stdout, clippy::print_stderr)] // A command line program speaks there.

mod audit;
mod device;
mod form;
mod keys;
mod mailbag;
mod officer;
mod pack;
mod place;
mod provider;
mod roster;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 乡事通：乡镇办事的服务器和工具
#[derive(Parser)]
#[command(name = "xst", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 开服务：手机应用、接口和办件台，一个地址
    Serve(serve::Serve),
    /// 乡镇包
    #[command(subcommand)]
    Pack(pack::Pack),
    /// 表单
    #[command(subcommand)]
    Form(form::Form),
    /// 经办人
    #[command(subcommand)]
    Officer(officer::Officer),
    /// 手机：发给谁用、停用
    #[command(subcommand)]
    Device(device::Device),
    /// 镇里的密钥
    #[command(subcommand)]
    Keys(keys::Keys),
    /// 邮袋：不走网络送来的申请
    #[command(subcommand)]
    Mailbag(mailbag::Mailbag),
    /// 台账：镇里知道的户和人
    #[command(subcommand)]
    Roster(roster::Roster),
    /// 谁看过、谁办过的记录
    #[command(subcommand)]
    Audit(audit::Audit),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve(serve) => serve.run().map(|()| ExitCode::SUCCESS),
        Command::Pack(pack) => pack.run(),
        Command::Form(form) => form.run(),
        Command::Officer(officer) => officer.run().map(|()| ExitCode::SUCCESS),
        Command::Device(device) => device.run().map(|()| ExitCode::SUCCESS),
        Command::Keys(keys) => keys.run().map(|()| ExitCode::SUCCESS),
        Command::Mailbag(mailbag) => mailbag.run(),
        Command::Roster(roster) => roster.run(),
        Command::Audit(audit) => audit.run(),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}
