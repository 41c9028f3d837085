//! A photograph as a phone writes it that is held in any way.

use anyhow::Result;
use jpeg_encoder::{ColorType, Encoder};

/// Width and height of what [`turned`] makes, as they are stored.
pub const STORED: (u16, u16) = (1200, 800);

/// Four quarters: red and green above, blue and yellow below, when `orientation` is 1. Another
/// orientation, of the eight of EXIF, says that they are to be turned or mirrored.
///
/// # Errors
/// Never, for such a small one.
pub fn turned(orientation: u8) -> Result<Vec<u8>> {
    let (width, height) = STORED;
    let mut pixels = Vec::with_capacity(3 * usize::from(width) * usize::from(height));
    for y in 0..height {
        for x in 0..width {
            pixels.extend(match (x < width / 2, y < height / 2) {
                (true, true) => [220, 20, 20],
                (false, true) => [20, 220, 20],
                (true, false) => [20, 20, 220],
                (false, false) => [220, 220, 20],
            });
        }
    }
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 90).encode(&pixels, width, height, ColorType::Rgb)?;
    // Big-endian TIFF with one entry: tag 0x0112, one SHORT.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(exif.len() + 2)?.to_be_bytes();
    let marker = [&[0xff, 0xe1], &length[..], &exif].concat();
    // In front of everything but the start: some readers look no further than JFIF otherwise.
    jpeg.splice(2..2, marker);
    Ok(jpeg)
}

/// The quarters as people must see them, from left to right and from above to below.
pub fn seen(orientation: u8) -> [&'static str; 4] {
    let (red, green, blue, yellow) = ("red", "green", "blue", "yellow");
    match orientation {
        2 => [green, red, yellow, blue],
        3 => [yellow, blue, green, red],
        4 => [blue, yellow, red, green],
        5 => [red, blue, green, yellow],
        6 => [blue, red, yellow, green],
        7 => [yellow, green, blue, red],
        8 => [green, yellow, red, blue],
        _ => [red, green, blue, yellow],
    }
}
