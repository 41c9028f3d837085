//! Why a request is not what tus says.

use http::StatusCode;

/// 460, which tus made up: the bytes that came are not those that the checksum is of. Not a
/// [`StatusCode`] that `http` has a name for, but one that it takes.
pub const CHECKSUM_MISMATCH: u16 = 460;

/// Why a request is not done. Nothing of it may then have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another version of tus, or none. The answer has to tell [`VERSIONS`](crate::VERSIONS).
    #[error("say Tus-Resumable: 1.0.0")]
    Version,
    /// Nothing that can be done here.
    #[error("an upload takes HEAD, PATCH, DELETE; the place where uploads are made takes POST")]
    Method,
    /// Not the media type of an upload's bytes.
    #[error("send bytes as application/offset+octet-stream")]
    MediaType,
    /// `Upload-Offset` is missing or no number.
    #[error("say in Upload-Offset where the bytes belong")]
    Offset,
    /// `Upload-Length` is missing or no number.
    #[error("say in Upload-Length how many bytes there will be")]
    Length,
    /// `Upload-Metadata` cannot be read.
    #[error("write Upload-Metadata as keys and base64")]
    Metadata,
    /// `Upload-Checksum` cannot be read.
    #[error("write Upload-Checksum as an algorithm and a digest of its length in base64")]
    Checksum,
    /// `Upload-Checksum` is by an algorithm that nobody here knows.
    #[error("use an algorithm of Tus-Checksum-Algorithm")]
    Algorithm,
}

impl Refusal {
    /// What tus has a server answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Version => StatusCode::PRECONDITION_FAILED,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Offset | Self::Length | Self::Metadata | Self::Checksum | Self::Algorithm => {
                StatusCode::BAD_REQUEST
            }
        }
    }
}
