//! Everybody can read and reach everything: on every screen, in every way the app can be.

use anyhow::Result;
use e2e::applicant::Applicant;
use e2e::browser::{Engine, Find};
use e2e::eyes::Eyes;
use e2e::person::Person;
use e2e::picture::Phone;
use e2e::scene::Scene;

/// Every screen but those of forms, which are looked at where they are filled in. Pictures of them are kept on these phones, by names that begin so.
pub(crate) async fn screens_keep_nobody_out(
    preferences: &[(&str, &str)],
    phones: &[Phone],
    name: &str,
) -> Result<()> {
    let scene = Scene::new(Engine::Chromium).await?;
    let person = scene.person().await?;
    person.wants_stillness().await?;
    let looking = Looking { person: &person, eyes: Eyes::open()?, phones, name };
    person.open_app().await?;
    person.prefers(preferences).await?;
    person.has_everything_to_fill_in_offline().await?;
    looking.at("home").await?;
    looking.at_searching().await?;
    looking.at_errors().await?;
    for path in ["mine", "offices", "settings", "accounts", "certificates", "offline"] {
        person.open_path(path).await?;
        looking.at(path).await?;
    }
    scene.network.cut();
    person.open_app().await?;
    Applicant::new(&scene, &person, "mydc")?.apply().await?;
    looking.at("finished").await?;
    person.open_path("mine").await?;
    looking.at("mine-waits").await?;
    person.open_path("mailbag").await?;
    looking.at("mailbag").await?;
    person.open_path("mine").await?;
    looking.at_case("[data-application]:not([data-state=draft])", "case-waits").await?;
    scene.network.mend();
    person.look_at_mine().await?;
    person.sees_delivered(1).await?;
    looking.at("mine-delivered").await?;
    looking.at_case("[data-application][data-state=delivered]", "case-delivered").await?;
    looking.at_damaged().await?;
    looking.at_gate().await?;
    looking.eyes.tell()
}

/// Somebody at a phone whose screens are looked at.
struct Looking<'a> {
    person: &'a Person,
    eyes: Eyes,
    phones: &'a [Phone],
    name: &'a str,
}

impl Looking<'_> {
    async fn at(&self, screen: &str) -> Result<()> {
        let picture = format!("{}{screen}", self.name);
        self.eyes.look_and_keep(self.person, screen, self.phones, &picture).await
    }

    /// Choosing a PIN, and being asked for it.
    async fn at_gate(&self) -> Result<()> {
        let person = self.person;
        person.open_path("accounts").await?;
        person.act("change-pin").await?;
        self.at("accounts-pin").await?;
        person.types_pin("284619").await?;
        person.types_pin("284619").await?;
        person.sees("[data-pin=yes]").await?;
        self.at("accounts-locked").await?;
        person.open_app().await?;
        person.until_screen("gate").await?;
        person.types_pin("284618").await?;
        person.sees(".pad__said--wrong").await?;
        self.at("gate").await
    }

    async fn at_searching(&self) -> Result<()> {
        for (wanted, screen) in [("低保", "found"), ("没有这种事", "not-found")] {
            self.person.browser.write(&Find::selector("input[type=search]"), wanted).await?;
            self.at(screen).await?;
        }
        Ok(())
    }

    /// The item's page, a page on which everything is still missing, and the review of it.
    async fn at_errors(&self) -> Result<()> {
        let person = self.person;
        person.open_path("item/ybcb").await?;
        self.at("item").await?;
        person.act("start").await?;
        person.until_screen("notice").await?;
        self.at("notice").await?;
        person.act("understood").await?;
        person.until_screen("form").await?;
        self.at("form").await?;
        person.act("next").await?;
        person.sees("[data-problem]").await?;
        self.at("form-wrong").await?;
        person.act("skip").await?;
        // From page to page without an answer, to the review of what is missing.
        person.skip_to_review().await?;
        self.at("review").await
    }

    async fn at_case(&self, card: &str, screen: &str) -> Result<()> {
        self.person.browser.tap(&Find::selector(card)).await?;
        self.person.until_screen("case").await?;
        self.person.until_sent_is_shown().await?;
        self.at(screen).await
    }

    async fn at_damaged(&self) -> Result<()> {
        self.person.has_records_damaged("drafts").await?;
        self.person.has_records_damaged("draft_index").await?;
        self.person.open_path("mine").await?;
        self.at("damaged").await
    }
}
