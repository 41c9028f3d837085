//! A case as a department of the county is handed it: the answers with the questions' names and labels,
//! and where its files are.

use std::sync::Arc;

use form::model::{Kind, Question};
use form::{InstanceId, Session};
use minicbor::{Decode, Encode};
use pack::Item;
use protocol::EnvelopeId;
use serde_json::{Value, json};

use super::cause::{id, moment};
use crate::console::case_file;
use crate::intake;
use crate::server::Server;
use crate::storage::outgoing::Outgoing;
use crate::storage::{self, StorageError};

/// The version of what a package holds.
const VERSION: u64 = 1;

/// What the outbox keeps of a package. Kept while it waits, and read by later versions.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(super) struct Handed {
    /// Whose answers it is made of.
    #[n(0)]
    pub(super) envelope: EnvelopeId,
    /// The stage that is to be answered, as the workflow calls it.
    #[n(1)]
    pub(super) stage: String,
}

/// Where a file of a package is asked for.
pub(super) fn path(case: &str, event: u64, file: &str) -> String {
    format!("/api/county/files/{case}/{event}/{file}")
}

/// The package, made anew at each try of the same envelope: it comes out the same.
pub(super) async fn package(server: &Arc<Server>, one: &Outgoing) -> Result<Value, StorageError> {
    let unreadable = || StorageError::Unreadable("outgoing");
    let handed: Handed = protocol::decode(&one.body).map_err(|_| unreadable())?;
    let pack = server.packs.in_force();
    let submission = case_file::submission(server, handed.envelope).await?;
    let (row, workflow) = {
        let mut db = server.storage.read().await?;
        let row = storage::cases::find(&mut *db, &server.township, &one.key.case).await?;
        let row = row.ok_or_else(unreadable)?;
        let workflow = row.workflow.ok_or_else(unreadable)?;
        (row, server.workflows.find(&mut *db, &server.township, &workflow).await?)
    };
    let (_, form) = server.form_bytes(&pack, submission.form).await?.ok_or_else(unreadable)?;
    let stage = workflow.work.stages.iter().find(|stage| stage.id == handed.stage);
    let files = submission.files.iter().map(|entry| {
        let file = entry.id.to_string();
        json!({
            "name": entry.name,
            "media_type": entry.media_type,
            "length": entry.length,
            "digest": entry.digest.to_string(),
            "path": path(&one.key.case.0, one.key.event, &file),
        })
    });
    let item = pack.pack.item(&row.item);
    let mut package = json!({
        "version": VERSION,
        "id": id(&one.key),
        "township": server.township.0,
        "case": row.number.0,
        "event": one.key.event,
        "item": { "id": row.item.0, "name": item.map(|item| &item.name), "code": item.map(|item| &item.code) },
        "stage": { "id": handed.stage, "name": stage.map(|stage| &stage.name) },
        "form": submission.form.to_string(),
        "received": moment(&pack.pack, row.received_at),
        "files": files.collect::<Vec<_>>(),
    });
    let (digest, item) = (submission.form, row.item.clone());
    let answers = server.checkers.run(move |forms| {
        let form = forms.get(digest, &form).ok()?;
        let (session, _) = intake::resume(&form, &submission)?;
        Some(answers(&session, pack.pack.item(&item), session.root()))
    });
    package["answers"] = answers.await.ok().flatten().ok_or_else(unreadable)?;
    Ok(package)
}

/// What is answered in a group or a row, in the order of the form.
fn answers(session: &Session, item: Option<&Item>, holder: InstanceId) -> Value {
    let children = session.children(holder).into_iter();
    let relevant = children.filter(|child| session.is_relevant(*child));
    relevant.filter_map(|child| answer(session, item, child)).collect()
}

fn answer(session: &Session, item: Option<&Item>, at: InstanceId) -> Option<Value> {
    let node = session.form().node(at.node);
    let label = session.label(at).unwrap_or_default();
    match &node.kind {
        Kind::Group => {
            let answers = answers(session, item, at);
            Some(json!({ "name": node.name, "label": label, "answers": answers }))
        }
        Kind::Repeat { .. } => {
            let rows = session.rows(at).into_iter().map(|row| answers(session, item, row));
            let rows: Vec<Value> = rows.collect();
            Some(json!({ "name": node.name, "label": label, "rows": rows }))
        }
        kind => {
            let value = session.value(at);
            if value.is_empty() || !node.holds_value() {
                return None;
            }
            let label = match kind {
                Kind::Calculated => {
                    item.and_then(|item| item.calculated.get(&node.name)).cloned()?
                }
                _ => label,
            };
            let mut answer = json!({ "name": node.name, "label": label, "value": value });
            if let Kind::Question(question) = kind
                && let Some(words) = words(session, question, at, value)
            {
                answer["words"] = words.into();
            }
            Some(answer)
        }
    }
}

/// The words of what was chosen.
fn words(session: &Session, question: &Question, at: InstanceId, value: &str) -> Option<String> {
    question.choices()?;
    let names = value.split(' ');
    let words = names.map(|name| session.label_of(at, name).unwrap_or(name.into()));
    Some(words.collect::<Vec<_>>().join("、"))
}
