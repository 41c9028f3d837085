//! Locking: an account with a PIN closes when nobody has touched the app for a while, and at once when
//! it is hidden, where its owner wants that. The page is then loaded anew: nothing of what was open
//! stays in memory.

use std::cell::Cell;

use gloo::timers::future::TimeoutFuture;
use leptos::task::spawn_local;

use crate::device::{clock, page, presence};
use crate::vault::{Account, OpensBy};

/// 等保 2.0 and `township.md` ask for two minutes on a shared phone.
const IDLE_MS: u64 = 120_000;
/// A camera, or the phone's gallery, may keep somebody busy for longer.
const CHOOSING_MS: u64 = 600_000;
/// How exactly it is kept.
const LOOK_MS: u32 = 5_000;
/// Enough for what was typed last to be written down.
const LAST_WORDS_MS: u32 = 300;

thread_local! {
    static HERE: Cell<Locking> = const { Cell::new(Locking::NEVER) };
}

#[derive(Clone, Copy)]
struct Locking {
    is_on: bool,
    is_begun: bool,
    when_hidden: bool,
    touched: Touched,
}

/// When somebody touched the app: by the clock that nobody sets, which may stand still while the phone
/// sleeps, and by the one that goes on.
#[derive(Clone, Copy)]
struct Touched {
    running_ms: u64,
    unix_ms: i64,
}

impl Locking {
    const NEVER: Self = Self {
        is_on: false,
        is_begun: false,
        when_hidden: false,
        touched: Touched { running_ms: 0, unix_ms: 0 },
    };
}

impl Touched {
    fn now() -> Self {
        Self { running_ms: clock::running_ms(), unix_ms: clock::now().unix_ms }
    }

    /// How long ago, by the clock that says more.
    fn ago_ms(self) -> u64 {
        let Self { running_ms, unix_ms } = Self::now();
        let slept = u64::try_from(unix_ms - self.unix_ms).unwrap_or_default();
        running_ms.saturating_sub(self.running_ms).max(slept)
    }
}

/// Follows what the owner of the account that is open wants.
pub(crate) fn follow(account: &Account) {
    let before = HERE.get();
    HERE.set(Locking {
        is_on: account.opens_by != OpensBy::Device,
        is_begun: true,
        when_hidden: account.habits.locks_when_hidden,
        touched: Touched::now(),
    });
    if !before.is_begun {
        presence::on_touch(touched);
        presence::on_look(returned);
        presence::on_hide(hidden);
        spawn_local(watch());
    }
}

/// Locks now.
pub(crate) fn lock() {
    // What is typed in a field ends, and is kept.
    page::leave_field();
    spawn_local(async {
        TimeoutFuture::new(LAST_WORDS_MS).await;
        page::load_again();
    });
}

async fn watch() {
    loop {
        TimeoutFuture::new(LOOK_MS).await;
        look();
    }
}

fn touched() {
    HERE.set(Locking { touched: Touched::now(), ..HERE.get() });
}

/// Somebody comes back to the app; from a camera, with a picture that is still to be taken over.
fn returned() {
    look();
    if presence::is_choosing() {
        touched();
    }
}

fn look() {
    let Locking { is_on, touched, .. } = HERE.get();
    let longest_ms = if presence::is_choosing() { CHOOSING_MS } else { IDLE_MS };
    if is_on && touched.ago_ms() >= longest_ms {
        // Once is enough.
        HERE.set(Locking { is_on: false, ..HERE.get() });
        lock();
    }
}

fn hidden() {
    let here = HERE.get();
    // A camera or a picture that somebody chooses hides the app too: what was begun goes on.
    if here.is_on && here.when_hidden && !presence::is_choosing() {
        lock();
    }
}
