//! Makes the database's stores. Usually `public/boot.js` has, while the app was still on its way;
//! then nothing is left to do here.
//!
//! With the browser's own functions: the library that opens the database otherwise would bring
//! along the printing of floating-point numbers, for the message of an error.

use js_sys::{Function, Promise};
use vault::VaultError;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbOpenDbRequest, WorkerGlobalScope};

use crate::error::of_thrown;

/// Brings the database called `name` to `version`, with a store of each of these names.
pub(super) async fn make(
    name: &str,
    version: u32,
    stores: impl Iterator<Item = &'static str> + 'static,
) -> Result<(), VaultError> {
    let request = open(name, version).map_err(of_thrown)?.ok_or(VaultError::Blocked)?;
    let upgraded = request.clone();
    let add = Closure::once_into_js(move || -> Result<(), JsValue> {
        let database = database(&upgraded)?;
        let there = database.object_store_names();
        for store in stores.filter(|store| !there.contains(store)) {
            database.create_object_store(store)?;
        }
        Ok(())
    });
    request.set_onupgradeneeded(Some(add.unchecked_ref::<Function>()));
    let done = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(done).await {
        Ok(_) => {
            database(&request).map_err(of_thrown)?.close();
            Ok(())
        }
        Err(event) => match request.error() {
            Ok(Some(exception)) => Err(of_thrown(exception.into())),
            _ => Err(of_thrown(event)),
        },
    }
}

/// In a page or in a service worker.
fn open(name: &str, version: u32) -> Result<Option<IdbOpenDbRequest>, JsValue> {
    let factory = match web_sys::window() {
        Some(window) => window.indexed_db()?,
        None => js_sys::global().unchecked_into::<WorkerGlobalScope>().indexed_db()?,
    };
    factory.map(|factory| factory.open_with_u32(name, version)).transpose()
}

fn database(request: &IdbOpenDbRequest) -> Result<IdbDatabase, JsValue> {
    request.result().map(JsCast::unchecked_into)
}
