//! Sending what is due.

use std::sync::Arc;
use std::time::Duration;

use protocol::ServerTime;

use super::backoff::{Next, next_try};
use super::cause::id;
use super::gateways::{Secret, Sms};
use super::http::{Answer, Letter};
use super::key::{Kind, State};
use super::package::package;
use super::{IDEMPOTENCY_KEY, SIGNATURE, sign};
use crate::audit::{self, Deed, Entry};
use crate::cases::{local, server_time};
use crate::console::case_file;
use crate::server::Server;
use crate::storage::cases::Case;
use crate::storage::outgoing::Outgoing;
use crate::storage::{self, StorageError};

/// So much is tried side by side.
const BATCH: u64 = 16;
/// For how long whoever tries something has it alone: longer than a try takes.
const LEASE_MS: i64 = 2 * 60 * 1000;

/// Sends what is due, every so often.
pub(crate) async fn send_due(server: Arc<Server>, every: Duration) {
    loop {
        tokio::time::sleep(every).await;
        if let Err(error) = server.send_what_is_due().await {
            tracing::error!("what is to be sent waits for now: {error}");
        }
    }
}

/// What a try comes to.
enum Parcel {
    /// This is sent.
    Letter(Letter),
    /// It is shown: a demonstration.
    Shown,
    /// People sleep, until then.
    Asleep(ServerTime),
    /// There is nobody to send it to.
    Nobody,
    /// This server's file does not say where that is.
    Nowhere,
}

impl Server {
    /// Sends all that is due by now, as it does by itself every few seconds.
    ///
    /// # Errors
    /// When what came of it could not be kept: then it is sent again.
    pub async fn send_what_is_due(self: &Arc<Self>) -> Result<(), StorageError> {
        // Side by side: who does not answer holds up nobody else.
        let mut all = Vec::new();
        for destination in self.gateways.destinations() {
            all.push(self.send_to(destination));
        }
        futures_util::future::join_all(all).await.into_iter().collect()
    }

    async fn send_to(self: &Arc<Self>, destination: (Kind, &str)) -> Result<(), StorageError> {
        loop {
            let due = self.claim(destination).await?;
            if due.is_empty() {
                return Ok(());
            }
            let tries = due.into_iter().map(|one| self.try_once(one));
            futures_util::future::join_all(tries)
                .await
                .into_iter()
                .collect::<Result<(), StorageError>>()?;
        }
    }

    async fn claim(&self, destination: (Kind, &str)) -> Result<Vec<Outgoing>, StorageError> {
        let (now, township) = (self.clock.now(), &self.township);
        {
            // Most of the time nothing is, and nobody is kept from writing.
            let mut db = self.storage.read().await?;
            if !storage::outgoing::is_due(&mut *db, township, destination, now).await? {
                return Ok(Vec::new());
            }
        }
        let mut transaction = self.storage.write().await?;
        let (db, times) = (&mut *transaction, (now, ServerTime(now.0 + LEASE_MS)));
        let due = storage::outgoing::claim(db, township, destination, times, BATCH).await?;
        transaction.commit().await?;
        Ok(due)
    }

    /// Tries something, and keeps what came of that.
    async fn try_once(self: &Arc<Self>, mut one: Outgoing) -> Result<(), StorageError> {
        let case = one.key.case.0.clone();
        let answer = match self.parcel(&one).await {
            Ok(Parcel::Letter(letter)) => self.sender.send(&letter).await,
            Ok(Parcel::Shown) => Answer::Status(200),
            Ok(Parcel::Asleep(until)) => {
                one.next_try_at = until;
                return self.keep(&one).await;
            }
            Ok(Parcel::Nobody) => {
                one.state = State::Needless;
                return self.keep(&one).await;
            }
            Ok(Parcel::Nowhere) => {
                let to = &one.key.destination;
                tracing::warn!(case, to, "gateways.toml no longer says where this goes");
                Answer::Unreachable
            }
            // One that cannot be read holds up no other.
            Err(error) => {
                tracing::error!(case, "what is to be sent cannot be read: {error}");
                Answer::Unreachable
            }
        };
        self.came_of(&mut one, answer);
        self.keep(&one).await
    }

