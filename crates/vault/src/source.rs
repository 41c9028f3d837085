//! Where bytes come from that the vault is to keep.

use core::ops::Range;

/// Bytes that are had piece by piece, so that never all of them are in memory: a film that somebody
/// chose, a mailbag on a stick.
pub trait Source {
    /// How many there are.
    fn length(&self) -> u64;

    /// Some of them; none where they cannot be read, or it ends before.
    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>>;
}

impl Source for [u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        self.get(place.start as usize..place.end as usize).map(<[u8]>::to_vec)
    }
}

impl<const N: usize> Source for [u8; N] {
    fn length(&self) -> u64 {
        self.as_slice().length()
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        self.as_slice().piece(place).await
    }
}

impl Source for Vec<u8> {
    fn length(&self) -> u64 {
        self.as_slice().length()
    }

    async fn piece(&self, place: Range<u64>) -> Option<Vec<u8>> {
        self.as_slice().piece(place).await
    }
}
