//! The folder that holds the sealed bytes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use protocol::{Digest, FileId, Suite};

use crate::disk::{Act, Disk};

/// A folder of sealed files, spread over 256 folders by the last byte of their ids.
#[derive(Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    disk: Arc<dyn Disk>,
}

impl Folder {
    /// The folder at `path`, made where it is missing.
    pub(crate) fn open(path: &Path, disk: Arc<dyn Disk>) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self { path: path.to_owned(), disk })
    }

    /// A file for something that is looked at before it is taken in. It has no name, and is gone
    /// when it is closed, or the process is killed.
    pub(crate) async fn passing(&self) -> io::Result<File> {
        let folder = self.path.clone();
        blocking(move || tempfile::tempfile_in(folder)).await
    }

    /// Puts bytes at `offset`, durable when this returns.
    pub(crate) async fn write(&self, id: FileId, offset: u64, bytes: Vec<u8>) -> io::Result<()> {
        let full = |_| io::Error::from(io::ErrorKind::StorageFull);
        self.disk.before(Act::File).await.map_err(full)?;
        let path = self.path(id);
        blocking(move || {
            let is_new = !path.exists();
            if let Some(above) = path.parent().filter(|_| is_new) {
                fs::create_dir_all(above)?;
            }
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(&bytes)?;
            file.sync_data()?;
            match path.parent().filter(|_| is_new) {
                // The name of a new file is durable only when its folder is.
                Some(above) => File::open(above)?.sync_all(),
                None => Ok(()),
            }
        })
        .await?;
        self.disk.after(Act::File).await;
        Ok(())
    }

    /// The digest by `suite` of the first `length` bytes of a file, which is cut there.
    pub(crate) async fn digest(&self, id: FileId, length: u64, suite: Suite) -> io::Result<Digest> {
        let path = self.path(id);
        blocking(move || {
            let file = OpenOptions::new().read(true).write(true).open(path)?;
            // Bytes beyond the end are of a piece that was never acknowledged.
            if file.metadata()?.len() > length {
                file.set_len(length)?;
            }
            let mut hash = suite.hasher();
            let mut file = file.take(length);
            let mut buffer = vec![0; 1 << 16];
            loop {
                match file.read(&mut buffer)? {
                    0 => return Ok(hash.finish()),
                    read => hash.update(&buffer[..read]),
                }
            }
        })
        .await
    }

    /// `length` bytes from `offset`.
    pub(crate) async fn read(&self, id: FileId, offset: u64, length: u64) -> io::Result<Vec<u8>> {
        let path = self.path(id);
        blocking(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(offset))?;
            let mut bytes = vec![0; length as usize];
            file.read_exact(&mut bytes)?;
            Ok(bytes)
        })
        .await
    }

    /// Where a file is.
    pub(crate) fn path(&self, id: FileId) -> PathBuf {
        let last = id.as_bytes()[15];
        self.path.join(format!("{last:02x}")).join(id.to_string())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
