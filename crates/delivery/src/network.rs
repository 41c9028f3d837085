//! Requests to the township.

/// A way to the township.
pub trait Network: 'static {
    /// Asks, and reads the whole reply.
    ///
    /// # Errors
    /// When nobody answered, or not in time.
    async fn ask(&self, ask: &Ask<'_>) -> Result<Reply, Unreachable>;
}

/// A request.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// HTTP's.
    pub method: &'static str,
    /// Of the township's origin, such as `/api/sync`.
    pub path: &'a str,
    /// Names in small letters.
    pub headers: &'a [(&'static str, &'a str)],
    /// What is sent, if anything is.
    pub body: Option<&'a [u8]>,
    /// How long to wait for the whole reply.
    pub patience_ms: u64,
}

/// What came back, from whomever.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP's.
    pub status: u16,
    /// The header `Upload-Offset` of tus 1.0, where it is a number.
    pub offset: Option<u64>,
    /// What came with it.
    pub body: Vec<u8>,
}

/// Nobody answered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nobody answers")]
pub struct Unreachable;
