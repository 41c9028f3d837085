//! What runs before the app and beside it: `public/boot.js`, in browsers that are too old and over
//! settings that make no sense, and the service worker, with all that can go wrong about a build.

use js_sys::{Array, Promise, eval};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test as test;

const BOOT: &str = include_str!("../../public/boot.js");
const WORKER: &str = include_str!("../../public/sw.js");

/// The service worker of a build of three files, in a world of its own. `script` installs and
/// activates it with `tell`, sees what it does to a request with `ask`, and says what it found.
async fn beside_a_worker(script: &str) -> Vec<String> {
    let worker = WORKER.replace("{{revision}}", "new").replace(
        "/* {{files}} */",
        "['/', '', false], ['/a.js', '', false], ['/b.json', '', false]",
    );
    let world = format!(
        "(async () => {{
            const served = new Map([['/', 'page'], ['/a.js', 'a'], ['/b.json', 'b']]);
            const fetch = async (path) => {{
                if (!served.has(path)) throw new TypeError(path);
                return new Response(served.get(path));
            }};
            const kept = new Map();
            const caches = {{
                open: async (name) => {{
                    if (!kept.has(name)) kept.set(name, new Map());
                    return {{ put: async (path, answer) => kept.get(name).set(path, answer) }};
                }},
                keys: async () => [...kept.keys()],
                delete: async (name) => kept.delete(name),
                match: async (path, {{ cacheName }} = {{}}) => {{
                    for (const [name, files] of kept)
                        if ((!cacheName || cacheName === name) && files.has(path))
                            return files.get(path).clone();
                }},
            }};
            const hears = {{}};
            const addEventListener = (kind, hear) => {{ hears[kind] = hear; }};
            const self = {{ location, addEventListener, registration: {{}} }};
            const tell = async (kind) => {{
                let work;
                hears[kind]({{ waitUntil: (promise) => {{ work = promise; }} }});
                await work;
            }};
            const ask = (method, path, mode) => {{
                let answer;
                const request = {{ method, url: location.origin + path, mode }};
                hears.fetch({{ request, respondWith: (promise) => {{ answer = promise; }} }});
                return answer;
            }};
            const text = async (answer) => (await answer).text();
            {worker}
            {script}
        }})()"
    );
    let said: Promise = eval(&world).unwrap().unchecked_into();
    let said: Array = JsFuture::from(said).await.unwrap().unchecked_into();
    said.iter().map(|one| one.as_string().unwrap()).collect()
}

/// enketo/enketo#1584: a service worker that took in hand what was sent spoilt submissions on iOS.
#[test]
async fn what_is_sent_does_not_pass_through_the_service_worker() {
    let taken = beside_a_worker(
        "await tell('install');
        const all = [
            ['POST', '/api/sync'], ['PATCH', '/api/files/1'], ['HEAD', '/api/files/1'],
            ['POST', '/'], ['PUT', '/a.js'], ['GET', '/api/pack'], ['GET', '/console/cases/1', 'navigate'],
            ['GET', '/mine', 'navigate'], ['GET', '/a.js'],
        ];
        return all.filter((one) => ask(...one)).map(([method, path]) => method + ' ' + path);",
    )
    .await;
    assert_eq!(taken, ["GET /mine", "GET /a.js"]);
}

/// medic/cht-core#5621, medic/cht-core#1558, kobotoolbox/enketo-express#538,
/// kobotoolbox/enketo-express#1116: one file that had not been kept broke the whole app where there
/// was no network.
#[test]
async fn a_build_is_kept_whole_or_not_at_all_and_then_starts_every_screen_without_a_network() {
    let said = beside_a_worker(
        "const said = [];
        served.delete('/b.json');
        await tell('install').catch(() => said.push('refused'));
        said.push([...kept.keys()].join());
        served.set('/b.json', 'b');
        await tell('install');
        served.clear();
        for (const path of ['/', '/mine', '/item/bxsj', '/case/1'])
            said.push(await text(ask('GET', path, 'navigate')));
        for (const path of ['/a.js', '/b.json']) said.push(await text(ask('GET', path)));
        return said;",
    )
    .await;
    assert_eq!(said, ["refused", "", "page", "page", "page", "page", "a", "b"]);
}

/// enketo/enketo#986: with each new version of the app, forms that had been kept for times without
/// a network were gone until somebody opened them with one.
#[test]
async fn a_new_build_takes_nothing_away_but_the_one_before() {
    let kept = beside_a_worker(
        "for (const name of ['shell-old', 'forms']) (await caches.open(name)).put('/x', new Response('x'));
        await tell('install');
        const during = [...kept.keys()];
        await tell('activate');
        return [during.join(), [...kept.keys()].join()];",
    )
    .await;
    assert_eq!(kept, ["shell-old,forms,shell-new", "forms,shell-new"]);
}

/// What `boot.js` does in a page in which `before` ran: `told` and its words, or `starts` and what.
fn boots_after(before: &str) -> (String, String) {
    let script = format!(
        "(() => {{
            const frame = document.body.appendChild(document.createElement('iframe'));
            const page = frame.contentDocument, window = frame.contentWindow;
            page.documentElement.dataset.revision = 'a';
            {before}
            const script = page.createElement('script');
            script.dataset.start = '/start.js';
            script.textContent = window.parent.boot;
            page.head.appendChild(script);
            const module = page.querySelector('script[type=module]');
            const said = module ? ['starts', module.getAttribute('src')] : ['told', page.body.textContent];
            frame.remove();
            return said;
        }})()"
    );
    js_sys::Reflect::set(&js_sys::global(), &"boot".into(), &BOOT.into()).unwrap();
    let said: Array = eval(&script).unwrap().unchecked_into();
    let word = |at| said.get(at).as_string().unwrap();
    (word(0), word(1))
}

/// medic/cht-core#8456: in an old WebView people saw a spinner for ever. medic/cht-android#169: who had
/// one was found out by asking around.
#[test]
fn who_has_too_old_a_browser_is_told_so_and_where_to_go() {
    for old in [
        "window.WebAssembly = undefined;",
        "window.WebAssembly.validate = () => false;",
        "window.BigInt64Array = undefined;",
        "delete window.Array.prototype.at;",
        "delete window.HTMLScriptElement.prototype.noModule;",
    ] {
        let (what, words) = boots_after(old);
        assert_eq!(what, "told", "{old}");
        assert!(words.contains("这个浏览器太旧") && words.contains("便民服务中心"), "{words}");
    }
    // Words of a language that came later would be an error before anything could be said.
    let code = BOOT.lines().filter(|line| !line.trim_start().starts_with("//"));
    for line in code {
        for later in ["=>", "`", "let ", "const ", "async ", "await ", "?.", "??", "..."] {
            assert!(!line.contains(later), "{later} in: {line}");
        }
    }
}

/// getodk/web-forms#306: what had been remembered and made no sense any more kept the page from
/// opening, until people cleared what the browser had stored.
#[test]
fn settings_that_make_no_sense_or_cannot_be_read_keep_nobody_out() {
    let settings = "for (const name of ['mode', 'letters', 'light', 'aloud', 'files', 'language'])";
    let nonsense = ["{{", "[object Object]", "undefined", "\\u0000"];
    let mut pages: Vec<_> = nonsense
        .iter()
        .map(|value| format!("{settings} window.localStorage.setItem(name, '{value}');"))
        .collect();
    pages.push(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
            .to_owned(),
    );
    for before in pages {
        assert_eq!(boots_after(&before), ("starts".into(), "/start.js".into()), "{before}");
    }
    eval(&format!("{settings} localStorage.removeItem(name);")).unwrap();
}
