//! The `default` column.

use form::definition::DeclaredDefault;

use crate::clean::straight;
use crate::dynamic::is_dynamic;
use crate::sheet::Row;

/// A value, or an expression where it looks like one.
pub(super) fn default(row: Row<'_>, has_hyphens: bool) -> Option<DeclaredDefault> {
    let written = row.text("default")?;
    let straightened = straight(written);
    Some(if is_dynamic(&straightened, has_hyphens) {
        DeclaredDefault::Computed(straightened)
    } else {
        DeclaredDefault::Fixed(written.to_owned())
    })
}
