//! stub
/// s
pub struct Filled;
/// s
pub struct Meta;
/// s
pub fn read_instance() {}
/// s
pub fn write_instance() {}
