//! Another system, to which things are sent: a gateway, a county's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use server::{Server, Settings};
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::officer::Page;
use crate::township::TestTownship;

/// What every system here shares with the township.
pub(crate) const SECRET: &str = "a secret of this test";

/// What was sent once.
#[derive(Clone, Debug)]
pub(crate) struct Got {
    pub(crate) id: String,
    pub(crate) signature: String,
    pub(crate) body: Vec<u8>,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Kept {
    got: Mutex<Vec<Got>>,
    status: AtomicU16,
}

/// A system that keeps what it is sent, and answers what it is told to.
pub(crate) struct Receiver {
    pub(crate) url: String,
    kept: Arc<Kept>,
}

impl Receiver {
    pub(crate) async fn start() -> Self {
        let kept = Arc::new(Kept::default());
        kept.status.store(200, Ordering::Relaxed);
        let router = Router::new().fallback(take).with_state(Arc::clone(&kept));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/in", listener.local_addr().unwrap());
        tokio::spawn(async { axum::serve(listener, router).await.unwrap() });
        Self { url, kept }
    }

    /// What it answers from now on.
    pub(crate) fn answers(&self, status: u16) {
        self.kept.status.store(status, Ordering::Relaxed);
    }

    /// All that it was sent.
    pub(crate) fn got(&self) -> Vec<Got> {
        self.kept.got.lock().unwrap().clone()
    }

    /// All that it was sent, once that is so much.
    pub(crate) async fn got_at_least(&self, count: usize) -> Vec<Got> {
        let deadline = Instant::now() + Duration::from_secs(60);
        while self.got().len() < count {
            assert!(Instant::now() < deadline, "only {:?}", self.got().len());
            tokio::task::yield_now().await;
        }
        self.got()
    }
}

async fn take(State(kept): State<Arc<Kept>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name| headers[name].to_str().unwrap().to_owned();
    assert_eq!(headers["content-type"], "application/json");
    let (id, signature) = (header("idempotency-key"), header("x-xst-signature"));
    kept.got.lock().unwrap().push(Got { id, signature, body: body.to_vec() });
    StatusCode::from_u16(kept.status.load(Ordering::Relaxed)).unwrap()
}

/// As another system signs, and checks: written here once more, from the book.
pub(crate) fn sign(secret: &str, seconds: i64, signed: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(signed);
    format!("t={seconds},v1={}", HEXLOWER.encode(&mac.finalize().into_bytes()))
}

impl TestTownship {
    /// Says where things leave to, and starts anew.
    pub(crate) async fn with_gateways(&mut self, written: &str) {
        self.name_gateways(written);
        self.restart_with_limit(None).await;
    }

    /// Says so to servers that start from now on.
    pub(crate) fn name_gateways(&self, written: &str) {
        let file = self.folder.path().join("data/gateways.toml");
        fs::write(&file, written).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Has the township served by a server that is set up otherwise.
    pub(crate) async fn served_by(&mut self, settings: Settings) {
        self.stop().await;
        let server = Server::start(settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        self.address = format!("http://{}", listener.local_addr().unwrap());
        self.server = Some(Arc::clone(&server));
        tokio::spawn(server.serve(listener, std::future::pending()));
    }

    /// What left the township, as its administrator reads it, once that is as it should be.
    pub(crate) async fn until_left(&self, is_so: impl Fn(&Page) -> bool) -> Page {
        let officer = self.officer("guanli").await;
        let deadline = Instant::now() + Duration::from_secs(60);
        loop {
            let page = officer.get("/console/messages").await;
            if is_so(&page) {
                return page;
            }
            assert!(Instant::now() < deadline, "{}", page.html);
        }
    }
}

/// A gateway for SMS in the township's file.
pub(crate) fn sms(receiver: &Receiver) -> String {
    format!("[sms]\nurl = \"{}\"\nsecret = \"{SECRET}\"\n", receiver.url)
}
