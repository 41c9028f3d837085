//! A person with a phone: fills in, finishes, and does it again where the phone died over it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use form::surroundings::Fixed;
use form::{Answers, Form, Session};
use protocol::pack::PhonePack;
use protocol::{ApplicationId, ItemId};
use vault::{Draft, Finish, Phone as _, Progress, VaultError};

use crate::chance::Chance;
use crate::life::{PhoneRounds, PhoneVault};
use crate::time::Time;
use crate::wire::SECRET;

/// An application that a person means to make.
pub(crate) struct Intended {
    pub(crate) application: ApplicationId,
    /// When the person takes it up.
    at_ms: u64,
    /// What stands in it.
    pub(crate) place: String,
    /// What it was corrected to, or was meant to be.
    pub(crate) places: RefCell<Vec<String>>,
    /// Pictures that were taken for corrections.
    pub(crate) more_files: RefCell<Vec<Vec<u8>>>,
    /// Whether the answers fulfil the form.
    pub(crate) is_fit: bool,
    pub(crate) files: Vec<Vec<u8>>,
    /// The phone said that a draft is kept.
    is_kept: Cell<bool>,
    /// The person saw that it was finished.
    pub(crate) is_finished: Cell<bool>,
    /// Why it was not, the last time.
    pub(crate) trouble: RefCell<String>,
}

/// Why something was not done, which is tried again.
struct NotNow(String);

impl<T: std::error::Error> From<T> for NotNow {
    fn from(error: T) -> Self {
        Self(error.to_string())
    }
}

const REVOKED: &str = "the keys were dropped in another tab";
const NO_PACK: &str = "there is no pack";

impl Intended {
    /// Something that is taken up then.
    pub(crate) fn some(chance: &Chance, at_ms: u64) -> Self {
        let is_large = chance.percent(15);
        let file = |place| {
            let most = if is_large { 200_000 } else { 3_000 };
            let length = chance.below(most) as usize;
            let mut bytes = format!("{SECRET}{place}").into_bytes();
            bytes.extend(chance.many(length));
            bytes
        };
        let files = if chance.percent(40) { 1 + chance.below(3) } else { 0 };
        Self {
            application: ApplicationId::new(1_795_399_200_000, chance.bytes()),
            at_ms,
            place: format!("{SECRET}{:016x} 村口", chance.next()),
            is_fit: chance.percent(92),
            files: (0..files).map(file).collect(),
            places: RefCell::default(),
            more_files: RefCell::default(),
            is_kept: Cell::default(),
            is_finished: Cell::default(),
            trouble: RefCell::default(),
        }
    }
}

/// Makes every application, however often the phone dies.
pub(crate) async fn fill_in(
    vault: PhoneVault,
    rounds: PhoneRounds,
    intended: Rc<Vec<Intended>>,
    time: Time,
    chance: Chance,
) {
    for one in intended.iter() {
        time.until(one.at_ms).await;
        while !one.is_finished.get() {
            match finish(&vault, &rounds, one).await {
                Ok(()) => one.is_finished.set(true),
                Err(NotNow(trouble)) => {
                    one.trouble.replace(trouble);
                    time.rest(1_000 + chance.below(120_000)).await;
                }
            }
        }
    }
}

async fn finish(
    vault: &PhoneVault,
    rounds: &PhoneRounds,
    intended: &Intended,
) -> Result<(), NotNow> {
    match vault.sent(intended.application).await {
        Ok(_) => return Ok(()),
        Err(VaultError::Gone) => {}
        Err(error) => return Err(error.into()),
    }
    let pack = rounds.pack().ok_or_else(|| NotNow(NO_PACK.to_owned()))?;
    let item = &pack.items[0];
    let mut draft = match vault.draft(intended.application).await {
        Ok(draft) => draft,
        Err(VaultError::Gone) => {
            if !vault.device().is_current().await? {
                return Err(NotNow(REVOKED.to_owned()));
            }
            assert!(!intended.is_kept.get(), "a draft that was kept is gone, and was not sent");
            new_draft(rounds, &pack, intended)
        }
        Err(error) => return Err(error.into()),
    };
    let form = Rc::new(rounds.form(draft.form).await?);
    let mut names = photos(&draft.answers);
    for file in intended.files.iter().skip(names.len()) {
        names.push(vault.keep_file(intended.application, "image/jpeg", file).await?);
        draft.answers = answers(&form, intended, &names);
        vault.keep_draft(&draft).await?;
        intended.is_kept.set(true);
    }
    draft.answers = answers(&form, intended, &names);
    vault.keep_draft(&draft).await?;
    intended.is_kept.set(true);
    let finished = vault.finish(Finish {
        township: pack.township.clone(),
        sealing_key: pack.sealing_key,
        application: intended.application,
        item: item.id.clone(),
        form: draft.form,
        answers: draft.answers,
        title: draft.title,
        begun_at: draft.begun_at,
        finished_at: vault.phone().now(),
        informed: None,
        corrects: None,
    });
    finished.await?;
    rounds.take_on(vault.device().undelivered().await?);
    Ok(())
}

