//! A picture of which a part is cut out.

use form::model::Crop;
use leptos::html;
use leptos::prelude::{Get, NodeRef};
use wasm_bindgen::JsValue;

use super::super::content::{Content, read};
use super::super::named::{call, number, set};
use super::fitting::{Misfit, fit};
use super::{Canvas, ChosenFile, Picture, Unreadable};

/// The long edge of what is cut: enough to go in eightfold for a photo of a certificate.
const LONG_EDGE: u32 = 2400;
/// The most bytes where a form says nothing.
const MOST: u64 = 2_000_000;

/// A picture that is open to be cut.
pub(crate) struct Cutting(Canvas);

impl Cutting {
    /// Opens it.
    pub(crate) async fn of(file: &ChosenFile) -> Result<Self, Unreadable> {
        file.open(LONG_EDGE).await.map(Self)
    }

    /// Width and height, in pixels.
    pub(crate) fn size(&self) -> (u32, u32) {
        (number(&self.0.0, "width") as u32, number(&self.0.0, "height") as u32)
    }

    /// Draws the part on a canvas of the page, whose pixels are those of the frame. Followed: the
    /// canvas may come later.
    pub(crate) fn show(&self, canvas: NodeRef<html::Canvas>, matrix: [f64; 6]) {
        if let Some(canvas) = canvas.get() {
            // Refused only where a number is none.
            let _ = call(&canvas, "getContext", &["2d".into()])
                .and_then(|context| self.draw(&context, matrix));
        }
    }

    /// The part as a JPEG that is what `crop` asks for.
    pub(crate) async fn cut(&self, crop: &Crop, matrix: [f64; 6]) -> Result<Picture, Misfit> {
        let canvas = Canvas::white((crop.width, crop.height)).map_err(|_| Misfit::Unreadable)?;
        let context = canvas.context().map_err(|_| Misfit::Unreadable)?;
        self.draw(&context, matrix).map_err(|_| Misfit::Unreadable)?;
        let encode = async |quality| {
            let jpeg = canvas.encoded("image/jpeg", quality).await?;
            read(&jpeg).await.map_err(|_| Unreadable::Unknown)
        };
        let most = crop.most_bytes().unwrap_or(MOST.max(crop.least_bytes()));
        let bytes = fit(encode, crop.least_bytes() as usize, most as usize).await?;
        let content = Content::of(&bytes, "image/jpeg").ok_or(Misfit::Unreadable)?;
        Ok(Picture { media_type: "image/jpeg", content })
    }

    fn draw(&self, context: &JsValue, matrix: [f64; 6]) -> Result<(), JsValue> {
        // Without it, every sixth pixel of a large picture is taken.
        set(context, "imageSmoothingQuality", "high")?;
        call(context, "setTransform", &matrix.map(JsValue::from))?;
        call(context, "drawImage", &[self.0.0.clone(), 0.into(), 0.into()]).map(|_| ())
    }
}
