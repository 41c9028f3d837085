//! Stylesheets as small as the browsers allow that the app works in.

use anyhow::{Result, anyhow};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

/// The oldest browsers that the app works in (`docs/decisions/0007-size.md`): what is written
/// for them as well as for newer ones stays, and what they do not understand is written otherwise.
const OLDEST: Browsers = Browsers {
    android: None,
    chrome: Some(version(99, 0)),
    edge: Some(version(99, 0)),
    firefox: Some(version(115, 0)),
    ie: None,
    ios_saf: Some(version(15, 4)),
    opera: None,
    safari: Some(version(15, 4)),
    samsung: None,
};

const fn version(major: u32, minor: u32) -> u32 {
    (major << 16) | (minor << 8)
}

/// The same style in fewer bytes.
pub(super) fn minify(style: &str) -> Result<String> {
    let fault =
        |error: &dyn core::fmt::Display| anyhow!("the style cannot be made smaller: {error}");
    let targets = Targets::from(OLDEST);
    let mut sheet =
        StyleSheet::parse(style, ParserOptions::default()).map_err(|error| fault(&error))?;
    sheet
        .minify(MinifyOptions { targets, ..MinifyOptions::default() })
        .map_err(|error| fault(&error))?;
    let options = PrinterOptions { minify: true, targets, ..PrinterOptions::default() };
    Ok(sheet.to_css(options).map_err(|error| fault(&error))?.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_old_browsers_stays() {
        let both = "a{min-height:100vh;min-height:100dvh}";
        assert_eq!(minify(both).unwrap(), both);
        let narrow = "@media (max-width: 20rem) { a { color: red } }";
        assert_eq!(minify(narrow).unwrap(), "@media (max-width:20rem){a{color:red}}");
    }
}
