//! What strangers hand in, made up by libFuzzer for a bounded time and thrown at what reads it
//! (`tests/fuzz`).

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, bail};
use xshell::{Shell, cmd};

use super::tally::Tally;
use crate::flags::Test;
use crate::{say, workspace};

/// The targets, and how many bytes each is given at most.
const TARGETS: [(&str, u32); 10] = [
    ("answers", 16_384),
    ("compiled", 16_384),
    ("envelope", 8_192),
    ("expression", 4_096),
    ("frames", 8_192),
    ("mailbag", 8_192),
    ("spreadsheet", 32_768),
    ("sync", 8_192),
    ("tus", 2_048),
    ("xform", 32_768),
];

/// What tells libFuzzer where in the code an input led, as `cargo fuzz` has it. Its sanitizers need
/// a nightly compiler and watch unsafe code, of which what is fuzzed has none.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing";

/// How long all targets take together, where nothing else is said.
const SECONDS: u32 = 45;

/// How many run at a time: more than there are processors would make everything look slow.
const AT_A_TIME: u32 = 2;

/// How many kilobytes of stack there are: what threads of the server have.
const STACK: u32 = 2_048;

/// Builds the targets and runs each for its share of the time.
pub(crate) fn run(shell: &Shell, test: &Test) -> Result<Tally> {
    let is_wanted = |name: &str| test.only.as_deref().is_none_or(|only| name.contains(only));
    let targets: Vec<_> = TARGETS.into_iter().filter(|(name, _)| is_wanted(name)).collect();
    if targets.is_empty() {
        return Ok(Tally::default());
    }
    let programs = build(shell)?;
    let seconds = test.seconds.unwrap_or(SECONDS);
    let share = seconds.min((seconds * AT_A_TIME).div_ceil(targets.len() as u32));
    let ahead = Mutex::new(targets.into_iter());
    let next = || ahead.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let mut tally = Tally::default();
        while let Some((name, longest)) = next() {
            match throw(&programs.join(name), name, longest, share) {
                Ok(told) => {
                    say(format!("fuzz {name}: {told}"));
                    tally.passed += 1;
                }
                Err(error) => {
                    eprintln!("fuzz {name}: {error:#}");
                    tally.failed += 1;
                }
            }
        }
        tally
    };
    thread::scope(|scope| {
        let hands: Vec<_> = (0..AT_A_TIME).map(|_| scope.spawn(work)).collect();
        let mut total = Tally::default();
        for hand in hands {
            total += hand.join().map_err(|_| anyhow!("a thread of xtask panicked"))?;
        }
        Ok(total)
    })
}

/// Builds the targets and tells the folder that they are in. Naming the machine keeps libFuzzer's
/// counters out of what runs while building.
fn build(shell: &Shell) -> Result<PathBuf> {
    let about = cmd!(shell, "rustc --verbose --version").quiet().read()?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.context("rustc does not say which machine this is")?;
    let target = workspace::target().join("fuzz");
    say("Building what is fuzzed: about 2 minutes the first time");
    cmd!(shell, "cargo build --quiet --locked --package fuzz --bins --profile fuzz --target {host} --target-dir {target}")
        .env("RUSTFLAGS", COVERAGE)
        .quiet()
        .run()?;
    Ok(target.join(host).join("fuzz"))
}

/// Runs one target and tells what it did.
fn throw(program: &Path, name: &str, longest: u32, seconds: u32) -> Result<String> {
    let folder = workspace::target().join("fuzz/runs").join(name);
    let [corpus, seeds, found] = ["corpus", "seeds", "found"].map(|inner| folder.join(inner));
    for inner in [&corpus, &seeds, &found] {
        fs::create_dir_all(inner)?;
    }
    let log = folder.join("log");
    let status = Command::new("sh")
        .args(["-c", &format!("ulimit -s {STACK} && exec \"$0\" \"$@\"")])
        .arg(program)
        .args([&corpus, &seeds])
        .arg(format!("-dict={}", folder.join("words").display()))
        .arg(format!("-artifact_prefix={}/", found.display()))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={longest}"))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"])
        // Where it puts its seeds and its dictionary.
        .env("XST_FUZZ", &folder)
        .stderr(File::create(&log)?)
        .status()?;
    let told = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        let input = match field(&told, "Test unit written to ") {
            Some(input) => PathBuf::from(input),
            None => keep_at_hand(&folder, &found)?,
        };
        let input = input.display();
        bail!(
            "{status}\n{}\nthis did it: {input}\nagain: cargo run --package fuzz --bin {name} -- {input}",
            words(&told)
        );
    }
    // Without them, it would try at random and pass.
    if !told.contains("inline 8-bit counters)") {
        bail!("it does not see where in the code its inputs lead; see {}", log.display());
    }
    let runs = field(&told, "stat::number_of_executed_units: ").unwrap_or_default();
    let reached = told.rsplit_once(" cov: ").map(|(_, rest)| rest);
    let reached = reached.and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    Ok(format!("{} inputs, {reached} places in the code reached", runs.trim()))
}

/// What was thrown last, where libFuzzer had no chance to keep it: the stack came to its end.
fn keep_at_hand(folder: &Path, found: &Path) -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let kept = found.join(format!("ended-{now}"));
    fs::copy(folder.join("at-hand"), &kept).context("nothing tells what was thrown last")?;
    Ok(kept)
}

/// The rest of the line that holds `before`.
fn field<'t>(told: &'t str, before: &str) -> Option<&'t str> {
    told.lines().find_map(|line| line.split_once(before)).map(|(_, rest)| rest)
}

/// What is said besides the progress.
fn words(told: &str) -> String {
    let is_progress = |line: &&str| line.starts_with(['#', '"']) || line.starts_with("INFO:");
    let lines: Vec<&str> = told.lines().filter(|line| !is_progress(line)).collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::{field, words};

    #[test]
    fn what_libfuzzer_says_is_read() {
        let told = "INFO: Seed: 1\n#2\tNEW    cov: 10 ft: 11\nthread panicked\nartifact_prefix='found/'; Test unit written to found/crash-1\n";
        assert_eq!(field(told, "Test unit written to "), Some("found/crash-1"));
        assert!(words(told).starts_with("thread panicked"));
    }
}
