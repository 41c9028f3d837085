//! What the person with a phone means to apply for: on the device that it is now, and on the devices
//! that it was until the township revoked them.

use std::cell::RefCell;
use std::rc::Rc;

use crate::chance::Chance;
use crate::person::Intended;

/// Within so long after a device was revoked, its owner begins on something new.
const ANEW_WITHIN_MS: u64 = 20 * 60_000;

/// The plans of one person. Clones are the same.
#[derive(Clone)]
pub(crate) struct Plans(Rc<RefCell<Devices>>);

struct Devices {
    now: Rc<Vec<Intended>>,
    revoked: Vec<Rc<Vec<Intended>>>,
}

impl Plans {
    /// Those of somebody, to be begun on before `within_ms`.
    pub(crate) fn some(chance: &Chance, within_ms: u64) -> Self {
        let now = several(5, chance, 0, within_ms);
        Self(Rc::new(RefCell::new(Devices { now, revoked: Vec::new() })))
    }

    /// What is meant to be applied for on the device that the phone is now.
    pub(crate) fn now(&self) -> Rc<Vec<Intended>> {
        Rc::clone(&self.0.borrow().now)
    }

    /// What was, on devices that were revoked.
    pub(crate) fn of_revoked(&self) -> Vec<Rc<Vec<Intended>>> {
        self.0.borrow().revoked.clone()
    }

    /// The person has read that the device was revoked: it is another one now.
    pub(crate) fn begin_anew(&self, chance: &Chance, now_ms: u64) {
        let mut devices = self.0.borrow_mut();
        let anew = several(3, chance, now_ms, ANEW_WITHIN_MS);
        let before = std::mem::replace(&mut devices.now, anew);
        devices.revoked.push(before);
    }
}

fn several(most: u64, chance: &Chance, from_ms: u64, within_ms: u64) -> Rc<Vec<Intended>> {
    let some = |_| Intended::some(chance, from_ms + chance.below(within_ms));
    Rc::new((0..chance.below(most)).map(some).collect())
}
