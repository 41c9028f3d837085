//! Requests to the township.

use delivery::{Ask, Network, Reply, Unreachable};
use gloo::timers::callback::Timeout;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Request, RequestCache, RequestCredentials, RequestInit};
use web_sys::{Response, WorkerGlobalScope};

/// The browser's `fetch`, to where the page came from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetch;

impl Network for Fetch {
    async fn ask(&self, ask: &Ask<'_>) -> Result<Reply, Unreachable> {
        let abort = AbortController::new().map_err(|_| Unreachable)?;
        let patience = u32::try_from(ask.patience_ms).unwrap_or(u32::MAX);
        // Also ends a reply that stops in the middle.
        let _timeout = {
            let abort = abort.clone();
            Timeout::new(patience, move || abort.abort())
        };
        reply(ask, &abort).await.map_err(|_| Unreachable)
    }
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
    let offset = response.headers().get("upload-offset")?;
    let body: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    Ok(Reply {
        status: response.status(),
        offset: offset.and_then(|offset| offset.parse().ok()),
        body: Uint8Array::new(&body).to_vec(),
    })
}

fn fetch(request: &Request) -> js_sys::Promise {
    match web_sys::window() {
        Some(window) => window.fetch_with_request(request),
        None => js_sys::global().unchecked_into::<WorkerGlobalScope>().fetch_with_request(request),
    }
}
