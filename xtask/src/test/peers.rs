//! What is spoken here, beside those who speak it too (`tests/peers`). Where they cannot be had, that
//! is said, and nothing else is left out.

use anyhow::Result;
use xshell::{Shell, cmd};

use super::lint;
use super::tally::{self, Tally};
use crate::flags::Test;
use crate::{say, server, tools};

/// Runs the comparisons.
pub(crate) fn run(shell: &Shell, _: &Test) -> Result<Tally> {
    let mut total = forms(shell)?;
    total += uploads(shell)?;
    total += described(shell)?;
    Ok(total)
}

/// Our forms beside those of pyxform and ODK.
fn forms(shell: &Shell) -> Result<Tally> {
    let had =
        || Ok((tools::peers::engine()?, tools::peers::pyxform()?, tools::peers::odk_validate()?));
    let had: Result<_> = had();
    let (engine, pyxform, validate) = match had {
        Ok(had) => had,
        Err(error) => {
            say(format!("NOTHING WAS COMPARED with ODK's engine and pyxform: {error:#}"));
            return Ok(Tally::default());
        }
    };
    let tests = cmd!(shell, "cargo test --locked --workspace --test differential --no-fail-fast");
    let tests = tests
        .env("XST_ODK_ENGINE", engine)
        .env("XST_PYXFORM", pyxform)
        .env("XST_ODK_VALIDATE", validate);
    tally::count(lint::while_built(tests)?)
}

/// Files sent to our server by the public client of tus.
fn uploads(shell: &Shell) -> Result<Tally> {
    let client = match tools::peers::tus_js() {
        Ok(client) => client,
        Err(error) => {
            say(format!("NOTHING WAS SENT with tus-js-client: {error:#}"));
            return Ok(Tally::default());
        }
    };
    let server = server::build_linted()?;
    let tests = cmd!(shell, "cargo test --locked --workspace --test uploads --no-fail-fast");
    tally::count(lint::while_built(tests.env("XST_TUS_JS", client).env("XST_SERVER", server))?)
}

/// Our server, tried by the document about its interface.
fn described(shell: &Shell) -> Result<Tally> {
    let python = match tools::peers::schemathesis() {
        Ok(python) => python,
        Err(error) => {
            say(format!("NOTHING WAS TRIED with Schemathesis: {error:#}"));
            return Ok(Tally::default());
        }
    };
    let server = server::build_linted()?;
    let tests = cmd!(shell, "cargo test --locked --workspace --test described --no-fail-fast");
    tally::count(lint::while_built(
        tests.env("XST_SCHEMATHESIS", python).env("XST_SERVER", server),
    )?)
}
