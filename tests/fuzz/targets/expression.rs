//! Any text as an expression, in all places of a form that take one, and the form filled in. What
//! stands after the first NUL are the answers.
#![cfg_attr(fuzzing, no_main)]

use std::rc::Rc;

use form::{Form, compile};
use fuzz::{Target, fill, seeds};

#[path = "../../../crates/form/tests/form/hostile/everywhere.rs"]
mod everywhere;

const TARGET: Target = Target { run, seeds, words };

fuzz::target!(TARGET);

fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let (expression, answers) = text.split_once('\0').unwrap_or((text, "1"));
    let answers: Vec<&str> = answers.split('\0').collect();
    let Ok(form) = compile(&everywhere::everywhere(expression)) else { return };
    let read = Form::from_bytes(&form.to_bytes());
    assert_eq!(read.as_ref(), Ok(&form), "it is read as it was written");
    fill(&Rc::new(form), &answers);
}

fn seeds() -> Vec<Vec<u8>> {
    let answers = ["a b", "2026-11-23", "12:30:00.000+08:00", "-1.50", "39.9 116.4 0 0", "0"];
    let with = |(place, expression): (usize, String)| {
        format!("{expression}\0{}\0", answers[place % answers.len()]).into_bytes()
    };
    seeds::expressions().into_iter().enumerate().map(with).collect()
}

fn words() -> Vec<String> {
    let functions = seeds::functions().map(|function| format!("{function}("));
    let others = [
        "${a}",
        "${x}",
        "${y}",
        "${r}",
        "${s}",
        "${g}",
        "${t}",
        "/data/r/x",
        "../x",
        "current()/",
        "instance('l')/root/item[",
        "name",
        "position(..)",
        "last()",
        "self::",
        "parent::",
        "child::",
        " div ",
        " mod ",
        " and ",
        " or ",
        "!=",
        "<=",
        ">=",
        "//",
        "..",
        "'%Y-%m-%d'",
        "'2026-11-23'",
        "99999999999999999999",
        "0.000000000000000001",
        "1e308",
    ];
    functions.chain(others.map(str::to_owned)).collect()
}
