//! Making bytes fewer.

use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableWritablePair, Response};

#[wasm_bindgen]
extern "C" {
    /// https://developer.mozilla.org/docs/Web/API/CompressionStream: not yet stable in web-sys.
    type CompressionStream;

    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;
}

/// What stands around DEFLATE in zlib's format (RFC 1950 section 2.2): two bytes before, four behind.
const ZLIB: (usize, usize) = (2, 4);

/// `bytes`, packed by DEFLATE (RFC 1951); none where the browser cannot (Safari before 16.4). Asked for
/// in zlib's format, since browsers had `deflate-raw` years later (Chromium 103).
pub(crate) async fn deflate(bytes: &[u8]) -> Option<Vec<u8>> {
    let exists = Reflect::get(&js_sys::global(), &"CompressionStream".into()).ok()?;
    exists.dyn_ref::<Function>()?;
    let compressing = CompressionStream::new("deflate").ok()?;
    let parts = js_sys::Array::of1(&Uint8Array::from(bytes));
    let stream = Blob::new_with_u8_array_sequence(&parts).ok()?.stream();
    let pair: &ReadableWritablePair = compressing.unchecked_ref();
    let packed = Response::new_with_opt_readable_stream(Some(&stream.pipe_through(pair))).ok()?;
    let buffer: ArrayBuffer =
        JsFuture::from(packed.array_buffer().ok()?).await.ok()?.unchecked_into();
    let zlib = Uint8Array::new(&buffer).to_vec();
    Some(zlib.get(ZLIB.0..zlib.len().checked_sub(ZLIB.1)?)?.to_vec())
}
