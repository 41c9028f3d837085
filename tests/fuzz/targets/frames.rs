//! Any text as the codes of a mailbag, one a line; or, where the first byte says so, any bytes as what
//! the codes hold, each with its length before it.
#![cfg_attr(fuzzing, no_main)]

use fuzz::Target;
use mailbag::{Frames, Gathered, Gathering};

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

/// What every code begins with.
const MARK: &str = "XST1:";

fn run(bytes: &[u8]) {
    let Some((which, bytes)) = bytes.split_first() else { return };
    let mut gathering = Gathering::default();
    if which % 2 == 0 {
        let text = String::from_utf8_lossy(bytes);
        return text.lines().for_each(|line| see(&mut gathering, line));
    }
    let mut rest = bytes;
    while let Some((length, behind)) = rest.split_first_chunk::<2>() {
        let (code, behind) =
            behind.split_at(behind.len().min(usize::from(u16::from_be_bytes(*length))));
        see(&mut gathering, &format!("{MARK}{}", base45::encode(code)));
        rest = behind;
    }
}

fn see(gathering: &mut Gathering, code: &str) {
    match gathering.take(code) {
        Ok(Gathered::Whole(bag)) => {
            assert!(Frames::of(&bag).is_ok(), "what was shown can be shown again");
        }
        Ok(Gathered::Part { seen, needed }) => {
            assert!(needed > 0 && seen <= needed * 2 + 65, "{seen} of {needed}");
        }
        Err(_) => {}
    }
}

/// Mailbags of one code, of some, and of some of which the first were missed.
fn seeds() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (length, missed) in [(100_u16, 0), (1_500, 0), (1_500, 2), (5_000, 5)] {
        let bag: Vec<u8> = (0..length).map(|place| (place % 251) as u8).collect();
        let mut frames = Frames::of(&bag).expect("it is short");
        let shown = frames.least() + missed + 2;
        let codes: Vec<String> = (0..shown).map(|_| frames.show()).skip(missed).collect();
        all.push([&[0], codes.join("\n").as_bytes()].concat());
        let held = codes.iter().flat_map(|code| {
            let held = base45::decode(&code[MARK.len()..]).expect("it was shown");
            [&(held.len() as u16).to_be_bytes(), &held[..]].concat()
        });
        all.push([1].into_iter().chain(held).collect());
    }
    all
}

fn words() -> Vec<String> {
    vec![MARK.to_owned(), "\n".to_owned()]
}
