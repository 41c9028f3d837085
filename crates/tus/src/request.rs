//! What a request asks, by its method and headers alone.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};

use crate::checksum::Checksum;
use crate::header::{
    CHECKSUM, LENGTH, METADATA, METHOD, OFFSET, OFFSET_OCTETS, RESUMABLE, VERSION, number, one,
};
use crate::metadata::Metadata;
use crate::refusal::Refusal;

/// What a request is addressed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Where uploads are made.
    Uploads,
    /// One of them.
    Upload,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// What can be asked. Answered by [`capabilities`](crate::capabilities).
    Capabilities,
    /// A new upload.
    Create(Creation),
    /// How many bytes of it are there.
    Offset,
    /// To take its next bytes, which are the body.
    Append(Piece),
    /// To throw away what is there.
    Terminate,
}

/// A new upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    /// Bytes of the whole.
    pub length: u64,
    /// What else is told of it.
    pub metadata: Metadata,
    /// Its first bytes, where the body brings them.
    pub first: Option<Piece>,
}

/// Where the bytes of a request belong, and what they have to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Behind so many others.
    pub offset: u64,
    /// What their digest has to be, if that is told.
    pub checksum: Option<Checksum>,
}

impl Request {
    /// Reads a request to `target`.
    ///
    /// # Errors
    /// See [`Refusal`].
    pub fn read(target: Target, method: &Method, headers: &HeaderMap) -> Result<Self, Refusal> {
        let method = meant(method, headers)?;
        if method == Method::OPTIONS {
            return Ok(Self::Capabilities);
        }
        let version = one(headers, &RESUMABLE).map_err(|()| Refusal::Version)?;
        if version.is_none_or(|version| VERSION != version) {
            return Err(Refusal::Version);
        }
        match (target, method) {
            (Target::Uploads, Method::POST) => creation(headers).map(Self::Create),
            (Target::Upload, Method::HEAD) => Ok(Self::Offset),
            (Target::Upload, Method::PATCH) => piece(headers).map(Self::Append),
            (Target::Upload, Method::DELETE) => Ok(Self::Terminate),
            _ => Err(Refusal::Method),
        }
    }
}

/// The method that a client means that cannot use it.
fn meant(method: &Method, headers: &HeaderMap) -> Result<Method, Refusal> {
    match one(headers, &METHOD).map_err(|()| Refusal::Method)? {
        None => Ok(method.clone()),
        Some(name) => Method::from_bytes(name.as_bytes()).map_err(|_| Refusal::Method),
    }
}

fn creation(headers: &HeaderMap) -> Result<Creation, Refusal> {
    let length = one(headers, &LENGTH).map_err(|()| Refusal::Length)?;
    let length = length.and_then(number).ok_or(Refusal::Length)?;
    let metadata = one(headers, &METADATA).map_err(|()| Refusal::Metadata)?;
    let metadata = metadata.map_or_else(|| Ok(Metadata::default()), Metadata::read)?;
    let first = match has_bytes(headers) {
        true => Some(Piece { offset: 0, checksum: checksum(headers)? }),
        false => None,
    };
    Ok(Creation { length, metadata, first })
}

fn piece(headers: &HeaderMap) -> Result<Piece, Refusal> {
    if !has_bytes(headers) {
        return Err(Refusal::MediaType);
    }
    let offset = one(headers, &OFFSET).map_err(|()| Refusal::Offset)?;
    let offset = offset.and_then(number).ok_or(Refusal::Offset)?;
    Ok(Piece { offset, checksum: checksum(headers)? })
}

fn has_bytes(headers: &HeaderMap) -> bool {
    let kind = one(headers, &CONTENT_TYPE).unwrap_or_default();
    let kind = kind.and_then(|kind| kind.split(';').next());
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case(OFFSET_OCTETS))
}

fn checksum(headers: &HeaderMap) -> Result<Option<Checksum>, Refusal> {
    one(headers, &CHECKSUM).map_err(|()| Refusal::Checksum)?.map(Checksum::read).transpose()
}
