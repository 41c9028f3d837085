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

// Resolves once a worker holds a build; fails where its files could not all be had.
async function register() {
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const worker = registration.installing || registration.waiting;
  if (registration.active || !worker) return;
  await new Promise((resolve, reject) => {
    const look = () => {
      if (worker.state === "activated") resolve();
      if (worker.state === "redundant") reject(new Error("not all files came"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
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

try {
  await start({ module_or_path: "{{wasm}}" });
  window.boot.started();
  keepShell();
} catch (reason) {
  window.boot.failed(reason);
}
