//! A mailbag as a run of QR codes, with as much of it in each as a cheap camera can read.
//!
//! A frame is text of QR's alphanumeric kind: a mark, and in base 45 (RFC 9285) the mailbag's name
//! (8 bytes of its SHA-256), its length (4), the size of a symbol (2), which symbol it is (4), and the
//! symbol (RaptorQ, RFC 6330).

use std::collections::HashSet;

use protocol::Digest;
use raptorq::{Decoder, Encoder, EncodingPacket, ObjectTransmissionInformation, PayloadId};

/// The longest mailbag that is shown as codes: some minutes before a camera.
pub const MOST_BYTES: usize = 1024 * 1024;

/// What every frame begins with.
const MARK: &str = "XST1:";
/// Bytes of a symbol: with the rest, 512 letters, which a QR code of 65 x 65 holds (version 12, L).
const SYMBOL: u16 = 320;
/// The sizes of a symbol that are taken: other versions of the app may choose otherwise.
const SYMBOLS: core::ops::RangeInclusive<u16> = 64..=1024;
/// RaptorQ's largest symbol id.
const LAST_SYMBOL: u32 = (1 << 24) - 1;

/// Too long to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} bytes are too many to be shown as codes: carry them as a file")]
pub struct TooLarge(pub usize);

/// A code that is not one of a mailbag's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a code of a mailbag")]
pub struct NotAFrame;

/// The run of codes: first the mailbag itself, then as many more as are wanted.
pub struct Frames {
    name: [u8; 8],
    length: u32,
    encoder: Encoder,
    /// The mailbag itself, block by block.
    source: Vec<EncodingPacket>,
    shown: usize,
}

impl Frames {
    /// The codes of a mailbag.
    ///
    /// # Errors
    /// See [`TooLarge`].
    pub fn of(bag: &[u8]) -> Result<Self, TooLarge> {
        let length = u32::try_from(bag.len()).map_err(|_| TooLarge(bag.len()))?;
        if bag.is_empty() || bag.len() > MOST_BYTES {
            return Err(TooLarge(bag.len()));
        }
        let encoder = Encoder::new(bag, plan(length, SYMBOL));
        let blocks = encoder.get_block_encoders().iter();
        let source = blocks.flat_map(raptorq::SourceBlockEncoder::source_packets).collect();
        Ok(Self { name: name(bag), length, encoder, source, shown: 0 })
    }

    /// So many codes make up the mailbag, if none is missed.
    pub fn least(&self) -> usize {
        self.source.len()
    }

    /// The text of the next code. After the mailbag itself come codes that stand in for whichever
    /// were missed, each another one.
    pub fn show(&mut self) -> String {
        let place = self.shown;
        self.shown += 1;
        match self.source.get(place) {
            Some(packet) => self.frame(packet),
            None => self.frame(&self.substitute(place - self.source.len())),
        }
    }

    fn substitute(&self, place: usize) -> EncodingPacket {
        let blocks = self.encoder.get_block_encoders();
        let block = &blocks[place % blocks.len()];
        // There are millions of them: a run that is watched for months begins again.
        let number = (place / blocks.len()) as u32 % (LAST_SYMBOL / 2);
        let mut packets = block.repair_packets(number, 1);
        packets.pop().unwrap_or_else(|| self.source[0].clone())
    }

    fn frame(&self, packet: &EncodingPacket) -> String {
        let bytes = [
            &self.name[..],
            &self.length.to_be_bytes(),
            &SYMBOL.to_be_bytes(),
            &packet.serialize(),
        ]
        .concat();
        format!("{MARK}{}", base45::encode(bytes))
    }
}

/// What was seen of a run of codes.
#[derive(Default)]
pub struct Gathering(Option<Run>);

struct Run {
    name: [u8; 8],
    length: u32,
    symbol: u16,
    seen: HashSet<[u8; 4]>,
    decoder: Decoder,
    blocks: u8,
}

/// What there is after a code was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gathered {
    /// Not enough yet.
    Part {
        /// Different codes seen.
        seen: usize,
        /// About so many are needed.
        needed: usize,
    },
    /// The mailbag.
    Whole(Vec<u8>),
}

impl Gathering {
    /// Takes in the text of a code. One of another mailbag begins anew.
    ///
    /// # Errors
    /// See [`NotAFrame`].
    pub fn take(&mut self, text: &str) -> Result<Gathered, NotAFrame> {
        let frame = Frame::read(text).ok_or(NotAFrame)?;
        let is_own = |run: &&mut Run| {
            (run.name, run.length, run.symbol) == (frame.name, frame.length, frame.symbol)
        };
        let run = match self.0.as_mut().filter(is_own) {
            Some(_) => self.0.as_mut(),
            None => {
                self.0 = Some(Run::of(&frame));
                self.0.as_mut()
            }
        };
        let gathered = run.ok_or(NotAFrame)?.take(frame)?;
        if matches!(gathered, Gathered::Whole(_)) {
            self.0 = None;
        }
        Ok(gathered)
    }
}

impl Run {
    fn of(frame: &Frame) -> Self {
        let plan = plan(frame.length, frame.symbol);
        Self {
            name: frame.name,
            length: frame.length,
            symbol: frame.symbol,
            seen: HashSet::new(),
            decoder: Decoder::new(plan),
            blocks: plan.source_blocks(),
        }
    }

    fn take(&mut self, frame: Frame) -> Result<Gathered, NotAFrame> {
        if frame.payload.source_block_number() >= self.blocks {
            return Err(NotAFrame);
        }
        let needed = (self.length as usize).div_ceil(self.symbol.into());
        if self.seen.len() > needed * 2 + 64 {
            // So many suffice for certain: somebody's codes are among them that only pretend.
            self.begin_anew();
        }
        if self.seen.insert(frame.payload.serialize()) {
            let packet = EncodingPacket::new(frame.payload, frame.data);
            match self.decoder.decode(packet) {
                Some(bag) if name(&bag) == self.name => return Ok(Gathered::Whole(bag)),
                Some(_) => self.begin_anew(),
                None => {}
            }
        }
        Ok(Gathered::Part { seen: self.seen.len(), needed })
    }

    fn begin_anew(&mut self) {
        self.decoder = Decoder::new(plan(self.length, self.symbol));
        self.seen.clear();
    }
}

struct Frame {
    name: [u8; 8],
    length: u32,
    symbol: u16,
    payload: PayloadId,
    data: Vec<u8>,
}

impl Frame {
    fn read(text: &str) -> Option<Self> {
        let bytes = base45::decode(text.strip_prefix(MARK)?).ok()?;
        let (name, rest) = bytes.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (symbol, rest) = rest.split_first_chunk::<2>()?;
        let (payload, data) = rest.split_first_chunk::<4>()?;
        let (length, symbol) = (u32::from_be_bytes(*length), u16::from_be_bytes(*symbol));
        let is_sound = (1..=MOST_BYTES).contains(&(length as usize))
            && SYMBOLS.contains(&symbol)
            && symbol.is_multiple_of(8)
            && data.len() == usize::from(symbol);
        is_sound.then(|| Self {
            name: *name,
            length,
            symbol,
            payload: PayloadId::deserialize(payload),
            data: data.to_vec(),
        })
    }
}

fn plan(length: u32, symbol: u16) -> ObjectTransmissionInformation {
    ObjectTransmissionInformation::with_defaults(length.into(), symbol)
}

fn name(bag: &[u8]) -> [u8; 8] {
    let digest = Digest::of(bag).0;
    core::array::from_fn(|place| digest[place])
}
