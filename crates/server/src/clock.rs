//! The township's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use protocol::ServerTime;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> ServerTime;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> ServerTime {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        ServerTime(since.as_millis() as i64)
    }
}
