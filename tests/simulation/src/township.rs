//! The real township server, on a disk and a clock that are simulated, and with a process that
//! dies.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http;
use delivery::Reply;
use futures_util::{future, stream};
use http_body_util::BodyExt as _;
use protocol::keys::TownshipKeys;
use protocol::{CaseNumber, DeviceId, ServerTime, Suite};
use server::{Act, Clock, Disk, DiskFull, Eventually, Server, Settings};
use tempfile::TempDir;
use time::OffsetDateTime;
use tokio::runtime::Runtime;
use tokio::sync::Notify;
use tower::ServiceExt as _;

use crate::chance::Chance;
use crate::phone::BEGINNING_MS;
use crate::wire::Request;
use crate::{officer, operator};

/// A township: what lies on its disk, and the process, while it lives.
pub(crate) struct Township {
    folder: TempDir,
    clock: Arc<TownClock>,
    disk: Arc<TownDisk>,
    life: Option<Life>,
}

struct Life {
    runtime: Runtime,
    router: axum::Router,
    server: Arc<Server>,
}

#[derive(Default)]
struct TownClock(AtomicI64);

impl Clock for TownClock {
    fn now(&self) -> ServerTime {
        ServerTime(self.0.load(Ordering::Relaxed))
    }
}

/// Dies when so many things were done; is full at times.
struct TownDisk {
    acts_left: AtomicU64,
    is_full: AtomicBool,
    died: Notify,
}

/// It does not die.
const NEVER: u64 = u64::MAX;

impl TownDisk {
    async fn act(&self) {
        let left = self.acts_left.load(Ordering::Relaxed);
        if left == 0 {
            self.died.notify_one();
            future::pending::<()>().await;
        }
        if left != NEVER {
            self.acts_left.store(left - 1, Ordering::Relaxed);
        }
    }
}

impl Disk for TownDisk {
    fn before(&self, _: Act) -> Eventually<'_, Result<(), DiskFull>> {
        Box::pin(async {
            self.act().await;
            if self.is_full.load(Ordering::Relaxed) { Err(DiskFull) } else { Ok(()) }
        })
    }

    fn after(&self, _: Act) -> Eventually<'_, ()> {
        Box::pin(self.act())
    }
}

impl Township {
    pub(crate) fn new(chance: &Chance) -> Self {
        let folder = tempfile::tempdir_in(memory()).unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        let keys = TownshipKeys::generate(Suite::One, &mut chance.clone());
        std::fs::write(data.join("township.keys"), keys.to_bytes()).unwrap();
        let disk = TownDisk {
            acts_left: AtomicU64::new(NEVER),
            is_full: AtomicBool::default(),
            died: Notify::new(),
        };
        Self { folder, clock: Arc::default(), disk: Arc::new(disk), life: None }
    }

