//! The phone itself: its browser, what it allows, how much room it has, what is kept on it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Person;
use crate::browser::Engine;

/// Opens one of the vault's stores.
const DATABASE: &str = "
const got = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const database = await got(indexedDB.open('xiangshitong'));
const records = database.transaction(args, 'readwrite').objectStore(args);
";

/// A phone that is switched off.
pub struct PutAway {
    engine: Engine,
    profile: PathBuf,
    origin: String,
}

impl PutAway {
    /// Starts the browser again, and the app in it.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn takes_it_up_again(self) -> Result<Person> {
        Person::come_back(self.engine, self.profile, self.origin).await
    }
}

impl Person {
    /// Closes the browser.
    ///
    /// # Errors
    /// When it does not close.
    pub async fn puts_the_phone_away(self) -> Result<PutAway> {
        let Self { browser, profile, origin } = self;
        let engine = browser.engine();
        browser.close().await?;
        Ok(PutAway { engine, profile, origin })
    }

    /// Closes the browser and starts it again, and the app in it.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn close_and_come_back(self) -> Result<Self> {
        let Self { browser, profile, origin } = self;
        let engine = browser.engine();
        browser.close().await?;
        Self::come_back(engine, profile, origin).await
    }

    /// The browser is killed, with all its processes. The person starts it again.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn is_killed_and_comes_back(self) -> Result<Self> {
        let Self { browser, profile, origin } = self;
        let engine = browser.engine();
        browser.kill().await?;
        Self::come_back(engine, profile, origin).await
    }

    async fn come_back(engine: Engine, profile: PathBuf, origin: String) -> Result<Self> {
        let person = Self::with_phone(engine, profile, origin).await?;
        match person.open_app().await {
            // Chromium goes past the service worker to the network where it cannot start the worker
            // in time, as on a busy machine just after the browser started. People load the page
            // again; a second time it is the app that does not start.
            Err(_) if engine.is_chromium() => {
                person.open_app().await?;
            }
            opened => opened?,
        }
        Ok(person)
    }

    /// Closes the browser and starts it again, and the app in it, on a phone that has no room left.
    ///
    /// # Errors
    /// When it does not start, or cannot be told: only Chromium can.
    pub async fn comes_back_to_full_phone(self) -> Result<Self> {
        let Self { browser, profile, origin } = self;
        let engine = browser.engine();
        browser.close().await?;
        let person = Self::with_phone(engine, profile, origin).await?;
        // Before anything is open: Chromium remembers for a while how much room there was.
        person.limit_room(json!({ "origin": person.origin, "quotaSize": 1000 })).await?;
        person.open_app().await?;
        Ok(person)
    }

    /// Wants nothing on the screen to move.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn wants_stillness(&self) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        let still = json!([{ "name": "prefers-reduced-motion", "value": "reduce" }]);
        dev_tools.call("Emulation.setEmulatedMedia", json!({ "features": still })).await?;
        Ok(())
    }

    /// Asks the browser to spare bytes, as on a link that is paid for by the byte, or not any more.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn spares_bytes(&self, spares: bool) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        // The service worker cannot be told: it is not to be called.
        self.lets("denied", &["background-sync"]).await?;
        let spares = json!({ "dataSaverEnabled": spares });
        dev_tools.call("Emulation.setDataSaverOverride", spares).await?;
        Ok(())
    }

    /// Has a phone that knows its owner's finger. Gives what [`Person::shows_a_finger`] needs.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn has_a_finger_reader(&self) -> Result<Value> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        dev_tools.call("WebAuthn.enable", json!({})).await?;
        let options = json!({ "options": {
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasPrf": true,
            "hasResidentKey": true, "hasUserVerification": true, "isUserVerified": true,
        } });
        let added = dev_tools.call("WebAuthn.addVirtualAuthenticator", options).await?;
        Ok(added["authenticatorId"].clone())
    }

    /// Shows the phone a finger from now on: the owner's, or another.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn shows_a_finger(&self, reader: &Value, is_owners: bool) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        let finger = json!({ "authenticatorId": reader, "isUserVerified": is_owners });
        dev_tools.call("WebAuthn.setUserVerified", finger).await?;
        Ok(())
    }

    /// Is somewhere, and lets the app know where.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn is_somewhere(&self) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told a place")?;
        self.lets("granted", &["geolocation"]).await?;
        let place = json!({ "latitude": 25.04, "longitude": 102.71, "accuracy": 12 });
        dev_tools.call("Emulation.setGeolocationOverride", place).await?;
        Ok(())
    }

    /// Lets the app use neither camera nor microphone nor place, whenever it asks.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn allows_nothing(&self) -> Result<()> {
        self.browser.dev_tools().context("only Chromium can be told")?;
        self.lets("denied", &["camera", "microphone", "geolocation"]).await
    }

    /// Tells what the app may use, where the browser can be told.
    pub(super) async fn lets(&self, setting: &str, names: &[&str]) -> Result<()> {
        let Some(dev_tools) = self.browser.dev_tools() else { return Ok(()) };
        for name in names {
            let given = json!({ "origin": self.origin, "permission": { "name": name }, "setting": setting });
            dev_tools.call("Browser.setPermission", given).await?;
        }
        Ok(())
    }

    /// Somebody throws things away, and the phone has room again.
    ///
    /// # Errors
    /// When the browser cannot be told.
    pub async fn makes_room(&self) -> Result<()> {
        self.limit_room(json!({ "origin": self.origin })).await
    }

    async fn limit_room(&self, quota: Value) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told a quota")?;
        dev_tools.call("Storage.overrideQuotaForOrigin", quota).await?;
        Ok(())
    }

    /// Flips a bit of each record in one of the vault's stores, as a broken memory chip does.
    ///
    /// # Errors
    /// When there is none.
    pub async fn has_records_damaged(&self, store: &str) -> Result<()> {
        let script = format!(
            "{DATABASE}
            for (const key of await got(records.getAllKeys())) {{
              const record = new Uint8Array(await got(records.get(key)));
              record[record.length - 1] ^= 1;
              await got(records.put(record, key));
            }}
            const count = await got(records.count());
            database.close();
            return count;"
        );
        let count = self.browser.run(&script, json!(store)).await?;
        ensure!(count.as_u64() > Some(0), "nothing is kept in {store}");
        Ok(())
    }

    /// How many records are in one of the vault's stores.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn count_records(&self, store: &str) -> Result<u64> {
        let script = format!(
            "{DATABASE} const count = await got(records.count()); database.close(); return count;"
        );
        let count = self.browser.run(&script, json!(store)).await?;
        count.as_u64().context("a number")
    }

    /// The revision of the page that is open.
    ///
    /// # Errors
    /// When it does not say.
    pub async fn revision(&self) -> Result<String> {
        let script = "return document.documentElement.dataset.revision;";
        let revision = self.browser.until("the revision", script, Value::Null).await?;
        revision.as_str().map(str::to_owned).context("a revision is text")
    }

    /// Has the browser look for an update of the app, and waits until it is ready to be started.
    ///
    /// # Errors
    /// When there is none.
    pub async fn look_for_update(&self) -> Result<()> {
        let script = "const registration = await navigator.serviceWorker.getRegistration();
            if (!registration.waiting) await registration.update();
            return registration.waiting !== null;";
        self.browser.until("an update", script, Value::Null).await?;
        Ok(())
    }

    /// The WebAssembly modules that the open page loaded.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn modules(&self) -> Result<BTreeSet<String>> {
        let script = "return performance.getEntriesByType('resource').map((one) => one.name).filter((name) => name.endsWith('.wasm'));";
        Ok(serde_json::from_value(self.browser.run(script, Value::Null).await?)?)
    }

    /// Closes the app: no page of it is open.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn closes_the_app(&self) -> Result<()> {
        self.browser.go("about:blank").await
    }

    /// Looks at what is kept, without opening the app.
    ///
    /// # Errors
    /// When the file that is opened for that is not there.
    pub async fn looks_beside_the_app(&self) -> Result<()> {
        self.browser.go(&format!("{}/manifest.webmanifest", self.origin)).await
    }

    /// Has the browser find a network and call the service worker for what was asked of it.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn browser_finds_network(&self) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        dev_tools.call("ServiceWorker.enable", json!({})).await?;
        // The first registration of a new profile.
        let call = json!({ "origin": self.origin, "registrationId": "0", "tag": "deliver", "lastChance": false });
        dev_tools.call("ServiceWorker.dispatchSyncEvent", call).await?;
        Ok(())
    }

    /// Lets the browser call the app's service worker from time to time, as for an app on the home
    /// screen.
    ///
    /// # Errors
    /// When the browser cannot be told.
    pub async fn lets_itself_be_called(&self) -> Result<()> {
        self.lets("granted", &["periodic-background-sync"]).await
    }

    /// Waits until the app has asked the browser to call its service worker from time to time.
    ///
    /// # Errors
    /// When it has not.
    pub async fn has_asked_to_be_called(&self) -> Result<()> {
        let asked = "const registration = await navigator.serviceWorker.ready;
            return (await registration.periodicSync.getTags()).includes('deliver');";
        self.browser.until("the app to ask for calls", asked, Value::Null).await?;
        Ok(())
    }

    /// Has the browser call the service worker as it does from time to time.
    ///
    /// # Errors
    /// When the browser cannot be told: only Chromium can.
    pub async fn browser_looks_for_news(&self) -> Result<()> {
        let dev_tools = self.browser.dev_tools().context("only Chromium can be told")?;
        dev_tools.call("ServiceWorker.enable", json!({})).await?;
        let call = json!({ "origin": self.origin, "registrationId": "0", "tag": "deliver" });
        dev_tools.call("ServiceWorker.dispatchPeriodicSyncEvent", call).await?;
        Ok(())
    }

    /// Waits until news are kept that no account has taken in yet.
    ///
    /// # Errors
    /// When there are none.
    pub async fn has_news(&self) -> Result<()> {
        let script = format!(
            "{DATABASE} const keys = await got(records.getAllKeys()); database.close();
            return keys.some((key) => key.startsWith('~news/'));"
        );
        self.browser.until("news to be kept", &script, json!("states")).await?;
        Ok(())
    }

    /// Waits until one of the vault's stores is empty.
    ///
    /// # Errors
    /// When it is not.
    pub async fn has_nothing_left(&self, store: &str) -> Result<()> {
        let script = format!(
            "{DATABASE} const count = await got(records.count()); database.close(); return count === 0;"
        );
        self.browser.until(&format!("nothing in {store}"), &script, json!(store)).await?;
        Ok(())
    }

    /// Comes to a place where the phone finds a network again.
    ///
    /// # Errors
    /// When the page does not answer.
    pub async fn finds_network(&self) -> Result<()> {
        self.browser.run("window.dispatchEvent(new Event('online'));", Value::Null).await?;
        Ok(())
    }

    /// Waits until one of the vault's stores has a record whose key ends so.
    ///
    /// # Errors
    /// When it has none.
    pub async fn has_record(&self, store: &str, end: &str) -> Result<()> {
        let script = format!(
            "const {{ store, end }} = args;
            const keys = await (async (args) => {{
              {DATABASE}
              const all = await got(records.getAllKeys());
              database.close();
              return all;
            }})(store);
            return keys.some((one) => String(one).endsWith(end));"
        );
        let args = json!({ "store": store, "end": end });
        self.browser.until(&format!("{end} in {store}"), &script, args).await?;
        Ok(())
    }

    /// Waits until so many records of one of the vault's stores have these words in them.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn has_kept(&self, store: &str, words: &str, count: usize) -> Result<()> {
        let script = format!(
            "const {{ store, words, count }} = args;
            const found = await (async (args) => {{
              {DATABASE}
              const all = await got(records.getAll());
              database.close();
              return all.filter((one) => new TextDecoder().decode(one).includes(words)).length;
            }})(store);
            return found >= count;"
        );
        let args = json!({ "store": store, "words": words, "count": count });
        self.browser.until(&format!("{count} of {words} to be kept"), &script, args).await?;
        Ok(())
    }
}
