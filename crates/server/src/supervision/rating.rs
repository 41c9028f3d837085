//! A rating that is not given on a phone: at the counter, by the person themselves, or on paper. It is sealed
//! to the township's key like one that comes from a phone, and kept beside those: nothing reads it but the
//! page of a task.

use minicbor::{Decode, Encode};
use protocol::keys::{Algorithms, DeviceKey, NotAKey, Recipient, Suite1, Suite2, system_random};
use protocol::{
    CaseNumber, Command, DeviceTime, EnvelopeId, Order, PublicKey, Rating, Receipt, Satisfaction,
    Suite, encode,
};

use super::watch::rated;
use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Event, Now, Wish};
use crate::console::rights::Reach;
use crate::storage::envelopes::Kept;
use crate::storage::{self, StorageError};

/// How a rating came that no phone sent.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct TakenDown {
    /// Who took it down, or turned the page to whoever rated.
    #[n(0)]
    pub(crate) by: String,
    /// From a sheet of paper; else at the counter.
    #[n(1)]
    pub(crate) on_paper: bool,
}

/// Why a rating is not taken down.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotRated {
    /// There is no such case, or it is none of their business.
    #[error("没有这一件")]
    Unknown,
    /// It is not over, or was rated already.
    #[error("{0}")]
    NotNow(&'static str),
    /// They had a hand in it: nobody asks for a rating of themselves.
    #[error("您经手过这一件，请没有经手的窗口人员来请群众评，或者请群众在手机上评")]
    Own,
    /// It could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Whether somebody may take a rating of a case down.
pub(crate) fn may_take_down(case: &AtHand, account: &str) -> Result<(), NotRated> {
    if let Some(obstacle) = Wish::Rate.obstacle(case, 0) {
        return Err(NotRated::NotNow(obstacle.words()));
    }
    match case.was_worked_by(account) {
        true => Err(NotRated::Own),
        false => Ok(()),
    }
}

/// Takes a rating down, once for a case.
pub(crate) async fn take_down(
    now: Now<'_>,
    reach: &Reach,
    number: &CaseNumber,
    taken: TakenDown,
    (satisfaction, words): (Satisfaction, String),
) -> Result<(), NotRated> {
    let township = &now.server.township;
    let mut transaction = now.server.storage.write().await?;
    let db = &mut *transaction;
    let row = storage::cases::hold_for(db, reach, number).await?.ok_or(NotRated::Unknown)?;
    let mut case = AtHand::take(db, now, row).await?;
    may_take_down(&case, &taken.by)?;
    let rating = Rating { application: case.row.application, satisfaction, words };
    let sealed = Sealed::new(now, rating)?;
    sealed.keep(db, now, number).await?;
    rated(db, now, &case, satisfaction, sealed.id).await?;
    let (who, on_paper) = (taken.by.clone(), taken.on_paper);
    let event = Event::Rated { envelope: sealed.id, taken_down: Some(taken) };
    case.happen(db, now, event).await?;
    let did = Deed::TookDownRating { case: number.0.clone(), on_paper };
    audit::record(db, township, &Entry { at: now.at, who, did }).await?;
    Ok(transaction.commit().await?)
}

/// A rating in an envelope, by a device that is nobody's: its key is thrown away.
struct Sealed {
    id: EnvelopeId,
    suite: Suite,
    bytes: Vec<u8>,
}

impl Sealed {
    fn new(now: Now<'_>, rating: Rating) -> Result<Self, StorageError> {
        let keys = now.server.keys.in_force();
        let ring = keys.rings().next().ok_or(StorageError::NoKeys(Suite::One))?;
        let made_at = DeviceTime {
            unix_ms: now.at.0,
            offset_minutes: now.pack.pack.township.utc_offset.whole_minutes(),
        };
        let order = Order { made_at, command: Command::Rate(rating) };
        let (suite, key) = (ring.suite(), ring.sealing_key());
        let sealed = match suite {
            Suite::One => seal::<Suite1>(now, &order, &key),
            Suite::Two => seal::<Suite2>(now, &order, &key),
        };
        let (id, bytes) = sealed?.map_err(|_| StorageError::NoKeys(suite))?;
        Ok(Self { id, suite, bytes })
    }

    /// Keeps it as what came from a phone is kept.
    async fn keep(
        &self,
        db: &mut dyn storage::Connection,
        now: Now<'_>,
        case: &CaseNumber,
    ) -> Result<(), StorageError> {
        let (township, keys) = (&now.server.township, now.server.keys.in_force());
        let ring = crate::keys::in_suite(&keys, self.suite)?;
        let digest = self.suite.digest(&self.bytes);
        let receipt = ring.sign(&Receipt {
            envelope: self.id,
            digest,
            township: township.clone(),
            case: case.clone(),
            received_at: now.at,
            key: ring.signing_key().key_id(),
        });
        let (bytes, received_at) = (self.bytes.as_slice(), now.at);
        let kept = Kept { id: self.id, digest, bytes, receipt: &receipt, case, received_at };
        storage::envelopes::keep(db, township, &kept).await?;
        let completion = crate::delivery::completion(now.server, self.suite, self.id, &[], now.at)?;
        storage::envelopes::complete(db, township, &self.id, &completion).await
    }
}

type Bytes = Result<(EnvelopeId, Vec<u8>), NotAKey>;

fn seal<S: Algorithms>(
    now: Now<'_>,
    order: &Order,
    key: &PublicKey,
) -> Result<Bytes, StorageError> {
    let mut unique = [0; 10];
    getrandom::fill(&mut unique)
        .map_err(|error| StorageError::Folder(std::io::Error::other(error)))?;
    let id = EnvelopeId::new(now.at.0.unsigned_abs(), unique);
    let (township, mut random) = (now.server.township.clone(), system_random());
    Ok(Recipient::<S>::try_from(key).map(|recipient| {
        let device = DeviceKey::<S>::generate(&mut random);
        let envelope = device.seal(id, township, order, &recipient, &mut random);
        (id, encode(&envelope))
    }))
}
