//! What only a browser can show: the vault in a real IndexedDB, and that what a browser seals and
//! verifies is what the township opens and signs.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "what helps tests is part of them")]

mod cryptography;
mod delivery;
mod files;
mod mischief;
mod renewal;
mod scene;
mod shell;
mod township;
mod vault;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
