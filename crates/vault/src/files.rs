//! Pictures and recordings. Sealed as soon as they are captured, each with a key of its own: the
//! very bytes that will be delivered.

use form::{Answers, spoken};
use protocol::file::pieces;
use protocol::{ApplicationId, FileId, ManifestEntry};

use crate::error::{CryptoError, VaultError};
use crate::phone::{Crypto as _, Phone, Store};
use crate::pieces::{KeptFile, Unfinished, plain_size, remove};
use crate::place::{Place, Write};
use crate::records::Listing;
use crate::sealing::{FileOpening, FileSealing};
use crate::source::Source;
use crate::vault::Vault;

impl<P: Phone> Vault<P> {
    /// Keeps a file that was captured for a draft, and tells the name that is to stand in the
    /// answers. The file is there when that is told, and not before.
    ///
    /// # Errors
    /// [`VaultError::Unreadable`], [`VaultError::Full`] and others; then nothing was kept.
    pub async fn keep_file(
        &self,
        application: ApplicationId,
        media_type: &str,
        content: &(impl Source + ?Sized),
    ) -> Result<String, VaultError> {
        let id = FileId::new(self.phone().now().unix_ms.unsigned_abs(), self.crypto().random());
        let mut unfinished = Unfinished::begin(self.phone(), id);
        let kept = self.keep_pieces(&mut unfinished, id, application, media_type, content).await;
        if kept.is_err() {
            unfinished.give_up().await;
        }
        kept
    }

    async fn keep_pieces(
        &self,
        unfinished: &mut Unfinished<'_, P>,
        id: FileId,
        application: ApplicationId,
        media_type: &str,
        content: &(impl Source + ?Sized),
    ) -> Result<String, VaultError> {
        let length = content.length();
        let mut sealing = FileSealing::begin(self.crypto(), length).await?;
        let size = plain_size::<P>();
        let last = length.div_ceil(size).max(1) - 1;
        for number in 0..last {
            let plain = content.piece(number * size..(number + 1) * size).await;
            let sealed = sealing.seal(self.crypto(), &plain.ok_or(VaultError::Unreadable)?).await?;
            unfinished.put(number, &sealed).await?;
        }
        let plain = content.piece(last * size..length).await.ok_or(VaultError::Unreadable)?;
        let sealed = sealing.seal(self.crypto(), &plain).await?;
        let last = unfinished.piece(last, &sealed).await?;
        let file = sealing.finish()?;
        let entry = ManifestEntry {
            id,
            name: format!("{id}.{}", extension(media_type)),
            media_type: media_type.to_owned(),
            length,
            digest: file.digest,
            sealed_digest: file.sealed_digest,
            key: file.key,
        };
        let key = capture_key(application, &entry.name);
        unfinished.finish(last, self.sealed(Place::Captures, key, &entry).await?).await?;
        Ok(entry.name)
    }

    /// What is known of the file that the answers of a draft, or of what was sent, call `name`.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where there is none, [`VaultError::Delivered`] where it arrived and is not
    /// kept any more.
    pub async fn file(
        &self,
        application: ApplicationId,
        name: &str,
    ) -> Result<ManifestEntry, VaultError> {
        match self.record(Place::Captures, capture_key(application, name)).await {
            Err(VaultError::Gone) => {
                let sent = self.sent(application).await?;
                let named = sent.files.into_iter().find(|file| file.name == name);
                let file = named.ok_or(VaultError::Gone)?;
                let is_kept = KeptFile::from(&file).is_kept(self.phone()).await?;
                is_kept.then_some(file).ok_or(VaultError::Delivered)
            }
            other => other,
        }
    }

    /// Opens a file: `each` is given what was captured, piece by piece.
    ///
    /// # Errors
    /// [`VaultError::Gone`] where it is not here, [`VaultError::Damaged`] and others; then what was
    /// given is not all of it.
    pub async fn open_file(
        &self,
        file: &ManifestEntry,
        mut each: impl FnMut(Vec<u8>),
    ) -> Result<(), VaultError> {
        let kept = KeptFile::from(file);
        let opening = FileOpening::begin(self.crypto(), &file.key, file.length).await?;
        let (together, all) = (P::Store::TOGETHER, pieces(file.length));
        for number in 0..kept.pieces::<P>() {
            let sealed = kept.read(self.phone(), number).await?;
            let places = number * together..all.min((number + 1) * together);
            let plain = opening.open(self.crypto(), places, &sealed).await;
            each(plain.map_err(|_: CryptoError| VaultError::Damaged)?);
        }
        Ok(())
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
                writes.extend(file_called(name).map(remove));
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

/// The file whose name is `name`. It tells the file's id, so that even a file whose record is damaged
/// can be removed.
pub(crate) fn file_called(name: &str) -> Option<FileId> {
    name.split_once('.').map_or(name, |(id, _)| id).parse().ok()
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
