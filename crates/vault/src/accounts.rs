//! The accounts of a device: each has a data key of its own, sealed by the device's secret, and by
//! the account's PIN beneath that where it has one.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};
use protocol::{decode, encode};

use crate::account::AccountId;
use crate::authenticator::WithAuthenticator;
use crate::device::Device;
use crate::error::VaultError;
use crate::lock::{Lock, Missed};
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::{Place, Write};
use crate::recovery::WithTownship;
use crate::sealing::{RecordKey, open_record, seal_record};
use crate::vault::Vault;

/// The record of [`Place::Keys`] with the first account's data key, as long as the device alone opens
/// it and nothing else is known of it.
pub(crate) const PLAIN: &str = "data";
/// What it is sealed for.
const FIRST_KEY: &str = "xst data key v1";
/// How the records of accounts that more is known of begin.
const RECORDS: &str = "account ";

/// Records of [`Place::Keys`] one of which is there as soon as anything was sealed with this
/// device's keys.
pub const SEALED_WITH: [&str; 2] = [PLAIN, "account 0"];

/// An account, as it can be told without its PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// What its owner calls it; empty for the one that a phone begins with, until somebody does.
    pub name: String,
    /// What opens it.
    pub opens_by: OpensBy,
    /// What its owner chose.
    pub habits: Habits,
}

/// What opens an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpensBy {
    /// This device alone.
    Device,
    /// Six digits, which a pad of digits is enough for.
    Digits,
    /// A passphrase.
    Passphrase,
}

/// What an account's owner chose of how it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Habits {
    /// It locks at once when nobody sees the app any more, not only after a while.
    #[n(0)]
    pub locks_when_hidden: bool,
    /// 办完即清: what was sent is erased here as soon as the township has proven that it arrived.
    #[n(1)]
    pub erases_what_arrived: bool,
}

/// An account as it is kept, in [`Place::Keys`].
#[derive(Clone, Debug, Encode, Decode)]
pub(crate) struct AccountRecord {
    #[n(0)]
    pub(crate) id: AccountId,
    /// Sealed with the device's secret: whoever chooses an account reads it without a PIN.
    #[n(1)]
    name: ByteVec,
    /// The data key, sealed.
    #[n(2)]
    pub(crate) key: ByteVec,
    #[n(3)]
    pub(crate) lock: Option<Lock>,
    #[n(4)]
    pub(crate) missed: Missed,
    #[n(5)]
    habits: Habits,
    /// How the township can help whoever forgot the PIN.
    #[n(6)]
    pub(crate) with_township: Option<WithTownship>,
    /// What opens it beside the PIN.
    #[n(7)]
    pub(crate) with_authenticator: Option<WithAuthenticator>,
}

impl AccountRecord {
    pub(crate) fn at(id: AccountId) -> (Place, String) {
        (Place::Keys, format!("{RECORDS}{}", id.0))
    }

    pub(crate) fn read(bytes: &[u8]) -> Result<Self, VaultError> {
        decode(bytes).map_err(|_| VaultError::Damaged)
    }

    pub(crate) fn write(&self) -> Write {
        let (place, key) = Self::at(self.id);
        Write::put(place, key, encode(self))
    }

    /// Where the data key is sealed for, by the device.
    pub(crate) fn key_place(&self) -> String {
        match self.id {
            AccountId::FIRST => FIRST_KEY.to_owned(),
            AccountId(number) => format!("{FIRST_KEY}/{number}"),
        }
    }

    fn name_place(id: AccountId) -> String {
        format!("xst account name v1/{}", id.0)
    }
}

