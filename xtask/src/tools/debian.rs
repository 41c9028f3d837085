//! Browsers and what shows them, from Debian's packages.

use std::path::Path;

use anyhow::{Result, bail};
use xshell::cmd;

use crate::{say, workspace};

/// Each package, and a file that is there once it is installed.
const PACKAGES: [(&str, &str); 10] = [
    ("chromium", "/usr/bin/chromium"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("webkit2gtk-driver", "/usr/bin/WebKitWebDriver"),
    ("gir1.2-webkit2-4.1", "/usr/lib/x86_64-linux-gnu/girepository-1.0/WebKit2-4.1.typelib"),
    ("gjs", "/usr/bin/gjs"),
    ("xvfb", "/usr/bin/Xvfb"),
    ("xauth", "/usr/bin/xauth"),
    ("npm", "/usr/bin/npm"),
    ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
];

/// Installs what is missing.
pub(crate) fn install() -> Result<()> {
    let missing: Vec<&str> = PACKAGES
        .iter()
        .filter(|(_, file)| !Path::new(file).exists())
        .map(|(package, _)| *package)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if super::find("apt-get").is_none() {
        bail!("the tests in browsers need Debian's packages {}", missing.join(", "));
    }
    say(format!("Installing for the tests in browsers, 1 to 3 minutes: {}", missing.join(", ")));
    let shell = workspace::shell()?;
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
