//! `XST_SCHEDULES=100000 cargo test -p simulation` runs as many as the design asks for;
//! `XST_FROM=n` begins with the n-th of them; `XST_SEED=n` runs one.

#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use simulation::{Outcome, World};

fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn nothing_is_lost_doubled_or_read_whatever_goes_wrong() {
    if let Some(seed) = number("XST_SEED") {
        World::new(seed).run();
        return;
    }
    let schedules = number("XST_SCHEDULES").unwrap_or(2_000);
    let first = number("XST_FROM").unwrap_or(0);
    let next = AtomicU64::new(first);
    // More than cores: each waits now and then for the thread of its township's database.
    let threads = 2 * thread::available_parallelism().map_or(2, usize::from);
    let mut all = Outcome::default();
    thread::scope(|scope| {
        let work = || {
            let mut own = Outcome::default();
            loop {
                let seed = next.fetch_add(1, Ordering::Relaxed);
                if seed >= schedules {
                    return own;
                }
                let outcome = std::panic::catch_unwind(|| World::new(seed).run());
                let outcome = outcome.unwrap_or_else(|_| panic!("XST_SEED={seed} fails"));
                own = own.and(outcome);
            }
        };
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            all = all.and(thread.join().expect("a schedule failed"));
        }
    });
    let schedules = schedules - first;
    // A simulation in which nothing happens shows nothing.
    assert!(all.arrived as u64 > schedules / 2 && all.refused > 0, "{all:?}");
    assert!(all.taken as u64 > schedules / 8 && all.superseded > 0, "{all:?}");
    assert!(all.renewed as u64 > schedules / 2 && all.revoked as u64 > schedules / 50, "{all:?}");
}

#[test]
fn a_seed_is_the_same_again() {
    for seed in 0..8 {
        assert_eq!(World::new(seed).run(), World::new(seed).run(), "seed {seed}");
    }
}
