//! Where the phone is.

use js_sys::{Number, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Geolocation, Position, PositionError, PositionOptions};

/// How long a phone may look for satellites.
const PATIENCE_MS: u32 = 30_000;

/// A place on the earth (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    /// Degrees north.
    pub(crate) latitude: f64,
    /// Degrees east.
    pub(crate) longitude: f64,
    /// Metres; zero where the phone does not know.
    pub(crate) altitude: f64,
    /// Metres that it may be off.
    pub(crate) accuracy: f64,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The person, or the browser's settings, do not allow it.
    Refused,
    /// The phone cannot find out: no satellites, no time left, no such device.
    Unavailable,
}

/// Finds out where the phone is.
pub(crate) async fn here() -> Result<Place, NoPlace> {
    let geolocation = web_sys::window()
        .and_then(|window| window.navigator().geolocation().ok())
        .ok_or(NoPlace::Unavailable)?;
    match JsFuture::from(asked(&geolocation)).await {
        Ok(position) => Ok(Place::of(&position.unchecked_into())),
        Err(error) => {
            // By what it says: its type is not called `PositionError` any more in today's browsers.
            let code = Reflect::get(&error, &"code".into()).ok().and_then(|code| code.as_f64());
            let is_refused = code == Some(f64::from(PositionError::PERMISSION_DENIED));
            Err(if is_refused { NoPlace::Refused } else { NoPlace::Unavailable })
        }
    }
}

fn asked(geolocation: &Geolocation) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let options = PositionOptions::new();
        options.set_enable_high_accuracy(true);
        options.set_timeout(PATIENCE_MS);
        let asked = geolocation.get_current_position_with_error_callback_and_options(
            &resolve,
            Some(&reject),
            &options,
        );
        if let Err(error) = asked {
            // Nothing in a rejected promise throws.
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    })
}

impl Place {
    fn of(position: &Position) -> Self {
        let coordinates = position.coords();
        Self {
            latitude: coordinates.latitude(),
            longitude: coordinates.longitude(),
            altitude: coordinates.altitude().unwrap_or_default(),
            accuracy: coordinates.accuracy(),
        }
    }

    /// As an XForms `geopoint`: latitude, longitude, altitude, accuracy, separated by spaces.
    pub(crate) fn geopoint(&self) -> String {
        let Self { latitude, longitude, altitude, accuracy } = self;
        let fixed = |number: &f64, places| {
            // Never fails for so few places.
            Number::from(*number).to_fixed(places).map(String::from).unwrap_or_default()
        };
        let parts = [(latitude, 7), (longitude, 7), (altitude, 1), (accuracy, 1)];
        parts.map(|(number, places)| fixed(number, places)).join(" ")
    }
}
