//! The phone's clocks.

use js_sys::Date;
use protocol::DeviceTime;
use wasm_bindgen::JsCast;
use web_sys::{Performance, WorkerGlobalScope};

/// What the phone's clock says now.
pub fn now() -> DeviceTime {
    let now = Date::new_0();
    DeviceTime {
        unix_ms: now.get_time() as i64,
        // JavaScript counts minutes west of UTC.
        offset_minutes: -now.get_timezone_offset() as i16,
    }
}

/// Milliseconds since the app started, on a clock that nobody sets.
pub fn running_ms() -> u64 {
    performance().map_or_else(|| Date::now() as u64, |performance| performance.now() as u64)
}

fn performance() -> Option<Performance> {
    match web_sys::window() {
        Some(window) => window.performance(),
        None => js_sys::global().dyn_into::<WorkerGlobalScope>().ok()?.performance(),
    }
}

/// Lets so many milliseconds go by.
pub async fn pause(milliseconds: u32) {
    gloo::timers::future::TimeoutFuture::new(milliseconds).await;
}