impl<P: Phone> Device<P> {
    /// Everybody's accounts, the first one first. Never none.
    ///
    /// # Errors
    /// See [`VaultError`]; an account that cannot be read is left out.
    pub async fn accounts(&self) -> Result<Vec<Account>, VaultError> {
        let mut accounts = Vec::new();
        for (_, bytes) in self.store().all(Place::Keys, RECORDS).await? {
            if let Ok(record) = AccountRecord::read(&bytes) {
                accounts.push(self.account(record).await);
            }
        }
        let is_plain = self.store().get(Place::Keys, PLAIN).await?.is_some();
        let has_first = accounts.iter().any(|account| account.id == AccountId::FIRST);
        if is_plain && !has_first || accounts.is_empty() {
            let opens_by = OpensBy::Device;
            let habits = Habits::default();
            accounts.push(Account { id: AccountId::FIRST, name: String::new(), opens_by, habits });
        }
        accounts.sort_by_key(|account| account.id);
        Ok(accounts)
    }

    async fn account(&self, record: AccountRecord) -> Account {
        let place = AccountRecord::name_place(record.id);
        // Nothing, or what cannot be read, keeps nobody out.
        let name = open_record(self.crypto(), self.secret(), &place, &record.name).await;
        let name = name.ok().and_then(|name| String::from_utf8(name).ok()).unwrap_or_default();
        let opens_by = match &record.lock {
            None => OpensBy::Device,
            Some(lock) if lock.is_digits => OpensBy::Digits,
            Some(_) => OpensBy::Passphrase,
        };
        Account { id: record.id, name, opens_by, habits: record.habits }
    }

