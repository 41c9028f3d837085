//! Pictures and recordings. Sealed as soon as they are captured, each with a key of its own: the
//! very bytes that will be delivered.

use form::{Answers, spoken};
use protocol::{ApplicationId, Digest, FileId, ManifestEntry};

use crate::error::VaultError;
use crate::phone::{Crypto as _, Phone, Store as _};
use crate::place::{Place, Write};
use crate::records::Listing;
use crate::sealing::{open_file, seal_file};
use crate::vault::Vault;

/// A file, opened.
#[derive(Clone, Debug)]
pub struct OpenFile {
    /// Such as `image/jpeg`.
    pub media_type: String,
    /// SHA-256 of what was captured.
    pub digest: Digest,
    /// What was captured.
    pub bytes: Vec<u8>,
}

impl<P: Phone> Vault<P> {
    /// Keeps a file that was captured for a draft, and tells the name that is to stand in the
    /// answers.
    ///
    /// # Errors
    /// [`VaultError::Full`] and others; then nothing was kept.
    pub async fn keep_file(
        &self,
        application: ApplicationId,
        media_type: &str,
        bytes: &[u8],
    ) -> Result<String, VaultError> {
        let id = FileId::new(self.phone().now().unix_ms.unsigned_abs(), self.crypto().random());
        let sealed = seal_file(self.crypto(), bytes).await?;
        let entry = ManifestEntry {
            id,
            name: format!("{id}.{}", extension(media_type)),
            media_type: media_type.to_owned(),
            length: sealed.length,
            digest: sealed.digest,
            sealed_digest: sealed.sealed_digest,
            key: sealed.key,
        };
        let key = capture_key(application, &entry.name);
        let writes = [
            self.sealed(Place::Captures, key, &entry).await?,
            Write::put(Place::Files, id, sealed.bytes),
        ];
        self.store().write(&writes).await?;
        Ok(entry.name)
    }

    /// The file that the answers of a draft, or of what was sent, call `name`.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where there is none, or it was delivered and is not kept any more.
    pub async fn file(
        &self,
        application: ApplicationId,
        name: &str,
    ) -> Result<OpenFile, VaultError> {
        let capture = self.record(Place::Captures, capture_key(application, name)).await;
        let entry: ManifestEntry = match capture {
            Err(VaultError::Gone) => {
                let sent = self.sent(application).await?;
                sent.files.into_iter().find(|file| file.name == name).ok_or(VaultError::Gone)?
            }
            other => other?,
        };
        let sealed = self.store().get(Place::Files, &entry.id.to_string()).await?;
        let sealed = sealed.ok_or(VaultError::Gone)?;
        let bytes = open_file(self.crypto(), &entry.key, entry.length, &sealed).await;
        let bytes = bytes.map_err(|_| VaultError::Damaged)?;
        Ok(OpenFile { media_type: entry.media_type, digest: entry.digest, bytes })
    }

    /// Removes a file of a draft, for good, unless `answers` name it again. One that the draft had
    /// when it was on an older form stays as long as the person can go back to that, and one that
    /// the draft still names as it is kept.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn remove_file(
        &self,
        application: ApplicationId,
        name: &str,
        answers: &Answers,
    ) -> Result<(), VaultError> {
        let before = self.draft_before(application).await?;
        // What is kept now may lag behind what was answered.
        let kept = self.draft(application).await.ok();
        let drafts = [before, kept].into_iter().flatten();
        if is_named(answers, name) || drafts.into_iter().any(|own| is_named(&own.answers, name)) {
            return Ok(());
        }
        let writes = self.forget_captures(application, |captured| captured == name).await?;
        self.store().write(&writes).await
    }

    /// The changes that remove the captured files with such names.
    pub(crate) async fn forget_captures(
        &self,
        application: ApplicationId,
        which: impl Fn(&str) -> bool,
    ) -> Result<Vec<Write>, VaultError> {
        let keys = self.keys(Place::Captures, &capture_key(application, "")).await?;
        let mut writes = Vec::new();
        for key in keys {
            let name = key.split_once('/').map_or("", |(_, name)| name);
            if which(name) {
                // The name begins with the file's id, so that even a file whose record is damaged
                // can be removed.
                let id = name.split_once('.').map_or(name, |(id, _)| id);
                writes.push(Write::delete(Place::Files, id));
                writes.push(self.deleted(Place::Captures, key));
            }
        }
        Ok(writes)
    }

    /// What a manifest tells of the files that `answers` name.
    pub(crate) async fn manifest(
        &self,
        application: ApplicationId,
        answers: &Answers,
    ) -> Result<Vec<ManifestEntry>, VaultError> {
        let prefix = capture_key(application, "");
        let captures: Listing<ManifestEntry> = self.records(Place::Captures, &prefix).await?;
        let is_named = |name: &str| is_named(answers, name);
        let damaged = captures.damaged.iter().filter_map(|key| key.split_once('/'));
        if damaged.clone().any(|(_, name)| is_named(name)) {
            return Err(VaultError::FileMissing);
        }
        Ok(captures.records.into_iter().filter(|file| is_named(&file.name)).collect())
    }
}

/// Whether a value of `answers` holds this file's name; a value may hold several.
pub(crate) fn is_named(answers: &Answers, name: &str) -> bool {
    answers.values().iter().any(|(_, value)| {
        let is_own = |word: &str| word == name;
        value.split_ascii_whitespace().any(is_own) || spoken::file_in(value).is_some_and(is_own)
    })
}

fn capture_key(application: ApplicationId, name: &str) -> String {
    format!("{application}/{name}")
}

fn extension(media_type: &str) -> &'static str {
    // The codec may stand behind a semicolon.
    match media_type.split(';').next().unwrap_or_default().trim() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "audio/webm" => "weba",
        "audio/ogg" => "oga",
        "audio/mp4" => "m4a",
        "audio/mpeg" => "mp3",
        "audio/wav" => "wav",
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        "video/quicktime" => "mov",
        "video/3gpp" => "3gp",
        "application/pdf" => "pdf",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        "text/plain" => "txt",
        _ => "bin",
    }
}
