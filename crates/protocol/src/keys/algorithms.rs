//! What stands behind a suite's number.

use p256::elliptic_curve::consts::U32;
use p256::elliptic_curve::sec1::{FromSec1Point, ToSec1Point};
use p256::elliptic_curve::{Curve, CurveArithmetic, PublicKey as Point, SecretKey};

use super::CryptoRng;
use crate::file::FileKey;
use crate::key::{CompactKey, PublicKey, Signature};
use crate::suite::Suite;

/// A curve whose points are written as [`PublicKey`]s.
pub trait NamedCurve:
    Curve<FieldBytesSize = U32> + CurveArithmetic<AffinePoint: FromSec1Point<Self> + ToSec1Point<Self>>
{
}

impl<C> NamedCurve for C where
    C: Curve<FieldBytesSize = U32>
        + CurveArithmetic<AffinePoint: FromSec1Point<C> + ToSec1Point<C>>
{
}

/// The algorithms of a suite. `docs/wire.md` says which they are.
pub trait Algorithms: Sized + 'static {
    /// The number that all of this stands behind.
    const SUITE: Suite;
    /// Where the keys are.
    type Curve: NamedCurve;
    /// A private key, made ready to sign.
    type SigningKey: Send + Sync;
    /// A private key, made ready to open what is sealed to it.
    type OpeningKey: Send + Sync;

    /// Makes a private key ready to sign.
    fn signing_key(secret: &SecretKey<Self::Curve>) -> Self::SigningKey;

    /// Signs a message.
    fn sign(key: &Self::SigningKey, message: &[u8]) -> Signature;

    /// Whether the holder of `by` signed a message.
    fn verify(by: &Point<Self::Curve>, message: &[u8], signature: &Signature) -> bool;

    /// Makes a private key ready to open what is sealed to it.
    fn opening_key(secret: &SecretKey<Self::Curve>) -> Self::OpeningKey;

    /// Seals one message to the holder of `to`, for what `info` names, and binds it to what is known
    /// `about` it.
    fn seal(
        to: &Point<Self::Curve>,
        info: &[u8],
        about: &[u8],
        message: &[u8],
        random: &mut impl CryptoRng,
    ) -> Sealed;

    /// Opens what [`Algorithms::seal`] sealed; none where it is anything else.
    fn open(
        key: &Self::OpeningKey,
        info: &[u8],
        about: &[u8],
        encapsulated: &[u8],
        sealed: &[u8],
    ) -> Option<Vec<u8>>;

    /// A new key for one file.
    fn file_key(random: &mut impl CryptoRng) -> FileKey;
}

/// What an envelope carries of a sealed message.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// What leads the recipient to the message's key.
    pub encapsulated: Vec<u8>,
    /// The message.
    pub sealed: Vec<u8>,
}

/// A point as it travels.
pub(super) fn public<S: Algorithms>(point: &Point<S::Curve>) -> PublicKey {
    let mut bytes = [0; 65];
    bytes.copy_from_slice(point.to_sec1_point(false).as_bytes());
    PublicKey::new(S::SUITE, bytes)
}

/// The point that a key is; none where it is of another suite, or no point of the curve.
pub(super) fn point<S: Algorithms>(key: &PublicKey) -> Option<Point<S::Curve>> {
    let is_own = key.suite() == S::SUITE;
    is_own.then(|| Point::from_sec1_bytes(key.point()).ok()).flatten()
}

/// The key of suite `S` that `compact` is; none where it is no point of the curve.
pub(super) fn expand<S: Algorithms>(compact: &CompactKey) -> Option<PublicKey> {
    Some(public::<S>(&Point::from_sec1_bytes(&compact.0).ok()?))
}
