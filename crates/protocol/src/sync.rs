//! One round trip: envelopes up, receipts and facts down.

use minicbor::bytes::ByteVec;
use minicbor::{CborLen, Decode, Decoder, Encode};

use crate::device::Standing;
use crate::fact::Fact;
use crate::id::{Digest, EnvelopeId, FileId, Township};
use crate::key::PublicKey;
use crate::receipt::{Completion, Receipt};
use crate::signed::{Signed, Statement};
use crate::time::{DeviceTime, ServerTime};

/// The number of this protocol.
pub const VERSION: u16 = 1;
/// The most bytes of a request's body, unpacked.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// What a phone sends, [`Signed`] by the device.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct SyncRequest {
    /// [`VERSION`].
    #[n(0)]
    pub version: u16,
    /// To whom.
    #[n(1)]
    pub township: Township,
    /// The device that asks: facts are told to it, and it signs.
    #[n(2)]
    pub device: PublicKey,
    /// By its clock.
    #[n(3)]
    pub sent_at: DeviceTime,
    /// How far the device has heard; nothing on its first contact.
    #[n(4)]
    pub cursor: Option<Cursor>,
    /// Encoded [`Envelope`](crate::Envelope)s, its own or carried.
    #[cbor(n(5), decode_with = "crate::encoding::envelopes")]
    pub envelopes: Vec<ByteVec>,
    /// Envelopes that arrived and whose files are still on the way.
    #[n(6)]
    pub open: Vec<EnvelopeId>,
}

impl Statement for SyncRequest {
    const CONTEXT: &'static [u8] = b"xst sync v1\0";
}

/// What the township answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct SyncAnswer {
    /// The township's clock now.
    #[n(0)]
    pub now: ServerTime,
    /// One for each envelope of the request, in order.
    #[n(1)]
    pub verdicts: Vec<Verdict>,
    /// One for each envelope that is asked about, or was received just now and has files.
    #[n(2)]
    pub deliveries: Vec<DeliveryState>,
    /// What is new for this device.
    #[n(3)]
    pub facts: Vec<Fact>,
    /// Up to where.
    #[n(4)]
    pub cursor: Option<Cursor>,
    /// Whether there are more facts after these.
    #[n(5)]
    pub more: bool,
    /// The version of the pack in force.
    #[n(6)]
    pub pack: Digest,
    /// What the township says of the device that asks, if it says anything. Only under its
    /// signature: nobody on the way may make a phone forget its keys.
    #[n(7)]
    pub standing: Option<Standing>,
}

/// How far a device has heard. Opaque to the phone.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
#[cbor(transparent)]
pub struct Cursor(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

/// What became of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub enum Verdict {
    /// It is there: now, or since an earlier time.
    #[n(0)]
    Received(#[n(0)] Signed<Receipt>),
    /// It is not taken.
    #[n(1)]
    Refused(#[n(0)] Refusal),
}

/// Why an envelope is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Refusal {
    /// Which envelope, if that could be read.
    #[n(0)]
    pub envelope: Option<EnvelopeId>,
    /// Of the bytes that the township saw: by the suite that they name, SHA-256 where they name none.
    #[n(1)]
    pub seen: Digest,
    /// The kind of reason.
    #[n(2)]
    pub reason: RefusalReason,
    /// In words for the person, in Chinese.
    #[n(3)]
    pub words: String,
}

/// The kinds of reason for which an envelope is refused. One that the reader does not know yet is read
/// as [`RefusalReason::Unknown`]: a phone may carry what newer phones sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, CborLen)]
#[cbor(index_only)]
pub enum RefusalReason {
    /// Cannot be opened: damaged or altered on the way, or sealed to another's key.
    #[n(0)]
    Unopenable,
    /// For another township.
    #[n(1)]
    Elsewhere,
    /// The signature is not the author's.
    #[n(2)]
    Forged,
    /// Asks something, or names a form, that this township does not know.
    #[n(3)]
    Unknown,
    /// The answers do not fulfil the form, or what the phone calculated is not what the township
    /// calculates.
    #[n(4)]
    Unfit,
    /// The same id came before with other bytes.
    #[n(5)]
    Conflicting,
    /// The township cannot keep it now (disk full): send it again later.
    #[n(6)]
    Later,
    /// The device whose order it is was revoked before it came.
    #[n(7)]
    Revoked,
    /// The case is not any more as whoever asks had seen it; what it is now is told as a fact.
    #[n(8)]
    Superseded,
    /// There is no such case, or it is not for this device to ask that of it: both look alike.
    #[n(9)]
    Denied,
}

impl RefusalReason {
    /// All of them, by their numbers.
    pub const ALL: [Self; 10] = [
        Self::Unopenable,
        Self::Elsewhere,
        Self::Forged,
        Self::Unknown,
        Self::Unfit,
        Self::Conflicting,
        Self::Later,
        Self::Revoked,
        Self::Superseded,
        Self::Denied,
    ];
}

impl<'b, C> Decode<'b, C> for RefusalReason {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        let number = d.u64()?;
        let known = usize::try_from(number).ok().and_then(|number| Self::ALL.get(number));
        Ok(known.copied().unwrap_or(Self::Unknown))
    }
}

/// How far the files of an envelope have come.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct DeliveryState {
    /// The envelope.
    #[n(0)]
    pub envelope: EnvelopeId,
    /// Files that are not whole yet, and how many sealed bytes of each are there.
    #[n(1)]
    pub missing: Vec<MissingFile>,
    /// Once none is missing.
    #[n(2)]
    pub completion: Option<Signed<Completion>>,
}

/// A file that is not whole yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct MissingFile {
    /// Which.
    #[n(0)]
    pub file: FileId,
    /// Sealed bytes that are there and durable.
    #[n(1)]
    pub offset: u64,
}