fn new_draft(rounds: &PhoneRounds, pack: &PhonePack, intended: &Intended) -> Draft {
    let now = rounds.device().phone().now();
    let item = &pack.items[0];
    Draft {
        application: intended.application,
        item: ItemId(item.id.0.clone()),
        form: item.form,
        answers: Answers::default(),
        title: intended.place.clone(),
        progress: Progress { done: 0, of: 1 },
        place: "1".into(),
        begun_at: now,
        updated_at: now,
        declined: None,
        informed: None,
        corrects: None,
    }
}

fn answers(form: &Rc<Form>, intended: &Intended, photos: &[String]) -> Answers {
    let now = form::Moment::from_unix_timestamp(1_795_399_200).unwrap();
    let mut session = Session::start(Rc::clone(form), Rc::new(Fixed::at(now)));
    let mut answer = |name: &str, value: &str| {
        let node = session.form().find(name).unwrap();
        let at = session.nearest(session.root(), node).unwrap();
        session.answer(at, value).unwrap();
    };
    answer("who", "示例甲");
    if intended.is_fit {
        answer("where", &intended.place);
    }
    if !photos.is_empty() {
        answer("photos", &photos.join(" "));
    }
    session.answers()
}

fn photos(answers: &Answers) -> Vec<String> {
    let names = answers.values();
    let names = names.iter().filter(|(name, _)| name.ends_with("photos"));
    names.flat_map(|(_, value)| value.split(' ').map(str::to_owned)).collect()
}

/// Tries again what was refused, now and then: something on the way may have said so.
pub(crate) async fn try_again(rounds: PhoneRounds, time: Time, chance: Chance) {
    loop {
        time.rest(600_000 + chance.below(1_800_000)).await;
        let Ok(deliveries) = rounds.device().deliveries().await else { continue };
        for delivery in deliveries.records.into_iter().filter(|each| each.refused.is_some()) {
            rounds.try_again(delivery.envelope);
        }
    }
}

/// What people hand each other: a stick, or a phone's screen. Clones are the same.
#[derive(Clone, Default)]
pub(crate) struct Sticks(Rc<RefCell<Vec<Vec<u8>>>>);

/// Packs mailbags, and takes in what others packed.
pub(crate) async fn carry(rounds: PhoneRounds, sticks: Sticks, time: Time, chance: Chance) {
    loop {
        time.rest(60_000 + chance.below(1_800_000)).await;
        if chance.percent(50) {
            let mut files = Vec::new();
            let with_files = chance.percent(70);
            let packed = rounds.pack_mailbag(with_files, &mut files).await;
            if let Ok(Some(mut bag)) = packed {
                bag.extend(files);
                crate::wire::Secrets.expect_none_in(&bag, "a mailbag");
                sticks.0.borrow_mut().push(bag);
            }
        } else {
            let picked = {
                let sticks = sticks.0.borrow();
                let place = chance.below(sticks.len().max(1) as u64) as usize;
                sticks.get(place).cloned()
            };
            if let Some(mut bag) = picked {
                if chance.percent(20) {
                    let place = chance.below(bag.len() as u64) as usize;
                    bag[place] ^= 1 << chance.below(8);
                }
                // What is damaged, or cannot be kept now, is no loss: the stick is still there.
                let _ = rounds.take_in_mailbag(&bag).await;
            }
        }
    }
}
