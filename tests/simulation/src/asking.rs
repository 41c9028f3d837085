//! A person who asks something of what they sent: corrects it, takes it back, rates it; and does it
//! again, or lets it be, where the township had gone on meanwhile.

use std::cell::RefCell;
use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Answers, Form, Session};
use protocol::fact::CaseState;
use protocol::{ApplicationId, CaseNumber, Satisfaction};
use vault::{Ask, Case, CaseCommand, Draft, Finish, Meant, Phone as _, VaultError};

use crate::chance::Chance;
use crate::life::{PhoneRounds, PhoneVault};
use crate::person::Intended;
use crate::time::Time;
use crate::wire::SECRET;

/// Nobody asks anything after that.
const UNTIL_MS: u64 = 100 * 60_000;

/// The cases that officers know of. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Queue(Rc<RefCell<Vec<CaseNumber>>>);

impl Queue {
    /// A case of it.
    pub(crate) fn any(&self, chance: &Chance) -> Option<CaseNumber> {
        let cases = self.0.borrow();
        let place = chance.below(cases.len().max(1) as u64) as usize;
        cases.get(place).cloned()
    }

    fn put(&self, case: CaseNumber) {
        let mut cases = self.0.borrow_mut();
        if !cases.contains(&case) {
            cases.push(case);
        }
    }
}

/// Looks at what was sent, now and then, and asks something of it.
pub(crate) async fn ask(
    vault: PhoneVault,
    rounds: PhoneRounds,
    intended: Rc<Vec<Intended>>,
    queue: Queue,
    time: Time,
    chance: Chance,
) {
    let person = Person { vault, rounds, intended, queue, chance };
    while time.now_ms() < UNTIL_MS {
        time.rest(20_000 + person.chance.below(900_000)).await;
        // Whatever the phone would not do now, the person does when they look again.
        let _ = person.look().await;
    }
}

struct Person {
    vault: PhoneVault,
    rounds: PhoneRounds,
    intended: Rc<Vec<Intended>>,
    queue: Queue,
    chance: Chance,
}

impl Person {
    async fn look(&self) -> Result<(), VaultError> {
        let place = self.chance.below(self.intended.len().max(1) as u64) as usize;
        let Some(intended) = self.intended.get(place) else { return Ok(()) };
        if self.vault.draft(intended.application).await.is_ok() && intended.is_finished.get() {
            return self.finish_correction(intended).await;
        }
        let Ok(case) = self.vault.case(intended.application).await else { return Ok(()) };
        let receipt = case.delivery.as_ref().and_then(|delivery| delivery.receipt());
        if let Some(receipt) = receipt {
            self.queue.put(receipt.case);
        }
        let Case { state: Some(state), command, .. } = case else { return Ok(()) };
        match command.filter(|command| !command.is_taken()) {
            Some(command) => self.look_at_refusal(intended, &state, &command).await,
            None => self.want_something(intended, &state).await,
        }
    }

    /// Something was refused: what was meant and what is so now are both there.
    async fn look_at_refusal(
        &self,
        intended: &Intended,
        state: &CaseState,
        command: &CaseCommand,
    ) -> Result<(), VaultError> {
        let Some(refused) = command.refused() else { return Ok(()) };
        assert!(!refused.words.is_empty(), "a refusal is explained");
        // As the screen does, nothing is offered before the newer state is there.
        let version = state.version.unwrap_or_default();
        if version <= command.record.seen && !matches!(command.record.meant, Meant::Rate { .. }) {
            return Ok(());
        }
        let application = intended.application;
        let envelope = command.record.envelope;
        match command.record.meant.clone() {
            Meant::Supplement(_) if state.offers.correct && self.chance.percent(70) => {
                self.vault.correct(application, version).await?;
                self.rounds.forget(envelope);
                self.finish_correction(intended).await
            }
            meant @ Meant::Withdraw { .. } if state.offers.withdraw && self.chance.percent(70) => {
                self.ask_for(application, version, meant).await?;
                self.rounds.forget(envelope);
                Ok(())
            }
            _ => {
                self.vault.let_be(application).await?;
                self.rounds.forget(envelope);
                Ok(())
            }
        }
    }

