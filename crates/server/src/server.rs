//! The township server as a whole: what it holds, how it starts and how it ends.

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use protocol::Township;
use tokio::net::TcpListener;

use crate::audit::OPERATOR;
use crate::cases::{self, Workflows};
use crate::checkers::Checkers;
use crate::clock::{Clock, SystemClock};
use crate::console::accounts::{self, Setter};
use crate::console::provider::{Provider, ProviderSettings};
use crate::disk::{Disk, SystemDisk};
use crate::documents::Documents;
use crate::files::{self, Folder};
use crate::keys::{self, KeyError, Keys};
use crate::outgoing::{self, Gateways, NotGateways, Sender};
use crate::packs::{self, PackError, Packs};
use crate::phone_app::PhoneApp;
use crate::storage::{self, Database, OnDisk, Postgres, Sqlite, StorageError};
use crate::{audit, intake, query, web};

/// How long the bytes of an unfinished file are kept where nothing else is said: half a year. A
/// village may be cut off for a winter, and a phone be taken to the city and back.
pub const KEEP_UNFINISHED: Duration = Duration::from_secs(180 * 24 * 3600);
/// Where Debian keeps fonts.
pub const FONTS: &str = "/usr/share/fonts";
/// The database in the data folder.
pub(crate) const DATABASE: &str = "township.db";

/// How a server is set up.
pub struct Settings {
    /// The folder of the township's pack.
    pub pack: PathBuf,
    /// The folder for everything that is kept: keys, database, files.
    pub data: PathBuf,
    /// The folder of the built phone app; the embedded one, or none, where this is missing.
    pub app: Option<PathBuf>,
    /// The address that browsers see, where a proxy stands before the server.
    pub origin: Option<String>,
    /// The folder of the fonts that documents are drawn with.
    pub fonts: PathBuf,
    /// By whom officers can sign in beside the township's own passwords; none where by nobody. Needs
    /// [`origin`](Self::origin), where the provider sends them back to.
    pub provider: Option<ProviderSettings>,
    /// The address of a PostgreSQL database, as in `postgres://xst@localhost/xst`; where none is
    /// given, SQLite in the data folder.
    pub database: Option<String>,
    /// How large the database in the data folder may grow, in bytes.
    pub most_database_bytes: Option<u64>,
    /// How often to look whether the pack's folder changed.
    pub watch_every: Duration,
    /// How long the bytes of a file that is not whole are kept after the last of them came.
    pub keep_unfinished: Duration,
    /// How often to look for those that were kept so long.
    pub sweep_every: Duration,
    /// How often to look whether a limit of a case has passed.
    pub tick_every: Duration,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The disk under the database and the files.
    pub disk: Arc<dyn Disk>,
    /// The file that says where things leave to; where none is named, `gateways.toml` in the data
    /// folder, if there is one.
    pub gateways: Option<PathBuf>,
    /// What carries them; HTTP, where nothing else is given.
    pub sender: Option<Arc<dyn Sender>>,
    /// Whether messages are shown instead of sent where no gateway is named.
    pub is_demonstration: bool,
}

