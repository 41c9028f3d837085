// The first script that runs: tells people with a browser that is too old what to do, and starts
// the app in all others. Written in the JavaScript of 2011, because it must run in browsers that
// cannot even read the app's. `cargo xtask precache` gives it a hashed name.
(function () {
  "use strict";
  var tag = document.currentScript;
  var page = document.documentElement;
  var revision = page.getAttribute("data-revision");

  // A module with what Rust's compiler uses: multi-value, sign extension, saturating conversion,
  // bulk memory, reference types, a mutable exported global.
  var module = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 0, 2, 127, 127, 3, 2, 1, 0, 5, 3, 1, 0, 0, 6, 6, 1,
    127, 1, 65, 0, 11, 7, 5, 1, 1, 103, 3, 0, 10, 26, 1, 24, 0, 65, 0, 192, 67, 0, 0, 0, 0, 252, 0,
    65, 0, 65, 0, 65, 0, 252, 11, 0, 208, 111, 26, 11
  ];

  function isAbleTo() {
    return "noModule" in HTMLScriptElement.prototype &&
      typeof WebAssembly === "object" && WebAssembly.validate(new Uint8Array(module)) &&
      typeof BigInt64Array === "function" && typeof TextDecoder === "function" &&
      typeof Array.prototype.at === "function" && typeof fetch === "function";
  }

  // What this script says, a line for the heading, lines, and one for the button where there is one.
  // In other languages it is `boot.<name>` of `public/words`.
  var said = {
    failed: "没有打开\n网络可能断了，或者信号太弱。\n已经填好的内容都还在手机里，不会丢。\n请换个信号好的地方，再点下面的按钮。\n再试一次",
    broken: "这一页出错了\n已经填好的内容都存在手机里，不会丢。\n请点下面的按钮，从刚才的地方接着填。\n接着填",
    old: "这个浏览器太旧，打不开\n请在手机的应用商店里更新“浏览器”，或者更新手机系统，再打开本页。\n也可以换一部手机，或者请村里的帮办员、家里人帮您办。\n直接到镇便民服务中心窗口，一样能办。",
    unsafe: "网址不安全，不能填写\n网址要以 https:// 开头，才能保护您填写的内容。\n请核对镇里公布的网址，或者扫二维码再进来。",
    private: "这个窗口不能保存内容\n您可能打开了“无痕浏览”，或者关掉了网站数据。\n请换成普通窗口，再打开本页，填写的内容才不会丢。",
    inside: "用浏览器打开，才能没网也能填\n这里是别的应用里的窗口，存不住您填的内容，没有网也打不开。\n1. 点右上角的三个点 ···\n2. 点“在浏览器打开”或“在 Safari 中打开”\n也可以把下面的网址抄到浏览器里："
  };

  // Says it in Chinese at once, and in the person's language when its words are there. `more` stands
  // below it, in whatever language.
  function show(name, hasButton, more) {
    fill(said[name], hasButton, more);
    var known = window.boot && window.boot.words;
    if (!known && window.fetch && window.Promise) known = words();
    if (known) known.then(function (words) {
      if (words && words["boot." + name]) fill(words["boot." + name], hasButton, more);
    });
  }

  function fill(text, hasButton, more) {
    var lines = text.split("\n");
    var button = hasButton && lines.pop();
    var box = document.createElement("main");
    box.className = "plain";
    box.setAttribute("data-screen", "plain");
    var heading = document.createElement("h1");
    heading.appendChild(document.createTextNode(lines.shift()));
    box.appendChild(heading);
    for (var i = 0; i < lines.length; i++) {
      var line = document.createElement("p");
      line.appendChild(document.createTextNode(lines[i]));
      box.appendChild(line);
    }
    if (more) more(box);
    if (button) {
      var again = document.createElement("button");
      again.type = "button";
      again.setAttribute("data-action", "try-again");
      again.appendChild(document.createTextNode(button));
      again.onclick = function () { location.reload(); };
      box.appendChild(again);
    }
    var body = document.body;
    while (body.firstChild) body.removeChild(body.firstChild);
    body.appendChild(box);
  }

  // How often this revision failed to start in a row, kept over reloads.
  function countFailure() {
    try {
      var count = Number(sessionStorage.getItem("failed " + revision) || 0) + 1;
      sessionStorage.setItem("failed " + revision, String(count));
      return count;
    } catch (refused) {
      return 3;
    }
  }

  // Forgets the kept shell, never the vault, if the township can be reached for a new one.
  function forgetShell() {
    return fetch("/api/health", { cache: "no-store" }).then(function (answer) {
      if (answer.status !== 204) throw new Error("not the township");
      return navigator.serviceWorker.getRegistrations();
    }).then(function (registrations) {
      return Promise.all(registrations.map(function (one) { return one.unregister(); }));
    }).then(function () {
      return caches.keys();
    }).then(function (names) {
      return Promise.all(names.map(function (name) { return caches.delete(name); }));
    });
  }

  // Where the township was updated while the page was loading, its files are gone: the page that
  // is there now knows the new ones. Where it fails again, what this browser kept is broken.
  function fail(reason) {
    if (window.console) console.error("the app did not start", reason);
    var count = countFailure();
    if (count === 1) return location.reload();
    var tell = function () { show("failed", true); };
    if (count === 2) return forgetShell().then(function () { location.reload(); }, tell);
    tell();
  }

  function load(attributes) {
    var element = document.createElement(attributes.href ? "link" : "script");
    for (var name in attributes) element.setAttribute(name, attributes[name]);
    element.onerror = attributes.src ? fail : null;
    document.head.appendChild(element);
  }

  // The vault's stores are made while the app is still on its way: what `crates/vault/src/place.rs` names.
  // Whatever fails here, the app does again, and tells.
  function makeVault() {
    var stores = [
      "keys", "drafts", "draft_index", "captures", "files", "envelopes", "deliveries", "sent",
      "sent_index", "states", "forms", "settings"
    ];
    try {
      var request = indexedDB.open("xiangshitong", 2);
      request.onupgradeneeded = function () {
        for (var i = 0; i < stores.length; i++) {
          if (!request.result.objectStoreNames.contains(stores[i])) {
            request.result.createObjectStore(stores[i]);
          }
        }
      };
      request.onsuccess = function () { request.result.close(); };
      request.onerror = function (event) { event.preventDefault(); };
    } catch (refused) { /* the app will tell */ }
  }

  // What a person chose for this phone (`src/preferences.rs`), on the page before the app is there.
  function kept(name) {
    try { return localStorage.getItem(name); } catch (refused) { return null; }
  }

  function applyPreferences() {
    var names = ["mode", "letters", "light", "aloud"];
    for (var i = 0; i < names.length; i++) {
      var value = kept(names[i]);
      if (value) page.setAttribute("data-" + names[i], value);
    }
  }

  // The languages besides Chinese (`src/words/language.rs`). English is spoken where somebody chose
  // it, not where a phone was set up carelessly.
  var languages = ["en", "ko", "ug"];

  function language() {
    var chosen = kept("language");
    if (chosen) return chosen;
    var wanted = navigator.languages || [];
    for (var i = 0; i < wanted.length; i++) {
      var code = wanted[i].split("-")[0];
      if (code === "zh") break;
      if (code !== "en" && languages.indexOf(code) >= 0) return code;
    }
    return "zh";
  }

  // Gives the words of the language, by key; none for Chinese, which is in the app, and where they
  // cannot be had.
  function words() {
    var code = language();
    if (languages.indexOf(code) < 0) return Promise.resolve(null);
    return fetch("/words/" + code + ".json").then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (words) {
      if (!words) return null;
      page.lang = code;
      page.dir = words.direction;
      return words;
    }).catch(function () { return null; });
  }

  function boot() {
    applyPreferences();
    if (!isAbleTo()) {
      return show("old");
    }
    if (!window.isSecureContext) {
      return show("unsafe");
    }
    if (!navigator.serviceWorker && isInsideAnotherApp()) return leadToBrowser();
    if (!window.indexedDB || !window.crypto || !crypto.subtle || !navigator.serviceWorker) {
      return show("private");
    }
    makeVault();
    window.boot.words = words();
    // A first visit asks for the pack while the app is still on its way.
    if (!navigator.serviceWorker.controller) {
      load({ rel: "preload", as: "fetch", crossorigin: "anonymous", href: "/api/pack" });
    }
    load({ type: "module", src: tag.getAttribute("data-start") });
  }

  // The browser's offer to put the app on the home screen: made where somebody asks how.
  window.addEventListener("beforeinstallprompt", function (event) {
    event.preventDefault();
    window.boot.install = event;
  });

  // WeChat and the like show pages in a window of their own, which on iOS can neither keep what is
  // filled in nor open it without a network.
  function isInsideAnotherApp() {
    return /MicroMessenger|QQ\/|AlipayClient|DingTalk|Weibo|aweme/.test(navigator.userAgent);
  }

  function leadToBrowser() {
    show("inside", false, function (box) {
      var address = document.createElement("p");
      address.appendChild(document.createTextNode(location.origin));
      box.appendChild(address);
      var picture = document.createElement("img");
      picture.src = "/install/browser.svg";
      picture.width = 200;
      picture.height = 160;
      picture.alt = "";
      box.insertBefore(picture, box.childNodes[1]);
    });
  }

  // WebAssembly that stopped in the middle of something can't be trusted with anything more.
  function watch(event) {
    var reason = event.error || event.reason;
    if (!(reason instanceof WebAssembly.RuntimeError)) return;
    page.setAttribute("data-app", "broken");
    // The place in the app's source, for whoever mends it; where there is none, the browser's words.
    var place = page.getAttribute("data-stopped");
    place = place ?
      place.split("/").slice(-4).join("/") + ":" + page.getAttribute("data-line") :
      String(reason.message);
    show("broken", true, function (box) {
      var code = document.createElement("small");
      code.appendChild(document.createTextNode(place));
      box.appendChild(code);
    });
  }

  window.boot = {
    failed: fail,
    started: function () {
      window.addEventListener("error", watch);
      window.addEventListener("unhandledrejection", watch);
      try { sessionStorage.removeItem("failed " + revision); } catch (refused) { /* nothing was kept */ }
    }
  };

  if (document.body) boot(); else document.addEventListener("DOMContentLoaded", boot);
})();
