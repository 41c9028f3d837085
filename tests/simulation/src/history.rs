//! What the township has of its cases, read from its database by nobody's rights.

use std::collections::BTreeMap;
use std::path::Path;

use casework::Outcome;
use minicbor::{Decode, Decoder};
use protocol::keys::{Ring, TownshipKeys, open_file};
use protocol::{
    ApplicationId, Command, DeviceId, Envelope, EnvelopeId, ManifestEntry, Submission, decode,
};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{Connection as _, Row as _};

/// A case, and all that was asked of it and done to it.
pub struct Case {
    pub application: ApplicationId,
    /// The envelope that is in force.
    pub envelope: EnvelopeId,
    /// Envelopes that it took, as they came.
    pub taken: BTreeMap<EnvelopeId, Vec<u8>>,
    /// What happened, in order.
    pub events: Vec<Happened>,
}

/// One event: the number of its kind, the envelope that made it, if one did, and what came of a stage
/// that was worked.
pub struct Happened {
    pub kind: u32,
    pub envelope: Option<EnvelopeId>,
    pub outcome: Option<Outcome>,
}

/// The kinds of event, by the numbers that are kept for ever.
pub const RATED: u32 = 9;
pub const RECEIVED: u32 = 12;
pub const SUPPLEMENTED: u32 = 13;
pub const WITHDRAWN: u32 = 14;
pub const RETURNED: u32 = 15;
pub const CASE: u32 = 16;

/// The keys of the township whose data are in `data`.
pub fn keys(data: &Path) -> TownshipKeys {
    TownshipKeys::from_bytes(&std::fs::read(data.join("township.keys")).unwrap()).unwrap()
}

/// The files that `entries` name, opened, as they are in `data`.
pub fn files(data: &Path, entries: &[ManifestEntry]) -> Vec<Vec<u8>> {
    let opened = |entry: &ManifestEntry| {
        let (id, folder) = (entry.id, format!("{:02x}", entry.id.as_bytes()[15]));
        let sealed = std::fs::read(data.join("files").join(folder).join(id.to_string()));
        open_file(&entry.key, entry.length, &sealed.expect("the file is there")).expect("it opens")
    };
    entries.iter().map(opened).collect()
}

/// All cases.
pub fn cases(data: &Path) -> Vec<Case> {
    reading(data, async |db| {
        let mut cases = Vec::new();
        let sql = "SELECT application, envelope, number FROM cases";
        for row in sqlx::query(sql).fetch_all(&mut *db).await.unwrap() {
            let number: String = row.get(2);
            cases.push(Case {
                application: ApplicationId::from_bytes(bytes(&row, 0)),
                envelope: EnvelopeId::from_bytes(bytes(&row, 1)),
                taken: taken(db, &number).await,
                events: events(db, &number).await,
            });
        }
        cases
    })
}

/// Nothing was taken that a device made which was revoked by then.
pub fn expect_nothing_of_revoked(data: &Path, keys: Ring<'_>) {
    let sql = "SELECT device, revoked_at FROM standing WHERE revoked_at IS NOT NULL";
    let revoked = rows(data, sql).into_iter();
    let revoked: BTreeMap<DeviceId, i64> =
        revoked.map(|row| (DeviceId(bytes(&row, 0)), row.get(1))).collect();
    for row in rows(data, "SELECT bytes, received_at FROM envelope") {
        let envelope: Envelope = decode(&row.get::<Vec<u8>, _>(0)).unwrap();
        let author = keys.open(&envelope).unwrap().author.device_id();
        let is_late = revoked.get(&author).is_some_and(|at| row.get::<i64, _>(1) > *at);
        assert!(!is_late, "something was taken of a device that was revoked");
    }
}

fn rows(data: &Path, sql: &'static str) -> Vec<SqliteRow> {
    reading(data, async |db| sqlx::query(sql).fetch_all(db).await.unwrap())
}