impl Settings {
    /// The usual settings.
    pub fn new(pack: impl Into<PathBuf>, data: impl Into<PathBuf>) -> Self {
        Self {
            pack: pack.into(),
            data: data.into(),
            app: None,
            origin: None,
            fonts: FONTS.into(),
            provider: None,
            database: None,
            most_database_bytes: None,
            watch_every: Duration::from_secs(2),
            keep_unfinished: KEEP_UNFINISHED,
            sweep_every: Duration::from_secs(3600),
            tick_every: Duration::from_secs(5),
            clock: Arc::new(SystemClock),
            disk: Arc::new(SystemDisk),
            gateways: None,
            sender: None,
            is_demonstration: false,
        }
    }
}

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder cannot be made or written.
    #[error("the data folder {folder} cannot be used: {cause}")]
    Data {
        /// Which.
        folder: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The township's keys are not to be had.
    #[error("the township's keys: {0}")]
    Keys(#[from] KeyError),
    /// The database does not open.
    #[error("the database: {0}")]
    Storage(#[from] StorageError),
    /// Where things leave to is not said as it should be.
    #[error(transparent)]
    Gateways(#[from] NotGateways),
    /// Whom the provider lets in cannot be sent back.
    #[error(
        "signing in by a provider needs the address that browsers see (--origin), and TLS: {0}"
    )]
    Provider(String),
    /// There is no pack to serve.
    #[error(transparent)]
    Pack(#[from] PackError),
}

/// A township server. Everything that must last is in its database and folder.
pub struct Server {
    pub(crate) township: Township,
    pub(crate) keys: Keys,
    pub(crate) storage: Box<dyn Database>,
    pub(crate) folder: Folder,
    pub(crate) packs: Packs,
    pub(crate) checkers: Checkers,
    pub(crate) workflows: Workflows,
    pub(crate) writer: intake::Writer,
    pub(crate) documents: Documents,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) gateways: Gateways,
    pub(crate) sender: Arc<dyn Sender>,
    pub(crate) phone_app: PhoneApp,
    /// Whether browsers come by HTTPS.
    pub(crate) is_https: bool,
    /// Who is wrong about the query codes of cases.
    pub(crate) guesses: tokio::sync::Mutex<query::Guesses>,
    /// By whom officers sign in beside their passwords.
    pub(crate) provider: Option<Provider>,
    /// Attempts to sign in wait for each other.
    pub(crate) sign_in_turn: tokio::sync::Mutex<accounts::Strangers>,
    pub(crate) keep_unfinished: Duration,
    watch_every: Duration,
}

impl Server {
    /// Opens the data folder, or makes it, and takes the pack into force.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn start(settings: Settings) -> Result<Arc<Self>, StartError> {
        let Settings {
            pack,
            data,
            app,
            origin,
            fonts,
            provider,
            database,
            most_database_bytes,
            watch_every,
            keep_unfinished,
            sweep_every,
            tick_every,
            clock,
            disk,
            gateways,
            sender,
            is_demonstration,
        } = settings;
        let unusable = |cause| StartError::Data { folder: data.clone(), cause };
        let provider = provider.map(|settings| Provider::new(settings, origin.as_deref()));
        let provider = provider.transpose().map_err(StartError::Provider)?;
        fs::create_dir_all(&data).map_err(unusable)?;
        let folder = Folder::open(&data.join("files"), Arc::clone(&disk)).map_err(unusable)?;
        let gateways = Gateways::open(gateways.as_deref(), &data, is_demonstration)?;
        let sender = sender.map_or_else(|| gateways.sender(), Ok)?;
        let first = packs::read(&pack).await?;
        let (database, is_new): (Box<dyn Database>, bool) = match database {
            None => {
                let is_new = keys::is_new(&data);
                let database = Sqlite::open(&data.join(DATABASE), most_database_bytes).await?;
                (Box::new(database), is_new)
            }
            Some(url) => {
                let database = Postgres::open(&url).await?;
                let is_new = !storage::packs::is_any_issued(&database, &first.township.id).await?;
                (Box::new(database), is_new)
            }
        };
        let keys = Keys::open(data.clone(), is_new)?;
        let storage: Box<dyn Database> = Box::new(OnDisk { database, disk });
        let seen = packs::marks(pack.clone(), keys.file()).await;
        // What was rotated a moment ago, before anybody watched.
        keys.reload()?;
        let first = packs::issue(first, &keys.in_force(), &*storage, clock.now()).await?;
        let township = first.pack.township.id.clone();
        let (writer, jobs) = intake::way();
        let server = Arc::new(Self {
            township,
            keys,
            storage,
            folder,
            packs: Packs::new(pack, first),
            checkers: Checkers::start().map_err(unusable)?,
            workflows: Workflows::default(),
            writer,
            clock,
            gateways,
            sender,
            phone_app: PhoneApp::new(app),
            guesses: tokio::sync::Mutex::default(),
            is_https: origin.as_ref().is_some_and(|origin| origin.starts_with("https:")),
            documents: Documents::new(fonts, origin),
            provider,
            sign_in_turn: tokio::sync::Mutex::default(),
            keep_unfinished,
            watch_every,
        });
        tokio::spawn(intake::write(Arc::clone(&server), jobs));
        tokio::spawn(packs::watch(Arc::clone(&server), seen, server.watch_every));
        tokio::spawn(files::sweep(Arc::clone(&server), sweep_every));
        tokio::spawn(cases::work_due(Arc::clone(&server), tick_every));
        tokio::spawn(outgoing::send_due(Arc::clone(&server), tick_every));
        Ok(server)
    }

    /// What it answers, without a listener.
    pub fn router(self: Arc<Self>) -> axum::Router {
        web::router(self)
    }

    /// Serves until `end`, then lets requests that are under way finish.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(
        self: Arc<Self>,
        listener: TcpListener,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        axum::serve(listener, self.router()).with_graceful_shutdown(end).await
    }

    /// Gives every officer who has no password yet one for a demonstration, and tells all that
    /// were so given.
    ///
    /// # Errors
    /// When they cannot be kept.
    pub async fn demonstration_accounts(
        &self,
    ) -> Result<Vec<accounts::Demonstration>, accounts::NotSet> {
        accounts::demonstrate(self).await
    }

    /// Verifies the chain of the audit.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn verify_audit(&self) -> Result<audit::Chain, StorageError> {
        let mut db = self.storage.read().await?;
        audit::verify(&mut *db, &self.township).await
    }

    /// Takes the second factor from an account whose holder lost it: an operator saw them.
    ///
    /// # Errors
    /// When there is no such officer, or it cannot be kept.
    pub async fn remove_second_factor(&self, account: &str) -> Result<(), accounts::NotSet> {
        accounts::remove_second(self, account).await
    }

    /// Writes the whole audit, an entry a line, for [`Exported::read`](audit::Exported::read) and for
    /// people. Tells how many entries that were.
    ///
    /// # Errors
    /// When it cannot be read, or not be written.
    pub async fn export_audit(&self, out: &mut impl std::io::Write) -> Result<u64, StorageError> {
        let pack = self.packs.in_force();
        let mut db = self.storage.read().await?;
        audit::export(&mut *db, &self.township, &pack.pack, out).await
    }

    /// Sets the password of an officer who typed it themselves, and ends what was signed in with the one
    /// before.
    ///
    /// # Errors
    /// When there is no such officer, or it cannot be kept.
    pub async fn set_password(
        &self,
        account: &str,
        password: &str,
    ) -> Result<(), accounts::NotSet> {
        accounts::set_password(self, account, password, Setter::Holder(OPERATOR)).await
    }

    /// The same with a password that somebody else knows: its holder has to change it, within three days,
    /// before they see anything.
    ///
    /// # Errors
    /// When there is no such officer, or it cannot be kept.
    pub async fn give_password(
        &self,
        account: &str,
        password: &str,
    ) -> Result<(), accounts::NotSet> {
        accounts::set_password(self, account, password, Setter::Other(OPERATOR)).await
    }
}