    async fn want_something(
        &self,
        intended: &Intended,
        state: &CaseState,
    ) -> Result<(), VaultError> {
        let Some(version) = state.version else { return Ok(()) };
        let (offers, wanted) = (state.offers, self.chance.below(100));
        if offers.rate {
            let words = format!("{SECRET}一般");
            let satisfaction = Satisfaction::Content;
            return self
                .ask_for(intended.application, version, Meant::Rate { satisfaction, words })
                .await;
        }
        if offers.correct && (wanted < 40 || !state.corrections.is_empty() && wanted < 80) {
            self.vault.correct(intended.application, version).await?;
            return self.finish_correction(intended).await;
        }
        if offers.withdraw && wanted > 90 {
            let reason = format!("{SECRET}不用了");
            return self.ask_for(intended.application, version, Meant::Withdraw { reason }).await;
        }
        Ok(())
    }

    async fn ask_for(
        &self,
        application: ApplicationId,
        seen: u64,
        meant: Meant,
    ) -> Result<(), VaultError> {
        let Some(pack) = self.rounds.pack() else { return Ok(()) };
        let (township, sealing_key) = (pack.township.clone(), pack.sealing_key);
        self.vault.ask(Ask { township, sealing_key, application, seen, meant }).await?;
        self.take_on().await
    }

    /// Says where it is once more, perhaps with another picture.
    async fn finish_correction(&self, intended: &Intended) -> Result<(), VaultError> {
        let Some(pack) = self.rounds.pack() else { return Ok(()) };
        let mut draft = self.vault.draft(intended.application).await?;
        let form = self.vault.device().form(draft.form).await?.ok_or(VaultError::Gone)?;
        let place = format!("{SECRET}{:016x} 村尾", self.chance.next());
        intended.places.borrow_mut().push(place.clone());
        let mut photos = Vec::new();
        if self.chance.percent(30) {
            let bytes = format!("{SECRET}{place}").into_bytes();
            photos.push(self.vault.keep_file(draft.application, "image/jpeg", &bytes).await?);
            intended.more_files.borrow_mut().push(bytes);
        }
        draft.answers = corrected(&Rc::new(form), &draft, &place, photos);
        self.vault.keep_draft(&draft).await?;
        let finish = Finish {
            township: pack.township.clone(),
            sealing_key: pack.sealing_key,
            application: draft.application,
            item: draft.item,
            form: draft.form,
            answers: draft.answers,
            title: draft.title,
            begun_at: draft.begun_at,
            finished_at: self.vault.phone().now(),
            informed: draft.informed,
            corrects: draft.corrects,
        };
        self.vault.finish(finish).await?;
        self.take_on().await
    }

    async fn take_on(&self) -> Result<(), VaultError> {
        self.rounds.take_on(self.vault.device().undelivered().await?);
        Ok(())
    }
}

fn corrected(form: &Rc<Form>, draft: &Draft, place: &str, more: Vec<String>) -> Answers {
    let now = form::Moment::from_unix_timestamp(1_795_399_200).unwrap();
    let surroundings = Rc::new(Fixed::at(now));
    let (mut session, _) = Session::resume(Rc::clone(form), surroundings, &draft.answers);
    let at = |session: &Session, name: &str| {
        session.nearest(session.root(), session.form().find(name).unwrap()).unwrap()
    };
    let photos = session.value(at(&session, "photos")).to_owned();
    let photos = photos.split(' ').filter(|name| !name.is_empty()).map(str::to_owned);
    // As many as the form takes.
    let photos: Vec<String> = photos.chain(more).take(9).collect();
    session.answer(at(&session, "photos"), &photos.join(" ")).unwrap();
    session.answer(at(&session, "where"), place).unwrap();
    session.answers()
}
