//! `GET /api/pack`; `/api/forms`, `/api/guides` and `/api/media`, each by the SHA-256 of its content

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::Digest;

use super::CBOR;
use super::error::{NOT_HERE, Told};
use crate::server::Server;

/// The part of the pack that phones hold. Its version is the `ETag`.
pub(super) async fn pack(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    let pack = server.packs.in_force();
    let tag = format!("\"{}\"", pack.version);
    let known = headers.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let about = [(ETAG, tag.clone()), (CACHE_CONTROL, "no-cache".to_owned())];
    // A proxy that packs the body on the way makes the tag a weak one.
    if known.is_some_and(|known| known.split(',').any(|one| one.trim().ends_with(&tag))) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(CONTENT_TYPE, CBOR)], pack.phone.clone()).into_response()
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
