//! The folder that holds the sealed bytes.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use protocol::{Digest, FileId, Suite};
use tokio::time::{Instant, sleep};

use crate::disk::{Act, Disk};

/// How long to wait for whoever writes a file: a step of theirs takes far less on any disk that works.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often to look whether they are done.
const LOOK_EVERY: Duration = Duration::from_millis(5);

/// A folder of sealed files, spread over 256 folders by the last byte of their ids.
#[derive(Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    disk: Arc<dyn Disk>,
}

/// The bytes of one file, which nobody else writes meanwhile.
pub(crate) struct Held {
    file: Arc<File>,
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

    /// Waits until nobody writes a file, and keeps all others from it until what comes out is
    /// dropped. The lock is the operating system's: it holds between processes, and one that is
    /// killed leaves none behind.
    pub(crate) async fn hold(&self, id: FileId) -> io::Result<Held> {
        let file = self.named(id).await?;
        let until = Instant::now() + PATIENCE;
        // Not `File::lock`: threads that wait for the one who writes would be those that it needs.
        while let Err(error) = file.try_lock() {
            match error {
                TryLockError::WouldBlock if Instant::now() < until => sleep(LOOK_EVERY).await,
                other => return Err(other.into()),
            }
        }
        Ok(Held { file: Arc::new(file), disk: Arc::clone(&self.disk) })
    }

    /// The file of this name, made where it is missing.
    async fn named(&self, id: FileId) -> io::Result<File> {
        let path = self.path(id);
        blocking(move || {
            let is_new = !path.exists();
            if let Some(above) = path.parent().filter(|_| is_new) {
                fs::create_dir_all(above)?;
            }
            let file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(&path)?;
            if let Some(above) = path.parent().filter(|_| is_new) {
                // The name of a new file is durable only when its folder is.
                File::open(above)?.sync_all()?;
            }
            Ok(file)
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

impl Held {
    /// Puts bytes at `offset`, durable when this returns.
    pub(crate) async fn write(&self, offset: u64, bytes: Vec<u8>) -> io::Result<()> {
        let full = |_| io::Error::from(io::ErrorKind::StorageFull);
        self.disk.before(Act::File).await.map_err(full)?;
        let file = Arc::clone(&self.file);
        blocking(move || {
            let mut file = &*file;
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(&bytes)?;
            file.sync_data()
        })
        .await?;
        self.disk.after(Act::File).await;
        Ok(())
    }

    /// The digest by `suite` of the first `length` bytes of the file, which is cut there.
    pub(crate) async fn digest(&self, length: u64, suite: Suite) -> io::Result<Digest> {
        let file = Arc::clone(&self.file);
        blocking(move || {
            // Bytes beyond the end are of a piece that was never acknowledged.
            if file.metadata()?.len() > length {
                file.set_len(length)?;
            }
            let mut file = &*file;
            file.seek(SeekFrom::Start(0))?;
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

    /// Throws the bytes away. The name stays: whoever waits for the file waits for this very one.
    pub(crate) async fn clear(&self) -> io::Result<()> {
        let file = Arc::clone(&self.file);
        blocking(move || file.set_len(0)).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