    /// Its folder of data.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn set_full(&self, is_full: bool) {
        self.disk.is_full.store(is_full, Ordering::Relaxed);
    }

    /// The process dies before or after the thing after `acts` things that are to be durable.
    pub(crate) fn dies_after(&self, acts: u64) {
        self.disk.acts_left.store(acts, Ordering::Relaxed);
    }

    /// The process dies now, if it lives.
    pub(crate) fn dies(&mut self) {
        self.disk.acts_left.store(NEVER, Ordering::Relaxed);
        if let Some(Life { runtime, router, server }) = self.life.take() {
            drop((router, server));
            runtime.shutdown_background();
        }
    }

    /// Answers `request`, of whose body no more than `arrived` bytes come before the connection
    /// breaks; none where the process dies of it.
    pub(crate) fn answer(
        &mut self,
        request: &Request,
        arrived: Option<usize>,
        now_ms: i64,
    ) -> Option<Reply> {
        self.clock.0.store(BEGINNING_MS + now_ms, Ordering::Relaxed);
        // It does not start on a full disk, and somebody has to find that out.
        if self.life.is_none() && !self.disk.is_full.load(Ordering::Relaxed) {
            self.life = self.start();
        }
        let life = self.life.as_ref()?;
        let request = http_request(request, arrived);
        let answering = async {
            let response = life.router.clone().oneshot(request).await.unwrap();
            let status = response.status().as_u16();
            let offset = response.headers().get("upload-offset");
            let offset = offset.and_then(|offset| offset.to_str().ok()?.parse().ok());
            let body = response.into_body().collect().await.unwrap().to_bytes().to_vec();
            Reply { status, offset, body }
        };
        let reply = life.runtime.block_on(unless_it_dies(&self.disk, answering));
        if reply.is_none() {
            self.dies();
        }
        reply
    }

    /// An officer works a case, if the process lives, and does not die of it. Tells what was done.
    pub(crate) fn officer_works(
        &mut self,
        case: CaseNumber,
        chance: &Chance,
        now_ms: i64,
    ) -> Option<Result<(), String>> {
        let now = OffsetDateTime::UNIX_EPOCH + time::Duration::milliseconds(BEGINNING_MS + now_ms);
        let work = async |server: &Server| officer::work(server, case, chance, now).await;
        self.operate(now_ms, work).map(|done| done.map_err(|error| error.to_string()))
    }

    /// An operator renews keys. The process hears of it now, or when it starts again.
    pub(crate) fn renews_keys(&mut self, chance: &Chance, now_ms: i64) {
        operator::renew_keys(&self.data(), chance);
        if chance.percent(70) {
            self.operate(now_ms, async |server| server.take_up_changes().await);
        }
    }

    /// An operator revokes a device, if the process lives, and does not die of it. Tells what came
    /// of it.
    pub(crate) fn revokes(&mut self, device: DeviceId, now_ms: i64) -> Option<Result<(), String>> {
        self.operate(now_ms, async |server| operator::revoke(server, device).await)
    }

    fn operate<T>(&mut self, now_ms: i64, work: impl AsyncFnOnce(&Server) -> T) -> Option<T> {
        self.clock.0.store(BEGINNING_MS + now_ms, Ordering::Relaxed);
        let life = self.life.as_ref()?;
        let working = work(&life.server);
        let done = life.runtime.block_on(unless_it_dies(&self.disk, working));
        if done.is_none() {
            self.dies();
        }
        done
    }

    fn start(&self) -> Option<Life> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("pack");
        let settings = Settings {
            clock: self.clock.clone(),
            disk: self.disk.clone(),
            watch_every: Duration::from_secs(24 * 3600),
            // Limits pass when officers come to work: no clock of this machine has a say.
            tick_every: Duration::from_secs(24 * 3600),
            ..Settings::new(pack, self.data())
        };
        let starting = Server::start(settings);
        let started = runtime.block_on(unless_it_dies(&self.disk, starting));
        match started {
            Some(Ok(server)) => {
                let router = Arc::clone(&server).router();
                Some(Life { runtime, router, server })
            }
            Some(Err(error)) => panic!("the township does not start: {error}"),
            // It died: somebody starts it again.
            None => {
                self.disk.acts_left.store(NEVER, Ordering::Relaxed);
                runtime.shutdown_background();
                None
            }
        }
    }
}

impl Drop for Township {
    fn drop(&mut self) {
        self.dies();
    }
}

/// What `work` gives; none where the process dies first.
async fn unless_it_dies<T>(disk: &TownDisk, work: impl Future<Output = T>) -> Option<T> {
    match future::select(pin!(work), pin!(disk.died.notified())).await {
        future::Either::Left((done, _)) => Some(done),
        future::Either::Right(((), _)) => None,
    }
}

fn http_request(request: &Request, arrived: Option<usize>) -> http::Request<Body> {
    let mut asked = http::Request::builder().method(request.method).uri(&request.path);
    for (name, value) in &request.headers {
        asked = asked.header(*name, value);
    }
    let whole = request.body.clone().unwrap_or_default();
    let body = match arrived {
        None => Body::from(whole),
        Some(arrived) => {
            let there = Bytes::from(whole[..arrived.min(whole.len())].to_vec());
            let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
            Body::from_stream(stream::iter([Ok(there), Err(broken)]))
        }
    };
    asked.body(body).unwrap()
}

/// Where writing costs least: what is written here need not outlive the machine.
fn memory() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}
