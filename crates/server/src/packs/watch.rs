//! Noticing that the pack's folder changed, or the key file.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::PackError;
use crate::server::Server;

/// Reads the pack and the keys again whenever something of them changed, or the process is told to
/// by SIGHUP. Looks at names, sizes and times, which works on network folders too.
///
/// `seen`: how it looked before the pack and the keys in force were read.
pub(crate) async fn watch(server: Arc<Server>, mut seen: Marks, every: Duration) {
    let mut hang_up = HangUp::listen();
    loop {
        let told = tokio::select! {
            () = tokio::time::sleep(every) => false,
            () = hang_up.told() => true,
        };
        let now = marks(server.packs.folder.clone(), server.keys.file()).await;
        if (told || now != seen) && server.take_up_changes().await {
            seen = now;
        }
    }
}

impl Server {
    /// Reads the keys and the pack again, as it does by itself when they changed. What has a fault
    /// stays as it was, which the log says. Whether that is done with until something changes again:
    /// not where the database was at fault.
    pub async fn take_up_changes(&self) -> bool {
        // First: what a phone seals to the key in a pack must open.
        if let Err(error) = self.keys.reload() {
            tracing::error!("the keys in force stay: {error}");
        }
        let (now, before) = (self.clock.now(), self.packs.in_force().version);
        let reloaded = self.packs.reload(&*self.storage, &self.keys.in_force(), now).await;
        let version = self.packs.in_force().version;
        if version != before {
            tracing::info!(%version, "a new pack is in force");
        }
        match reloaded {
            Ok(()) => true,
            Err(error) => {
                tracing::error!("the pack in force stays: {error}");
                !matches!(error, PackError::Storage(_))
            }
        }
    }
}

/// What files look like from outside.
pub(crate) type Marks = Vec<(String, u64, Option<SystemTime>)>;

/// Looks at the pack's folder and the key file from outside.
pub(crate) async fn marks(folder: PathBuf, keys: PathBuf) -> Marks {
    let marks = tokio::task::spawn_blocking(move || {
        let mut marks = Vec::new();
        collect(&folder, &mut marks);
        if let Ok(about) = keys.metadata() {
            marks.push(mark(&keys, &about));
        }
        marks.sort();
        marks
    });
    marks.await.unwrap_or_default()
}

fn collect(folder: &Path, marks: &mut Marks) {
    // A folder that cannot be read now is looked at again next time.
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let Ok(about) = entry.metadata() else { continue };
        if about.is_dir() {
            collect(&entry.path(), marks);
        } else {
            marks.push(mark(&entry.path(), &about));
        }
    }
}

fn mark(path: &Path, about: &Metadata) -> (String, u64, Option<SystemTime>) {
    (path.to_string_lossy().into_owned(), about.len(), about.modified().ok())
}

#[cfg(unix)]
struct HangUp(Option<tokio::signal::unix::Signal>);

#[cfg(unix)]
impl HangUp {
    fn listen() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self(signal(SignalKind::hangup()).ok())
    }

    async fn told(&mut self) {
        match &mut self.0 {
            Some(signal) => drop(signal.recv().await),
            None => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
struct HangUp;

#[cfg(not(unix))]
impl HangUp {
    fn listen() -> Self {
        Self
    }

    async fn told(&mut self) {
        std::future::pending().await
    }
}
