//! What a department of the county answers to a case that was handed to it, and the files that it asks for.

use std::sync::Arc;

use casework::{Act, By, Outcome, Record, Refusal};
use protocol::{CaseNumber, Digest, FileId, ManifestEntry};
use serde::Deserialize;

use super::gateways::Department;
use super::key::Kind;
use super::package::Handed;
use crate::audit::{self, Deed, Entry};
use crate::cases::{AtHand, Event, Now};
use crate::console::case_file;
use crate::server::Server;
use crate::storage::outgoing::Key;
use crate::storage::{self, Connection, StorageError};

/// The most characters of what a department writes.
const LONGEST: usize = 2000;

/// What a department answers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    case: String,
    /// The event that the package named.
    event: u64,
    outcome: Said,
    /// Reasons, or what is wrong.
    #[serde(default)]
    words: String,
    /// The number of the document that says so.
    document: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Said {
    Approved,
    Refused,
    Returned,
}

/// What became of an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    /// It is the stage's outcome.
    Taken,
    /// The very same was taken before.
    Known,
    /// Nothing of the kind was handed to this department.
    Unknown,
    /// The case is not any more as it was handed over.
    Superseded(String),
    /// Something is lacking in it.
    Wordless(String),
}

/// Takes an answer: once, and as what became of the stage.
pub(crate) async fn answer(
    server: &Server,
    department: &Department,
    asked: Asked,
    digest: Digest,
) -> Result<Answered, StorageError> {
    let pack = server.packs.in_force();
    let mut transaction = server.storage.write().await?;
    let (db, now) = (&mut *transaction, Now::new(server, &pack));
    let number = CaseNumber(asked.case.clone());
    // Held first: of the same answer that comes twice side by side, one waits for the other.
    let Some(row) = storage::cases::hold_any(db, &server.township, &number).await? else {
        return Ok(Answered::Unknown);
    };
    let handed = match handed(db, server, department, &number, asked.event).await? {
        Some((_, Some(before))) if before == digest => return Ok(Answered::Known),
        Some((Standing::Latest(handed), None)) => handed,
        Some(_) => return Ok(Answered::Superseded("这一步已经有了结果".to_owned())),
        None => return Ok(Answered::Unknown),
    };
    let mut case = AtHand::take(db, now, row).await?;
    if !is_at(&case, &handed) {
        return Ok(Answered::Superseded("这一件已经不在这一步".to_owned()));
    }
    let by = By::Department(department.name.clone());
    let (outcome, act) = asked.act();
    let event = match case.judge(now, &by, act) {
        Ok(event) => event,
        Err(refusal @ (Refusal::Wordless(_) | Refusal::TooFew(_))) => {
            return Ok(Answered::Wordless(refusal.to_string()));
        }
        Err(refusal) => return Ok(Answered::Superseded(refusal.to_string())),
    };
    let did = Deed::Did { case: number.0.clone(), what: outcome.name().to_owned() };
    let entry = Entry { at: now.at, who: department.name.clone(), did };
    audit::record(db, &server.township, &entry).await?;
    let destination = department.id.clone();
    let key = Key { case: number, event: asked.event, kind: Kind::County, destination };
    storage::outgoing::answered(db, &server.township, &key, &digest).await?;
    case.happen(db, now, Event::Case(event)).await?;
    transaction.commit().await?;
    Ok(Answered::Taken)
}

/// What the manifest says of a file that a department was handed and may still need: until it answers.
/// That it was read is in the audit.
pub(crate) async fn file(
    server: &Arc<Server>,
    department: &Department,
    number: &CaseNumber,
    event: u64,
    id: FileId,
) -> Result<Option<ManifestEntry>, StorageError> {
    let pack = server.packs.in_force();
    let envelope = {
        let mut transaction = server.storage.write().await?;
        let (db, now) = (&mut *transaction, Now::new(server, &pack));
        let Some(row) = storage::cases::hold_any(db, &server.township, number).await? else {
            return Ok(None);
        };
        let handed = handed(db, server, department, number, event).await?;
        let Some((Standing::Latest(handed), None)) = handed else { return Ok(None) };
        let case = AtHand::take(db, now, row).await?;
        let file = storage::files::find(db, &server.township, &id).await?;
        let file = file.filter(|file| file.case == *number && file.whole_at.is_some());
        if file.is_none() || !is_at(&case, &handed) {
            return Ok(None);
        }
        let did = Deed::ReadFile { case: number.0.clone(), file: id };
        let entry = Entry { at: now.at, who: department.name.clone(), did };
        audit::record(db, &server.township, &entry).await?;
        transaction.commit().await?;
        handed.envelope
    };
    let submission = case_file::submission(server, envelope).await?;
    Ok(submission.files.into_iter().find(|entry| entry.id == id))
}

/// How a package stands among those of its case.
enum Standing {
    Latest(Handed),
    Former,
}

/// What a department was handed with an event, and the digest of its answer to that.
async fn handed(
    db: &mut dyn Connection,
    server: &Server,
    department: &Department,
    case: &CaseNumber,
    event: u64,
) -> Result<Option<(Standing, Option<Digest>)>, StorageError> {
    let township = &server.township;
    let all = storage::outgoing::handed_over(db, township, case, &department.id).await?;
    let mut all = all.into_iter().enumerate();
    let Some((place, (_, body, answer))) = all.find(|(_, (own, ..))| *own == event) else {
        return Ok(None);
    };
    let standing = match place {
        0 => {
            let handed = protocol::decode(&body);
            Standing::Latest(handed.map_err(|_| StorageError::Unreadable("outgoing"))?)
        }
        _ => Standing::Former,
    };
    Ok(Some((standing, answer)))
}

fn is_at(case: &AtHand, handed: &Handed) -> bool {
    case.stage().is_some_and(|stage| stage.id == handed.stage)
}

impl Asked {
    fn act(&self) -> (Outcome, Act) {
        let outcome = match self.outcome {
            Said::Approved => Outcome::Agreed,
            Said::Refused => Outcome::Disagreed,
            Said::Returned => Outcome::SentBack,
        };
        let document = self.document.as_deref().map(str::trim).filter(|number| !number.is_empty());
        let mut words: String = self.words.trim().chars().take(LONGEST).collect();
        if let Some(number) = document {
            let number: String = number.chars().take(LONGEST).collect();
            words = match words.is_empty() {
                // A number alone is no reason.
                true if outcome != Outcome::Agreed => words,
                true => format!("文号 {number}"),
                false => format!("{words}（文号 {number}）"),
            };
        }
        (outcome, Act::Work { outcome, record: Record::Words(words) })
    }
}
