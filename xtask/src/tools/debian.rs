//! Browsers and what shows them, from Debian's packages.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

use crate::{say, workspace};

/// The packages.
const PACKAGES: [&str; 11] = [
    "chromium",
    "chromium-driver",
    "chromium-headless-shell",
    "firefox-esr",
    "fonts-hanazono",
    "fonts-noto-cjk",
    "gir1.2-webkit2-4.1",
    "gjs",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
];

/// What documents are drawn with: all but the rarest characters of names, and those.
pub(crate) const FONTS: [&str; 2] = ["fonts-noto-cjk", "fonts-hanazono"];

/// Installs what the tests in browsers lack.
pub(crate) fn install() -> Result<()> {
    // Node is often there from elsewhere.
    let node = super::find("npm").is_none().then_some("npm");
    let packages: Vec<&str> = PACKAGES.into_iter().chain(node).collect();
    add(&packages, "the tests in browsers")
}

/// Installs those of `packages` that are missing.
pub(crate) fn add(packages: &[&str], wanted_for: &str) -> Result<()> {
    let shell = workspace::shell()?;
    let missing: Vec<&str> =
        packages.iter().copied().filter(|package| !is_installed(&shell, package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if super::find("apt-get").is_none() {
        bail!("Debian's packages {} are needed for {wanted_for}", missing.join(", "));
    }
    say(format!("Installing for {wanted_for}, 1 to 3 minutes: {}", missing.join(", ")));
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
