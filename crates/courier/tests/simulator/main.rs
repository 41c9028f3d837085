//! Whole deliveries under everything that goes wrong in the field, in simulated time: loss,
//! repeats, dropped answers, altered bytes, log-in pages, a township that crashes in the middle of
//! a transfer or has a full disk, keys that are rotated, a phone that is killed or revoked, clocks
//! that jump. Each schedule follows from its seed.
//!
//! `COURIER_SCHEDULES=100000 cargo test --release -p courier` runs as many as the design asks for.

#![allow(clippy::unwrap_used, reason = "what helps tests is part of them")]

mod chance;
mod held;
mod network;
mod phone;
mod revoked;
mod township;
mod world;

use world::World;

#[test]
fn nothing_is_lost_and_nothing_doubled_whatever_goes_wrong() {
    let schedules =
        std::env::var("COURIER_SCHEDULES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000);
    for seed in 0..schedules {
        World::new(seed).run();
    }
}

/// opencrvs/opencrvs-core#12292: records were "sending" for ever, online too.
#[test]
fn after_a_dead_network_everything_is_there_within_a_quarter_of_a_minute() {
    for seed in 0..200 {
        let took_ms = World::calm(seed).dead_for(3_600_000).until_delivered();
        assert!(took_ms < 15_000 + 5_000, "seed {seed}: {took_ms} ms");
    }
}

/// opencrvs/opencrvs-core#2576: one application that was stuck in the outbox blocked all after it.
#[test]
fn one_envelope_that_makes_the_township_stumble_keeps_no_other_waiting() {
    for seed in 0..200 {
        let took_ms = World::calm(seed).with_poison().until_delivered();
        assert!(took_ms < 10_000, "seed {seed}: {took_ms} ms");
    }
}
