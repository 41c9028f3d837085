//! `GET /api/pack`; `/api/forms`, `/api/guides` and `/api/media`, each by the SHA-256 of its content

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::{Digest, Suite};

use super::CBOR;
use super::error::{NO_SUITE, NOT_HERE, Told};
use crate::server::Server;

/// Of which suite a phone is.
#[derive(serde::Deserialize)]
pub(super) struct Asked {
    suite: Option<u16>,
}

/// The part of the pack that phones of a suite hold, the first where none is named. Its version is
/// the `ETag`.
pub(super) async fn pack(
    State(server): State<Arc<Server>>,
    Query(Asked { suite }): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Told> {
    let suite = suite.map_or(Ok(Suite::One), Suite::try_from).map_err(|_| NO_SUITE)?;
    let pack = server.packs.in_force();
    let edition = pack.edition(suite).ok_or(NO_SUITE)?;
    let tag = format!("\"{}\"", edition.version);
    let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let about = [(ETAG, tag.clone()), (CACHE_CONTROL, "no-cache".to_owned())];
    // A proxy that packs the body on the way makes the tag a weak one.
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().ends_with(&tag))) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    Ok((about, [(CONTENT_TYPE, CBOR)], edition.bytes.clone()).into_response())
}

/// A compiled form of any time.
pub(super) async fn form(
    State(server): State<Arc<Server>>,
    Path(digest): Path<String>,
) -> Result<Response, Told> {
    let digest = digest_from_hex(&digest).ok_or(NOT_HERE)?;
    let found = server.form_bytes(&server.packs.in_force(), digest).await?;
    let (_, bytes) = found.ok_or(NOT_HERE)?;
    Ok(named_by_content(CBOR, bytes.to_vec()))
}

/// What to know of an item that is in force, of certificates, or of made-up people.
pub(super) async fn guide(
    State(server): State<Arc<Server>>,
    Path(digest): Path<String>,
) -> Result<Response, Told> {
    let digest = digest_from_hex(&digest).ok_or(NOT_HERE)?;
    let pack = server.packs.in_force();
    let guides = pack.pack.items.iter().map(|item| (item.guide.digest, &item.guide.bytes));
    let lists = pack.pack.certificates.iter().map(|list| (list.digest, &list.bytes));
    let roster = pack.pack.roster.iter().map(|roster| (roster.digest, &roster.bytes));
    let (_, bytes) =
        guides.chain(lists).chain(roster).find(|(own, _)| *own == digest).ok_or(NOT_HERE)?;
    Ok(named_by_content(CBOR, bytes.to_vec()))
}

/// A picture or a sound of the pack in force. Phones know what it is; a browser that is led
/// here is not to guess.
pub(super) async fn media(
    State(server): State<Arc<Server>>,
    Path(digest): Path<String>,
) -> Result<Response, Told> {
    let digest = digest_from_hex(&digest).ok_or(NOT_HERE)?;
    let pack = server.packs.in_force();
    let mut all = pack.pack.items.iter().flat_map(|item| &item.media).chain(&pack.pack.maps);
    let found = all.find(|media| media.digest == digest).ok_or(NOT_HERE)?;
    Ok(named_by_content("application/octet-stream", found.bytes.to_vec()))
}

fn named_by_content(media_type: &'static str, bytes: Vec<u8>) -> Response {
    let for_ever = "public, max-age=31536000, immutable";
    ([(CONTENT_TYPE, media_type), (CACHE_CONTROL, for_ever)], bytes).into_response()
}

pub(crate) fn digest_from_hex(text: &str) -> Option<Digest> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(Digest(bytes))
}
