// Keeps one whole build of the app, so that it starts without network.
//
// * A build is kept whole or not at all, in a cache of its own: pages and files of different builds
//   never mix, and a page is always served with the files of its own build.
// * A new build waits until no page of the old one is open: an update applies at the next start.
// * Only GET, only files of the build. Forms and data are the vault's, /api, /console, /query and /proof the
//   server's.
//
// `cargo xtask precache` fills in the revision and the files: [path, integrity, whether the path
// holds a hash of the content].
"use strict";

const REVISION = "{{revision}}";
// Whether the browser calls this worker when it finds a network: Chromium's do.
const IS_CALLED = "sync" in self.registration;
const FILES = [/* {{files}} */].filter(([path]) => IS_CALLED || !path.startsWith("/background"));
const CACHE = "shell-" + REVISION;
const PATHS = new Set(FILES.map(([path]) => path));

// The file as it was built, or an error: a log-in page of some hotel is never kept.
async function get([path, integrity, hashed]) {
  if (hashed) {
    // The same path is the same content: an older build may have it, or the page just loaded it.
    const kept = await caches.match(path);
    if (kept) return kept;
    try {
      return await fetchWhole(path, integrity, "default");
    } catch {
      // What the HTTP cache holds is broken.
    }
  }
  return fetchWhole(path, integrity, "reload");
}

async function fetchWhole(path, integrity, cache) {
  const answer = await fetch(path, { integrity, cache, redirect: "error" });
  if (answer.status !== 200) throw new Error(path + ": " + answer.status);
  return answer;
}

async function install() {
  const answers = await Promise.all(FILES.map(get));
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map(([path], place) => cache.put(path, answers[place])));
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith("shell-") && name !== CACHE).map((name) => caches.delete(name)),
  );
}

async function answer(path, request) {
  const kept = await caches.match(path, { cacheName: CACHE });
  return kept || fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

// Delivers while no page is open (`crates/background`). What is left, the browser calls for again.
if (IS_CALLED) importScripts("{{background.js}}");
let begun;

async function deliver() {
  // A page that somebody looks at delivers itself, and asks again when it is hidden.
  const pages = await self.clients.matchAll({ type: "window" });
  if (pages.some((page) => page.visibilityState === "visible")) return;
  begun ??= answer("{{background.wasm}}", "{{background.wasm}}").then((module_or_path) => background({ module_or_path }));
  await begun;
  if (await background.deliver()) throw new Error("something is left");
}

for (const call of ["sync", "periodicsync"]) {
  self.addEventListener(call, (event) => event.waitUntil(deliver()));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/api/") || /^\/(console|query|proof)(\/|$)/.test(pathname)) return;
  if (request.mode === "navigate") event.respondWith(answer("/", request));
  else if (PATHS.has(pathname)) event.respondWith(answer(pathname, request));
});
