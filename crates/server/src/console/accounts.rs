//! Passwords of officers.

use std::collections::{BTreeSet, HashMap};

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use protocol::{Digest, ServerTime};

use super::second;
use super::totp::Secret;
use crate::audit::{self, Deed, Entry, OPERATOR};
use crate::server::Server;
use crate::storage::officers::{Credential, NewPassword};
use crate::storage::{self, StorageError};

/// Wrong passwords before an account is locked.
pub(crate) const MOST_FAILURES: u64 = 5;
/// How long it is locked, in milliseconds.
pub(crate) const LOCKED_MS: i64 = 15 * 60 * 1000;
/// How long a password lives that somebody else gave and its holder has not changed, in milliseconds.
const GIVEN_LIVES_MS: i64 = 72 * 60 * 60 * 1000;
/// Characters of a demonstration's passwords: none that is easily taken for another.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// The fewest characters of a password, and how many make up for the kinds that are in it.
const SHORTEST: usize = 8;
const LONG: usize = 16;

/// An account of a demonstration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demonstration {
    /// The office's name; of who works in none, their post's.
    pub office: String,
    /// What to sign in as.
    pub account: String,
    /// With what.
    pub password: String,
}

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum NotSet {
    /// No officer of the pack has this account.
    #[error("officers.toml 里没有账号 {0}")]
    Unknown(String),
    /// Too easily guessed.
    #[error(
        "密码至少 {SHORTEST} 位，要有大写字母、小写字母、数字、符号里的三种；{LONG} 位以上的随便什么字都行。不能有账号在里面"
    )]
    Weak,
    /// Could not be hashed.
    #[error("密码没能处理，请再试一次")]
    Hash,
    /// Could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What came of an attempt to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    Right,
    Wrong,
    Locked,
}

/// Gives every officer who has no password yet one for a demonstration, and tells all that were
/// so given. They follow from the township's keys: the same at each start until the keys are
/// rotated, and not to be guessed from anywhere else.
pub(crate) async fn demonstrate(server: &Server) -> Result<Vec<Demonstration>, NotSet> {
    let pack = server.packs.in_force();
    let mut accounts = Vec::new();
    for officer in &pack.pack.officers {
        let account = officer.account.clone();
        let password = demonstration_password(server, &account);
        let known = {
            let mut db = server.storage.read().await?;
            storage::officers::credential(&mut *db, &server.township, &account).await?
        };
        match known {
            Some(known) if !known.is_demonstration => continue,
            Some(known) if is_still(known.password.clone(), password.clone()).await => {}
            _ => keep(server, &account, password.clone(), Setter::Demonstration).await?,
        }
        let office = officer.office.as_ref().and_then(|office| pack.pack.office(office));
        let office = office.map_or_else(|| officer.post.clone(), |office| office.name.clone());
        accounts.push(Demonstration { office, account, password });
    }
    Ok(accounts)
}

async fn is_still(known: String, password: String) -> bool {
    let checked = tokio::task::spawn_blocking(move || is_right(Some(&known), &password));
    checked.await.unwrap_or(false)
}

