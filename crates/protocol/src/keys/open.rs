//! Opening an envelope, and the checks that an order is its author's and was
//! made for this very envelope.

use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::algorithms::{Algorithms, expand};
use super::signature::is_by;
use crate::encoding::decode;
use crate::envelope::{Contents, Envelope, INFO, MOST_ORDER, Order, Packing};
use crate::key::PublicKey;
use crate::sync::RefusalReason;

/// What was in an envelope, and true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The device whose order it is, of the envelope's suite.
    pub author: PublicKey,
    /// What it asks.
    pub order: Order,
    /// How many bytes that was, unpacked: what it cost to find out.
    pub unpacked: usize,
}

/// Why an envelope could not be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOpened {
    /// Sealed by a suite of algorithms that this program does not know, or this township has no keys
    /// of.
    #[error("sealed by a suite of algorithms that this township does not have ({0})")]
    Suite(u16),
    /// Sealed to a key that is not among the township's.
    #[error("sealed to a key that this township does not have")]
    Recipient,
    /// Something in it is not as it was sealed.
    #[error("damaged or altered on the way")]
    Altered,
    /// Opened, but what is inside is of another version.
    #[error("its contents are of a version that this program cannot read")]
    Contents,
    /// A file in it is sealed by another suite than the envelope.
    #[error("its files are sealed by another suite of algorithms than itself")]
    Mixed,
    /// Not signed by the device that claims to be the author, or for another envelope.
    #[error("the order is not signed by its author for this envelope")]
    Forged,
}

impl NotOpened {
    /// What to answer the phone.
    pub fn reason(self) -> RefusalReason {
        match self {
            Self::Recipient | Self::Altered => RefusalReason::Unopenable,
            Self::Suite(_) | Self::Contents | Self::Mixed => RefusalReason::Unknown,
            Self::Forged => RefusalReason::Forged,
        }
    }
}

/// What is in an `envelope` sealed to `key`, once it is verified to be an order by its author for
/// this very envelope and township, and all of one suite.
pub(super) fn open<S: Algorithms>(
    envelope: &Envelope,
    key: &S::OpeningKey,
) -> Result<Opened, NotOpened> {
    let outside = envelope.outside();
    let about = outside.associated_data();
    let contents = S::open(key, INFO, &about, &envelope.encapsulated, &envelope.sealed);
    let contents = contents.ok_or(NotOpened::Altered)?;
    let contents = Contents::from_bytes(&contents).ok_or(NotOpened::Contents)?;
    let order = unpack(contents.packing, contents.order)?;
    let author = expand::<S>(&contents.author).ok_or(NotOpened::Forged)?;
    if !is_by::<S>(&outside.message(&order), &contents.signature, &author) {
        return Err(NotOpened::Forged);
    }
    let unpacked = order.len();
    let order: Order = decode(&order).map_err(|_| NotOpened::Contents)?;
    let files = order.command.submission().map_or(&[][..], |submission| &submission.files);
    if files.iter().any(|file| file.key.suite() != S::SUITE) {
        return Err(NotOpened::Mixed);
    }
    Ok(Opened { author, order, unpacked })
}

fn unpack(packing: Packing, order: Vec<u8>) -> Result<Vec<u8>, NotOpened> {
    match packing {
        Packing::Plain => Ok(order),
        Packing::Deflate => {
            decompress_to_vec_with_limit(&order, MOST_ORDER).map_err(|_| NotOpened::Contents)
        }
    }
}
