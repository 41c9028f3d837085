//! How much to send at once: as much as takes a few seconds on this link, so that a cut costs
//! little and a good link is not kept waiting.

const LEAST: u64 = 16 * 1024;
const FIRST: u64 = 128 * 1024;
const MOST: u64 = 1024 * 1024;
const QUICK_MS: u64 = 2_000;
const SLOW_MS: u64 = 8_000;

/// What every request may take, however little it carries: several round trips of a bad satellite
/// link, or a server that is just starting.
const PATIENCE_MS: u64 = 15_000;
/// Bytes a second that a request must carry at least; where it does not, the next is smaller.
const LEAST_PER_SECOND: u64 = 4_000;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    bytes: u64,
}

impl Pace {
    pub(crate) fn new() -> Self {
        Self { bytes: FIRST }
    }

    /// The most bytes for the next request.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A request that carried `bytes` took `took_ms`. One that carried little tells nothing of
    /// what a larger one would take.
    pub(crate) fn took(&mut self, bytes: u64, took_ms: u64) {
        if took_ms > SLOW_MS {
            self.slower();
        } else if took_ms < QUICK_MS && bytes * 2 > self.bytes {
            self.bytes = (self.bytes * 2).min(MOST);
        }
    }

    pub(crate) fn slower(&mut self) {
        self.bytes = (self.bytes / 2).max(LEAST);
    }
}

/// How long to wait for the answer to a request of `bytes`.
pub(crate) fn patience_ms(bytes: u64) -> u64 {
    PATIENCE_MS + bytes * 1000 / LEAST_PER_SECOND
}