    /// Opens the only account of this device, where that needs nobody: nothing is known of it but its
    /// key, the device is a villager's, and there is nothing that has to be read first. The account
    /// that a phone begins with is made. Most phones never have another: small, for the first visit.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn open_the_only(&self) -> Result<Option<Vault<P>>, VaultError> {
        let has_records = !self.store().keys(Place::Keys, RECORDS).await?.is_empty();
        if has_records || !self.stands_by_itself().await? {
            return Ok(None);
        }
        let key = self.plain_key().await?;
        Ok(Some(self.vault(AccountId::FIRST, &key).await?))
    }

    /// The first account's data key, where nothing else is known of it; makes it where there is none.
    async fn plain_key(&self) -> Result<Vec<u8>, VaultError> {
        let sealed = match self.store().get(Place::Keys, PLAIN).await? {
            Some(sealed) => sealed,
            None => {
                let key = self.crypto().random::<32>();
                let made = seal_record(self.crypto(), self.secret(), FIRST_KEY, &key).await?;
                let here = SEALED_WITH.map(|key| (Place::Keys, key.to_owned()));
                // Another tab may have been first, or just have given it a PIN.
                self.store()
                    .change(&[Place::Keys], &here, &|read| {
                        let is_new = read.iter().all(Option::is_none);
                        let put = || Write::put(Place::Keys, PLAIN, made.clone());
                        Ok(is_new.then(put).into_iter().collect())
                    })
                    .await?;
                self.store().get(Place::Keys, PLAIN).await?.ok_or(VaultError::Outdated)?
            }
        };
        Ok(open_record(self.crypto(), self.secret(), FIRST_KEY, &sealed).await?)
    }

    /// Opens an account that has no PIN; none where it has one, or is not there. The one that a phone
    /// begins with is made anew where somebody removed it.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn open(&self, id: AccountId) -> Result<Option<Vault<P>>, VaultError> {
        let record = match self.account_record(id).await? {
            Some(record) => record,
            None if id == AccountId::FIRST => {
                return Ok(Some(self.vault(id, &self.plain_key().await?).await?));
            }
            None => return Ok(None),
        };
        if record.lock.is_some() {
            return Ok(None);
        }
        let place = record.key_place();
        let key = open_record(self.crypto(), self.secret(), &place, &record.key).await?;
        Ok(Some(self.vault(id, &key).await?))
    }

    /// Adds an account without a PIN.
    ///
    /// # Errors
    /// [`VaultError::Full`] and others.
    pub async fn add_account(&self, name: &str) -> Result<AccountId, VaultError> {
        let ids = self.accounts().await?.into_iter().map(|account| account.id.0);
        let id = AccountId(ids.max().unwrap_or_default() + 1);
        let record = self.new_record(id, name, &self.crypto().random()).await?;
        // In another tab somebody may have taken the number.
        let here = AccountRecord::at(id);
        self.store()
            .change(&[Place::Keys], &[here], &|read| match &read[0] {
                Some(bytes) if *bytes != encode(&record) => Err(VaultError::Outdated),
                _ => Ok(vec![record.write()]),
            })
            .await?;
        Ok(id)
    }

    /// Changes what an account is called, and how it behaves.
    ///
    /// # Errors
    /// [`VaultError::Gone`], [`VaultError::Full`] and others.
    pub async fn change_account(
        &self,
        id: AccountId,
        name: &str,
        habits: Habits,
    ) -> Result<(), VaultError> {
        let place = AccountRecord::name_place(id);
        let name = seal_record(self.crypto(), self.secret(), &place, name.as_bytes()).await?;
        self.change_record(id, |record| {
            record.name = name.clone().into();
            record.habits = habits;
            Ok(())
        })
        .await
    }

    /// What of an account's habits delivery has to know.
    pub(crate) async fn habits(&self, id: AccountId) -> Result<Habits, VaultError> {
        Ok(self.account_record(id).await?.map(|record| record.habits).unwrap_or_default())
    }

    /// The record of an account that is there.
    pub(crate) async fn record_of(&self, id: AccountId) -> Result<AccountRecord, VaultError> {
        self.account_record(id).await?.ok_or(VaultError::Gone)
    }

    /// The record of an account, if it is there.
    pub(crate) async fn account_record(
        &self,
        id: AccountId,
    ) -> Result<Option<AccountRecord>, VaultError> {
        let reads = [AccountRecord::at(id), (Place::Keys, PLAIN.to_owned())];
        let mut read = self.store().read(&reads).await?;
        let (plain, own) = (read.pop().flatten(), read.pop().flatten());
        match (own, plain) {
            (Some(bytes), _) => AccountRecord::read(&bytes).map(Some),
            (None, Some(key)) if id == AccountId::FIRST => Ok(Some(first_of(key))),
            (None, _) => Ok(None),
        }
    }

    /// Changes the record of an account as it is at that very moment.
    pub(crate) async fn change_record(
        &self,
        id: AccountId,
        change: impl Fn(&mut AccountRecord) -> Result<(), VaultError>,
    ) -> Result<(), VaultError> {
        let reads = [AccountRecord::at(id), (Place::Keys, PLAIN.to_owned())];
        self.store()
            .change(&[Place::Keys], &reads, &|read| {
                let mut record = match (&read[0], &read[1]) {
                    (Some(bytes), _) => AccountRecord::read(bytes)?,
                    (None, Some(key)) if id == AccountId::FIRST => first_of(key.clone()),
                    _ => return Err(VaultError::Gone),
                };
                change(&mut record)?;
                let plain = (id == AccountId::FIRST).then(|| Write::delete(Place::Keys, PLAIN));
                Ok(plain.into_iter().chain([record.write()]).collect())
            })
            .await
    }

    /// An account's vault, by its data key.
    pub(crate) async fn vault(&self, id: AccountId, key: &[u8]) -> Result<Vault<P>, VaultError> {
        let key = key.try_into().map_err(|_| VaultError::Damaged)?;
        Ok(Vault::open(self.clone(), id, RecordKey::new(self.crypto(), key).await?))
    }

    async fn new_record(
        &self,
        id: AccountId,
        name: &str,
        key: &[u8; 32],
    ) -> Result<AccountRecord, VaultError> {
        let place = AccountRecord::name_place(id);
        let name = seal_record(self.crypto(), self.secret(), &place, name.as_bytes()).await?;
        let mut record = AccountRecord { id, name: name.into(), ..first_of(Vec::new()) };
        let place = record.key_place();
        record.key = seal_record(self.crypto(), self.secret(), &place, key).await?.into();
        Ok(record)
    }
}

/// The first account, as long as nothing else is known of it.
fn first_of(key: Vec<u8>) -> AccountRecord {
    AccountRecord {
        id: AccountId::FIRST,
        name: Vec::new().into(),
        key: key.into(),
        lock: None,
        missed: Missed::default(),
        habits: Habits::default(),
        with_township: None,
        with_authenticator: None,
    }
}
