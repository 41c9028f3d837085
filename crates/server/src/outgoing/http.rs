//! The edge to other systems: what is sent, and how by HTTP.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};

use crate::storage::Eventually;

/// How long a connection may take.
const CONNECTS: Duration = Duration::from_secs(5);
/// How long a whole try may take, until the status is there.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Something to be sent: a POST.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Where to. Holds nothing personal.
    pub url: String,
    /// Names in lower case, and values.
    pub headers: Vec<(&'static str, String)>,
    /// What.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A status. What else was answered is not read.
    Status(u16),
    /// Nobody answered, or not in time.
    Unreachable,
}

/// What carries letters: the network, or whatever stands for it in a test.
pub trait Sender: Send + Sync {
    /// Sends a letter once, and waits for the answer.
    fn send<'a>(&'a self, letter: &'a Letter) -> Eventually<'a, Answer>;
}

/// A file of certificates that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("gateways.toml 的 ca：{file} 里读不出 PEM 证书")]
pub struct NoRoots {
    file: PathBuf,
}

/// Sends by HTTP/1.1, over TLS where the address says so. It trusts whom the machine trusts, and the
/// certificates of one more file: a county's network has authorities of its own.
pub(crate) struct HttpSender(Https);

/// Asks by HTTP/1.1, over TLS where the address says so, and follows no redirect.
pub(crate) type Https = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

impl HttpSender {
    pub(crate) fn new(more_roots: Option<&Path>) -> Result<Self, NoRoots> {
        client(more_roots).map(Self)
    }

    async fn ask(&self, letter: &Letter) -> Option<u16> {
        let mut request = Request::post(&letter.url);
        for (name, value) in &letter.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::from(letter.body.clone())).ok()?;
        // The body of the answer is dropped unread: whoever sends one without end sends it to nobody.
        let answer = tokio::time::timeout(PATIENCE, self.0.request(request)).await.ok()?.ok()?;
        Some(answer.status().as_u16())
    }
}

/// What asks. It trusts whom the machine trusts, and the certificates of one more file.
pub(crate) fn client(more_roots: Option<&Path>) -> Result<Https, NoRoots> {
    let mut roots = RootCertStore::empty();
    // A machine without certificates trusts the file alone.
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(file) = more_roots {
        let unreadable = || NoRoots { file: file.to_owned() };
        let certificates = CertificateDer::pem_file_iter(file).map_err(|_| unreadable())?;
        let mut count = 0;
        for certificate in certificates {
            roots.add(certificate.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            count += 1;
        }
        if count == 0 {
            return Err(unreadable());
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| NoRoots { file: more_roots.unwrap_or(Path::new("")).to_owned() })?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_connect_timeout(Some(CONNECTS));
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector);
    Ok(Client::builder(TokioExecutor::new()).build(connector))
}

impl Sender for HttpSender {
    fn send<'a>(&'a self, letter: &'a Letter) -> Eventually<'a, Answer> {
        Box::pin(async { self.ask(letter).await.map_or(Answer::Unreachable, Answer::Status) })
    }
}

#[cfg(test)]
mod tests {
    use rustls::ServerConfig;
    use rustls::pki_types::PrivateKeyDer;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;
    use tokio_rustls::TlsAcceptor;

    use super::*;

    /// A county of nowhere, which nobody trusts by themselves, and what it says this machine is. They end
    /// in a hundred years.
    fn file(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tls").join(name)
    }

    /// Somebody who answers everything in TLS by this.
    async fn listener(answer: &'static [u8]) -> String {
        let certificate = CertificateDer::from_pem_file(file("localhost.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(file("localhost.key")).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .unwrap();
        let (acceptor, listener) =
            (TlsAcceptor::from(Arc::new(tls)), TcpListener::bind("127.0.0.1:0").await.unwrap());
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                // Who does not trust it hangs up.
                let Ok(mut stream) = acceptor.accept(stream).await else { continue };
                let mut asked = [0; 4096];
                if stream.read(&mut asked).await.is_ok() {
                    stream.write_all(answer).await.unwrap();
                }
            }
        });
        url
    }

    async fn sent(url: String, roots: Option<&Path>) -> Answer {
        let letter = Letter { url, headers: Vec::new(), body: b"{}".to_vec() };
        HttpSender::new(roots).unwrap().send(&letter).await
    }

    #[tokio::test]
    async fn only_whom_the_file_vouches_for_is_sent_anything() {
        let url = listener(b"HTTP/1.1 204 No Content\r\n\r\n").await;
        assert_eq!(sent(url.clone(), Some(&file("county.pem"))).await, Answer::Status(204));
        assert_eq!(sent(url.clone(), None).await, Answer::Unreachable);
        let elsewhere = url.replace("localhost", "127.0.0.1");
        assert_eq!(sent(elsewhere, Some(&file("county.pem"))).await, Answer::Unreachable);
        assert!(HttpSender::new(Some(&file("localhost.key"))).is_err(), "it holds no certificate");
    }

    #[tokio::test]
    async fn nobody_is_sent_elsewhere_by_an_answer_and_none_is_read_without_end() {
        let away = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\n\r\n";
        let url = listener(away).await;
        assert_eq!(sent(url, Some(&file("county.pem"))).await, Answer::Status(302));
        let endless = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\nand so on";
        let url = listener(endless).await;
        assert_eq!(sent(url, Some(&file("county.pem"))).await, Answer::Status(200));
    }
}
