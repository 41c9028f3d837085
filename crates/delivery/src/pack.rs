//! The township's pack and what belongs to it, got over the network and kept in the vault.

use std::sync::Arc;

use courier::{first_pack, newer_pack};
use form::Form;
use protocol::pack::PhonePack;
use protocol::{Digest, Signed, decode};
use vault::{Phone, VaultError};

use crate::network::{Ask, Network, Reply, Unreachable};
use crate::rounds::Rounds;

/// A form is a few hundred kilobytes at most, and somebody may be waiting on a weak link.
const PATIENCE_MS: u64 = 60_000;

/// Where the township has something that is called by its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackSource {
    /// Compiled forms.
    Forms,
    /// Guides, certificates, the roster.
    Guides,
    /// Pictures and sounds.
    Media,
}

/// A pack that the township gave.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// What is in it.
    pub pack: Arc<PhonePack>,
    signed: Signed<PhonePack>,
}

/// Why something of the pack is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotHad {
    /// It was never loaded, and now there is no network.
    #[error("it is not here, and nobody answers")]
    Unreachable,
    /// It is of a newer version of the app.
    #[error("it is of a newer version of this program")]
    Unreadable,
    /// The vault failed.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl PackSource {
    fn path(self, digest: Digest) -> String {
        match self {
            Self::Forms => format!("/api/forms/{digest}"),
            Self::Guides => format!("/api/guides/{digest}"),
            Self::Media => format!("/api/media/{digest}"),
        }
    }
}

impl<P: Phone, N: Network> Rounds<P, N> {
    /// The pack, as it was taken up or got last.
    pub fn pack(&self) -> Option<Arc<PhonePack>> {
        self.0.pack.borrow().clone()
    }

    /// Whether a newer pack is known and not here yet, or the one that is here is damaged.
    pub fn wants_pack(&self) -> bool {
        self.0.wanted_pack.get().is_some()
    }

