//! All that typst may see: the template, the values, the fonts.

use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};

use crate::Fonts;

const TEMPLATE: &str = include_str!("document.typ");

/// One drawing's world.
pub(crate) struct World<'f> {
    library: LazyHash<Library>,
    template: Source,
    fonts: &'f Fonts,
}

impl<'f> World<'f> {
    pub(crate) fn new(fonts: &'f Fonts, inputs: Dict) -> Result<Self, String> {
        // Names of files are kept for ever, so there is one.
        static TEMPLATE_READ: OnceLock<Result<Source, String>> = OnceLock::new();
        let read = || {
            let path = VirtualPath::new("document.typ").map_err(|error| error.to_string())?;
            let id = FileId::new(RootedPath::new(VirtualRoot::Project, path));
            Ok(Source::new(id, TEMPLATE.to_owned()))
        };
        let template = TEMPLATE_READ.get_or_init(read).clone()?;
        let library = LazyHash::new(Library::builder().with_inputs(inputs).build());
        Ok(Self { library, template, fonts })
    }
}

impl typst::World for World<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id == self.template.id() {
            true => Ok(self.template.clone()),
            false => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
