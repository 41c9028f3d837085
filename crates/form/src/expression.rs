//! The expression language of XLSForm and ODK XForms.

use minicbor::{CborLen, Decode, Encode};

/// A parsed expression whose references are resolved.
#[derive(Clone, Debug, PartialEq, Encode, Decode, CborLen)]
pub enum Expression {
    /// A number.
    #[n(0)]
    Number(#[n(0)] f64),
}