    /// Takes up the pack that the vault has; none where there is none.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn take_up_pack(&self) -> Result<Option<Arc<PhonePack>>, VaultError> {
        if self.pack().is_none()
            && let Some(pack) = self.0.device.pack().await?
        {
            self.0.pack.replace(Some(Arc::new(pack)));
        }
        Ok(self.pack())
    }

    /// Asks for the first pack ever, and takes it up before it is kept: people can start with the one
    /// form that they need while the others come. Whose it is, HTTPS says; whether it came whole,
    /// [`Rounds::work_off`] looks: nothing may hold up the first question.
    ///
    /// # Errors
    /// When nobody answers.
    pub async fn get_pack(&self) -> Result<Fetched, Unreachable> {
        let signed = self.fetch_pack().await?;
        let pack = Arc::new(signed.claim().map_err(|_| Unreachable)?);
        self.0.wanted_pack.set(Some(pack.version));
        self.0.pack.replace(Some(Arc::clone(&pack)));
        Ok(Fetched { pack, signed })
    }

    /// Gets the pack in force where it is not the one that the phone keeps, or that one is damaged;
    /// true where there is a new one now. The old one stays until the new one is proven to follow
    /// from it and all forms of the new one are there; until then it is tried again.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn get_wanted_pack(&self) -> Result<bool, VaultError> {
        let Some(wanted) = self.0.wanted_pack.get() else { return Ok(false) };
        let verifier = self.0.device.verifier();
        let known = match self.0.device.signed_pack().await? {
            Some(signed) => first_pack(&signed, &verifier).await.ok(),
            None => None,
        };
        if known.as_ref().map(|pack| pack.version) == Some(wanted) {
            self.0.wanted_pack.set(None);
            return Ok(false);
        }
        let Ok(signed) = self.fetch_pack().await else { return Ok(false) };
        let pack = match &known {
            Some(known) => newer_pack(&signed, known, &verifier).await,
            None => first_pack(&signed, &verifier).await,
        };
        // Somebody on the way may have served it: the next one may be the township's.
        let Ok(pack) = pack else { return Ok(false) };
        self.keep_with_forms(&Fetched { pack: Arc::new(pack), signed }).await
    }

    /// Looks whether the pack that is kept came whole, once; else it is to be got anew.
    pub(crate) async fn look_at_pack(&self) -> Result<(), VaultError> {
        if self.0.has_looked_at_pack.get() {
            return Ok(());
        }
        if let Some(signed) = self.0.device.signed_pack().await? {
            if first_pack(&signed, self.0.device.verifier()).await.is_err() {
                let version = signed.claim().map(|pack| pack.version);
                self.0.wanted_pack.set(version.ok());
            }
            self.0.has_looked_at_pack.set(true);
        }
        Ok(())
    }

    /// Keeps a pack once all its forms and guides are here; false where they cannot be had.
    ///
    /// # Errors
    /// See [`VaultError`].
    pub async fn keep_with_forms(&self, fetched: &Fetched) -> Result<bool, VaultError> {
        let Fetched { pack, signed } = fetched;
        let forms = pack.items.iter().map(|item| (PackSource::Forms, item.form));
        let guides = pack.items.iter().map(|item| (PackSource::Guides, item.guide));
        let certificates = pack.certificates.map(|digest| (PackSource::Guides, digest));
        for (source, digest) in forms.chain(guides).chain(certificates) {
            if self.0.device.has_content(digest).await? {
                continue;
            }
            match self.fetch(source, digest).await {
                Ok(_) => {}
                Err(NotHad::Vault(error)) => return Err(error),
                Err(NotHad::Unreachable | NotHad::Unreadable) => return Ok(false),
            }
        }
        self.0.device.keep_pack(signed).await?;
        self.0.pack.replace(Some(Arc::clone(pack)));
        self.0.wanted_pack.set(None);
        Ok(true)
    }

    /// A form: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub async fn form(&self, digest: Digest) -> Result<Form, NotHad> {
        match self.0.device.form(digest).await {
            Ok(Some(form)) => return Ok(form),
            // Loaded again where it is damaged.
            Ok(None) | Err(VaultError::Damaged) => {}
            Err(error) => return Err(error.into()),
        }
        let bytes = self.fetch_and_use(PackSource::Forms, digest).await?;
        Form::from_bytes(&bytes).map_err(|_| NotHad::Unreadable)
    }

    /// What has this digest: from the vault, else from the township.
    ///
    /// # Errors
    /// See [`NotHad`].
    pub async fn content(&self, source: PackSource, digest: Digest) -> Result<Vec<u8>, NotHad> {
        match self.0.device.content(digest).await? {
            Some(bytes) => Ok(bytes),
            None => self.fetch_and_use(source, digest).await,
        }
    }

    /// What the township has, kept under `digest`. A full phone can still use it now.
    async fn fetch_and_use(&self, source: PackSource, digest: Digest) -> Result<Vec<u8>, NotHad> {
        let bytes = self.get(&source.path(digest)).await.map_err(|_| NotHad::Unreachable)?;
        // Not what has this digest: somebody's log-in page.
        match self.0.device.keep_content(digest, &bytes).await {
            Err(VaultError::Damaged) => Err(NotHad::Unreachable),
            _ => Ok(bytes),
        }
    }

    async fn fetch(&self, source: PackSource, digest: Digest) -> Result<(), NotHad> {
        let bytes = self.get(&source.path(digest)).await.map_err(|_| NotHad::Unreachable)?;
        match self.0.device.keep_content(digest, &bytes).await {
            Err(VaultError::Damaged) => Err(NotHad::Unreachable),
            other => Ok(other?),
        }
    }

    async fn fetch_pack(&self) -> Result<Signed<PhonePack>, Unreachable> {
        decode(&self.get("/api/pack").await?).map_err(|_| Unreachable)
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>, Unreachable> {
        let ask = Ask { method: "GET", path, headers: &[], body: None, patience_ms: PATIENCE_MS };
        match self.0.network.ask(&ask).await? {
            Reply { status: 200, body, .. } => Ok(body),
            _ => Err(Unreachable),
        }
    }
}