/// Reads the database; nothing where nobody ever asked the township anything.
fn reading<T: Default>(data: &Path, read: impl AsyncFnOnce(&mut SqliteConnection) -> T) -> T {
    let file = data.join("township.db");
    if !file.exists() {
        return T::default();
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let options = SqliteConnectOptions::new().filename(file);
    runtime.block_on(async {
        let mut db = SqliteConnection::connect_with(&options).await.unwrap();
        let read = read(&mut db).await;
        db.close().await.unwrap();
        read
    })
}

async fn taken(db: &mut SqliteConnection, number: &str) -> BTreeMap<EnvelopeId, Vec<u8>> {
    let sql = "SELECT id, bytes FROM envelope WHERE case_number = $1";
    let rows = sqlx::query(sql).bind(number).fetch_all(db).await.unwrap();
    rows.iter().map(|row| (EnvelopeId::from_bytes(bytes(row, 0)), row.get(1))).collect()
}

async fn events(db: &mut SqliteConnection, number: &str) -> Vec<Happened> {
    let sql = "SELECT body FROM event WHERE case_number = $1 ORDER BY place";
    let rows = sqlx::query(sql).bind(number).fetch_all(db).await.unwrap();
    rows.iter().map(|row| Happened::read(&row.get::<Vec<u8>, _>(0))).collect()
}

impl Happened {
    /// An event is its number, and then its fields; what comes from an envelope names that first.
    fn read(body: &[u8]) -> Self {
        let mut decoder = Decoder::new(body);
        decoder.array().unwrap();
        let kind = decoder.u32().unwrap();
        let names_envelope = matches!(kind, RECEIVED | SUPPLEMENTED | WITHDRAWN | RATED);
        let envelope = names_envelope.then(|| {
            decoder.array().unwrap();
            EnvelopeId::decode(&mut decoder, &mut ()).unwrap()
        });
        let outcome = (kind == CASE).then(|| {
            decoder.array().unwrap();
            match casework::Event::decode(&mut decoder, &mut ()).unwrap().what {
                casework::Happened::Worked { outcome, .. } => Some(outcome),
                _ => None,
            }
        });
        Self { kind, envelope, outcome: outcome.flatten() }
    }

    /// Whether it is what the pack's workflow decides by.
    fn decides(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Granted | Outcome::Refused))
    }

    /// Whether it may end a case by the pack's workflow.
    fn ends(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Refused | Outcome::Unfounded | Outcome::Done))
    }
}

fn bytes(row: &SqliteRow, place: usize) -> [u8; 16] {
    row.get::<Vec<u8>, _>(place).try_into().unwrap()
}

impl Case {
    /// What was asked in an envelope that it took.
    pub fn command(&self, envelope: EnvelopeId, keys: Ring<'_>) -> Command {
        let envelope: Envelope = decode(&self.taken[&envelope]).unwrap();
        keys.open(&envelope).unwrap().order.command
    }

    /// What is in force of what was submitted and corrected.
    pub fn submission(&self, keys: Ring<'_>) -> Submission {
        self.command(self.envelope, keys).into_submission().expect("a filled form")
    }

    /// Checks that whatever it took was taken once, of what its author had seen. Tells how many
    /// commands that were.
    pub fn check(&self, keys: Ring<'_>) -> usize {
        let mut made = Vec::new();
        for (place, event) in self.events.iter().enumerate() {
            let Some(envelope) = event.envelope else { continue };
            assert!(!made.contains(&envelope), "an envelope made two events");
            made.push(envelope);
            let (seen, heeds): (u64, &[u32]) = match self.command(envelope, keys) {
                Command::Submit(_) => {
                    assert_eq!(place, 0, "a case begins with what was submitted");
                    continue;
                }
                Command::Supplement(supplement) => {
                    (supplement.seen, &[RETURNED, SUPPLEMENTED, WITHDRAWN])
                }
                Command::Withdraw(withdrawal) => (withdrawal.seen, &[RETURNED, WITHDRAWN]),
                Command::Rate(_) => {
                    let before = &self.events[..place];
                    assert!(before.iter().any(Happened::ends), "rated too early");
                    assert!(before.iter().all(|event| event.kind != RATED), "rated twice");
                    continue;
                }
                Command::Visit(_) | Command::Confirm(_) | Command::Appeal(_) => {
                    panic!("nobody was asked")
                }
            };
            let unseen = &self.events[seen as usize..place];
            let is_unheeded = |event: &Happened| heeds.contains(&event.kind);
            assert!(!unseen.iter().any(is_unheeded), "something was written over unseen");
            assert!(!self.events[..place].iter().any(Happened::decides), "it was decided");
        }
        assert_eq!(made.len(), self.taken.len(), "an envelope was taken and made nothing");
        let last = |kinds: &[u32]| {
            let mut events = self.events.iter().rev();
            events.find(|event| kinds.contains(&event.kind)).and_then(|event| event.envelope)
        };
        assert_eq!(last(&[RECEIVED, SUPPLEMENTED]), Some(self.envelope), "another is in force");
        made.len() - 1
    }
}
