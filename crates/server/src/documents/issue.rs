//! Issuing a document: once, with the number that comes next.
//!
//! Drawing it takes a while, and nothing is held meanwhile: it is drawn under the number that would come
//! next, and kept if that is still so. Another server may have been faster; then it is drawn again.

use std::sync::Arc;

use document::NotDrawn;
use pack::DocumentKind;
use protocol::{CaseNumber, Digest, Issued, ServerTime, Suite, encode};

use super::called_for::{Called, called_for};
use super::compose::{self, Named};
use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Now};
use crate::console::rights::Reach;
use crate::packs::InForce;
use crate::server::Server;
use crate::storage::documents::Document as Kept;
use crate::storage::{self, Connection, StorageError};

/// How often it is drawn anew where other servers issue documents at the same time.
const ATTEMPTS: usize = 8;

/// What somebody wants issued.
pub(crate) struct Wish {
    pub(crate) case: CaseNumber,
    /// The place of the event in the case, counted from 1.
    pub(crate) event: u64,
    pub(crate) kind: DocumentKind,
    /// The reasons, where none were written with the event.
    pub(crate) words: String,
    /// By which address whoever wants it has come.
    pub(crate) host: Option<String>,
}

/// Why a document is not issued. Nothing was done then.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotIssued {
    /// There is no such case, or it is none of their business.
    #[error("没有这一件，或者不归这个账号办")]
    Unknown,
    /// What happened does not call for such a document.
    #[error("这一步没有这种文书")]
    NotCalledFor,
    /// It has to say why.
    #[error("这种文书要写清楚理由")]
    NoReasons,
    /// The township does not issue documents.
    #[error("镇里还没有定文书怎么写。请管理员在乡镇包里加上 documents.toml")]
    NoDocuments,
    /// There is no font to write Chinese with.
    #[error(
        "这台服务器没有中文字体，文书写不出来。请管理员装上 fonts-noto-cjk 和 fonts-hanazono，\
         或者用 --fonts 写明字体在哪"
    )]
    NoFonts,
    /// Nobody knows what the QR code should hold.
    #[error("不知道镇里的网址，文书上的二维码做不出来。请管理员用 --origin 写明")]
    NoAddress,
    /// It cannot be drawn.
    #[error(transparent)]
    NotDrawn(#[from] NotDrawn),
    /// Others were faster, again and again.
    #[error("这会儿出文书的人多，没有排上。什么都没有丢，请再点一次")]
    Busy,
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What a document is to be made of.
struct Draft {
    document: document::Document,
    masked: String,
    year: i64,
    serial: u64,
    code: [u8; 16],
    at: ServerTime,
}

/// Issues what is wanted, or finds that it was.
pub(crate) async fn issue(
    server: &Arc<Server>,
    pack: &Arc<InForce>,
    reach: &Reach,
    account: &str,
    wish: &Wish,
) -> Result<(), NotIssued> {
    let _turn = server.documents.turn.lock().await;
    for _ in 0..ATTEMPTS {
        let Some(draft) = draft(server, pack, reach, wish).await? else { return Ok(()) };
        let (own, document) = (Arc::clone(server), draft.document.clone());
        let drawn = tokio::task::spawn_blocking(move || own.documents.draw(&document)).await;
        let drawn = drawn.map_err(|_| NotDrawn::Broken("the program failed".to_owned()))??;
        if keep(server, reach, account, wish, draft, &drawn.bytes).await? {
            return Ok(());
        }
    }
    Err(NotIssued::Busy)
}

/// What it would be now; none where it was issued.
async fn draft(
    server: &Server,
    pack: &InForce,
    reach: &Reach,
    wish: &Wish,
) -> Result<Option<Draft>, NotIssued> {
    let now = Now::new(server, pack);
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    let row = storage::cases::hold_for(db, reach, &wish.case).await?.ok_or(NotIssued::Unknown)?;
    let documents = pack.pack.documents.as_ref().ok_or(NotIssued::NoDocuments)?;
    let case = AtHand::take(db, now, row).await?;
    let is_wanted = |one: &Called| one.event == wish.event && one.kind == wish.kind;
    let called = called_for(&case)?.into_iter().find(is_wanted).ok_or(NotIssued::NotCalledFor)?;
    if is_issued(db, server, wish).await? {
        return Ok(None);
    }
    if called.lacks_reasons() && wish.words.is_empty() {
        return Err(NotIssued::NoReasons);
    }
    let year = now.local().year();
    let serial = storage::documents::last_serial(db, &server.township, year.into()).await? + 1;
    let mut code = [0; 16];
    getrandom::fill(&mut code)
        .map_err(|error| StorageError::Folder(std::io::Error::other(error)))?;
    let origin = server.documents.origin(wish.host.as_deref()).ok_or(NotIssued::NoAddress)?;
    let named = Named {
        number: documents.number.of(year, serial),
        proof: format!("{origin}{}", crate::proof::path(&code)),
    };
    let masked = compose::masked(&case.row.person);
    let document = compose::compose(now, documents, &case, &called, &wish.words, named);
    transaction.commit().await?;
    Ok(Some(Draft { document, masked, year: year.into(), serial, code, at: now.at }))
}

async fn is_issued(
    db: &mut dyn Connection,
    server: &Server,
    wish: &Wish,
) -> Result<bool, StorageError> {
    let issued = storage::documents::of_case(db, &server.township, &wish.case).await?;
    Ok(issued.iter().any(|one| one.event == wish.event && one.kind == wish.kind.name()))
}

/// Keeps what was drawn, with the number that it was drawn under; tells whether that was still to be had.
async fn keep(
    server: &Server,
    reach: &Reach,
    account: &str,
    wish: &Wish,
    draft: Draft,
    pdf: &[u8],
) -> Result<bool, NotIssued> {
    let township = &server.township;
    let mut transaction = server.storage.write().await?;
    let db = &mut *transaction;
    storage::cases::hold_for(db, reach, &wish.case).await?.ok_or(NotIssued::Unknown)?;
    if is_issued(db, server, wish).await? {
        return Ok(true);
    }
    if storage::documents::next_serial(db, township, draft.year).await? != draft.serial {
        return Ok(false);
    }
    let Draft { document, masked, year, serial, code, at } = draft;
    let digest = Digest::of(pdf);
    let signed = sign(server, wish, &document, digest, at);
    let kept = Kept {
        year,
        serial,
        case: wish.case.clone(),
        event: wish.event,
        kind: wish.kind.name().to_owned(),
        number: document.number.clone(),
        title: document.title,
        addressee: masked,
        code,
        issued_at: at,
        issued_by: account.to_owned(),
        digest,
        signed,
    };
    storage::documents::keep(db, township, &kept, pdf).await?;
    let did = Deed::IssuedDocument { case: wish.case.0.clone(), number: document.number };
    audit::record(db, township, &Entry { at, who: account.to_owned(), did }).await?;
    transaction.commit().await?;
    Ok(true)
}

/// The township's statement that this is its document.
fn sign(
    server: &Server,
    wish: &Wish,
    document: &document::Document,
    digest: Digest,
    at: ServerTime,
) -> Vec<u8> {
    let keys = server.keys.in_force();
    let ring = keys.ring_or_another(Suite::One);
    encode(&ring.sign(&Issued {
        township: server.township.clone(),
        number: document.number.clone(),
        title: document.title.clone(),
        case: wish.case.clone(),
        digest,
        issued_at: at,
        key: ring.signing_key().key_id(),
    }))
}
