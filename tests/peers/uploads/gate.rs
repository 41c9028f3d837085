//! What stands between a client and a server, and lets so many bytes through and no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How long to wait for a client to send what may pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// A gate before a server.
pub(crate) struct Gate {
    pub(crate) address: String,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    server: String,
    /// Bytes from clients that may still pass.
    left: AtomicU64,
    /// Those that did.
    passed: AtomicU64,
    /// Those of them that stood in bodies of requests.
    contents: AtomicU64,
    closed: Notify,
    cut: Notify,
}

impl Gate {
    /// A gate before the server at `address`, closed.
    pub(crate) async fn before(address: &str) -> Self {
        let server = address.strip_prefix("http://").unwrap().to_owned();
        let inner = Arc::new(Inner { server, ..Inner::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(Arc::clone(&inner).stand(listener));
        Self { address, inner }
    }

    /// Opens for so many bytes. Tells how many passed before.
    pub(crate) fn let_through(&self, bytes: u64) -> u64 {
        self.inner.left.store(bytes, Ordering::SeqCst);
        self.passed()
    }

    /// How many bytes of clients passed so far.
    pub(crate) fn passed(&self) -> u64 {
        self.inner.passed.load(Ordering::SeqCst)
    }

    /// How many of those were not of heads: bytes of files.
    pub(crate) fn contents(&self) -> u64 {
        self.inner.contents.load(Ordering::SeqCst)
    }

    /// Waits until all bytes passed that may. What comes now has to wait.
    pub(crate) async fn until_closed(&self) {
        let closed = timeout(PATIENCE, self.inner.closed.notified()).await;
        closed.expect("too few bytes came");
    }

    /// Breaks the connections that wait.
    pub(crate) fn cut(&self) {
        self.inner.cut.notify_waiters();
    }
}

impl Inner {
    async fn stand(self: Arc<Self>, listener: TcpListener) {
        // Connections end with the gate.
        let mut all = JoinSet::new();
        while let Ok((client, _)) = listener.accept().await {
            all.spawn(Arc::clone(&self).connect(client));
        }
    }

    async fn connect(self: Arc<Self>, client: TcpStream) {
        let Ok(server) = TcpStream::connect(&self.server).await else { return };
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        tokio::select! {
            () = self.up(&mut from_client, &mut to_server) => {}
            _ = tokio::io::copy(&mut from_server, &mut to_client) => {}
        }
    }

    /// Carries a client's bytes until it ends, or is cut off.
    async fn up(&self, from: &mut OwnedReadHalf, to: &mut OwnedWriteHalf) {
        let mut buffer = [0; 16 * 1024];
        let mut requests = Requests::default();
        loop {
            let left = self.left.load(Ordering::SeqCst);
            if left == 0 {
                let cut = self.cut.notified();
                self.closed.notify_one();
                return cut.await;
            }
            let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            let Ok(read @ 1..) = from.read(&mut buffer[..most]).await else { return };
            self.left.fetch_sub(read as u64, Ordering::SeqCst);
            self.passed.fetch_add(read as u64, Ordering::SeqCst);
            self.contents.fetch_add(requests.pass(&buffer[..read]), Ordering::SeqCst);
            if to.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    }
}

/// The requests of one connection, one after the other: RFC 9112, with lengths that are told.
#[derive(Default)]
struct Requests {
    head: Vec<u8>,
    /// Bytes of a body that are still to come.
    body: u64,
}

impl Requests {
    /// Tells how many of these bytes stand in bodies.
    fn pass(&mut self, bytes: &[u8]) -> u64 {
        let mut contents = 0;
        for byte in bytes {
            if self.body > 0 {
                self.body -= 1;
                contents += 1;
                continue;
            }
            self.head.push(*byte);
            if self.head.ends_with(b"\r\n\r\n") {
                self.body = length(&self.head);
                self.head.clear();
            }
        }
        contents
    }
}

fn length(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    assert!(!head.contains("transfer-encoding:"), "the client tells no length");
    let told = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    told.map_or(0, |told| told.trim().parse().unwrap())
}
