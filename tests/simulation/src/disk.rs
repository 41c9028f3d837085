//! A phone's disk: what was written in a transaction that ended outlives the phone's death, and
//! nothing else does.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use vault::{Place, Read, Store, VaultError, Write};

use crate::chance::Chance;
use crate::time::turn;
use crate::wire::Secrets;

type Records = BTreeMap<(Place, String), Rc<Vec<u8>>>;

/// What lies on a disk. Clones are the same disk.
#[derive(Clone)]
pub(crate) struct Disk(Rc<Inner>);

struct Inner {
    records: RefCell<Records>,
    chance: Chance,
    secrets: Secrets,
    /// In thousandths of what is written.
    fails: std::cell::Cell<u64>,
}

impl Disk {
    pub(crate) fn new(chance: Chance, secrets: Secrets) -> Self {
        let fails = std::cell::Cell::default();
        Self(Rc::new(Inner { records: RefCell::default(), chance, secrets, fails }))
    }

    pub(crate) fn fail_in(&self, permille: u64) {
        self.0.fails.set(permille);
    }

    /// Whether anything is there.
    pub(crate) fn has(&self, place: Place, key: &str) -> bool {
        self.0.records.borrow().contains_key(&(place, key.to_owned()))
    }

    /// How a write goes wrong: before anything is written, or only in what is told of it.
    fn fault(&self) -> Option<Fault> {
        self.0.chance.permille(self.0.fails.get()).then(|| match self.0.chance.below(3) {
            0 => Fault::Full,
            1 => Fault::Aborted,
            _ => Fault::Denied,
        })
    }

    fn select(&self, reads: &[(Place, String)]) -> Read {
        let records = self.0.records.borrow();
        reads.iter().map(|at| records.get(at).map(|bytes| bytes.to_vec())).collect()
    }

    fn apply(&self, writes: Vec<Write>) {
        let mut records = self.0.records.borrow_mut();
        for write in writes {
            match write {
                Write::Put(place, key, bytes) => {
                    self.0.secrets.expect_none_in(&bytes, place.name());
                    records.insert((place, key), bytes);
                }
                Write::Delete(place, key) => {
                    records.remove(&(place, key));
                }
                Write::DeleteUnder(place, prefix) => {
                    records.retain(|(at, key), _| *at != place || !key.starts_with(&prefix));
                }
            }
        }
    }
}

enum Fault {
    /// There is no room.
    Full,
    /// The browser gives up.
    Aborted,
    /// All is durable, and the browser says that it is not.
    Denied,
}

impl Store for Disk {
    /// So that files need not be long to be in several pieces.
    const TOGETHER: u64 = 1;

    async fn read(&self, reads: &[(Place, String)]) -> Result<Read, VaultError> {
        turn().await;
        Ok(self.select(reads))
    }

    async fn all(&self, place: Place, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        turn().await;
        let records = self.0.records.borrow();
        let own = records.range((place, prefix.to_owned())..);
        let own = own.take_while(|((at, key), _)| *at == place && key.starts_with(prefix));
        Ok(own.map(|((_, key), bytes)| (key.clone(), bytes.to_vec())).collect())
    }

    async fn keys(&self, place: Place, prefix: &str) -> Result<Vec<String>, VaultError> {
        Ok(self.all(place, prefix).await?.into_iter().map(|(key, _)| key).collect())
    }

    async fn change(
        &self,
        places: &[Place],
        reads: &[(Place, String)],
        decide: &dyn Fn(Read) -> Result<Vec<Write>, VaultError>,
    ) -> Result<(), VaultError> {
        turn().await;
        let decided = || {
            let writes = decide(self.select(reads))?;
            let is_own = |place: &Place| places.contains(place);
            assert!(writes.iter().map(Write::place).all(|place| is_own(&place)), "outside");
            assert!(reads.iter().all(|(place, _)| is_own(place)), "reads outside");
            Ok::<_, VaultError>(writes)
        };
        match self.fault() {
            Some(Fault::Full) => return Err(VaultError::Full),
            Some(Fault::Aborted) => return Err(VaultError::Failed("aborted".to_owned())),
            // As `crates/browser` does, it is tried once more.
            Some(Fault::Denied) => {
                self.apply(decided()?);
                turn().await;
                self.apply(decided()?);
            }
            None => self.apply(decided()?),
        }
        // Durable, and the phone may die before it knows.
        turn().await;
        Ok(())
    }
}
