//! What somebody states under a signature.
//!
//! A statement travels in the very bytes that were signed, so that an older reader, who skips the
//! fields that it does not know, can still verify it.

use core::marker::PhantomData;

use minicbor::{CborLen, Decode, Encode};

use crate::encoding::{Unreadable, decode};
use crate::key::Signature;

/// A kind of statement that can be signed.
pub trait Statement: Encode<()> + for<'b> Decode<'b, ()> {
    /// Signed before the statement itself, so that a statement of one kind can never pass for one
    /// of another.
    const CONTEXT: &'static [u8];
}

/// A statement and a signature over it. Who signed, and whether that is true, is for the reader
/// to find out: natively with `keys::verify`, on a phone with the browser.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Signed<T> {
    #[cbor(n(0), with = "minicbor::bytes")]
    statement: Vec<u8>,
    #[n(1)]
    signature: Signature,
    #[cbor(skip)]
    kind: PhantomData<T>,
}

impl<T: Statement> Signed<T> {
    /// What is to be signed so that `statement` (encoded) is signed.
    pub fn message(statement: &[u8]) -> Vec<u8> {
        [T::CONTEXT, statement].concat()
    }

    /// Ties a statement (encoded) to the signature over its [`Signed::message`].
    pub fn new(statement: Vec<u8>, signature: Signature) -> Self {
        Self { statement, signature, kind: PhantomData }
    }

    /// What [`Signed::signature`] is over.
    pub fn signed_bytes(&self) -> Vec<u8> {
        Self::message(&self.statement)
    }

    /// The signature.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }

    /// What is stated, whoever signed it: enough to look up the key to verify with, and nothing
    /// to act on before that.
    ///
    /// # Errors
    /// When the bytes are not such a statement.
    pub fn claim(&self) -> Result<T, Unreadable> {
        decode(&self.statement)
    }
}
