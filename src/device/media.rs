//! Films and sounds that the page plays.

use js_sys::Reflect;
use web_sys::Event;

/// How many seconds the film is long that this `loadedmetadata` event is of; none where the browser
/// does not know, as for one that was recorded just now.
pub(crate) fn seconds(event: &Event) -> Option<u32> {
    let film = event.target()?;
    let seconds = Reflect::get(&film, &"duration".into()).ok()?.as_f64()?;
    seconds.is_finite().then_some(seconds.round() as u32)
}