    fn came_of(&self, one: &mut Outgoing, answer: Answer) {
        one.last_answer = Some(match answer {
            Answer::Status(code) => code.into(),
            Answer::Unreachable => 0,
        });
        let now = self.clock.now();
        let age = u64::try_from(now.0 - one.begun_at.0).unwrap_or(0);
        let age = Duration::from_millis(age);
        match next_try(one.tries, age, self.gateways.give_up, answer) {
            Next::Delivered => one.state = State::Delivered,
            Next::GivenUp => one.state = State::GivenUp,
            Next::After(wait) => one.next_try_at = ServerTime(now.0 + wait.as_millis() as i64),
        }
    }

    async fn keep(&self, one: &Outgoing) -> Result<(), StorageError> {
        let mut transaction = self.storage.write().await?;
        let (db, township) = (&mut *transaction, &self.township);
        let is_kept = storage::outgoing::tell(db, township, one).await?;
        if is_kept && one.key.kind == Kind::County && one.state == State::Delivered {
            let (case, to) = (one.key.case.0.clone(), one.key.destination.clone());
            let (at, who) = (self.clock.now(), audit::OPERATOR.to_owned());
            let entry = Entry { at, who, did: Deed::HandedOver { case, to } };
            audit::record(db, township, &entry).await?;
        }
        transaction.commit().await
    }

    async fn parcel(self: &Arc<Self>, one: &Outgoing) -> Result<Parcel, StorageError> {
        let to = &one.key.destination;
        match one.key.kind {
            Kind::Sms => self.sms(one).await,
            Kind::Webhook => {
                let hook = self.gateways.webhooks.iter().find(|hook| hook.name == *to);
                Ok(hook.map_or(Parcel::Nowhere, |hook| {
                    self.letter(one, &hook.url, &hook.secret, one.body.clone())
                }))
            }
            Kind::County => {
                let Some(department) = self.gateways.department(to) else {
                    return Ok(Parcel::Nowhere);
                };
                let body = package(self, one).await?.to_string().into_bytes();
                Ok(self.letter(one, &department.url, &department.secret, body))
            }
        }
    }

    async fn sms(self: &Arc<Self>, one: &Outgoing) -> Result<Parcel, StorageError> {
        let Some(gateway) = &self.gateways.sms else { return Ok(Parcel::Nowhere) };
        let row = {
            let mut db = self.storage.read().await?;
            storage::cases::find(&mut *db, &self.township, &one.key.case).await?
        };
        let row = row.ok_or(StorageError::Unreadable("outgoing"))?;
        let pack = self.packs.in_force();
        let now = self.clock.now();
        let rings = pack.pack.messages.may_ring(&row.item, local(&pack.pack, now));
        if server_time(rings) > now {
            return Ok(Parcel::Asleep(server_time(rings)));
        }
        let Some(phone) = self.mobile_of(&row).await? else { return Ok(Parcel::Nobody) };
        let text = String::from_utf8_lossy(&one.body);
        Ok(match gateway {
            Sms::Http(gateway) => {
                let body = gateway.body(&phone, &text).into_bytes();
                self.letter(one, &gateway.url, &gateway.secret, body)
            }
            Sms::Screen => {
                tracing::info!("演示，短信没有真的发。尾号 {}：{text}", &phone[phone.len() - 4..]);
                Parcel::Shown
            }
        })
    }

    fn letter(&self, one: &Outgoing, url: &str, secret: &Secret, body: Vec<u8>) -> Parcel {
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            (IDEMPOTENCY_KEY, id(&one.key)),
            (SIGNATURE, sign::signature(secret, self.clock.now(), &body)),
        ];
        Parcel::Letter(Letter { url: url.to_owned(), headers, body })
    }

    /// The mobile number that the applicant of a case gave, in what they handed in last.
    async fn mobile_of(self: &Arc<Self>, row: &Case) -> Result<Option<String>, StorageError> {
        let pack = self.packs.in_force();
        let question = pack.pack.item(&row.item).and_then(|item| item.summary.phone.clone());
        let Some(question) = question else { return Ok(None) };
        let submission = case_file::submission(self, row.envelope).await?;
        let form = self.form_bytes(&pack, submission.form).await?;
        let (_, form) = form.ok_or(StorageError::Unreadable("form"))?;
        let found = self.checkers.run(move |forms| {
            let form = forms.get(submission.form, &form).ok()?;
            let path = pack::path(&form, &question)?;
            checks::phone::read_mobile(submission.answers.value(&path)?).ok()
        });
        found.await.map_err(|_| StorageError::Unreadable("form"))
    }
}
