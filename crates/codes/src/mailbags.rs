//! Mailbags from screen to camera (`docs/mailbag.md`).

use mailbag::{Frames, Gathered, Gathering};
use qrcodegen::{QrCode, QrCodeEcc, QrSegment};

/// A code, row by row: whether each of its modules is dark.
pub struct Modules {
    /// Modules of a row, and rows.
    pub side: usize,
    /// 1 where it is dark.
    pub dark: Vec<u8>,
}

/// A mailbag that is shown, code after code.
pub struct Show(Frames);

impl Show {
    /// Begins; none where it is too long to be shown.
    pub fn of(bag: &[u8]) -> Option<Self> {
        Frames::of(bag).ok().map(Self)
    }

    /// So many codes make it up, if none is missed.
    pub fn least(&self) -> usize {
        self.0.least()
    }

    /// The next code.
    pub fn show(&mut self) -> Modules {
        let text = self.0.show();
        let segment = QrSegment::make_alphanumeric(&text);
        // It fits, as the mailbag's own tests say.
        match QrCode::encode_segments(&[segment], QrCodeEcc::Low) {
            Ok(code) => {
                let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
                let dark = places.map(|(x, y)| u8::from(code.get_module(x, y))).collect();
                Modules { side: usize::try_from(code.size()).unwrap_or_default(), dark }
            }
            Err(_) => Modules { side: 0, dark: Vec::new() },
        }
    }
}

/// A mailbag that is filmed.
#[derive(Default)]
pub struct Film(Gathering);

/// How far a film is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The code is none of a mailbag.
    Nothing,
    /// So many percent, 99 at most.
    Part(u8),
    /// The mailbag.
    Whole(Vec<u8>),
}

impl Film {
    /// Takes in what a code says.
    pub fn see(&mut self, text: &str) -> Seen {
        match self.0.take(text) {
            Err(_) => Seen::Nothing,
            Ok(Gathered::Part { seen, needed }) => {
                Seen::Part(u8::try_from(seen * 100 / needed.max(1)).unwrap_or(99).min(99))
            }
            Ok(Gathered::Whole(bag)) => Seen::Whole(bag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Picture, read};

    /// What a camera sees: each module three pixels wide, with a margin.
    fn filmed(code: &Modules) -> Option<String> {
        const SCALE: usize = 3;
        let width = (code.side + 8) * SCALE;
        let module = |at: usize| (at / SCALE).checked_sub(4).filter(|at| *at < code.side);
        let shade = |at: usize| match (module(at % width), module(at / width)) {
            (Some(x), Some(y)) if code.dark[y * code.side + x] == 1 => 40,
            _ => 210,
        };
        let shades: Vec<u8> = (0..width * width).map(shade).collect();
        read(Picture { shades: &shades, width })
    }

    #[test]
    fn a_mailbag_goes_from_a_screen_to_a_camera_that_misses_every_fourth_code() {
        let bag: Vec<u8> = (0..6_000_u32).map(|at| (at.wrapping_mul(97) >> 3) as u8).collect();
        let (mut show, mut film) = (Show::of(&bag).expect("it is short"), Film::default());
        for shown in 0.. {
            let code = show.show();
            if shown % 4 == 1 {
                continue;
            }
            let text = filmed(&code).expect("our own reader reads it");
            match film.see(&text) {
                Seen::Whole(whole) => return assert_eq!(whole, bag),
                seen => assert!(shown < 40 && matches!(seen, Seen::Part(_)), "{shown}: {seen:?}"),
            }
        }
    }

    #[test]
    fn codes_on_other_things_are_none_of_a_mailbag() {
        assert_eq!(Film::default().see("https://example.cn/"), Seen::Nothing);
    }
}
