//! Notices and decisions of a township as documents to keep: from what one says to the bytes of a PDF.
//!
//! The page is drawn by typst, used as a library, from `document.typ`, as GB/T 9704-2012 lays out official
//! documents: A4, the red head, the number, the text, the seal over the date. What people wrote reaches
//! it as data (`sys.inputs`) and is never read as markup.
//!
//! # Invariants
//! * Pure: no clock, no disk, no network. The same document with the same fonts gives the same bytes.
//! * Every character of it stands on the page, or there is no page ([`NotDrawn::Missing`]): a name in
//!   plane 2 of Unicode is never a box, nor left out.
//! * Only the template is there to be read: no other file, and no package.

mod fonts;
mod plain;
mod qr;
mod shown;
mod world;

pub use fonts::{FontFile, Fonts};

use std::collections::BTreeSet;

use time::OffsetDateTime;
use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::shown::{Shown, is_seen};
use crate::world::World;

/// What a township tells somebody in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What it is: 准予决定书.
    pub title: String,
    /// 文号, as in 青政服〔2026〕1号.
    pub number: String,
    /// Who tells it, as above its red line and in its seal: 青禾镇人民政府.
    pub issuer: String,
    /// The office whose work it is.
    pub office: String,
    /// Whom it tells.
    pub addressee: String,
    /// The number of the case.
    pub case: String,
    /// What was applied for.
    pub item: String,
    /// What it says, paragraph by paragraph.
    pub body: Vec<String>,
    /// 依据: the law that it follows, one each.
    pub grounds: Vec<String>,
    /// 救济途径: where whoever does not agree can go, and until when, paragraph by paragraph.
    pub remedies: Vec<String>,
    /// When it was issued, on the township's clock: its date, and the file's.
    pub at: OffsetDateTime,
    /// The address that says whether it is true; the QR code holds it.
    pub proof: String,
    /// Whether its seal says that it is a demonstration's and no law's.
    pub is_demonstration: bool,
}

/// A document that was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file: PDF/A-2u.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// Why a document is not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    /// No font has these characters, each named once.
    #[error("这些字没有字体写得出来：{}。请管理员装上有这些字的字体", listed(.0))]
    Missing(Vec<char>),
    /// The address of the proof is longer than a QR code is.
    #[error("核对文书的网址太长，放不进二维码。请管理员把网址改短")]
    LongAddress,
    /// The template or the program that draws it is not as it should be.
    #[error("文书画不出来：{0}")]
    Broken(String),
}

fn listed(characters: &[char]) -> String {
    let one = |c: &char| format!("{c}（U+{:04X}）", u32::from(*c));
    characters.iter().map(one).collect::<Vec<_>>().join("、")
}

impl Document {
    /// Draws it.
    ///
    /// # Errors
    /// See [`NotDrawn`].
    pub fn draw(&self, fonts: &Fonts) -> Result<Pdf, NotDrawn> {
        let pages = self.lay_out(fonts)?;
        let standards = PdfStandards::new(&[PdfStandard::A_2u]);
        let options = PdfOptions {
            ident: Smart::Custom(self.proof.clone()),
            creator: Smart::Custom(None),
            timestamp: self.made_at().map(Timestamp::new_utc),
            standards: standards.map_err(|error| NotDrawn::Broken(error.message().to_string()))?,
            ..PdfOptions::default()
        };
        let bytes = typst_pdf::pdf(&pages, &options).map_err(|errors| broken(&errors))?;
        Ok(Pdf { bytes, pages: pages.pages().len() })
    }

    fn lay_out(&self, fonts: &Fonts) -> Result<PagedDocument, NotDrawn> {
        let plain = self.plain();
        let world = World::new(fonts, plain.inputs().ok_or(NotDrawn::LongAddress)?)
            .map_err(NotDrawn::Broken)?;
        let pages = typst::compile::<PagedDocument>(&world).output;
        // What it keeps to work faster next time is as large as what it drew.
        typst::comemo::evict(0);
        let pages = pages.map_err(|errors| broken(&errors))?;
        let shown = Shown::on(&pages);
        let left_out = plain.characters().filter(|c| is_seen(*c) && !shown.drawn.contains(c));
        let missing: BTreeSet<char> = left_out.chain(shown.boxes.iter().copied()).collect();
        match missing.is_empty() {
            true => Ok(pages),
            false => Err(NotDrawn::Missing(missing.into_iter().collect())),
        }
    }

    fn made_at(&self) -> Option<Datetime> {
        let at = self.at.to_offset(time::UtcOffset::UTC);
        let (year, month, day) = at.to_calendar_date();
        Datetime::from_ymd_hms(year, month.into(), day, at.hour(), at.minute(), at.second())
    }
}

fn broken(errors: &EcoVec<SourceDiagnostic>) -> NotDrawn {
    let words = errors.iter().map(|error| error.message.as_str());
    NotDrawn::Broken(words.collect::<Vec<_>>().join("; "))
}
