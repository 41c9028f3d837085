//! A township of its own for each test: a copy of the demonstration pack, an empty data folder,
//! a port that nobody else has.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use protocol::keys::Suite2;
use protocol::{ServerTime, Suite};
use server::{Clock, ProviderSettings, Server, Settings};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _};
use tempfile::TempDir;
use time::macros::datetime;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::officer::Officer;
use crate::phone::{Phone, unique};

/// The right password.
pub(crate) const PASSWORD: &str = "Right-password-1";

/// A township server that runs.
pub(crate) struct TestTownship {
    pub(crate) address: String,
    pub(crate) folder: TempDir,
    pub(crate) clock: Arc<Hand>,
    running: Option<Running>,
    pub(crate) server: Option<Arc<Server>>,
    most_database_bytes: Option<u64>,
    /// By whom officers sign in beside their passwords.
    provider: Option<ProviderSettings>,
    /// A schema of PostgreSQL, where `XST_TEST_DATABASE` says where there is one.
    schema: Option<Schema>,
}

/// A schema of its own in a PostgreSQL.
struct Schema {
    database: String,
    name: String,
}

impl Schema {
    async fn make() -> Option<Self> {
        let database = std::env::var("XST_TEST_DATABASE").ok()?;
        let hex = unique().map(|byte| format!("{byte:02x}")).concat();
        let name = format!("township_{hex}");
        let schema = Self { database, name };
        schema.begin().await;
        Some(schema)
    }

    /// Makes it, empty, whatever was in it.
    async fn begin(&self) {
        let mut db = PgConnection::connect(&self.database).await.unwrap();
        let name = &self.name;
        let sql = format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}");
        db.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    fn url(&self) -> String {
        format!("{}?options[search_path]={}", self.database, self.name)
    }
}

/// Ends a server, and ends with it.
type Running = (oneshot::Sender<()>, JoinHandle<()>);

/// A server beside the one of the township.
pub(crate) struct AnotherServer {
    pub(crate) address: String,
    _running: Running,
}

/// A server beside the one of the township, that only does what time does.
pub(crate) struct SilentServer {
    runtime: Option<tokio::runtime::Runtime>,
    starting: JoinHandle<()>,
}

impl SilentServer {
    /// Waits until it has started.
    pub(crate) async fn started(&mut self) {
        (&mut self.starting).await.unwrap();
    }
}

impl Drop for SilentServer {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// A clock that is set by hand.
pub(crate) struct Hand(AtomicI64);

impl Hand {
    pub(crate) fn forward(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::Relaxed);
    }
}

impl Clock for Hand {
    fn now(&self) -> ServerTime {
        ServerTime(self.0.load(Ordering::Relaxed))
    }
}

impl TestTownship {
    /// A township on a Monday morning.
    pub(crate) async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same with keys in these suites; in none, it makes itself some.
    pub(crate) async fn start_with(suites: &[Suite]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../township");
        copy(&own, &folder.path().join("pack"));
        fs::create_dir(folder.path().join("app")).unwrap();
        for suite in suites {
            server::add_suite(&folder.path().join("data"), *suite).unwrap();
        }
        let monday = datetime!(2026-11-23 10:00 +8);
        let clock = Hand(AtomicI64::new((monday.unix_timestamp_nanos() / 1_000_000) as i64));
        let mut township = Self {
            address: String::new(),
            folder,
            clock: Arc::new(clock),
            running: None,
            server: None,
            most_database_bytes: None,
            provider: None,
            schema: Schema::make().await,
        };
        township.run().await;
        township
    }

    /// Ends the server and starts it on the same data, with a provider to sign in by.
    pub(crate) async fn restart_with_provider(&mut self, provider: ProviderSettings) {
        self.provider = Some(provider);
        self.stop().await;
        self.run().await;
    }

    /// Where the pack is, to be changed.
    pub(crate) fn pack(&self) -> PathBuf {
        self.folder.path().join("pack")
    }

    /// Where the app is.
    pub(crate) fn app(&self) -> PathBuf {
        self.folder.path().join("app")
    }

    /// Where a file's bytes are.
    pub(crate) fn file(&self, id: protocol::FileId) -> PathBuf {
        let last = format!("{:02x}", id.as_bytes()[15]);
        self.folder.path().join("data/files").join(last).join(id.to_string())
    }

