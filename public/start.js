// Starts the app, then has the browser keep this build for times without network. `cargo xtask
// precache` fills in the hashed names and gives this file one too, so that a page can only ever
// start the very WebAssembly that it was built with.
import start from "{{glue}}";

const page = document.documentElement;

// Not before the pack and its forms are there: on a weak link nothing may hold up the first question.
function packIsKept() {
  return new Promise((resolve) => {
    const look = () => page.dataset.pack === "kept" && resolve();
    new MutationObserver(look).observe(page, { attributeFilter: ["data-pack"] });
    look();
  });
}

// Resolves once a worker holds a build; fails where its files could not all be had. WebKit at times
// forgets to tell that a worker became active, hence `ready` beside its own events.
async function register() {
  const workers = navigator.serviceWorker;
  const registration = await workers.register("/sw.js", { updateViaCache: "none" });
  const worker = registration.installing || registration.waiting;
  if (registration.active || !worker) return;
  const refused = new Promise((_, reject) => {
    const look = () => worker.state === "redundant" && reject(new Error("not all files came"));
    worker.addEventListener("statechange", look);
    look();
  });
  await Promise.race([workers.ready, refused]);
}

function rest() {
  return new Promise((resolve) => {
    const done = new AbortController();
    const end = () => { done.abort(); resolve(); };
    addEventListener("online", end, { signal: done.signal });
    setTimeout(end, 15_000);
  });
}

// What came stays in the browser's cache, so that each try gets further.
async function keepShell() {
  await packIsKept();
  for (;;) {
    try {
      await register();
      page.dataset.shell = "kept";
      return;
    } catch (refused) {
      console.warn("works only with network so far", refused);
      await rest();
    }
  }
}

// How that looks which the first question does not need: it is here before the second WebAssembly
// file, which is many times as large.
function loadLaterStyle() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "{{style}}" }));
}

try {
  window.words = await window.boot.words;
  await start({ module_or_path: "{{wasm}}" });
  window.boot.started();
  loadLaterStyle();
  keepShell();
} catch (reason) {
  window.boot.failed(reason);
}
