//! The devices that the township gave to somebody, for administrators: giving another, and taking one back.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use protocol::{DeviceId, Holder, ServerTime};
use serde::Deserialize;

use super::desk::{self, Choice, Frame, percent};
use super::session::SignedIn;
use super::{page, words};
use crate::audit::{self, Deed, Entry};
use crate::cases::local;
use crate::devices::{KnownDevice, NotCertified, NotRevoked};
use crate::server::Server;
use crate::storage::StorageError;

/// How many devices a page shows.
const MOST: usize = 50;
/// The longest words, in characters.
const LONGEST: usize = 200;

const NO_NUMBER: &str = "手机编号是 32 位数字和 a 到 f 的字母，在手机的“设置”里";
const NO_REASON: &str = "要写清楚为什么停用";

#[derive(Template)]
#[template(path = "devices.html")]
struct Page {
    frame: Frame,
    search: String,
    lines: Vec<Line>,
    /// Where the next ones are; empty where there are none.
    next: String,
    problem: String,
    /// Whom one can be given to.
    officers: Vec<(String, String)>,
}

struct Line {
    id: String,
    holder: String,
    since: String,
    until: String,
    /// Whether that is past.
    is_over: bool,
    seen: String,
    asked: String,
    /// When it was revoked and why.
    revoked: Option<(String, String)>,
}

/// Which part is shown.
#[derive(Default, Deserialize)]
pub(super) struct Part {
    #[serde(default)]
    q: String,
    /// Counted from 0.
    #[serde(default)]
    page: usize,
}

/// What the buttons send.
#[derive(Deserialize)]
pub(super) struct Wanted {
    csrf: String,
    act: String,
    device: String,
    #[serde(default)]
    reason: String,
    /// The account of whom it is given to; empty for whoever `label` says.
    #[serde(default)]
    account: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    days: u16,
}

pub(super) async fn page(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Query(part): Query<Part>,
) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    show(&server, &signed_in, &part, String::new()).await
}

pub(super) async fn act(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(wanted): Form<Wanted>,
) -> Response {
    if !signed_in.administers() {
        return page::nothing_here();
    }
    if !signed_in.sent(&wanted.csrf) {
        return page::expired();
    }
    let who = &signed_in.officer.account;
    let refuse = |problem: String| async {
        let part = Part::default();
        show(&server, &signed_in, &part, problem).await
    };
    let Ok(device) = wanted.device.trim().parse::<DeviceId>() else {
        return refuse(NO_NUMBER.to_owned()).await;
    };
    let done = match wanted.act.as_str() {
        "revoke" => revoke(&server, who, device, &wanted.reason).await,
        "certify" => certify(&server, who, device, &wanted).await,
        _ => return page::nothing_here(),
    };
    match done {
        Ok(None) => {
            let back = format!("/console/devices?q={}", percent(&device.to_string()));
            Redirect::to(&back).into_response()
        }
        Ok(Some(problem)) => refuse(problem).await,
        Err(error) => page::not_now(&error),
    }
}

/// Gives what was wrong.
async fn revoke(
    server: &Server,
    who: &str,
    device: DeviceId,
    reason: &str,
) -> Result<Option<String>, StorageError> {
    let reason: String = reason.trim().chars().take(LONGEST).collect();
    if reason.is_empty() {
        return Ok(Some(NO_REASON.to_owned()));
    }
    match server.revoke_device_as(who, device, &reason).await {
        Ok(()) => Ok(None),
        Err(NotRevoked::Storage(error)) => Err(error),
        Err(NotRevoked::Unknown(_)) => Ok(Some("没有见过编号是这个的手机，请核对".to_owned())),
        Err(error @ NotRevoked::Already) => Ok(Some(error.to_string())),
    }
}

/// Gives what was wrong.
async fn certify(
    server: &Server,
    who: &str,
    device: DeviceId,
    wanted: &Wanted,
) -> Result<Option<String>, StorageError> {
    let label = wanted.label.trim().chars().take(LONGEST).collect();
    let holder = match wanted.account.trim() {
        "" => Holder::Other(label),
        account => Holder::Officer(account.to_owned()),
    };
    match server.certify_device_as(who, device, holder, wanted.days).await {
        Ok(_) => Ok(None),
        Err(NotCertified::Storage(error)) => Err(error),
        Err(error) => Ok(Some(error.to_string())),
    }
}

async fn show(server: &Server, signed_in: &SignedIn, part: &Part, problem: String) -> Response {
    let status = match problem.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    match lay(server, signed_in, part, problem).await {
        Ok(page) => page::show(status, &page),
        Err(error) => page::not_now(&error),
    }
}

async fn lay(
    server: &Server,
    signed_in: &SignedIn,
    part: &Part,
    problem: String,
) -> Result<Page, StorageError> {
    let now = server.clock.now();
    {
        let mut transaction = server.storage.write().await?;
        let who = signed_in.officer.account.clone();
        let entry = Entry { at: now, who, did: Deed::ReadDevices };
        audit::record(&mut *transaction, &server.township, &entry).await?;
        transaction.commit().await?;
    }
    let search = part.q.trim().to_lowercase();
    let known = server.known_devices().await?;
    let found = known.iter().map(|device| line(server, signed_in, device, now));
    let found: Vec<Line> =
        found.filter(|line| line.holder.contains(&search) || line.id.contains(&search)).collect();
    let from = part.page.saturating_mul(MOST).min(found.len());
    let next = match found.len() - from > MOST {
        true => format!("/console/devices?q={}&page={}", percent(&part.q), part.page + 1),
        false => String::new(),
    };
    let lines = found.into_iter().skip(from).take(MOST).collect();
    let officers = signed_in.pack.pack.officers.iter();
    let officers = officers.map(|officer| (officer.account.clone(), officer.name.clone()));
    let mut db = server.storage.read().await?;
    let frame = desk::frame(&mut *db, server, signed_in, &Choice::default(), "devices").await?;
    let search = part.q.clone();
    Ok(Page { frame, search, lines, next, problem, officers: officers.collect() })
}

fn line(server: &Server, signed_in: &SignedIn, device: &KnownDevice, now: ServerTime) -> Line {
    let pack = &signed_in.pack.pack;
    let moment = |at| words::moment(local(pack, at), local(pack, now));
    let told = |at: Option<ServerTime>| at.map(moment).unwrap_or_default();
    let given = device.given.as_ref();
    let holder = given.map(|given| match &given.holder {
        Holder::Other(label) => label.clone(),
        Holder::Officer(account) => {
            let officer = server.packs.in_force().pack.officer(account).cloned();
            officer.map_or_else(
                || format!("{account}（已经不在这里工作）"),
                |officer| format!("{}（{account}）{}", officer.name, officer.post),
            )
        }
    });
    let reason = device.reason.clone().unwrap_or_default();
    Line {
        id: device.id.to_string(),
        holder: holder.unwrap_or_else(|| "没有发给谁".to_owned()),
        since: told(given.map(|given| given.valid_from)),
        until: told(given.map(|given| given.valid_until)),
        is_over: given.is_some_and(|given| given.valid_until <= now),
        seen: told(device.seen_at),
        asked: told(device.asked_for_help_at),
        revoked: device.revoked_at.map(|at| (moment(at), reason)),
    }
}
