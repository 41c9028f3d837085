//! Locking an account with a PIN, and opening it.
//!
//! The data key is sealed with a key that Argon2id makes of the PIN, and what comes of it with the
//! device's secret, which does not leave the device: neither is worth anything without the other.
//! Wrong PINs are counted before they are tried, and wait longer and longer.

use minicbor::{Decode, Encode};

use crate::account::AccountId;
use crate::accounts::AccountRecord;
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone};
use crate::pin::{Cost, Pin};
use crate::sealing::{open_record, seal_record};
use crate::vault::Vault;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

/// How long to wait after so many wrong PINs in a row; as after the last of these from then on.
const WAITS: [i64; 9] =
    [0, 0, 0, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE];

/// What a PIN was made a key with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Lock {
    #[cbor(n(0), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[n(1)]
    cost: Cost,
    #[n(2)]
    pub(crate) is_digits: bool,
}

/// PINs that were wrong, since the last one that was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Missed {
    #[n(0)]
    count: u32,
    /// By the phone's clock, which anybody may set.
    #[n(1)]
    last_ms: i64,
}

/// Why an account did not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// It is another PIN. The next one can be tried in so many milliseconds.
    #[error("another PIN")]
    Wrong {
        /// Zero where it can be tried at once.
        wait_ms: u64,
    },
    /// Too many were wrong: it was not tried, and can be in so many milliseconds.
    #[error("too many wrong PINs")]
    Wait {
        /// More than zero.
        wait_ms: u64,
    },
    /// Something else.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Missed {
    fn wait_ms(self, now_ms: i64) -> i64 {
        let wait = WAITS[(self.count as usize).min(WAITS.len() - 1)];
        // A clock that was set back has told nothing of how long it was.
        (wait - (now_ms - self.last_ms).max(0)).max(0)
    }

    /// The clock stands before the last wrong PIN: from now on it is counted anew, or a clock that
    /// was once wrong by years would lock for years.
    fn by_clock(self, now_ms: i64) -> Self {
        Self { last_ms: self.last_ms.min(now_ms), ..self }
    }

    fn once_more(self, now_ms: i64) -> Self {
        Self { count: self.count.saturating_add(1), last_ms: now_ms }
    }
}

impl<P: Phone> Device<P> {
    /// Opens an account by its PIN.
    ///
    /// # Errors
    /// See [`LockError`].
    pub async fn unlock(&self, id: AccountId, pin: &Pin) -> Result<Vault<P>, LockError> {
        let key = self.data_key(id, Some(pin)).await?;
        self.entrust_if_it_can(id, &key).await;
        Ok(self.vault(id, &key).await?)
    }

    /// Gives an account another PIN, its first one, or none any more. Whoever does it knows the one
    /// that it has.
    ///
    /// # Errors
    /// See [`LockError`]; then it is as it was.
    pub async fn change_pin(
        &self,
        id: AccountId,
        old: Option<&Pin>,
        new: Option<&Pin>,
    ) -> Result<(), LockError> {
        let key = self.data_key(id, old).await?;
        let before = self.record_of(id).await?;
        let locked = self.seal_data_key(&before, &key, new).await?;
        let changed = self.put_lock(&before, &locked, |record| {
            // What needs no PIN needs nothing in its place.
            if locked.0.is_none() {
                record.with_township = None;
                record.with_authenticator = None;
            }
        });
        changed.await?;
        self.entrust_if_it_can(id, &key).await;
        Ok(())
    }

    /// Has the account that was as `before` open by what [`Device::seal_data_key`] gave, and does
    /// what else is to be changed then.
    pub(crate) async fn put_lock(
        &self,
        before: &AccountRecord,
        (lock, sealed): &(Option<Lock>, Vec<u8>),
        change: impl Fn(&mut AccountRecord),
    ) -> Result<(), VaultError> {
        self.change_record(before.id, |record| {
            // Somebody else was faster, in another tab.
            if record.key != before.key && record.key[..] != sealed[..] {
                return Err(VaultError::Outdated);
            }
            record.key = sealed.clone().into();
            record.lock = *lock;
            record.missed = Missed::default();
            change(record);
            Ok(())
        })
        .await
    }

    /// Seals a data key with the device's secret, and with a PIN beneath that.
    pub(crate) async fn seal_data_key(
        &self,
        record: &AccountRecord,
        key: &[u8],
        pin: Option<&Pin>,
    ) -> Result<(Option<Lock>, Vec<u8>), VaultError> {
        let (crypto, place) = (self.crypto(), record.key_place());
        let Some(pin) = pin else {
            return Ok((None, seal_record(crypto, self.secret(), &place, key).await?));
        };
        let cost = self.phone().pin_cost();
        let lock = Lock { salt: crypto.random(), cost, is_digits: pin.is_digits() };
        let beneath = crypto.cipher(&pin.stretch(&lock.salt, cost)?).await?;
        let sealed = seal_record(crypto, &beneath, &place, key).await?;
        Ok((Some(lock), seal_record(crypto, self.secret(), &place, &sealed).await?))
    }

    /// The data key of an account, by its PIN where it has one.
    pub(crate) async fn data_key(
        &self,
        id: AccountId,
        pin: Option<&Pin>,
    ) -> Result<Vec<u8>, LockError> {
        let record = self.record_of(id).await?;
        let (crypto, place) = (self.crypto(), record.key_place());
        let sealed = open_record(crypto, self.secret(), &place, &record.key).await;
        let sealed = sealed.map_err(VaultError::from)?;
        let Some(lock) = record.lock else { return Ok(sealed) };
        let Some(pin) = pin else { return Err(LockError::Wrong { wait_ms: 0 }) };
        let missed = self.count(id).await?;
        let beneath = pin.stretch(&lock.salt, lock.cost).map_err(VaultError::from)?;
        let beneath = crypto.cipher(&beneath).await.map_err(VaultError::from)?;
        match open_record(crypto, &beneath, &place, &sealed).await {
            Ok(key) => {
                self.change_record(id, |record| {
                    record.missed = Missed::default();
                    Ok(())
                })
                .await?;
                Ok(key)
            }
            Err(_) => Err(LockError::Wrong { wait_ms: missed.wait_ms(self.now_ms()) as u64 }),
        }
    }

    /// Counts a PIN as wrong before it is tried: killing the app does not undo it.
    async fn count(&self, id: AccountId) -> Result<Missed, LockError> {
        let now_ms = self.now_ms();
        let before = self.record_of(id).await?.missed.by_clock(now_ms);
        if before.wait_ms(now_ms) > 0 {
            self.change_record(id, |record| {
                record.missed = record.missed.by_clock(now_ms);
                Ok(())
            })
            .await?;
            return Err(LockError::Wait { wait_ms: before.wait_ms(now_ms) as u64 });
        }
        let counted = before.once_more(now_ms);
        self.change_record(id, |record| {
            let missed = record.missed.by_clock(now_ms);
            // Another tab may try at the same moment, and both count.
            record.missed = if missed == counted { counted } else { missed.once_more(now_ms) };
            Ok(())
        })
        .await?;
        Ok(counted)
    }

    fn now_ms(&self) -> i64 {
        self.phone().now().unix_ms
    }
}
