//! As what somebody works who holds several posts, or stands in for somebody: one at a time, so that
//! lists show one desk.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use calendar::Date;
use casework::{Held, Role};
use pack::{Officer, Pack};
use protocol::Township;
use serde::Deserialize;

use super::page;
use super::rights::{self, Scope};
use super::session::SignedIn;
use crate::audit::{self, Deed, Entry};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// A post that somebody can work as.
pub(crate) struct Post {
    /// What it is called: 综合办公室 负责人.
    pub(crate) name: String,
    /// Where it is: an office, a village, the township.
    pub(crate) place: String,
    /// The cases that one sees by it; none where it is not about cases.
    pub(crate) scope: Option<Scope>,
    /// Whether one brings new tables of the township's people.
    pub(crate) keeps_roster: bool,
    /// Whether one reads what others did.
    pub(crate) audits: bool,
    /// Whether one looks into ratings and risks.
    pub(crate) supervises: bool,
    /// Whether one looks after accounts, devices, and what leaves the township.
    pub(crate) administers: bool,
}

/// All posts of somebody on `day`, those that they stand in for after their own.
pub(crate) fn all(township: &Township, pack: &Pack, officer: &Officer, day: Date) -> Vec<Post> {
    let posts = pack.organisation.posts(&officer.account, day);
    let post = |post: &Held| {
        let place = place(pack, post);
        let name = format!("{place} {}", role(post.role));
        Post {
            name,
            place,
            scope: Scope::of(township, post),
            keeps_roster: rights::keeps_roster(pack, post),
            audits: rights::audits(post),
            supervises: rights::supervises(post),
            administers: rights::administers(post),
        }
    };
    posts.map(post).collect()
}

fn place(pack: &Pack, post: &Held) -> String {
    let office = post.office.as_ref().and_then(|office| pack.office(office));
    let area = || pack.areas.iter().find(|area| area.code == post.area);
    match office {
        Some(office) => office.name.clone(),
        None => area().map_or(pack.township.name.clone(), |area| area.name.clone()),
    }
}

/// As people say it.
fn role(role: Role) -> &'static str {
    match role {
        Role::Clerk => "村干部",
        Role::Window => "综合窗口",
        Role::Handler => "经办",
        Role::Head => "负责人",
        Role::Supervisor => "监督",
        Role::Discipline => "纪检",
        Role::Administrator => "管理员",
        Role::Auditor => "审计",
    }
}

/// What the form sends.
#[derive(Deserialize)]
pub(super) struct Taken {
    csrf: String,
    post: u64,
}

pub(super) async fn take(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Form(taken): Form<Taken>,
) -> Response {
    if !signed_in.sent(&taken.csrf) {
        return page::expired();
    }
    match keep(&server, &signed_in, taken.post).await {
        Ok(()) => Redirect::to("/console").into_response(),
        Err(error) => page::not_now(&error),
    }
}

async fn keep(server: &Server, signed_in: &SignedIn, post: u64) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    storage::officers::take_post(db, township, &signed_in.token, post).await?;
    let who = signed_in.officer.account.clone();
    let entry = Entry { at: server.clock.now(), who, did: Deed::TookPost(post) };
    audit::record(db, township, &entry).await?;
    transaction.commit().await
}
