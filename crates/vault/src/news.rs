//! What the township told of cases. It comes to the device, whose accounts may be locked: it is kept
//! sealed with the device's secret until the account that it is about is open, and takes it in.

use courier::together;
use protocol::fact::CaseState;
use protocol::{Fact, decode, encode};

use crate::account::of_device;
use crate::device::Device;
use crate::error::VaultError;
use crate::phone::{Phone, Store as _};
use crate::place::{Place, Write};
use crate::sealing::{open_record, seal_record};
use crate::vault::Vault;

impl<P: Phone> Device<P> {
    /// The changes that keep these facts for the accounts that they are about.
    pub(crate) async fn news(&self, facts: &[Fact]) -> Result<Vec<Write>, VaultError> {
        let keep = async |Fact::Case(state): &Fact| {
            let key = state.application.to_string();
            let (crypto, state) = (self.crypto(), encode(state));
            let sealed = seal_record(crypto, self.secret(), &address(&key), &state).await?;
            Ok(Write::put(Place::States, news_at(&key), sealed))
        };
        together(facts.iter().map(keep)).await.into_iter().collect()
    }
}

impl<P: Phone> Vault<P> {
    /// Takes in what is new of this account's cases.
    pub(crate) async fn take_in_news(&self) -> Result<(), VaultError> {
        let news = self.store().all(Place::States, &news_at("")).await?;
        if news.is_empty() {
            return Ok(());
        }
        let own = self.keys(Place::SentIndex, "").await?;
        for (at, sealed) in news {
            let key = at[news_at("").len()..].to_owned();
            let (crypto, device) = (self.crypto(), self.device());
            let state = open_record(crypto, device.secret(), &address(&key), &sealed).await;
            let state = state.ok().and_then(|state| decode::<CaseState>(&state).ok());
            if !own.contains(&key) && !self.was_asked_to_look(&key, state.as_ref()).await? {
                continue;
            }
            let mut writes = vec![forget_news(&key)];
            // What cannot be read comes again with the next one.
            if let Some(state) = state {
                writes.push(self.sealed(Place::States, &key, &state).await?);
            }
            let here = (Place::States, at);
            self.store()
                .change(&[Place::States], &[here], &|read| {
                    // Something newer may have come.
                    let is_same = read[0].as_ref() == Some(&sealed);
                    Ok(if is_same { writes.clone() } else { Vec::new() })
                })
                .await?;
        }
        Ok(())
    }
}

/// The change after which nothing is new of this application.
pub(crate) fn forget_news(application: impl ToString) -> Write {
    Write::delete(Place::States, news_at(&application.to_string()))
}

/// Where news of an application lie.
fn news_at(key: &str) -> String {
    of_device(&address(key))
}

/// What they are sealed for.
fn address(key: &str) -> String {
    format!("news/{key}")
}
