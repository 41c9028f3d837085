//! Recording speech.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobEvent, MediaDevices, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, RecordingState,
};

use super::clock;
use super::content::Content;

/// In the order of what is smallest; Safari knows only the last.
const FORMATS: [&str; 4] =
    ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/webm", "audio/mp4"];
/// Bits a second: speech stays clear, a minute is 180 kB.
const BITS: u32 = 24_000;

/// A recording that is going on. It ends, and the microphone is free, when this is dropped.
pub(crate) struct Recording {
    recorder: MediaRecorder,
    stream: MediaStream,
    parts: Rc<RefCell<Vec<Blob>>>,
    begun_ms: u64,
    /// Kept for as long as the recorder may call it.
    _on_data: Closure<dyn FnMut(BlobEvent)>,
}

/// What was recorded.
#[derive(Clone, Debug)]
pub(crate) struct Sound {
    pub(crate) media_type: String,
    pub(crate) content: Content,
}

/// Why nothing was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRecording {
    /// The person, or the browser's settings, do not allow the microphone.
    Refused,
    /// There is no microphone, or the browser cannot record.
    Impossible,
}

/// Whether this browser can record at all.
pub(crate) fn is_possible() -> bool {
    let recorder = Reflect::get(&js_sys::global(), &"MediaRecorder".into());
    recorder.is_ok_and(|recorder| recorder.is_function()) && devices().is_some()
}

fn devices() -> Option<MediaDevices> {
    let devices: JsValue = web_sys::window()?.navigator().media_devices().ok()?.into();
    // Missing where the page did not come over HTTPS.
    (!devices.is_undefined()).then(|| devices.unchecked_into())
}

impl Recording {
    /// Asks for the microphone and begins.
    pub(crate) async fn begin() -> Result<Self, NoRecording> {
        if !is_possible() {
            return Err(NoRecording::Impossible);
        }
        let wanted = MediaStreamConstraints::new();
        wanted.set_audio(&JsValue::TRUE);
        let asked = devices()
            .and_then(|devices| devices.get_user_media_with_constraints(&wanted).ok())
            .ok_or(NoRecording::Impossible)?;
        let stream: MediaStream =
            JsFuture::from(asked).await.map_err(|error| why(&error))?.unchecked_into();
        Self::record(stream).map_err(|_| NoRecording::Impossible)
    }

    fn record(stream: MediaStream) -> Result<Self, JsValue> {
        let options = MediaRecorderOptions::new();
        options.set_audio_bits_per_second(BITS);
        if let Some(format) = FORMATS.iter().find(|format| MediaRecorder::is_type_supported(format))
        {
            options.set_mime_type(format);
        }
        let recorder =
            MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
        let parts = Rc::new(RefCell::new(Vec::new()));
        let on_data = {
            let parts = Rc::clone(&parts);
            Closure::new(move |event: BlobEvent| parts.borrow_mut().extend(event.data()))
        };
        recorder.set_ondataavailable(Some(on_data.as_ref().unchecked_ref()));
        recorder.start()?;
        let begun_ms = clock::running_ms();
        Ok(Self { recorder, stream, parts, begun_ms, _on_data: on_data })
    }

    /// How long it has been going on.
    pub(crate) fn seconds(&self) -> u32 {
        ((clock::running_ms() - self.begun_ms) / 1000) as u32
    }

    /// Ends it.
    pub(crate) async fn end(self) -> Result<Sound, NoRecording> {
        self.stopped().await;
        let media_type = self.recorder.mime_type();
        let parts: js_sys::Array = self.parts.borrow().iter().collect();
        let whole = Blob::new_with_blob_sequence(&parts).map_err(|_| NoRecording::Impossible)?;
        if whole.size() == 0.0 {
            return Err(NoRecording::Impossible);
        }
        Ok(Sound { media_type, content: Content(whole) })
    }

    /// The last part comes before the `stop` event.
    async fn stopped(&self) {
        let stopped = Promise::new(&mut |resolve, _| self.recorder.set_onstop(Some(&resolve)));
        if self.recorder.state() == RecordingState::Inactive || self.recorder.stop().is_err() {
            return;
        }
        // Never rejected.
        let _ = JsFuture::from(stopped).await;
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.recorder.set_ondataavailable(None);
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
    }
}

fn why(error: &JsValue) -> NoRecording {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => NoRecording::Refused,
        _ => NoRecording::Impossible,
    }
}
