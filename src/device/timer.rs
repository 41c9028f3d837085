//! Waiting.

use gloo::timers::future::TimeoutFuture;

/// Waits. Pages that nobody looks at wait longer: browsers wake them once a minute.
pub(crate) async fn sleep(ms: u64) {
    TimeoutFuture::new(u32::try_from(ms).unwrap_or(u32::MAX)).await;
}
