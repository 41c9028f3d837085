//! A photo or recording of a case, opened for an officer who may see the case.

use std::ops::RangeInclusive;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, HeaderValue, RANGE,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};
use protocol::file::{PIECE, sealed_range};
use protocol::keys::open_piece;
use protocol::{CaseNumber, FileId, ManifestEntry};

use super::case_file;
use super::page;
use super::session::SignedIn;
use crate::audit::{self, Deed, Entry};
use crate::server::Server;
use crate::storage::{self, StorageError};

/// What a browser may show by itself. Anything else is only handed over: a page, or a drawing
/// with scripts in it, would run as one of ours.
const SHOWN: [&str; 10] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "audio/webm",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/aac",
];

pub(super) async fn file(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path((number, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Ok(id) = file.parse::<FileId>() else { return page::nothing_here() };
    match find(&server, &signed_in, &CaseNumber(number), id).await {
        Ok(Some(entry)) => match give(server, entry, &headers).await {
            Ok(file) => file,
            Err(error) => page::not_now(&error),
        },
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

/// A file, or the range of it that is asked for, opened as it is handed over.
pub(crate) async fn give(
    server: Arc<Server>,
    entry: ManifestEntry,
    headers: &HeaderMap,
) -> Result<Response, StorageError> {
    let range = headers.get(RANGE).and_then(|range| asked(range, entry.length));
    let left = match (&range, entry.length) {
        (Some(range), _) => range.clone(),
        (None, 0) => RangeInclusive::new(1, 0),
        (None, length) => 0..=length - 1,
    };
    let mut reading = Reading { server, entry: entry.clone(), range: left };
    // A file that cannot be read at all is told in words.
    let first = reading.piece().await?;
    Ok(answer(&entry, reading.after(first), range))
}

/// What the manifest says of a file that is whole and belongs to a case of the officer's office.
/// That it was read is in the audit.
async fn find(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: &CaseNumber,
    id: FileId,
) -> Result<Option<ManifestEntry>, StorageError> {
    let envelope = {
        let mut transaction = server.storage.write().await?;
        let db = &mut *transaction;
        let Some(case) = storage::cases::find_for(db, &signed_in.reach, number).await? else {
            return Ok(None);
        };
        let file = storage::files::find(db, &server.township, &id).await?;
        let file = file.filter(|file| file.case == case.number && file.whole_at.is_some());
        let Some(file) = file else { return Ok(None) };
        let did = Deed::ReadFile { case: number.0.clone(), file: id };
        let at = server.clock.now();
        let entry = Entry { at, who: signed_in.officer.account.clone(), did };
        audit::record(db, &server.township, &entry).await?;
        transaction.commit().await?;
        file.envelope
    };
    let submission = case_file::submission(server, envelope).await?;
    Ok(submission.files.into_iter().find(|entry| entry.id == id))
}

/// What of a file is still to be handed over: it is read and opened piece by piece, as fast as the
/// officer's browser takes it.
struct Reading {
    server: Arc<Server>,
    entry: ManifestEntry,
    range: RangeInclusive<u64>,
}

impl Reading {
    /// The first bytes that are left, as far as their piece goes; none where none are.
    async fn piece(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        if self.range.is_empty() {
            return Ok(None);
        }
        let Self { server, entry, range } = self;
        let place = range.start() / PIECE;
        let sealed = sealed_range(entry.length, place);
        let sealed = server.folder.read(entry.id, sealed.start, sealed.end - sealed.start).await?;
        let opened = open_piece(&entry.key, entry.length, place, &sealed);
        let mut plain = opened.map_err(|_| StorageError::Unreadable("file"))?;
        let from = place * PIECE;
        plain.truncate((range.end() + 1 - from) as usize);
        plain.drain(..(range.start() - from) as usize);
        *range = from + PIECE..=*range.end();
        Ok(Some(plain))
    }

    /// All that is left, after `first`. Where a piece cannot be read any more the answer breaks off,
    /// which the browser sees by its length.
    fn after(self, first: Option<Vec<u8>>) -> Body {
        let rest = stream::unfold(Some(self), async |reading| {
            let mut reading = reading?;
            match reading.piece().await {
                Ok(piece) => Some((Ok(piece?), Some(reading))),
                Err(error) => {
                    tracing::error!("storage: {error}");
                    Some((Err(error), None))
                }
            }
        });
        Body::from_stream(stream::iter(first.map(Ok)).chain(rest))
    }
}

/// The one range that a player asks for, as in `bytes=0-`. None where there is no such range:
/// then the whole is given.
fn asked(range: &HeaderValue, length: u64) -> Option<RangeInclusive<u64>> {
    let (from, to) = range.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let last = length.checked_sub(1)?;
    let (from, to) = match (from, to) {
        ("", tail) => (length.saturating_sub(tail.parse().ok()?), last),
        (from, "") => (from.parse().ok()?, last),
        (from, to) => (from.parse().ok()?, last.min(to.parse().ok()?)),
    };
    (from <= to).then_some(from..=to)
}

fn answer(entry: &ManifestEntry, body: Body, range: Option<RangeInclusive<u64>>) -> Response {
    let bare = entry.media_type.split(';').next().unwrap_or_default().trim();
    let shown = SHOWN.iter().find(|shown| **shown == bare);
    let kind = shown.copied().unwrap_or("application/octet-stream");
    let disposition = if shown.is_some() { "inline" } else { "attachment" };
    let about = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, disposition),
        (ACCEPT_RANGES, "bytes"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    let Some(range) = range else {
        return (about, [(CONTENT_LENGTH, entry.length.to_string())], body).into_response();
    };
    let of = format!("bytes {}-{}/{}", range.start(), range.end(), entry.length);
    let length = (range.end() - range.start() + 1).to_string();
    let about_range = [(CONTENT_RANGE, of), (CONTENT_LENGTH, length)];
    (StatusCode::PARTIAL_CONTENT, about, about_range, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_is_given_the_range_that_it_asks_for() {
        let asked = |text: &'static str| asked(&HeaderValue::from_static(text), 100);
        assert_eq!(asked("bytes=0-"), Some(0..=99));
        assert_eq!(asked("bytes=10-19"), Some(10..=19));
        assert_eq!(asked("bytes=90-200"), Some(90..=99));
        assert_eq!(asked("bytes=-10"), Some(90..=99));
        assert_eq!(asked("bytes=100-"), None);
        assert_eq!(asked("lines=1-2"), None);
    }
}
