//! Noticing that the pack's folder changed.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::server::Server;

/// Reads the pack again whenever its folder changed, or the process is told to by SIGHUP. Looks
/// at names, sizes and times, which works on network folders too.
///
/// `seen`: the folder before the pack in force was read from it.
pub(crate) async fn watch(server: Arc<Server>, mut seen: Marks, every: Duration) {
    let mut hang_up = HangUp::listen();
    loop {
        let told = tokio::select! {
            () = tokio::time::sleep(every) => false,
            () = hang_up.told() => true,
        };
        let now = marks(server.packs.folder.clone()).await;
        if told || now != seen {
            seen = now;
            reload(&server).await;
        }
    }
}

async fn reload(server: &Server) {
    let now = server.clock.now();
    match server.packs.reload(&*server.storage, &server.keys, now).await {
        Ok(()) => {
            let version = server.packs.in_force().pack.digest;
            tracing::info!(%version, "a new pack is in force");
        }
        Err(error) => tracing::error!("the pack in force stays: {error}"),
    }
}

/// What a folder looks like from outside.
pub(crate) type Marks = Vec<(String, u64, Option<SystemTime>)>;

/// Looks at a folder from outside.
pub(crate) async fn marks(folder: std::path::PathBuf) -> Marks {
    let marks = tokio::task::spawn_blocking(move || {
        let mut marks = Vec::new();
        collect(&folder, &mut marks);
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
            let path = entry.path().to_string_lossy().into_owned();
            marks.push((path, about.len(), about.modified().ok()));
        }
    }
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
