//! A mailbag that somebody brings to the counter.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart};
use axum::http::StatusCode;
use axum::response::Response;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

use super::desk::{self, Choice, Frame};
use super::session::SignedIn;
use super::{page, upload};
use crate::audit::{self, Deed, Entry};
use crate::mailbags::{Brought, NotTakenIn};
use crate::server::Server;
use crate::storage::StorageError;

/// The longest mailbag that the counter takes.
const LONGEST: u64 = 4 * 1024 * 1024 * 1024;

#[derive(Template)]
#[template(path = "mailbag.html")]
struct Page {
    frame: Frame,
    /// Why the one that was given was not taken.
    problem: &'static str,
    outcome: Option<Outcome>,
}

struct Outcome {
    arrived: usize,
    refused: Vec<String>,
    damaged: usize,
    /// The proofs that go back, in base 64.
    back: String,
}

pub(super) async fn page(State(server): State<Arc<Server>>, signed_in: SignedIn) -> Response {
    if !signed_in.takes_in() {
        return page::nothing_here();
    }
    show(&server, &signed_in, StatusCode::OK, "", None).await
}

pub(super) async fn take_in(
    State(server): State<Arc<Server>>,
    signed_in: SignedIn,
    form: Multipart,
) -> Response {
    if !signed_in.takes_in() {
        return page::nothing_here();
    }
    let given = match given(&server, &signed_in, form).await {
        Ok(Some(given)) => given,
        Ok(None) => return page::expired(),
        Err(problem) => {
            return show(&server, &signed_in, StatusCode::BAD_REQUEST, problem, None).await;
        }
    };
    match server.take_in_mailbag(given).await {
        Ok(brought) => match note(&server, &signed_in, brought.arrived).await {
            Ok(()) => {
                let outcome = Some(Outcome::of(brought));
                show(&server, &signed_in, StatusCode::OK, "", outcome).await
            }
            Err(error) => page::not_now(&error),
        },
        Err(NotTakenIn::Storage(error)) => page::not_now(&error),
        Err(error) => {
            let problem = words(&error);
            show(&server, &signed_in, StatusCode::BAD_REQUEST, problem, None).await
        }
    }
}

async fn show(
    server: &Server,
    signed_in: &SignedIn,
    status: StatusCode,
    problem: &'static str,
    outcome: Option<Outcome>,
) -> Response {
    let frame = async {
        let mut db = server.storage.read().await?;
        desk::frame(&mut *db, server, signed_in, &Choice::default(), "mailbag").await
    };
    match frame.await {
        Ok(frame) => page::show(status, &Page { frame, problem, outcome }),
        Err(error) => page::not_now(&error),
    }
}

async fn note(server: &Server, signed_in: &SignedIn, arrived: usize) -> Result<(), StorageError> {
    let mut transaction = server.storage.write().await?;
    let who = signed_in.officer.account.clone();
    let entry = Entry { at: server.clock.now(), who, did: Deed::TookInMailbag(arrived as u64) };
    audit::record(&mut *transaction, &server.township, &entry).await?;
    transaction.commit().await
}

fn words(error: &NotTakenIn) -> &'static str {
    use mailbag::NotAMailbag;
    match error {
        NotTakenIn::NotAMailbag(NotAMailbag::OtherFile) => {
            "这个文件不是邮袋。邮袋是手机上“邮袋”里存出来的文件，名字以 .xstbag 结尾。"
        }
        NotTakenIn::NotAMailbag(NotAMailbag::Damaged) => {
            "这个邮袋坏了，可能没有拷完。请从手机上再拷一次。"
        }
        NotTakenIn::NotAMailbag(NotAMailbag::Newer) => {
            "这个邮袋是更新的程序装的，请管理员先更新服务器。"
        }
        NotTakenIn::Elsewhere(_) => "这个邮袋是送给别的乡镇的，这里不能收。",
        NotTakenIn::File(_) | NotTakenIn::Storage(_) => "文件读不出来，请再试一次。",
    }
}

impl Outcome {
    fn of(brought: Brought) -> Self {
        use base64::Engine as _;
        Self {
            arrived: brought.arrived,
            refused: brought.refused.into_iter().map(|refusal| refusal.words).collect(),
            damaged: brought.damaged,
            back: base64::engine::general_purpose::STANDARD.encode(brought.back.head()),
        }
    }
}

/// The file that was given; none where the form is not this session's.
async fn given(
    server: &Server,
    signed_in: &SignedIn,
    mut form: Multipart,
) -> Result<Option<File>, &'static str> {
    let Some(bag) = upload::file(signed_in, &mut form, "bag").await? else { return Ok(None) };
    match keep(server, bag).await {
        Ok(Some(file)) => Ok(Some(file)),
        Ok(None) => Err("这个文件太大了，请分成几个邮袋装。"),
        Err(_) => Err(upload::BROKEN),
    }
}

/// Writes it to the disk as it comes; none where it is too long.
async fn keep(server: &Server, mut bag: Field<'_>) -> std::io::Result<Option<File>> {
    let mut file = File::from_std(server.folder.passing().await?);
    let mut length = 0;
    while let Some(bytes) = bag.chunk().await.map_err(std::io::Error::other)? {
        length += bytes.len() as u64;
        if length > LONGEST {
            return Ok(None);
        }
        file.write_all(&bytes).await?;
    }
    file.flush().await?;
    Ok(Some(file))
}
