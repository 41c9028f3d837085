//! Speaking: by the browser's voices, or by a sound that somebody recorded.

use std::cell::RefCell;

use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlAudioElement, SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use super::object_url::ObjectUrl;

/// Voices may come some time after the page; this often, and so long, they are looked for.
const LOOKS: u32 = 10;
const LOOK_MS: u32 = 150;
/// A little slower than people talk.
const RATE: f32 = 0.9;

thread_local! {
    static PLAYING: RefCell<Option<(HtmlAudioElement, ObjectUrl)>> = const { RefCell::new(None) };
}

/// The browser's voices; Android's WebView has none at all.
fn synthesis() -> Option<SpeechSynthesis> {
    let window = web_sys::window()?;
    let has = Reflect::get(&window, &"speechSynthesis".into()).is_ok_and(|it| it.is_object());
    if has { window.speech_synthesis().ok() } else { None }
}

fn voice(language: &str) -> Option<SpeechSynthesisVoice> {
    let is_own = |tag: String| {
        let base = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        base == language || (language == "zh" && base == "cmn")
    };
    let voices: Array = synthesis()?.get_voices();
    let mut voices = voices.iter().map(|voice| voice.unchecked_into::<SpeechSynthesisVoice>());
    voices.find(|voice| is_own(voice.lang()))
}

/// Whether there is a voice for the language (BCP 47, without region).
pub(crate) async fn has_voice(language: &str) -> bool {
    if synthesis().is_none() {
        return false;
    }
    for _ in 0..LOOKS {
        if voice(language).is_some() {
            return true;
        }
        TimeoutFuture::new(LOOK_MS).await;
    }
    false
}

/// Says something, after what is being said.
pub(crate) fn say(words: &str, language: &str) {
    let (Some(synthesis), Some(voice)) = (synthesis(), voice(language)) else { return };
    if let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(words) {
        utterance.set_lang(&voice.lang());
        utterance.set_voice(Some(&voice));
        utterance.set_rate(RATE);
        synthesis.speak(&utterance);
    }
}

/// Plays a sound.
pub(crate) fn play(bytes: &[u8], media_type: &str) {
    let Some(url) = ObjectUrl::new(bytes, media_type) else { return };
    let Ok(audio) = HtmlAudioElement::new_with_src(url.as_str()) else { return };
    // Refused before the person has touched anything: the button is there.
    if let Ok(playing) = audio.play() {
        spawn_local(async move {
            let _ = JsFuture::from(playing).await;
        });
    }
    PLAYING.set(Some((audio, url)));
}

/// Says nothing more.
pub(crate) fn hush() {
    if let Some(synthesis) = synthesis() {
        synthesis.cancel();
    }
    if let Some((audio, _)) = PLAYING.take() {
        // Refused by none.
        let _ = audio.pause();
    }
}
