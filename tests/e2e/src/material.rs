//! Pictures and sounds, made by code: real files, none in the repository.

mod turned;

use std::f64::consts::TAU;
use std::io::Write;

use anyhow::Result;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use jpeg_encoder::{ColorType, Encoder};
use protocol::Digest;
use qrcodegen::{QrCode, QrCodeEcc};

pub use self::turned::{STORED, seen, turned};

/// A photograph, more or less: 1200 x 900, some hundred kilobytes. Another number, another picture.
///
/// # Errors
/// Never, for such a small one.
pub fn jpeg(number: u32) -> Result<Vec<u8>> {
    const SIZE: (u16, u16) = (1200, 900);
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 85).encode(&pixels(SIZE, number), SIZE.0, SIZE.1, ColorType::Rgb)?;
    Ok(jpeg)
}

/// Of one colour but for a dark head: what compresses best.
///
/// # Errors
/// When a side is too long for a JPEG.
pub fn flat(width: u16, height: u16) -> Result<Vec<u8>> {
    let (middle, reach) = (i32::from(width) / 2, i32::from(width) / 4);
    encoded((width, height), |x, y| {
        let is_head = (x - middle).pow(2) + (y - middle).pow(2) < reach.pow(2);
        if is_head { [70, 60, 50] } else { [250, 250, 250] }
    })
}

/// Nothing but grain: what compresses worst.
///
/// # Errors
/// When a side is too long for a JPEG.
pub fn noise(width: u16, height: u16) -> Result<Vec<u8>> {
    let mut grain = 1_u32;
    // Coarse enough to be left when it is made small.
    let mut rows = Vec::new();
    encoded((width, height), move |x, y| {
        let cell = usize::try_from((y / 4) * 4096 + x / 4).unwrap_or_default();
        while rows.len() <= cell {
            grain ^= grain << 13;
            grain ^= grain >> 17;
            grain ^= grain << 5;
            let [red, green, blue, _] = grain.to_le_bytes();
            rows.push([red, green, blue]);
        }
        rows[cell]
    })
}

/// A QR code that says `text`, on paper.
///
/// # Errors
/// When the text is too long for one.
pub fn qr_code(text: &str) -> Result<Vec<u8>> {
    const SCALE: u16 = 6;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)?;
    let side = (u16::try_from(code.size())? + 8) * SCALE;
    encoded((side, side), |x, y| {
        let module = |at: i32| at / i32::from(SCALE) - 4;
        if code.get_module(module(x), module(y)) { [20; 3] } else { [240; 3] }
    })
}

/// A photograph of 12 megapixels.
///
/// # Errors
/// Never.
pub fn large_jpeg(number: u32) -> Result<Vec<u8>> {
    const SIZE: (u16, u16) = (4000, 3000);
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 85).encode(&pixels(SIZE, number), SIZE.0, SIZE.1, ColorType::Rgb)?;
    Ok(jpeg)
}

fn encoded(
    (width, height): (u16, u16),
    mut colour: impl FnMut(i32, i32) -> [u8; 3],
) -> Result<Vec<u8>> {
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            pixels.extend(colour(x.into(), y.into()));
        }
    }
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 90).encode(&pixels, width, height, ColorType::Rgb)?;
    Ok(jpeg)
}

/// A small PNG.
///
/// # Errors
/// Never: it is written to memory.
pub fn png(number: u32) -> Result<Vec<u8>> {
    const SIZE: (u16, u16) = (320, 200);
    let mut rows = ZlibEncoder::new(Vec::new(), Compression::fast());
    for row in pixels(SIZE, number).chunks(3 * usize::from(SIZE.0)) {
        rows.write_all(&[0])?;
        rows.write_all(row)?;
    }
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(u32::from(SIZE.0).to_be_bytes());
    header.extend(u32::from(SIZE.1).to_be_bytes());
    // Eight bits for each of red, green and blue.
    header.extend([8, 2, 0, 0, 0]);
    for (kind, content) in [(b"IHDR", header), (b"IDAT", rows.finish()?), (b"IEND", Vec::new())] {
        let mut crc = Crc::new();
        crc.update(kind);
        crc.update(&content);
        png.extend(u32::try_from(content.len())?.to_be_bytes());
        png.extend(kind);
        png.extend(content);
        png.extend(crc.sum().to_be_bytes());
    }
    Ok(png)
}

/// A tone of `seconds` as a WAV file: 8,000 samples of 16 bits a second, one channel.
///
/// # Errors
/// Where it would be longer than such a file can be.
pub fn wav(seconds: u32) -> Result<Vec<u8>> {
    const RATE: u32 = 8_000;
    let samples = RATE * seconds;
    let length = samples * 2;
    let mut wav = Vec::from(*b"RIFF");
    wav.extend((36 + length).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 2).to_le_bytes());
    wav.extend(b"\x02\0\x10\0data");
    wav.extend(length.to_le_bytes());
    for sample in 0..samples {
        let height = (f64::from(sample) * 440.0 * TAU / f64::from(RATE)).sin() * 12_000.0;
        #[expect(clippy::cast_possible_truncation, reason = "at most 12,000 either way")]
        wav.extend((height as i16).to_le_bytes());
    }
    Ok(wav)
}

/// The SHA-256 of a file, as the app and the console show it.
pub fn digest(content: &[u8]) -> String {
    Digest::of(content).to_string()
}

/// Smooth colours with grain, so that it compresses like a photograph.
fn pixels((width, height): (u16, u16), number: u32) -> Vec<u8> {
    let mut grain = number.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut pixels = Vec::with_capacity(3 * usize::from(width) * usize::from(height));
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            grain ^= grain << 13;
            grain ^= grain >> 17;
            grain ^= grain << 5;
            let shade = [x / 5 + number * 40, y / 4 + number * 25, (x + y) / 9];
            pixels.extend(shade.map(|shade| (shade % 220 + grain % 24).to_le_bytes()[0]));
        }
    }
    pixels
}