fn demonstration_password(server: &Server, account: &str) -> String {
    let mut seed = b"xst demonstration password v1\0".to_vec();
    seed.extend(server.keys.in_force().to_bytes());
    seed.extend(account.as_bytes());
    let digest = Digest::of(&seed);
    digest.0[..10].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// Who sets a password.
#[derive(Clone, Copy)]
pub(crate) enum Setter<'a> {
    /// A demonstration.
    Demonstration,
    /// Its holder, whoever has them signed in.
    Holder(&'a str),
    /// Somebody else, after whom its holder has to change it.
    Other(&'a str),
}

impl<'a> Setter<'a> {
    /// What the audit has of it, and of whom.
    fn deed(self, account: &str) -> Option<(&'a str, Deed)> {
        match self {
            Self::Demonstration => None,
            Self::Holder(who) => Some((who, Deed::ChangedPassword(account.to_owned()))),
            Self::Other(who) => Some((who, Deed::GavePassword(account.to_owned()))),
        }
    }
}

/// Sets the password of an officer.
pub(crate) async fn set_password(
    server: &Server,
    account: &str,
    password: &str,
    setter: Setter<'_>,
) -> Result<(), NotSet> {
    if server.packs.in_force().pack.officer(account).is_none() {
        return Err(NotSet::Unknown(account.to_owned()));
    }
    if !is_strong(account, password) {
        return Err(NotSet::Weak);
    }
    keep(server, account, password.to_owned(), setter).await
}

/// Gives an officer a password to sign in with once and change, and tells it.
pub(crate) async fn give_password(
    server: &Server,
    account: &str,
    who: &str,
) -> Result<String, NotSet> {
    let mut random = [0; 12];
    getrandom::fill(&mut random).map_err(|_| NotSet::Hash)?;
    // Sixty bits, in groups that are read aloud and typed.
    let letters = random.map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    let password = letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-");
    keep(server, account, password.clone(), Setter::Other(who)).await?;
    Ok(password)
}

/// Whether a password is not easily guessed: long, or of three kinds of characters, and not the account
/// with something around it (GB/T 22239-2019, 8.1.4.1: complexity).
fn is_strong(account: &str, password: &str) -> bool {
    let kinds = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    let kinds = kinds.into_iter().filter(|has| *has).count();
    let length = password.chars().count();
    let different: BTreeSet<char> = password.chars().collect();
    let is_account =
        !account.is_empty() && password.to_lowercase().contains(&account.to_lowercase());
    (length >= LONG || (length >= SHORTEST && kinds >= 3))
        && different.len() >= SHORTEST / 2
        && !is_account
}

/// Takes the second factor from an account.
pub(crate) async fn remove_second(server: &Server, account: &str) -> Result<(), NotSet> {
    if server.packs.in_force().pack.officer(account).is_none() {
        return Err(NotSet::Unknown(account.to_owned()));
    }
    let did = Deed::RemovedSecond(account.to_owned());
    Ok(second::keep(server, account, None, OPERATOR, did).await?)
}

async fn keep(
    server: &Server,
    account: &str,
    password: String,
    setter: Setter<'_>,
) -> Result<(), NotSet> {
    let hash = tokio::task::spawn_blocking(move || hash(&password)).await;
    let hash = hash.ok().flatten().ok_or(NotSet::Hash)?;
    let at = server.clock.now();
    let given_by = match setter {
        Setter::Other(who) => Some(who),
        Setter::Demonstration | Setter::Holder(_) => None,
    };
    let is_demonstration = matches!(setter, Setter::Demonstration);
    let password = NewPassword { hash: &hash, is_demonstration, given_by, at };
    let mut transaction = server.storage.write().await?;
    let (db, township) = (&mut *transaction, &server.township);
    storage::officers::set_password(db, township, account, &password).await?;
    if let Some((who, did)) = setter.deed(account) {
        audit::record(db, township, &Entry { at, who: who.to_owned(), did }).await?;
    }
    Ok(transaction.commit().await?)
}

/// How often somebody tried accounts that there are not. They are locked like any other, so that nobody
/// learns which there are; this process forgets them when it ends, or when there are too many.
#[derive(Default)]
pub(crate) struct Strangers(HashMap<String, (u64, ServerTime)>);

/// So many accounts that there are not are remembered.
const MOST_STRANGERS: usize = 4096;

impl Strangers {
    fn failures(&self, account: &str) -> Option<(u64, ServerTime)> {
        self.0.get(account).copied()
    }

    fn failed(&mut self, account: &str, failures: u64, at: ServerTime) {
        if self.0.len() >= MOST_STRANGERS && !self.0.contains_key(account) {
            self.0.clear();
        }
        self.0.insert(account.to_owned(), (failures, at));
    }
}

/// What somebody proves who they are with.
pub(crate) enum Proof {
    /// To come in: the password, and the code of the second factor where they have one.
    Both { password: String, code: String },
    /// To do something that asks for the password again.
    Password(String),
    /// What is lacking after the provider's word: the code of the second factor.
    Code(String),
}

impl Proof {
    fn parts(self) -> (Option<String>, Option<String>) {
        match self {
            Self::Both { password, code } => (Some(password), Some(code)),
            Self::Password(password) => (Some(password), None),
            Self::Code(code) => (None, Some(code)),
        }
    }
}

/// Until when an account is locked, where it is now.
pub(crate) fn locked_until(
    failures: u64,
    failed_at: ServerTime,
    now: ServerTime,
) -> Option<ServerTime> {
    let until = ServerTime(failed_at.0 + LOCKED_MS);
    (failures >= MOST_FAILURES && now < until).then_some(until)
}

/// Tries a password, and the code of the second factor where there is one: whoever is told that it was
/// wrong is not told which. Attempts wait for each other, so that guessing side by side gains nothing
/// and hashing leaves a core for everybody else.
pub(crate) async fn attempt(
    server: &Server,
    account: &str,
    proof: Proof,
) -> Result<Attempt, StorageError> {
    let township = &server.township;
    let mut strangers = server.sign_in_turn.lock().await;
    let is_officer = server.packs.in_force().pack.officer(account).is_some();
    let credential = match is_officer {
        true => {
            let mut db = server.storage.read().await?;
            storage::officers::credential(&mut *db, township, account).await?
        }
        false => None,
    };
    let before = match &credential {
        Some(known) => Some((known.failures, known.failed_at)),
        None => strangers.failures(account),
    };
    let now = server.clock.now();
    let failures = match before {
        Some((failures, failed_at)) if now.0 - failed_at.0 < LOCKED_MS => failures,
        _ => 0,
    };
    if failures >= MOST_FAILURES {
        return Ok(Attempt::Locked);
    }
    let is_known = credential.is_some();
    let second = credential.as_ref().and_then(|known| known.second.map(Secret));
    let used = credential.as_ref().map_or(0, |known| known.second_used);
    let lives =
        |known: &Credential| known.given_by.is_none() || now.0 - known.given_at.0 < GIVEN_LIVES_MS;
    let known = credential.filter(lives).map(|known| known.password);
    let (password, code) = proof.parts();
    let mut right = match password {
        Some(password) => {
            let tried = move || is_right(known.as_deref(), &password);
            tokio::task::spawn_blocking(tried).await.unwrap_or(false)
        }
        // A code alone proves something only where there is a second factor.
        None => second.is_some(),
    };
    let step = second.as_ref().zip(code).map(|(second, code)| second.step_of(&code, now, used));
    right &= step != Some(None);
    if is_known && (!right || failures > 0 || step.is_some()) {
        let mut transaction = server.storage.write().await?;
        let db = &mut *transaction;
        if let Some(Some(step)) = step.filter(|_| right) {
            right = storage::officers::use_code(db, township, account, step).await?;
        }
        let (failures, at) = if right { (0, ServerTime(0)) } else { (failures + 1, now) };
        storage::officers::set_failures(db, township, account, failures, at).await?;
        transaction.commit().await?;
    } else if !is_known {
        strangers.failed(account, failures + 1, now);
    }
    Ok(if right { Attempt::Right } else { Attempt::Wrong })
}

fn hash(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

/// Of an account that there is not, a password is hashed all the same: the time that it takes
/// tells nobody which accounts there are.
fn is_right(known: Option<&str>, password: &str) -> bool {
    match known.map(argon2::PasswordHash::new) {
        Some(Ok(known)) => Argon2::default().verify_password(password.as_bytes(), &known).is_ok(),
        Some(Err(_)) | None => {
            let _ = hash(password);
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_strong;

    #[test]
    fn a_password_is_long_or_of_three_kinds_and_never_the_account() {
        for strong in [
            "Qinghe-21",
            "qinghe_2-1x",
            "雨天也要把表填好再回家吃晚饭呀好的",
            "correct horse battery",
        ] {
            assert!(is_strong("zhaolei", strong), "{strong}");
        }
        for weak in [
            "",
            "Aa1-",
            "qinghe2026",
            "12345678",
            "Zhaolei-2026",
            "aaaaaaaaaaaaaaaaaaaa",
            "Aa1Aa1Aa1",
        ] {
            assert!(!is_strong("zhaolei", weak), "{weak}");
        }
    }
}
