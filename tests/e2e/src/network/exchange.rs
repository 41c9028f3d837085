//! One request and its answer.

use std::io::Read as _;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::fault::Passage;
use super::{Shared, lock};

/// The longest head of a request.
const MOST_HEAD: usize = 64 * 1024;

/// A request, read whole.
pub(super) struct Request {
    /// Its first line.
    line: String,
    /// The headers, without those about the connection and the body's length.
    headers: Vec<(String, String)>,
    /// Its body.
    pub(super) body: Vec<u8>,
}

impl Request {
    /// The path that it asks for.
    pub(super) fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap_or_default()
    }

    /// Whether it delivers envelopes.
    pub(super) fn is_sync(&self) -> bool {
        self.line.starts_with("POST /api/sync ")
    }

    /// Whether it delivers a piece of a file.
    pub(super) fn is_file(&self) -> bool {
        self.line.starts_with("PATCH /api/files/")
    }

    /// The value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Takes a header away.
    pub(super) fn remove_header(&mut self, name: &str) {
        self.headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    pub(super) fn head(&self) -> String {
        let headers = self.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        format!(
            "{}\r\n{}Connection: close\r\nContent-Length: {}\r\n\r\n",
            self.line,
            headers.collect::<String>(),
            self.body.len()
        )
    }
}

/// Carries one request there and its answer back.
pub(super) async fn carry(mut browser: TcpStream, shared: &Shared) -> Result<()> {
    let mut request = read(&mut browser).await?;
    let passage = lock(&shared.faults).meet(&mut request)?;
    if passage == Passage::Wait {
        hold(shared).await?;
    }
    let township = lock(&shared.township).context("it leads nowhere")?;
    let fate = lock(&shared.storm).as_mut().and_then(|storm| storm.fate(&request));
    if let Some(fate) = fate {
        look(shared, &unpacked(&request)?);
        let answer = fate.carry(request, township).await?;
        look(shared, &answer);
        browser.write_all(&answer).await?;
        return Ok(browser.shutdown().await?);
    }
    let mut server = TcpStream::connect(township).await?;
    server.write_all(request.head().as_bytes()).await?;
    if let Passage::HoldAt(bytes) = passage {
        server.write_all(&request.body[..bytes.min(request.body.len())]).await?;
        server.flush().await?;
        hold(shared).await?;
        bail!("it was broken");
    }
    server.write_all(&request.body).await?;
    if let Passage::LoseAnswer = passage {
        let mut lost = Vec::new();
        server.read_to_end(&mut lost).await?;
        // Counted only once the township has answered.
        let left = &mut lock(&shared.faults).lose_answers;
        *left = left.saturating_sub(1);
        shared.lost.send_replace(());
        return Ok(());
    }
    tokio::io::copy(&mut server, &mut browser).await?;
    browser.shutdown().await?;
    Ok(())
}

/// What everybody on the way can read must not tell anything.
fn look(shared: &Shared, bytes: &[u8]) {
    if let Some(storm) = lock(&shared.storm).as_mut() {
        storm.look(bytes);
    }
}

/// The body, unpacked.
pub(super) fn unpacked(request: &Request) -> Result<Vec<u8>> {
    let mut plain = Vec::new();
    match request.header("content-encoding") {
        Some("gzip") => drop(GzDecoder::new(&request.body[..]).read_to_end(&mut plain)?),
        _ => plain.clone_from(&request.body),
    }
    Ok(plain)
}

/// Stands still until it is let go.
async fn hold(shared: &Shared) -> Result<()> {
    shared.holding.send_replace(true);
    shared.holding.subscribe().wait_for(|holding| !holding).await?;
    Ok(())
}

async fn read(browser: &mut TcpStream) -> Result<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if bytes.len() > MOST_HEAD || browser.read_buf(&mut bytes).await? == 0 {
            bail!("that is no request");
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec())?;
    let mut lines = head.split("\r\n");
    let line = lines.next().context("a request has a first line")?.to_owned();
    let headers = lines.filter_map(|line| line.split_once(": "));
    let mut request = Request {
        line,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        body: bytes.split_off(end + 4),
    };
    let length = request.header("content-length").map_or(Ok(0), str::parse)?;
    while request.body.len() < length {
        if browser.read_buf(&mut request.body).await? == 0 {
            bail!("the browser went away");
        }
    }
    for of_the_connection in ["connection", "keep-alive", "content-length"] {
        request.remove_header(of_the_connection);
    }
    Ok(request)
}
