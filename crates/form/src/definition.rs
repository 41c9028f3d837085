//! What a form is before it is compiled.