    /// Where a file is sent to.
    pub(crate) fn upload_url(&self, id: protocol::FileId) -> String {
        format!("{}/api/files/{id}", self.address)
    }

    /// Ends the server and starts it on the same data, with a limit to the database's growth.
    pub(crate) async fn restart_with_limit(&mut self, most_bytes: Option<u64>) {
        self.most_database_bytes = most_bytes;
        self.stop().await;
        self.run().await;
    }

    /// Ends the server.
    pub(crate) async fn stop(&mut self) {
        if let Some((end, ended)) = self.running.take() {
            end.send(()).unwrap();
            ended.await.unwrap();
        }
    }

    async fn run(&mut self) {
        let (server, running, address) = self.start_server().await;
        (self.server, self.running, self.address) = (Some(server), Some(running), address);
    }

    /// How its servers are set up.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            app: Some(self.app()),
            clock: self.clock.clone(),
            watch_every: Duration::from_millis(20),
            sweep_every: Duration::from_millis(20),
            tick_every: Duration::from_millis(20),
            database: self.schema.as_ref().map(Schema::url),
            most_database_bytes: self.most_database_bytes,
            origin: self.provider.as_ref().map(|_| "http://township.test".to_owned()),
            provider: self.provider.clone(),
            ..Settings::new(self.pack(), self.folder.path().join("data"))
        }
    }

    /// Whether its database is elsewhere: nobody here fills its disk.
    pub(crate) fn is_on_postgres(&self) -> bool {
        self.schema.is_some()
    }

    /// Somebody loses the database, and puts an empty one in its place.
    pub(crate) async fn lose_database(&self) {
        match &self.schema {
            Some(schema) => schema.begin().await,
            None => {
                for file in ["township.db", "township.db-wal", "township.db-shm"] {
                    let _ = fs::remove_file(self.folder.path().join("data").join(file));
                }
            }
        }
    }

    /// Somebody damages what is kept of a case.
    pub(crate) async fn damage(&self, case: &protocol::CaseNumber) {
        let sql = "UPDATE event SET body = substr(body, 2) WHERE case_number";
        self.alter(&format!("{sql} = '{}'", case.0)).await;
    }

    /// Somebody writes into its database.
    pub(crate) async fn alter(&self, sql: &str) {
        let sql = sql.to_owned();
        match &self.schema {
            Some(schema) => {
                let mut db = PgConnection::connect(&schema.url()).await.unwrap();
                db.execute(AssertSqlSafe(sql)).await.unwrap();
            }
            None => {
                let file = self.folder.path().join("data/township.db");
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut db = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
                db.execute(AssertSqlSafe(sql)).await.unwrap();
            }
        }
    }

    /// Another server over the same data, which serves as long as it is kept.
    pub(crate) async fn another_server(&self) -> AnotherServer {
        let (_, running, address) = self.start_server().await;
        AnotherServer { address, _running: running }
    }

    async fn start_server(&self) -> (Arc<Server>, Running, String) {
        let server = Server::start(self.settings()).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (end, ended) = oneshot::channel();
        let serves = Arc::clone(&server);
        let serving = tokio::spawn(async move {
            serves.serve(listener, async { drop(ended.await) }).await.unwrap();
        });
        (server, (end, serving), address)
    }

    /// Another server over the same data, which nobody asks anything; it ends as if it were killed, in
    /// the middle of whatever it is doing, when what this gives is dropped.
    pub(crate) fn silent_server(&self) -> SilentServer {
        let settings = self.settings();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let starting = runtime.spawn(async { Server::start(settings).await.map(drop).unwrap() });
        SilentServer { runtime: Some(runtime), starting }
    }

    /// A new phone.
    pub(crate) async fn phone(&self) -> Phone {
        Phone::new(&self.address).await
    }

    /// A new phone of the second suite.
    pub(crate) async fn phone_of_suite_2(&self) -> Phone<Suite2> {
        Phone::of_suite(&self.address).await
    }

    /// Gives an account [`PASSWORD`].
    pub(crate) async fn set_password(&self, account: &str) {
        self.server.as_ref().unwrap().set_password(account, PASSWORD).await.unwrap();
    }

    /// An officer who is signed in.
    pub(crate) async fn officer(&self, account: &str) -> Officer {
        self.set_password(account).await;
        let mut officer = Officer::new(&self.address);
        let page = officer.sign_in(account, PASSWORD).await;
        assert_eq!(page.status, 200, "{}", page.html);
        officer
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}
