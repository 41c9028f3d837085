//! `POST /api/sync`: envelopes up, receipts and facts down, in one round trip.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use protocol::keys::verify;
use protocol::sync::{Cursor, DeliveryState, MOST_BYTES, VERSION};
use protocol::{
    DeviceId, EnvelopeId, Fact, PublicKey, Signed, Standing, SyncAnswer, SyncRequest, Verdict,
    decode, encode,
};

use super::CBOR;
use super::error::{ELSEWHERE, MALFORMED, TOO_LARGE, Told};
use crate::server::Server;
use crate::storage::StorageError;
use crate::{delivery, devices, intake, storage};

/// How many facts are told at once.
const PAGE: u64 = 200;

const OTHER_VERSION: Told = Told(StatusCode::UPGRADE_REQUIRED, "程序版本太旧或太新，请更新");

/// What the facts that a device has heard come to.
struct Heard {
    facts: Vec<Fact>,
    cursor: Option<Cursor>,
    more: bool,
}

/// Answers one round trip.
pub(super) async fn sync(State(server): State<Arc<Server>>, body: Body) -> Result<Response, Told> {
    // The limit counts bytes after unpacking: a small body that unfolds without end stops here.
    let body = to_bytes(body, MOST_BYTES).await.map_err(|_| TOO_LARGE)?;
    let Asked { request, is_signed } = read(&server, &body).await?;
    let envelopes = request.envelopes.into_iter().map(Vec::from).collect();
    let verdicts = intake::receive(&server, envelopes).await;
    let deliveries = deliveries(&server, &verdicts, &request.open).await?;
    let standing = match is_signed {
        true => standing(&server, &request.device).await?,
        false => None,
    };
    let heard = match (is_signed, &standing) {
        (false, _) | (_, Some(Standing::Revoked(_))) => {
            Heard { facts: Vec::new(), cursor: request.cursor, more: false }
        }
        _ => facts(&server, &request.device.device_id(), request.cursor.as_ref()).await?,
    };
    let in_force = server.packs.in_force();
    // A device whose suite is not offered holds no edition that could be out of date.
    let edition = in_force.edition(request.device.suite());
    let pack = edition.map_or(in_force.pack.digest, |edition| edition.version);
    let answer = SyncAnswer {
        now: server.clock.now(),
        verdicts,
        deliveries,
        facts: heard.facts,
        cursor: heard.cursor,
        more: heard.more,
        pack,
        standing,
    };
    let about = [(CONTENT_TYPE, CBOR), (CACHE_CONTROL, "no-store")];
    Ok((about, encode(&answer)).into_response())
}

/// A request, and whether the device that it names signed it as it is.
struct Asked {
    request: SyncRequest,
    is_signed: bool,
}

/// Reads a request. One that was altered on the way is no longer signed: then the device hears no
/// facts, but its envelopes are judged each on its own, so that the altered one is kept and told.
async fn read(server: &Server, body: &[u8]) -> Result<Asked, Told> {
    let signed: Signed<SyncRequest> = decode(body).map_err(|_| MALFORMED)?;
    let request = signed.claim().map_err(|_| MALFORMED)?;
    let device = request.device;
    let verified = server.checkers.run(move |_| verify(&signed, &device).is_ok());
    let is_signed = verified.await.map_err(|_| MALFORMED)?;
    match request {
        request if request.version != VERSION => Err(OTHER_VERSION),
        request if request.township != server.township => Err(ELSEWHERE),
        request => Ok(Asked { request, is_signed }),
    }
}

async fn standing(server: &Server, device: &PublicKey) -> Result<Option<Standing>, StorageError> {
    let standing = {
        let mut db = server.storage.read().await?;
        devices::standing(&mut *db, server, device).await?
    };
    // What an administrator likes to know holds up nobody, on a full disk least of all.
    if standing.is_some()
        && let Err(error) = devices::heard_of(server, &device.device_id()).await
    {
        tracing::warn!("when a device was heard of is not noted: {error}");
    }
    Ok(standing)
}

/// How far the files are of what was received just now or is asked about.
async fn deliveries(
    server: &Server,
    verdicts: &[Verdict],
    open: &[EnvelopeId],
) -> Result<Vec<DeliveryState>, StorageError> {
    let mut asked = open.to_vec();
    let mut db = server.storage.read().await?;
    for verdict in verdicts {
        if let Verdict::Received(receipt) = verdict {
            let receipt = receipt.claim().map_err(|_| StorageError::Unreadable("envelope"))?;
            // The receipt says all there is to say of an envelope without files.
            if storage::files::are_named(&mut *db, &server.township, &receipt.envelope).await? {
                asked.push(receipt.envelope);
            }
        }
    }
    asked.sort();
    asked.dedup();
    let mut states = Vec::new();
    for envelope in asked {
        states.extend(delivery::state(&mut *db, server, envelope).await?);
    }
    Ok(states)
}

/// What is new for a device. A cursor from a time that the database does not know (it was
/// restored from a backup) begins again: hearing a fact twice is harmless.
async fn facts(
    server: &Server,
    device: &DeviceId,
    cursor: Option<&Cursor>,
) -> Result<Heard, StorageError> {
    let township = &server.township;
    let mut db = server.storage.read().await?;
    let all = storage::facts::count(&mut *db, township, device).await?;
    let heard = cursor.and_then(place).filter(|place| *place <= all).unwrap_or_default();
    let page = storage::facts::after(&mut *db, township, device, heard, PAGE).await?;
    let last = page.last().map_or(heard, |(place, _)| *place);
    Ok(Heard {
        facts: page.into_iter().map(|(_, fact)| fact).collect(),
        cursor: (last > 0).then(|| Cursor(last.to_be_bytes().to_vec())),
        more: last < all,
    })
}

fn place(cursor: &Cursor) -> Option<u64> {
    cursor.0.as_slice().try_into().ok().map(u64::from_be_bytes)
}
