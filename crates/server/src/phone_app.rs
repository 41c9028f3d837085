//! Serving the phone app as it was built: hashed files for ever, everything that has one name for
//! all versions never without asking, and packed siblings (`.br`, `.gz`) where they were built.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, LINK, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use protocol::Digest;

use crate::server::Server;

/// The page that every address of the app shows.
const PAGE: &str = "index.html";

/// Where the built app is.
pub(crate) enum PhoneApp {
    /// In a folder.
    Folder(PathBuf),
    /// In this binary, or nowhere.
    Embedded,
}

impl PhoneApp {
    /// The app in `folder`; without one, what the binary holds.
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        folder.map_or(Self::Embedded, Self::Folder)
    }

    async fn read(&self, name: &str) -> Option<Vec<u8>> {
        match self {
            Self::Folder(folder) => tokio::fs::read(folder.join(name)).await.ok(),
            Self::Embedded => embedded(name),
        }
    }
}

#[cfg(feature = "embed")]
fn embedded(name: &str) -> Option<Vec<u8>> {
    #[derive(rust_embed::RustEmbed)]
    #[folder = "../../dist"]
    struct Dist;
    Dist::get(name).map(|file| file.data.into_owned())
}

#[cfg(not(feature = "embed"))]
fn embedded(_: &str) -> Option<Vec<u8>> {
    None
}

/// Serves a file of the app, or its page where the path names none. A missing file is missing:
/// a page in place of a script would only fail in a stranger way.
pub(crate) async fn serve(
    State(server): State<Arc<Server>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(name) = name(uri.path()) else { return StatusCode::NOT_FOUND.into_response() };
    let wanted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    match find(&server.phone_app, &name, wanted.unwrap_or_default()).await {
        Some((bytes, encoding)) => {
            let mut response = answer(&name, bytes, encoding, &headers);
            if let Some(link) = preload_item(&server, uri.path()) {
                response.headers_mut().insert(LINK, link);
            }
            response
        }
        None if name == PAGE => (StatusCode::NOT_FOUND, "这台服务器上没有手机应用").into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Has a first visit to an item's page load its guide and form while the app is still on its way: on a weak
/// link each thing that is asked for only then costs a second.
fn preload_item(server: &Server, path: &str) -> Option<HeaderValue> {
    let id = path.strip_prefix("/item/")?;
    let pack = server.packs.in_force();
    let item = pack.pack.items.iter().find(|item| item.id.0 == id)?;
    let (form, guide) = (item.form.digest, item.guide.digest);
    let preload = |path: String| format!("<{path}>; rel=preload; as=fetch; crossorigin=anonymous");
    let both = [preload(format!("/api/guides/{guide}")), preload(format!("/api/forms/{form}"))];
    both.join(", ").parse().ok()
}

/// The file that a path names; the page for one without an extension. None for a path that would
/// leave the folder, or a hidden file.
fn name(path: &str) -> Option<String> {
    let path = path.trim_start_matches('/');
    let inside = Path::new(path).components().all(|part| match part {
        Component::Normal(part) => !part.to_string_lossy().starts_with('.'),
        _ => false,
    });
    match path.rsplit('/').next() {
        _ if path.contains(['\\', '%', '\0']) || !inside => None,
        Some(last) if last.contains('.') => Some(path.to_owned()),
        _ => Some(PAGE.to_owned()),
    }
}

async fn find(app: &PhoneApp, name: &str, wanted: &str) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (coding, ending) in [("br", "br"), ("gzip", "gz")] {
        let accepts = wanted.split(',').any(|one| one.trim().split(';').next() == Some(coding));
        if accepts && let Some(bytes) = app.read(&format!("{name}.{ending}")).await {
            return Some((bytes, Some(coding)));
        }
    }
    app.read(name).await.map(|bytes| (bytes, None))
}

fn answer(
    name: &str,
    bytes: Vec<u8>,
    encoding: Option<&'static str>,
    asked: &HeaderMap,
) -> Response {
    let tag = format!("\"{}\"", &Digest::of(&bytes).to_string()[..16]);
    let keep = match name {
        // WebKit keeps a page that is left, with its transactions of IndexedDB open, and then no other
        // page comes to that database; not so a page that nobody may store. The service worker keeps
        // it all the same.
        PAGE => "no-store",
        _ if is_hashed(name) => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    let about = [
        (CACHE_CONTROL, HeaderValue::from_static(keep)),
        (VARY, HeaderValue::from_static("accept-encoding")),
        (CONTENT_TYPE, HeaderValue::from_static(media_type(name))),
    ];
    let known = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = match known {
        true => (StatusCode::NOT_MODIFIED, about).into_response(),
        false => (about, bytes).into_response(),
    };
    let headers = response.headers_mut();
    if let Ok(tag) = tag.parse() {
        headers.insert(ETAG, tag);
    }
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether a name carries the hash of its content, as `cargo xtask precache` writes it:
/// `app-6701f08a4f3be10c.wasm`.
fn is_hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    last.split(['-', '.'])
        .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "mp3" => "audio/mpeg",
        "ogg" | "opus" => "audio/ogg",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_file_or_the_page_and_never_leaves_the_folder() {
        assert_eq!(name("/"), Some(PAGE.into()));
        assert_eq!(name("/mine/0190"), Some(PAGE.into()));
        assert_eq!(name("/sounds/hello.mp3"), Some("sounds/hello.mp3".into()));
        assert_eq!(name("/../township.keys"), None);
        assert_eq!(name("/%2e%2e/township.keys"), None);
        assert_eq!(name("/.trunk-lock"), None);
    }

    #[test]
    fn only_names_that_carry_their_hash_are_kept_for_ever() {
        assert!(is_hashed("app-6701f08a4f3be10c.wasm"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("sw.js"));
    }
}
