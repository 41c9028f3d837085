//! The camera, for as long as it is looked through.

use js_sys::Array;
use leptos::html::Video;
use leptos::prelude::{GetUntracked, NodeRef};
use wasm_bindgen::prelude::*;

use super::named::{call, get, number, object, set, wait};
use super::pictures::Canvas;

/// The long edge of what is looked at for a code: enough for small ones, and soon read.
const LONG_EDGE: f64 = 800.0;

/// A camera that is on. It is off when this is dropped.
pub(crate) struct Camera(JsValue);

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoCamera {
    /// The person, or the browser's settings, do not allow it.
    Refused,
    /// There is none, another app has it, or the page did not come over HTTPS.
    Impossible,
}

impl Camera {
    /// Asks for the one at the back.
    pub(crate) async fn open() -> Result<Self, NoCamera> {
        let devices = get(&js_sys::global(), "navigator")
            .and_then(|navigator| get(&navigator, "mediaDevices"))
            .map_err(|_| NoCamera::Impossible)?;
        let wanted = object(&[("facingMode", "environment".into()), ("width", 1280.into())])
            .and_then(|video| object(&[("video", video)]))
            .map_err(|_| NoCamera::Impossible)?;
        wait(&devices, "getUserMedia", &[wanted]).await.map(Self).map_err(|error| why(&error))
    }

    /// Shows what it sees.
    pub(crate) fn show(&self, video: NodeRef<Video>) {
        if let Some(video) = video.get_untracked() {
            // What does not play shows nothing, and a code is not found.
            let _ = set(&video, "srcObject", &self.0).and_then(|()| call(&video, "play", &[]));
        }
    }

    /// What it sees now; none before the first picture.
    pub(crate) fn look(&self, video: NodeRef<Video>) -> Option<Canvas> {
        let video = video.get_untracked()?;
        let (width, height) = (number(&video, "videoWidth"), number(&video, "videoHeight"));
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let scale = (LONG_EDGE / width.max(height)).min(1.0);
        let size = ((width * scale) as u32, (height * scale) as u32);
        let canvas = Canvas::white(size).ok()?;
        let place = [JsValue::from(video), 0.into(), 0.into(), size.0.into(), size.1.into()];
        call(&canvas.context().ok()?, "drawImage", &place).ok()?;
        Some(canvas)
    }

    /// Whether it has a light.
    pub(crate) fn has_light(&self) -> bool {
        let able = self.track().and_then(|track| call(&track, "getCapabilities", &[]));
        able.and_then(|able| get(&able, "torch")).is_ok_and(|torch| torch.is_truthy())
    }

    /// Turns its light on or off.
    pub(crate) fn light(&self, is_on: bool) {
        let wanted = object(&[("torch", is_on.into())])
            .and_then(|torch| object(&[("advanced", Array::of1(&torch).into())]));
        // A light that does not come on is seen.
        let _ = wanted.and_then(|wanted| call(&self.track()?, "applyConstraints", &[wanted]));
    }

    fn track(&self) -> Result<JsValue, JsValue> {
        let tracks = call(&self.0, "getVideoTracks", &[])?;
        get(&tracks, "0")
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        // Nothing to be done where it is off already.
        let _ = self.track().and_then(|track| call(&track, "stop", &[]));
    }
}

fn why(error: &JsValue) -> NoCamera {
    match get(error, "name").ok().and_then(|name| name.as_string()).as_deref() {
        Some("NotAllowedError" | "SecurityError") => NoCamera::Refused,
        _ => NoCamera::Impossible,
    }
}
