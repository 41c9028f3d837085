//! The fonts that documents are drawn with: known from the start, each read when it is first needed.

use std::sync::OnceLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;

/// A file with fonts in it, wherever that is.
pub trait FontFile: Send + Sync {
    /// Its bytes; none where it cannot be read.
    fn read(&self) -> Option<Vec<u8>>;
}

/// The fonts of some files. Which of them are used is for `document.typ` to say; for what none of those
/// has, any other that has it is.
pub struct Fonts {
    book: LazyHash<FontBook>,
    faces: Vec<Face>,
    files: Vec<File>,
}

struct File {
    file: Box<dyn FontFile>,
    bytes: OnceLock<Option<Bytes>>,
}

/// A font of a file that may have several.
struct Face {
    file: usize,
    place: u32,
    font: OnceLock<Option<Font>>,
}

impl Fonts {
    /// Looks through files for what is in them. What is no font is passed over.
    pub fn of(files: impl IntoIterator<Item = Box<dyn FontFile>>) -> Self {
        let mut fonts =
            Self { book: LazyHash::new(FontBook::new()), faces: Vec::new(), files: Vec::new() };
        let mut book = FontBook::new();
        for file in files {
            // Not kept: most are never needed, and each is of tens of megabytes.
            let bytes = file.read().unwrap_or_default();
            let place = fonts.files.len();
            for (number, info) in faces(&bytes) {
                book.push(info);
                fonts.faces.push(Face { file: place, place: number, font: OnceLock::new() });
            }
            fonts.files.push(File { file, bytes: OnceLock::new() });
        }
        fonts.book = LazyHash::new(book);
        fonts
    }

    /// Whether some font has this character.
    pub fn has(&self, c: char) -> bool {
        let mut infos = (0..self.faces.len()).filter_map(|place| self.book.info(place));
        infos.any(|info| info.coverage.contains(c.into()))
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        let font = face.font.get_or_init(|| {
            let file = self.files.get(face.file)?;
            let bytes = file.bytes.get_or_init(|| file.file.read().map(Bytes::new)).clone()?;
            Font::new(bytes, face.place)
        });
        font.clone()
    }
}

fn faces(bytes: &[u8]) -> impl Iterator<Item = (u32, FontInfo)> {
    // One that cannot be read still has its number.
    (0..faces_in(bytes)).filter_map(|place| Some((place, FontInfo::new(bytes, place)?)))
}

/// How many fonts a collection (OpenType, `ttcf`) says that it has; anything else is one.
fn faces_in(bytes: &[u8]) -> u32 {
    match (bytes.starts_with(b"ttcf"), bytes.get(8..12)) {
        (true, Some(&[a, b, c, d])) => u32::from_be_bytes([a, b, c, d]).min(64),
        _ => 1,
    }
}
