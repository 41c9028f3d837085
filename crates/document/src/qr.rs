//! The QR code of a document's proof.

use qrcodegen::{QrCode, QrCodeEcc};

/// Dark modules beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) x: i64,
    pub(crate) y: i64,
    pub(crate) length: i64,
}

/// A code that holds `text`: of how many modules a side it is, and which are dark. None where it does not
/// fit.
pub(crate) fn runs(text: &str) -> Option<(i64, Vec<Run>)> {
    // A page is folded, and stamped: a quarter of it may be spoilt.
    let code = QrCode::encode_text(text, QrCodeEcc::Quartile).ok()?;
    let size = code.size();
    let mut runs: Vec<Run> = Vec::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            let (x, y) = (i64::from(x), i64::from(y));
            match runs.last_mut() {
                Some(run) if run.y == y && run.x + run.length == x => run.length += 1,
                _ => runs.push(Run { x, y, length: 1 }),
            }
        }
    }
    Some((size.into(), runs))
}
