//! What stands between libFuzzer and a target.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::FileExt;
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::abort;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::Target;

/// Keeps what is thrown: where the stack ends or memory does, libFuzzer has no chance to.
static AT_HAND: OnceLock<File> = OnceLock::new();

/// What the last panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Lays out what libFuzzer is to begin with, in the folder that xtask names.
pub fn prepare(target: &Target) {
    if let Some(folder) = std::env::var_os("XST_FUZZ")
        && let Err(error) = lay_out(target, Path::new(&folder))
    {
        eprintln!("{}: {error}", folder.display());
        abort();
    }
    // In place of libfuzzer-sys's, which takes every panic for a crash: `xlsform` catches those of
    // the library that reads workbooks.
    panic::set_hook(Box::new(|panic| {
        *SAID.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
    }));
}

fn lay_out(target: &Target, folder: &Path) -> io::Result<()> {
    let seeds = folder.join("seeds");
    if seeds.exists() {
        fs::remove_dir_all(&seeds)?;
    }
    fs::create_dir_all(&seeds)?;
    for (place, seed) in (target.seeds)().into_iter().enumerate() {
        fs::write(seeds.join(format!("{place:04}")), seed)?;
    }
    // A remark first: libFuzzer refuses a dictionary in which nothing stands.
    let mut dictionary = "# What means something to it.\n".to_owned();
    for word in (target.words)().iter().filter(|word| !word.is_empty()) {
        dictionary.push_str(&format!("\"{}\"\n", escaped(word)));
    }
    fs::write(folder.join("words"), dictionary)?;
    let at_hand = File::create(folder.join("at-hand"))?;
    AT_HAND.get_or_init(|| at_hand);
    Ok(())
}

/// As libFuzzer's dictionaries have it.
fn escaped(word: &str) -> String {
    let one = |byte: u8| match byte {
        b'"' | b'\\' | ..b' ' | 0x7f.. => format!("\\x{byte:02x}"),
        _ => char::from(byte).to_string(),
    };
    word.bytes().map(one).collect()
}

/// Throws one input.
pub fn throw(target: &Target, bytes: &[u8]) {
    if let Some(file) = AT_HAND.get()
        && file.set_len(0).and_then(|()| file.write_all_at(bytes, 0)).is_err()
    {
        abort();
    }
    if catch_unwind(AssertUnwindSafe(|| (target.run)(bytes))).is_err() {
        eprintln!("{}", SAID.lock().unwrap_or_else(PoisonError::into_inner));
        abort();
    }
}
