//! A township with its network, and the people who come to it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::TempDir;

use crate::browser::{Engine, given};
use crate::network::Network;
use crate::officer::Officer;
use crate::pack::Pack;
use crate::person::Person;
use crate::township::Township;

/// A township, its network, and a folder for everything that is kept.
pub struct Scene {
    /// The engine of all browsers here.
    pub engine: Engine,
    /// The network.
    pub network: Network,
    /// The server.
    pub township: Township,
    folder: TempDir,
}

impl Scene {
    /// A township that serves, for browsers of this engine.
    ///
    /// # Errors
    /// When it does not.
    pub async fn new(engine: Engine) -> Result<Self> {
        let folder = TempDir::new()?;
        Self::in_folder(engine, folder, given("XST_PACK")?).await
    }

    /// The same with a pack of its own, which `change` changes before the township has it.
    ///
    /// # Errors
    /// When it does not serve.
    pub async fn with_pack(
        engine: Engine,
        change: impl FnOnce(&Pack) -> Result<()>,
    ) -> Result<(Self, Pack)> {
        let folder = TempDir::new()?;
        let pack = Pack::copy(folder.path().join("pack"))?;
        change(&pack)?;
        let scene = Self::in_folder(engine, folder, pack.folder().to_owned()).await?;
        Ok((scene, pack))
    }

    async fn in_folder(engine: Engine, folder: TempDir, pack: PathBuf) -> Result<Self> {
        let network = Network::new().await?;
        let township = Township::start(folder.path().join("data"), pack, network.origin()).await?;
        network.lead_to(township.address());
        Ok(Self { engine, network, township, folder })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Somebody with a phone on which nothing of the township is yet.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn person(&self) -> Result<Person> {
        Person::with_phone(self.engine, self.folder.path().join("phone"), self.network.origin())
            .await
    }

    /// Somebody who finds the township by a name and not by a number, without which a phone's
    /// authenticator does nothing.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn person_by_name(&self) -> Result<Person> {
        let origin = self.network.origin().replace("127.0.0.1", "localhost");
        Person::with_phone(self.engine, self.folder.path().join("phone"), origin).await
    }

    /// Somebody else with a phone of their own.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn neighbour(&self) -> Result<Person> {
        let profile = self.folder.path().join("neighbours-phone");
        Person::with_phone(self.engine, profile, self.network.origin()).await
    }

    /// An officer of this office at the console, signed in.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn officer(&self, office: &str) -> Result<Officer> {
        let account = self.township.account(office)?;
        let profile = self.folder.path().join(format!("desk-{office}"));
        Officer::sign_in(self.engine, profile, &self.network.origin(), &account).await
    }

    /// The same, at a desk inside: no network between people and township is between these two.
    ///
    /// # Errors
    /// When that does not work.
    pub async fn officer_inside(&self, office: &str) -> Result<Officer> {
        let account = self.township.account(office)?;
        let profile = self.folder.path().join(format!("inside-{office}"));
        let origin = format!("http://{}", self.township.address());
        Officer::sign_in(self.engine, profile, &origin, &account).await
    }

    /// A file to attach.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(&self, name: &str, content: &[u8]) -> Result<PathBuf> {
        let path = self.folder.path().join(name);
        fs::write(&path, content)?;
        Ok(path)
    }
}
