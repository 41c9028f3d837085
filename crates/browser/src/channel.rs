//! Telling the other tabs of this app.

use gloo::events::EventListener;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Where couriers tell each other that something was written down.
pub const DELIVERY: &str = "xst delivery";

/// A channel to all other tabs, and to the service worker.
pub struct Channel {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Channel {
    /// Joins the channel called `name`; `heard` is called with what others say. In a browser
    /// without channels (Safari before 15.4) nobody says anything.
    pub fn join(name: &str, heard: impl Fn(Vec<u8>) + 'static) -> Self {
        let channel = BroadcastChannel::new(name).ok();
        let listener = channel.as_ref().map(|channel| {
            EventListener::new(channel, "message", move |event| {
                let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                if let Some(bytes) = message.and_then(|data| data.dyn_into::<Uint8Array>().ok()) {
                    heard(bytes.to_vec());
                }
            })
        });
        Self { channel, _listener: listener }
    }

    /// Says something to all others.
    pub fn say(&self, message: &[u8]) {
        if let Some(channel) = &self.channel {
            // Refused by closed channels only, and this one is open as long as it lives.
            let _ = channel.post_message(&Uint8Array::from(message));
        }
    }
}
