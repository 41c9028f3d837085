//! A township, and somebody who applies.

use form::Answers;
use form::answers::{Content, Entry};
use gloo::timers::future::TimeoutFuture;
use protocol::file::sealed_length;
use protocol::keys::{Keyring, Suite1, system_random};
use protocol::{ApplicationId, DeviceTime, Digest, ItemId, ManifestEntry, Township};
use xiangshitong::device::{clock, random};
use xiangshitong::vault::{self, Draft, Finish, Progress, Vault, VaultError};

pub(crate) fn township() -> Keyring<Suite1> {
    Keyring::<Suite1>::generate(&mut system_random())
}

/// The name of a vault that no other test has.
pub(crate) fn vault_name() -> String {
    format!("test {}", ApplicationId::new(0, random::bytes()))
}

pub(crate) async fn empty_vault() -> Vault {
    vault::open(&vault_name()).await.unwrap()
}

pub(crate) fn answers(values: &[(&str, &str)]) -> Answers {
    let entry = |(name, value): &(&str, &str)| Entry {
        name: (*name).to_owned(),
        content: Content::Value((*value).to_owned()),
    };
    Answers(values.iter().map(entry).collect())
}

pub(crate) fn draft() -> Draft {
    let now = clock::now();
    Draft {
        application: ApplicationId::new(now.unix_ms as u64, random::bytes()),
        item: ItemId("bxsj".into()),
        form: Digest::of(b"a form"),
        answers: answers(&[("where", "村口路灯")]),
        title: "报修·随手拍".into(),
        progress: Progress { done: 1, of: 4 },
        place: "1.2".into(),
        begun_at: now,
        updated_at: DeviceTime { unix_ms: now.unix_ms + 5, ..now },
        declined: None,
        informed: None,
        corrects: None,
    }
}

/// All sealed bytes of a file.
pub(crate) async fn sealed(vault: &Vault, file: &ManifestEntry) -> Result<Vec<u8>, VaultError> {
    vault.device().sealed_bytes(file, 0..sealed_length(file.length)).await
}

/// All of a file, opened.
pub(crate) async fn opened(
    vault: &Vault,
    application: ApplicationId,
    name: &str,
) -> Result<Vec<u8>, VaultError> {
    let file = vault.file(application, name).await?;
    let mut bytes = Vec::new();
    vault.open_file(&file, |piece| bytes.extend(piece)).await?;
    Ok(bytes)
}

pub(crate) fn finish(draft: &Draft, answers: Answers, keys: &Keyring<Suite1>) -> Finish {
    Finish {
        township: Township("529999001000".into()),
        sealing_key: keys.sealing_key(),
        application: draft.application,
        item: draft.item.clone(),
        form: draft.form,
        answers,
        title: draft.title.clone(),
        begun_at: draft.begun_at,
        finished_at: draft.updated_at,
        informed: None,
        corrects: None,
    }
}

/// Waits for `condition`, for half a minute at most.
pub(crate) async fn until(condition: impl AsyncFn() -> bool) {
    for _ in 0..3000 {
        if condition().await {
            return;
        }
        TimeoutFuture::new(10).await;
    }
    panic!("it never came to be");
}

/// Whether the township has proven everything.
pub(crate) async fn is_delivered(vault: &Vault) -> bool {
    vault.device().deliveries().await.unwrap().records.iter().all(|each| each.is_delivered())
}
