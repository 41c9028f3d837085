//! `xst` as people start it, and as it is killed.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

mod check;
mod killed;
mod operator;
mod serving;
mod suite;

#[path = "../../../server/tests/integration/material.rs"]
#[expect(dead_code, reason = "the material of other tests too")]
mod material;
#[path = "../../../server/tests/integration/phone.rs"]
#[expect(dead_code, reason = "the phone can do more than these tests ask of it")]
mod phone;
