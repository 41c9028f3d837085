//! Pictures of persons for certificates: of so many pixels exactly, of so many bytes about.
//!
//! An author writes `parameters` of an `image` question: `crop=352x440 min-kb=20 max-kb=50`.

use super::Node;

/// The longest edge that may be asked for: a phone cannot work on much more.
const LONGEST: u32 = 4096;

/// What a picture is cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `min-kb`, in thousands of bytes or in 1,024s.
    pub least_kb: Option<u32>,
    /// `max-kb`, likewise.
    pub most_kb: Option<u32>,
}

/// What an author wrote that cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCrop {
    /// `crop` is no size.
    Size,
    /// `min-kb` or `max-kb`, by this name, is no whole number above zero.
    Weight(&'static str),
    /// Nothing weighs at least `min-kb` and at most `max-kb`.
    Empty,
    /// `min-kb` or `max-kb` without `crop`.
    Alone,
}

impl Crop {
    /// What a node's pictures are cut to.
    pub fn of(node: &Node) -> Option<Self> {
        Self::read(|name| node.parameter(name)).ok().flatten()
    }

    /// Reads it from parameters.
    ///
    /// # Errors
    /// [`NoCrop`] where they say what cannot be.
    pub fn read<'p>(
        parameter: impl Fn(&'static str) -> Option<&'p str>,
    ) -> Result<Option<Self>, NoCrop> {
        let weight = |name| match parameter(name).map(str::parse) {
            None => Ok(None),
            Some(Ok(kb)) if kb > 0 => Ok(Some(kb)),
            Some(_) => Err(NoCrop::Weight(name)),
        };
        let (least_kb, most_kb) = (weight("min-kb")?, weight("max-kb")?);
        let Some(written) = parameter("crop") else {
            let is_alone = least_kb.is_some() || most_kb.is_some();
            return if is_alone { Err(NoCrop::Alone) } else { Ok(None) };
        };
        let (width, height) = size(written).ok_or(NoCrop::Size)?;
        let crop = Self { width, height, least_kb, most_kb };
        if crop.most_bytes().is_some_and(|most| most < crop.least_bytes()) {
            return Err(NoCrop::Empty);
        }
        Ok(Some(crop))
    }

    /// So many bytes are enough for whoever counts 1,000 to a kB, and for whoever counts 1,024.
    pub fn least_bytes(&self) -> u64 {
        u64::from(self.least_kb.unwrap_or(0)) * 1024
    }

    /// So many bytes are few enough for both.
    pub fn most_bytes(&self) -> Option<u64> {
        Some(u64::from(self.most_kb?) * 1000)
    }
}

/// `352x440`; the sign may be the one that people write.
fn size(written: &str) -> Option<(u32, u32)> {
    let (width, height) = written.split_once(['x', 'X', '×', '*'])?;
    let edge = |edge: &str| edge.parse().ok().filter(|edge| (16..=LONGEST).contains(edge));
    Some((edge(width)?, edge(height)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &'static str) -> Result<Option<Crop>, NoCrop> {
        Crop::read(|name| {
            written.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        })
    }

    #[test]
    fn a_certificate_says_pixels_and_may_say_how_much_it_weighs() {
        let crop = read("crop=352x440 min-kb=20 max-kb=50").unwrap().unwrap();
        assert_eq!((crop.width, crop.height), (352, 440));
        assert_eq!((crop.least_bytes(), crop.most_bytes()), (20_480, Some(50_000)));
        let plain = read("crop=358×441").unwrap().unwrap();
        assert_eq!((plain.least_bytes(), plain.most_bytes()), (0, None));
        assert_eq!(read("app=x"), Ok(None));
    }

    #[test]
    fn what_cannot_be_is_told() {
        for (written, fault) in [
            ("crop=352", NoCrop::Size),
            ("crop=0x440", NoCrop::Size),
            ("crop=352x44000", NoCrop::Size),
            ("crop=352x440 min-kb=few", NoCrop::Weight("min-kb")),
            ("crop=352x440 max-kb=0", NoCrop::Weight("max-kb")),
            ("crop=352x440 min-kb=50 max-kb=20", NoCrop::Empty),
            // 20,480 bytes are more than 20,000.
            ("crop=352x440 min-kb=20 max-kb=20", NoCrop::Empty),
            ("max-kb=20", NoCrop::Alone),
        ] {
            assert_eq!(read(written), Err(fault), "{written}");
        }
    }
}
