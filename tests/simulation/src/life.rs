//! A courier's life in a page, as `src/delivery/run.rs` leads it, without a screen.

use courier::Step;
use delivery::{Rounds, Told, Watch};
use vault::{AccountId, Device, LockError, Phone as _, Pin, Vault, VaultError};

use crate::phone::SimulatedPhone;
use crate::time::Time;
use crate::wire::Wire;

pub(crate) type PhoneVault = Vault<SimulatedPhone>;
pub(crate) type PhoneRounds = Rounds<SimulatedPhone, Wire>;

/// How long to rest when the phone could not write something down, or there is no pack.
const TROUBLE_MS: u64 = 10_000;
/// Timers of pages that nobody looks at are late, and cut short at times.
const LONGEST_REST_MS: u64 = 60_000;
/// How often somebody looks at an app in which nothing waits.
const IDLE_MS: u64 = 900_000;

/// Nobody looks.
pub(crate) struct Nobody;

impl Watch for Nobody {
    fn sends(&self, _: bool) {}

    fn told(&self, _: &Told) {}
}

/// Takes up the device, however often that takes.
pub(crate) async fn device(phone: &SimulatedPhone, time: &Time) -> Device<SimulatedPhone> {
    loop {
        match Device::of(phone.clone()).await {
            Ok(device) => return device,
            Err(_) => time.rest(TROUBLE_MS).await,
        }
    }
}

/// Whether the phone has dropped its keys, and its owner has not read that yet.
pub(crate) async fn is_another_device(phone: &SimulatedPhone, time: &Time) -> bool {
    let device = device(phone, time).await;
    loop {
        match device.dropped().await {
            Ok(dropped) => return dropped.is_some(),
            Err(_) => time.rest(TROUBLE_MS).await,
        }
    }
}

/// Its owner has read it.
pub(crate) async fn understands(phone: &SimulatedPhone, time: &Time) {
    let device = device(phone, time).await;
    while device.accept_dropped().await.is_err() {
        time.rest(TROUBLE_MS).await;
    }
}

/// Opens the vault, however often that takes; with a PIN where somebody gave it one.
pub(crate) async fn open(phone: &SimulatedPhone, time: &Time) -> PhoneVault {
    let device = device(phone, time).await;
    loop {
        match try_to_open(phone, &device).await {
            Ok(vault) => return vault,
            Err(_) => time.rest(TROUBLE_MS).await,
        }
    }
}

async fn try_to_open(
    phone: &SimulatedPhone,
    device: &Device<SimulatedPhone>,
) -> Result<PhoneVault, LockError> {
    let pin = Pin::typed("284619");
    let vault = match device.open_the_only().await? {
        None => device.open(AccountId::FIRST).await?,
        vault => vault,
    };
    match vault {
        Some(vault) if phone.wants_pin() => {
            device.change_pin(vault.account(), None, Some(&pin)).await?;
            Ok(vault)
        }
        Some(vault) => Ok(vault),
        None => device.unlock(AccountId::FIRST, &pin).await,
    }
}

/// Delivers until the phone dies, or has dropped its keys: it is another device then.
pub(crate) async fn deliver(rounds: PhoneRounds, time: Time) {
    while rounds.device().clear_unfinished().await.is_err() {
        time.rest(TROUBLE_MS).await;
    }
    loop {
        let rest_ms = match go_round(&rounds).await {
            Ok(true) => match rounds.next() {
                Step::Wait(until) => until
                    .0
                    .saturating_sub(rounds.device().phone().running_ms())
                    .clamp(1, LONGEST_REST_MS),
                Step::Rest => LONGEST_REST_MS,
                _ => 1,
            },
            Ok(false) => TROUBLE_MS,
            Err(_) => {
                rounds.unload();
                TROUBLE_MS
            }
        };
        if matches!(rounds.device().is_current().await, Ok(false)) {
            return;
        }
        let idle_until_ms = time.now_ms() + IDLE_MS;
        time.unless(idle_until_ms, || !is_idle(&rounds)).await;
        time.rest(rest_ms).await;
    }
}

/// Whether nothing waits.
fn is_idle(rounds: &PhoneRounds) -> bool {
    let progress = rounds.progress();
    progress
        .is_some_and(|(progress, _)| progress.waiting + progress.arrived + progress.refused == 0)
}

/// False where there is no pack yet.
async fn go_round(rounds: &PhoneRounds) -> Result<bool, VaultError> {
    if !rounds.is_loaded() {
        rounds.load().await?;
    }
    if rounds.take_up_pack().await?.is_none() {
        let Ok(pack) = rounds.get_pack().await else { return Ok(false) };
        rounds.keep_with_forms(&pack).await?;
    }
    rounds.work_off(&Nobody).await?;
    rounds.get_wanted_pack().await?;
    Ok(true)
}
