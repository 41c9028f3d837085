//! A JPEG of so many bytes: what takes certificate photos refuses smaller and larger ones.

use super::Unreadable;

/// The best quality, in percent.
const BEST: u32 = 100;
/// Below that a face is no longer one.
const WORST: u32 = 10;
/// The most bytes that one comment holds, without the four of its marker and length (ITU T.81,
/// B.2.4.5).
const COMMENT: usize = 65_533;

/// Why there is no such JPEG.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misfit {
    /// It has this many bytes at least.
    TooLarge(usize),
    /// The browser cannot make one.
    Unreadable,
}

impl From<Unreadable> for Misfit {
    fn from(_: Unreadable) -> Self {
        Self::Unreadable
    }
}

/// The best that has at least `least` and at most `most` bytes. `encode` makes one of a quality
/// from 0 to 1.
pub(super) async fn fit(
    encode: impl AsyncFn(f64) -> Result<Vec<u8>, Unreadable>,
    least: usize,
    most: usize,
) -> Result<Vec<u8>, Misfit> {
    let (mut low, mut high) = (WORST, BEST);
    let mut best = None;
    let mut smallest = usize::MAX;
    while low <= high {
        let quality = low.midpoint(high);
        let bytes = encode(f64::from(quality) / 100.0).await?;
        smallest = smallest.min(bytes.len());
        if bytes.len() <= most {
            best = Some(bytes);
            low = quality + 1;
        } else {
            high = quality - 1;
        }
    }
    let padded = padded(best.ok_or(Misfit::TooLarge(smallest))?, least);
    if padded.len() <= most { Ok(padded) } else { Err(Misfit::TooLarge(padded.len())) }
}

/// The same picture with at least `least` bytes: what is missing is a comment.
fn padded(jpeg: Vec<u8>, least: usize) -> Vec<u8> {
    let mut missing = least.saturating_sub(jpeg.len());
    if missing == 0 {
        return jpeg;
    }
    let (head, rest) = jpeg.split_at(after_header(&jpeg));
    let mut padded = head.to_vec();
    while missing > 0 {
        let content = missing.saturating_sub(4).min(COMMENT);
        padded.extend([0xff, 0xfe]);
        padded.extend(u16::try_from(content + 2).unwrap_or(u16::MAX).to_be_bytes());
        padded.resize(padded.len() + content, b' ');
        missing = missing.saturating_sub(content + 4);
    }
    padded.extend(rest);
    padded
}

/// Behind the start and, where there is one, the JFIF header, which must come first.
fn after_header(jpeg: &[u8]) -> usize {
    match jpeg {
        [_, _, 0xff, 0xe0, high, low, ..] => {
            (4 + usize::from(u16::from_be_bytes([*high, *low]))).min(jpeg.len())
        }
        _ => jpeg.len().min(2),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// A JPEG of `at_worst` bytes or more, the more the better.
    fn fitted(
        at_worst: usize,
        at_best: usize,
        least: usize,
        most: usize,
    ) -> Result<Vec<u8>, Misfit> {
        let encode = async |quality: f64| {
            let length = at_worst as f64 + (at_best - at_worst) as f64 * quality.powi(3);
            let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, b'J', b'F', 0xff, 0xda];
            jpeg.resize(length as usize, 1);
            Ok(jpeg)
        };
        match pin!(fit(encode, least, most)).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => panic!("nothing is waited for"),
        }
    }

    #[test]
    fn a_picture_full_of_detail_is_as_good_as_it_may_be() {
        let jpeg = fitted(9_000, 180_000, 20_480, 50_000).unwrap();
        assert!((49_000..=50_000).contains(&jpeg.len()), "{}", jpeg.len());
    }

    #[test]
    fn a_flat_picture_is_filled_up_with_a_comment() {
        let jpeg = fitted(900, 2_000, 20_480, 50_000).unwrap();
        assert_eq!(jpeg.len(), 20_480);
        assert_eq!(jpeg[..8], [0xff, 0xd8, 0xff, 0xe0, 0, 4, b'J', b'F'], "the header is first");
        assert_eq!(jpeg[8..10], [0xff, 0xfe]);
        let length = usize::from(u16::from_be_bytes([jpeg[10], jpeg[11]]));
        assert_eq!(jpeg[10 + length..][..2], [0xff, 0xda], "the picture goes on behind it");
    }

    #[test]
    fn more_than_a_comment_holds_is_several() {
        let jpeg = fitted(900, 2_000, 200_000, 300_000).unwrap();
        assert_eq!(jpeg.len(), 200_000);
        let mut at = 8;
        while jpeg[at + 1] == 0xfe {
            at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        }
        assert_eq!(jpeg[at..at + 2], [0xff, 0xda]);
    }

    #[test]
    fn a_byte_that_is_missing_costs_four() {
        assert_eq!(padded(vec![0xff, 0xd8, 1, 1], 5).len(), 8);
    }

    #[test]
    fn what_cannot_be_small_enough_is_told() {
        assert!(matches!(fitted(30_000, 90_000, 9_216, 20_000), Err(Misfit::TooLarge(30_000..))));
    }
}
