//! What the page calls: it writes pixels where [`room`] says, and reads words where [`words`] says.
//!
//! Without wasm-bindgen: three functions of numbers need no glue.

use std::cell::RefCell;

use crate::{Picture, read};

thread_local! {
    static PIXELS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Where so many bytes may be written: pixels of red, green, blue and opacity.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn room(length: usize) -> *mut u8 {
    PIXELS.with_borrow_mut(|pixels| {
        pixels.clear();
        pixels.resize(length, 0);
        pixels.as_mut_ptr()
    })
}

/// Reads what was written. Tells the length of the words; nothing is 0.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn read_code(width: usize) -> usize {
    let shades: Vec<u8> = PIXELS.with_borrow(|pixels| pixels.chunks_exact(4).map(shade).collect());
    let found = read(Picture { shades: &shades, width }).unwrap_or_default();
    let length = found.len();
    WORDS.set(found);
    length
}

/// Where the words are that were read, in UTF-8.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn words() -> *const u8 {
    WORDS.with_borrow(|words| words.as_ptr())
}

/// As bright as people see it (ITU-R BT.601, in 256ths).
fn shade(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((red * 77 + green * 150 + blue * 29) >> 8) as u8
}
