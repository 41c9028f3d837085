//! A copy of what the township keeps of an applicant in a case, to be handed to them (个人信息保护法
//! article 45): a page in a file, complete in itself, that any computer opens and prints.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_DISPOSITION;
use axum::response::{IntoResponse, Response};
use pack::{Item, Kept};
use protocol::CaseNumber;

use super::case_file::{self, CaseFile};
use super::document::{Field, Shown};
use super::page;
use super::session::SignedIn;
use super::words;
use crate::audit::{self, Deed, Entry};
use crate::cases::local;
use crate::server::Server;
use crate::storage::{self, StorageError};

#[derive(Template)]
#[template(path = "copy.html")]
struct Copy {
    township: String,
    at: String,
    case: CaseFile,
    /// What it is for and by what right; empty where the item says nothing, since it asks nobody's name.
    purpose: String,
    basis: String,
    kept: String,
    lines: Vec<Line>,
}

/// A heading, or a question and its answer.
enum Line {
    Heading(String),
    Answer { label: String, answer: String },
}

pub(super) async fn copy(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    Path(number): Path<String>,
) -> Response {
    match make(&server, &signed_in, &CaseNumber(number)).await {
        Ok(Some(copy)) => {
            let name = format!("attachment; filename=\"{}.html\"", copy.case.number);
            ([(CONTENT_DISPOSITION, name)], page::show(StatusCode::OK, &copy)).into_response()
        }
        Ok(None) => page::nothing_here(),
        Err(error) => page::not_now(&error),
    }
}

async fn make(
    server: &Arc<Server>,
    signed_in: &SignedIn,
    number: &CaseNumber,
) -> Result<Option<Copy>, StorageError> {
    // Who works at a counter hands it out; who only watches over, or goes from door to door, does not.
    let counter = signed_in.reach.counter();
    let row = {
        let mut transaction = server.storage.write().await?;
        let row = storage::cases::hold_for(&mut *transaction, &counter, number).await?;
        transaction.commit().await?;
        row
    };
    let Some(row) = row else { return Ok(None) };
    let Some(case) = case_file::open(server, signed_in, number, Shown::All).await? else {
        return Ok(None);
    };
    let now = server.clock.now();
    let mut transaction = server.storage.write().await?;
    let who = signed_in.officer.account.clone();
    let entry = Entry { at: now, who, did: Deed::Copied(number.0.clone()) };
    audit::record(&mut *transaction, &server.township, &entry).await?;
    transaction.commit().await?;
    let pack = &signed_in.pack.pack;
    let item = pack.item(&row.item);
    let at = local(pack, now);
    Ok(Some(Copy {
        township: pack.township.name.clone(),
        at: format!("{} 年 {}", at.year(), words::moment(at, at)),
        purpose: item.map(|item| item.data.purpose("").to_owned()).unwrap_or_default(),
        basis: item.map(|item| item.data.basis("").to_owned()).unwrap_or_default(),
        kept: kept(item),
        lines: lines(&case),
        case,
    }))
}

fn kept(item: Option<&Item>) -> String {
    match item.map(|item| item.data.kept) {
        Some(Kept::Years(years)) => format!("办结后 {years} 年"),
        Some(Kept::Forever) => "长期保存".to_owned(),
        None => String::new(),
    }
}

/// The document, line by line.
fn lines(case: &CaseFile) -> Vec<Line> {
    let mut lines = Vec::new();
    for section in &case.document.sections {
        if !section.title.is_empty() {
            lines.push(Line::Heading(section.title.clone()));
        }
        lines.extend(section.fields.iter().map(answer));
        let Some(table) = &section.table else { continue };
        for row in &table.rows {
            lines.push(Line::Heading(format!("{} 第 {} 行", section.title, row.place)));
            lines.extend(row.cells.iter().flatten().chain(&row.more).map(answer));
        }
        lines.extend(table.sums.iter().map(answer));
    }
    lines
}

fn answer(field: &Field) -> Line {
    let files = field.files.iter().map(|file| match file.is_whole {
        true => format!("一个文件，SHA-256 {}", file.digest),
        false => "一个文件，还在路上".to_owned(),
    });
    let answer = match field.files.is_empty() {
        true if field.is_calculated => field.raw.clone(),
        true => field.groups.join(" "),
        false => files.collect::<Vec<_>>().join("；"),
    };
    Line::Answer { label: field.label.clone(), answer }
}
