//! stub
use form::definition::Definition;
use crate::Fault;
/// s
pub const DEPTH: usize = 100;
/// s
pub const SIZE: usize = 1;
/// s
pub struct Attached;
/// s
pub struct Xform { /// d
 pub definition: Definition }
/// s
pub fn read(_: &str) -> Result<Xform, Vec<Fault>> { Err(vec![]) }
