// Starts the app, then has the browser keep this build for times without network. `cargo xtask
// precache` fills in the hashed names and gives this file one too, so that a page can only ever
// start the very WebAssembly that it was built with.
import start from "{{glue}}";

async function keepShell() {
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  document.documentElement.dataset.shell = "kept";
}

try {
  await start({ module_or_path: "{{wasm}}" });
  window.boot.started();
  keepShell().catch((refused) => console.warn("works only with network here", refused));
} catch (reason) {
  window.boot.failed(reason);
}
