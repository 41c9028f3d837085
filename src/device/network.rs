//! Requests to the township.

use gloo::timers::callback::Timeout;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestCache, RequestCredentials, RequestInit};
use web_sys::{Response, WorkerGlobalScope};

use crate::words;

/// A request.
pub(crate) struct Ask<'a> {
    pub(crate) method: &'static str,
    /// Of this origin, such as `/api/sync`.
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [(&'static str, &'a str)],
    pub(crate) body: Option<&'a [u8]>,
    pub(crate) patience_ms: u64,
}

/// What came back, from whomever.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    response: Response,
}

/// Nobody answered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", words::error().unreachable())]
pub(crate) struct Unreachable;

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.response.headers().get(name).ok().flatten()
    }
}

/// Asks, and reads the whole reply.
///
/// # Errors
/// When nobody answered, or not in time.
pub(crate) async fn ask(ask: &Ask<'_>) -> Result<Reply, Unreachable> {
    let abort = AbortController::new().map_err(|_| Unreachable)?;
    let patience = u32::try_from(ask.patience_ms).unwrap_or(u32::MAX);
    // Also ends a reply that stops in the middle.
    let _timeout = {
        let abort = abort.clone();
        Timeout::new(patience, move || abort.abort())
    };
    reply(ask, &abort).await.map_err(|_| Unreachable)
}

async fn reply(ask: &Ask<'_>, abort: &AbortController) -> Result<Reply, JsValue> {
    let init = RequestInit::new();
    init.set_method(ask.method);
    // What is only read may be in the browser's cache, or be loading since the page began
    // (`public/boot.js`), which only a request of the default kind finds.
    if ask.method != "GET" {
        init.set_cache(RequestCache::NoStore);
        init.set_credentials(RequestCredentials::Omit);
    }
    init.set_signal(Some(&abort.signal()));
    if let Some(body) = ask.body {
        init.set_body(&Uint8Array::from(body));
    }
    let request = Request::new_with_str_and_init(ask.path, &init)?;
    for (name, value) in ask.headers {
        request.headers().set(name, value)?;
    }
    let response: Response = JsFuture::from(fetch(&request)).await?.unchecked_into();
    let body: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Reply { status: response.status(), body: Uint8Array::new(&body).to_vec(), response })
}

fn fetch(request: &Request) -> js_sys::Promise {
    match web_sys::window() {
        Some(window) => window.fetch_with_request(request),
        None => js_sys::global().unchecked_into::<WorkerGlobalScope>().fetch_with_request(request),
    }
}
