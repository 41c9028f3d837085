//! A weak link: so many bytes a second, and every one of them some time on the way.
//!
//! What is on the way when the link is cut is lost. The phone sees its connection break; the
//! township hears nothing, neither more bytes nor that none will come, as behind a mast that is gone.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::{Shared, lock};

/// So many bytes cross at once, as in one packet of Ethernet.
const PACKET: usize = 1_400;

/// How weak a link is, each way.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Bytes a second.
    pub bytes_per_second: u32,
    /// How long every byte is on the way: half a round trip.
    pub delay: Duration,
}

/// A link that carries.
#[derive(Debug)]
pub(super) struct Carrying {
    link: Link,
    up: Way,
    down: Way,
}

/// One way of a link, which all connections share.
#[derive(Debug, Default)]
struct Way {
    /// When what was sent last has left.
    free_at: Mutex<Option<Instant>>,
    bytes: AtomicU64,
}

impl Carrying {
    pub(super) fn new(link: Link) -> Self {
        Self { link, up: Way::default(), down: Way::default() }
    }

    /// Bytes that were sent over it so far, both ways, whether they came there or were lost.
    pub(super) fn bytes(&self) -> u64 {
        [&self.up, &self.down].iter().map(|way| way.bytes.load(Ordering::Relaxed)).sum()
    }

    /// Carries a connection until it ends or the link is cut.
    pub(super) async fn carry(&self, mut phone: TcpStream, shared: &Shared) -> Result<()> {
        let mut cut = shared.cut.subscribe();
        if *cut.borrow_and_update() {
            return Ok(());
        }
        let township = *lock(&shared.township);
        let mut server = TcpStream::connect(township.context("it leads nowhere")?).await?;
        {
            let (from_phone, to_phone) = phone.split();
            let (from_server, to_server) = server.split();
            let both_ways = async {
                tokio::try_join!(
                    self.up.carry(from_phone, to_server, self.link),
                    self.down.carry(from_server, to_phone, self.link),
                )
            };
            tokio::select! {
                biased;
                _ = cut.wait_for(|cut| *cut) => {}
                ended = both_ways => return ended.map(drop).map_err(Into::into),
            }
        }
        lock(&shared.silent).push(server);
        Ok(())
    }
}

impl Way {
    async fn carry(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        link: Link,
    ) -> io::Result<()> {
        let (on_the_way, mut coming) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
        let leave = async move {
            let mut packet = vec![0; PACKET];
            loop {
                let length = from.read(&mut packet).await?;
                if length == 0 {
                    return Ok(());
                }
                let left_at = self.leaves_at(length, link);
                sleep_until(left_at).await;
                self.bytes.fetch_add(length as u64, Ordering::Relaxed);
                if on_the_way.send((left_at + link.delay, packet[..length].to_vec())).is_err() {
                    return Ok(());
                }
            }
        };
        let arrive = async {
            while let Some((at, bytes)) = coming.recv().await {
                sleep_until(at).await;
                to.write_all(&bytes).await?;
            }
            to.shutdown().await
        };
        tokio::try_join!(leave, arrive).map(drop)
    }

    /// When so many bytes have left, after all that others sent before.
    fn leaves_at(&self, bytes: usize, link: Link) -> Instant {
        let mut free_at = lock(&self.free_at);
        let now = Instant::now();
        let begins = free_at.map_or(now, |free_at| free_at.max(now));
        let takes = Duration::from_secs(1) * bytes as u32 / link.bytes_per_second;
        *free_at.insert(begins + takes)
    }
}
