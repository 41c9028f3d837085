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

async function keepShell() {
  await packIsKept();
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  page.dataset.shell = "kept";
}

try {
  await start({ module_or_path: "{{wasm}}" });
  window.boot.started();
  keepShell().catch((refused) => console.warn("works only with network here", refused));
} catch (reason) {
  window.boot.failed(reason);
}
