//! A notice, word for word as people were told.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use protocol::decode;
use protocol::pack::{Notice, Point};

use super::page;
use super::session::SignedIn;
use super::words;
use crate::api::digest_from_hex;
use crate::cases::local;
use crate::server::Server;
use crate::storage::{self, StorageError};

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage {
    points: Vec<Point>,
    since: String,
    version: String,
}

pub(super) async fn notice(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(digest): Path<String>,
) -> Response {
    match find(&server, &digest).await {
        Ok(Some((notice, kept_at))) => {
            let pack = &signed_in.pack.pack;
            let since = words::moment(local(pack, kept_at), local(pack, server.clock.now()));
            page::show(
                StatusCode::OK,
                &NoticePage { points: notice.points, since, version: digest },
            )
        }
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

async fn find(
    server: &Server,
    digest: &str,
) -> Result<Option<(Notice, protocol::ServerTime)>, StorageError> {
    let Some(digest) = digest_from_hex(digest) else { return Ok(None) };
    let mut db = server.storage.read().await?;
    let kept = storage::notices::find(&mut *db, &server.township, &digest).await?;
    let read = |(bytes, at): (Vec<u8>, _)| {
        decode(&bytes).map(|notice| (notice, at)).map_err(|_| StorageError::Unreadable("notice"))
    };
    kept.map(read).transpose()
}
