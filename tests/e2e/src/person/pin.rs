//! A person, a PIN, and who else uses the phone.

use anyhow::Result;
use serde_json::json;

use crate::browser::Find;
use crate::person::Person;

impl Person {
    /// Types a PIN on the pad.
    ///
    /// # Errors
    /// When there is no pad, or it takes nothing.
    pub async fn types_pin(&self, pin: &str) -> Result<()> {
        for digit in pin.chars() {
            self.browser.tap(&Find::selector(format!("[data-digit='{digit}']"))).await?;
        }
        Ok(())
    }

    /// Adds somebody called `name` to the phone, in 账户密码.
    ///
    /// # Errors
    /// When nobody is there then.
    pub async fn adds(&self, name: &str) -> Result<()> {
        self.act("add-person").await?;
        self.browser.write(&Find::selector("input[name=other]"), name).await?;
        self.act("add-person-really").await?;
        self.sees("[data-account='1']").await
    }

    /// Gives the account that is open a PIN, in 账户密码.
    ///
    /// # Errors
    /// When it has none in the end.
    pub async fn chooses_pin(&self, pin: &str) -> Result<()> {
        self.open_path("accounts").await?;
        self.act("change-pin").await?;
        self.types_pin(pin).await?;
        self.browser.until("asked once more", ASKED_AGAIN, json!(null)).await?;
        self.types_pin(pin).await?;
        self.sees("[data-pin=yes]").await
    }
}

const ASKED_AGAIN: &str = "return document.body.innerText.includes('再输一遍');";
