#!/usr/bin/gjs
// A window with Safari's engine, for WebKitWebDriver. Like WebKitGTK's MiniBrowser, but it keeps
// what pages store when it is automated, so that a browser can be closed and started again.
imports.gi.versions.Gtk = "3.0";
imports.gi.versions.WebKit2 = "4.1";
const { GLib, Gtk, WebKit2 } = imports.gi;

Gtk.init(null);
const profile = GLib.getenv("XST_PROFILE");
const [width, height] = GLib.getenv("XST_WINDOW").split("x").map(Number);
const manager = new WebKit2.WebsiteDataManager({
  base_data_directory: profile + "/data",
  base_cache_directory: profile + "/cache",
});
const context = new WebKit2.WebContext({ website_data_manager: manager });
context.set_automation_allowed(true);
context.connect("automation-started", (_, session) => {
  session.connect("create-web-view", () => {
    const view = new WebKit2.WebView({ web_context: context, is_controlled_by_automation: true });
    // The page forbids it, which WebKit heeds over HTTPS only: a page that is kept when it is left keeps
    // its transactions open.
    view.get_settings().set_enable_page_cache(false);
    const window = new Gtk.Window({ default_width: width, default_height: height });
    window.add(view);
    view.connect("close", () => window.destroy());
    window.connect("destroy", () => Gtk.main_quit());
    window.show_all();
    return view;
  });
});
Gtk.main();
