//! What the page calls: it writes bytes where [`room`] says, and reads what comes of them where
//! [`made`] says.
//!
//! Without wasm-bindgen: functions of numbers need no glue.

use std::cell::RefCell;

use crate::mailbags::{Film, Seen, Show};
use crate::{Picture, read};

thread_local! {
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static MADE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SHOW: RefCell<Option<Show>> = const { RefCell::new(None) };
    static FILM: RefCell<Option<Film>> = const { RefCell::new(None) };
}

/// Where so many bytes may be written.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn room(length: usize) -> *mut u8 {
    ROOM.with_borrow_mut(|room| {
        room.clear();
        room.resize(length, 0);
        room.as_mut_ptr()
    })
}

/// Where the bytes are that were made last.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn made() -> *const u8 {
    MADE.with_borrow(Vec::as_ptr)
}

/// Reads the first code of the picture that was written (red, green, blue and opacity of each pixel).
/// Makes its words, in UTF-8, and tells their length; nothing is 0.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn read_code(width: usize) -> usize {
    let shades: Vec<u8> = ROOM.with_borrow(|pixels| pixels.chunks_exact(4).map(shade).collect());
    make(read(Picture { shades: &shades, width }).unwrap_or_default().into_bytes())
}

/// Begins to show the mailbag that was written. Tells how many codes it has at least; one that is too
/// long to be shown 0.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn show_mailbag() -> usize {
    let show = ROOM.with_borrow(|bag| Show::of(bag));
    let least = show.as_ref().map_or(0, Show::least);
    SHOW.set(show);
    least
}

/// Makes the next code's modules, row by row, and tells how many a row has.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn next_code() -> usize {
    let code = SHOW.with_borrow_mut(|show| show.as_mut().map(Show::show));
    match code {
        Some(code) => {
            make(code.dark);
            code.side
        }
        None => 0,
    }
}

/// Begins to film another mailbag.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn film_mailbag() {
    FILM.set(Some(Film::default()));
}

/// Takes in the words, in UTF-8, that were written. Tells how many percent of the mailbag are there; when
/// it is whole, makes it, and tells its length and 100 in all; -1 where they are of no mailbag.
#[allow(unsafe_code, reason = "exported by this name")]
#[unsafe(no_mangle)]
pub(crate) extern "C" fn see_code() -> i32 {
    let words = ROOM.with_borrow(|words| String::from_utf8_lossy(words).into_owned());
    let seen = FILM.with_borrow_mut(|film| film.as_mut().map(|film| film.see(&words)));
    match seen {
        None | Some(Seen::Nothing) => -1,
        Some(Seen::Part(percent)) => percent.into(),
        Some(Seen::Whole(bag)) => 100 + i32::try_from(make(bag)).unwrap_or_default(),
    }
}

fn make(bytes: Vec<u8>) -> usize {
    let length = bytes.len();
    MADE.set(bytes);
    length
}

/// As bright as people see it (ITU-R BT.601, in 256ths).
fn shade(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((red * 77 + green * 150 + blue * 29) >> 8) as u8
}
