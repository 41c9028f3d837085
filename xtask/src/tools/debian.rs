//! Browsers and what shows them, from Debian's packages.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::{say, workspace};

/// The packages.
const PACKAGES: [&str; 9] = [
    "chromium",
    "chromium-driver",
    "firefox-esr",
    "fonts-noto-cjk",
    "gir1.2-webkit2-4.1",
    "gjs",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

/// Installs what is missing.
pub(crate) fn install() -> Result<()> {
    let shell = workspace::shell()?;
    let mut missing: Vec<&str> =
        PACKAGES.into_iter().filter(|package| !is_installed(&shell, package)).collect();
    // Node is often there from elsewhere.
    if super::find("npm").is_none() {
        missing.push("npm");
    }
    if missing.is_empty() {
        return Ok(());
    }
    if super::find("apt-get").is_none() {
        bail!("the tests in browsers need Debian's packages {}", missing.join(", "));
    }
    say(format!("Installing for the tests in browsers, 1 to 3 minutes: {}", missing.join(", ")));
    shell.set_var("DEBIAN_FRONTEND", "noninteractive");
    let root = cmd!(shell, "id -u").quiet().read()? == "0";
    let sudo: &[&str] = if root { &[] } else { &["sudo"] };
    let apt = ["apt-get", "--quiet", "--quiet"];
    let run = |arguments: &[&str]| {
        let mut words = sudo.iter().chain(&apt).chain(arguments);
        let program = words.next().copied().unwrap_or("apt-get");
        cmd!(shell, "{program}").args(words).quiet().ignore_stdout().run()
    };
    run(&["update"])?;
    run(&[&["install", "--yes", "--no-install-recommends"], missing.as_slice()].concat())?;
    Ok(())
}

fn is_installed(shell: &Shell, package: &str) -> bool {
    let format = "--showformat=${db:Status-Status}";
    cmd!(shell, "dpkg-query --show {format} {package}")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok_and(|status| status == "installed")
}
