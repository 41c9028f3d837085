//! A network that does to each request whatever networks do: it comes late, twice, half or altered,
//! its answer is lost or altered, or somebody on the way answers. What, follows from a seed.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, bail};
use fastrand::Rng;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

use super::exchange::Request;

/// The longest that a request comes late.
const LATEST: Duration = Duration::from_millis(1_500);
/// What hotels answer.
const PRETENDED: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n<html>\xe8\xaf\xb7\xe7\x99\xbb\xe5\xbd\x95</html>";

/// The weather, and what must never be in it.
#[derive(Debug)]
pub(super) struct Storm {
    chance: Rng,
    secret: Vec<u8>,
    /// How many requests carried the secret, in either direction, where everybody can read it.
    pub(super) leaks: usize,
    /// How many requests something befell.
    pub(super) befallen: usize,
}

/// What befalls one request.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Fate {
    late: Duration,
    /// It breaks off after so many bytes of its body.
    cut_at: Option<usize>,
    is_repeated: bool,
    /// The bit of the body that is another.
    altered_bit: Option<usize>,
    /// The bit of the answer that is another.
    altered_answer_bit: Option<usize>,
    loses_answer: bool,
    /// Somebody on the way answers, and it is not carried.
    is_pretended: bool,
}

impl Storm {
    pub(super) fn new(seed: u64, secret: &str) -> Self {
        let (chance, secret) = (Rng::with_seed(seed), secret.as_bytes().to_vec());
        Self { chance, secret, leaks: 0, befallen: 0 }
    }

    /// What befalls `request`; none where it is not one that a courier makes.
    pub(super) fn fate(&mut self, request: &Request) -> Option<Fate> {
        if !request.is_sync() && !request.path().starts_with("/api/files/") {
            return None;
        }
        let mut percent = |percent: u32| self.chance.u32(0..100) < percent;
        let (cut, altered, altered_answer) = (percent(15), percent(10), percent(10));
        let fate = Fate {
            late: Duration::ZERO,
            cut_at: None,
            is_repeated: percent(20),
            altered_bit: None,
            altered_answer_bit: None,
            loses_answer: percent(15),
            is_pretended: percent(8),
        };
        let mut place = |is_wanted: bool, most: usize| {
            (is_wanted && most > 0).then(|| self.chance.usize(0..most))
        };
        let fate = Fate {
            cut_at: place(cut, request.body.len()),
            altered_bit: place(altered, request.body.len() * 8),
            altered_answer_bit: place(altered_answer, 1 << 20),
            ..fate
        };
        let late = LATEST.mul_f64(self.chance.f64().powi(3));
        self.befallen += usize::from(fate.befalls());
        Some(Fate { late, ..fate })
    }

    /// Looks at what everybody on the way can read.
    pub(super) fn look(&mut self, bytes: &[u8]) {
        let is_leaked = bytes.windows(self.secret.len()).any(|window| window == self.secret);
        self.leaks += usize::from(is_leaked);
    }
}

impl Fate {
    fn befalls(self) -> bool {
        self.is_repeated
            || self.loses_answer
            || self.is_pretended
            || self.cut_at.or(self.altered_bit).or(self.altered_answer_bit).is_some()
    }

    /// Carries `request` as it befalls it, and gives what the browser gets.
    pub(super) async fn carry(self, mut request: Request, township: SocketAddr) -> Result<Vec<u8>> {
        sleep(self.late).await;
        if self.is_pretended {
            return Ok(PRETENDED.to_vec());
        }
        if let Some(bit) = self.altered_bit {
            request.body[bit / 8] ^= 1 << (bit % 8);
        }
        if let Some(bytes) = self.cut_at {
            let mut server = TcpStream::connect(township).await?;
            server.write_all(request.head().as_bytes()).await?;
            server.write_all(&request.body[..bytes]).await?;
            bail!("it was cut");
        }
        let mut answer = ask(&request, township).await?;
        if self.is_repeated {
            answer = ask(&request, township).await?;
        }
        if self.loses_answer {
            bail!("the answer was lost");
        }
        let body = answer.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4);
        if let (Some(bit), Some(body)) = (self.altered_answer_bit, body)
            && body < answer.len()
        {
            let length = answer.len() - body;
            answer[body + bit / 8 % length] ^= 1 << (bit % 8);
        }
        Ok(answer)
    }
}

async fn ask(request: &Request, township: SocketAddr) -> Result<Vec<u8>> {
    let mut server = TcpStream::connect(township).await?;
    server.write_all(request.head().as_bytes()).await?;
    server.write_all(&request.body).await?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer).await?;
    Ok(answer)
}
