//! The network between browsers and the township, which fails as networks do.
//!
//! It carries one request on a connection, so that each can be told from the others: it can be cut
//! for everybody, lose answers that the township gave, change what an envelope holds, stand still in
//! the middle of a file, and do all of that by chance. Made weak, it carries bytes and looks at no
//! request.

mod exchange;
mod fault;
mod link;
mod storm;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use self::fault::Faults;
use self::link::Carrying;
use self::storm::Storm;

pub use self::link::Link;

/// A network. Dropped, it is gone.
pub struct Network {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: tokio::task::JoinHandle<()>,
}

struct Shared {
    township: Mutex<Option<SocketAddr>>,
    faults: Mutex<Faults>,
    /// None while it is strong.
    weak: Mutex<Option<Arc<Carrying>>>,
    /// None while it is calm.
    storm: Mutex<Option<Storm>>,
    /// What the township holds for connections and no phone does any more.
    silent: Mutex<Vec<TcpStream>>,
    /// Whether it is cut: then nothing passes, and what was open is closed.
    cut: watch::Sender<bool>,
    /// Whether something stands still.
    holding: watch::Sender<bool>,
    /// Told whenever an answer was lost.
    lost: watch::Sender<()>,
}

impl Network {
    /// A network that leads nowhere yet.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn new() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            township: Mutex::default(),
            faults: Mutex::default(),
            weak: Mutex::default(),
            storm: Mutex::default(),
            silent: Mutex::default(),
            cut: watch::Sender::new(false),
            holding: watch::Sender::new(false),
            lost: watch::Sender::new(()),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Ok(Self { address, shared, accepting })
    }

    /// The address that browsers see.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads to the township at this address.
    pub fn lead_to(&self, township: SocketAddr) {
        *lock(&self.shared.township) = Some(township);
    }

    /// Nothing passes any more.
    pub fn cut(&self) {
        self.shared.cut.send_replace(true);
    }

    /// Everything passes again.
    pub fn mend(&self) {
        self.shared.cut.send_replace(false);
    }

    /// Connections that begin from now on go over a link so weak. Whatever else was to go wrong with
    /// them does not.
    pub fn weaken(&self, link: Link) {
        *lock(&self.shared.weak) = Some(Arc::new(Carrying::new(link)));
    }

    /// Bytes that were sent over the weak link since it is that weak, both ways, with all headers;
    /// those too that were lost.
    pub fn bytes_sent(&self) -> u64 {
        lock(&self.shared.weak).as_ref().map_or(0, |weak| weak.bytes())
    }

    /// From now on something befalls most of what couriers send; what, follows from `seed`. Nobody on
    /// the way may read `secret`.
    pub fn storms(&self, seed: u64, secret: &str) {
        *lock(&self.shared.storm) = Some(Storm::new(seed, secret));
    }

    /// Nothing befalls anything any more. Gives how many requests something befell, and in how many
    /// somebody on the way could read the secret.
    pub fn calms_down(&self) -> (usize, usize) {
        let storm = lock(&self.shared.storm).take();
        storm.map_or((0, 0), |storm| (storm.befallen, storm.leaks))
    }

    /// Loses the answers to the next `count` deliveries of envelopes, after the township gave them.
    pub fn lose_answers(&self, count: u32) {
        lock(&self.shared.faults).lose_answers = count;
    }

    /// How many answers are still to be lost.
    pub fn answers_to_lose(&self) -> u32 {
        lock(&self.shared.faults).lose_answers
    }

    /// Changes one bit of every envelope on its way, or no longer.
    pub fn alter_envelopes(&self, alter: bool) {
        lock(&self.shared.faults).alter_envelopes = alter;
    }

    /// The digests of the envelopes that were changed, as they were then.
    pub fn altered(&self) -> BTreeSet<String> {
        lock(&self.shared.faults).altered.clone()
    }

    /// Waits until one more of `left` answers is lost.
    ///
    /// # Errors
    /// When none is.
    pub async fn loses_answer(&self, left: u32) -> Result<()> {
        let mut lost = self.shared.lost.subscribe();
        let fewer = lost.wait_for(|()| lock(&self.shared.faults).lose_answers < left);
        tokio::time::timeout(crate::PATIENCE, fewer).await.context("nothing was delivered")??;
        Ok(())
    }

    /// Lets the next file come `bytes` far, stand still, and then break.
    pub fn hold_file_at(&self, bytes: usize) {
        lock(&self.shared.faults).hold_file_at = Some(bytes);
    }

    /// Lets requests for paths that begin so stand still before they reach the township.
    pub fn hold_requests_for(&self, path: &'static str) {
        lock(&self.shared.faults).hold_requests_for = Some(path);
    }

    /// Waits until something stands still.
    ///
    /// # Errors
    /// When nothing does.
    pub async fn is_holding(&self) -> Result<()> {
        let mut holding = self.shared.holding.subscribe();
        let waiting = holding.wait_for(|holding| *holding);
        tokio::time::timeout(crate::PATIENCE, waiting)
            .await
            .context("nothing came to be held")??;
        Ok(())
    }

    /// Lets nothing stand still any more: requests go on, a file breaks.
    pub fn let_go(&self) {
        lock(&self.shared.faults).hold_requests_for = None;
        self.shared.holding.send_replace(false);
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.accepting.abort();
        self.shared.cut.send_replace(true);
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((browser, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        let weak = lock(&shared.weak).clone();
        tokio::spawn(async move {
            if let Some(weak) = weak {
                // A connection that breaks is what networks do.
                let _ = weak.carry(browser, &shared).await;
                return;
            }
            let mut cut = shared.cut.subscribe();
            tokio::select! {
                // A connection that breaks is what networks do.
                _ = exchange::carry(browser, &shared) => {}
                _ = cut.wait_for(|cut| *cut) => {}
            }
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
