//! From a definition to a form.
/// Not yet.
pub fn compile() {}
