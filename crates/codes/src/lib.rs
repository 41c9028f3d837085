//! Reads codes in pictures, for browsers that cannot (`BarcodeDetector`): QR codes, and the bar codes
//! that stand on goods and papers in China (EAN-13, EAN-8, Code 128). Shows mailbags as runs of codes,
//! and puts them together from what a camera sees of such a run.

mod mailbags;
#[cfg(target_arch = "wasm32")]
mod page;
mod striped;

pub use mailbags::{Film, Modules, Seen, Show};
use rqrr::PreparedImage;

/// A picture in shades of grey, row by row.
#[derive(Clone, Copy)]
pub struct Picture<'p> {
    /// 0 is black.
    pub shades: &'p [u8],
    /// Pixels of a row.
    pub width: usize,
}

impl Picture<'_> {
    fn height(&self) -> usize {
        self.shades.len().checked_div(self.width).unwrap_or_default()
    }
}

/// What the first code in a picture says.
pub fn read(picture: Picture<'_>) -> Option<String> {
    square(picture).or_else(|| striped::read(picture))
}

fn square(picture: Picture<'_>) -> Option<String> {
    let Picture { shades, width } = picture;
    let mut prepared = PreparedImage::prepare_from_greyscale(width, picture.height(), |x, y| {
        shades.get(y * width + x).copied().unwrap_or(u8::MAX)
    });
    let grids = prepared.detect_grids();
    grids.iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use qrcodegen::{QrCode, QrCodeEcc};

    use super::*;

    /// A QR code with `scale` pixels to a module, on grey paper, more or less lit.
    fn qr(text: &str, scale: usize) -> (Vec<u8>, usize) {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("it is short");
        let side = usize::try_from(code.size()).expect("it is positive") + 8;
        let width = side * scale;
        let shades = (0..width * width)
            .map(|at| {
                let module = |at: usize| i32::try_from(at / scale).expect("it is small") - 4;
                let light = 30 * (at % width) / width;
                let shade =
                    if code.get_module(module(at % width), module(at / width)) { 40 } else { 200 };
                shade + u8::try_from(light).expect("it is small")
            })
            .collect();
        (shades, width)
    }

    #[test]
    fn a_qr_code_is_read_in_any_size_and_in_chinese() {
        for (text, scale) in
            [("LD-0042", 3), ("https://example.org/农药/6901234567892", 5), ("路灯 42 号", 11)]
        {
            let (shades, width) = qr(text, scale);
            assert_eq!(read(Picture { shades: &shades, width }).as_deref(), Some(text));
        }
    }

    #[test]
    fn where_there_is_no_code_nothing_is_read() {
        for shade in [0, 128, 255] {
            assert_eq!(read(Picture { shades: &vec![shade; 120_000], width: 400 }), None);
        }
        let grain: Vec<u8> =
            (0..120_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(read(Picture { shades: &grain, width: 400 }), None);
        assert_eq!(read(Picture { shades: &[], width: 0 }), None);
    }
}
