//! The phone app: a person finds an item, fills in its form without any network, and sees where
//! it is until the township has it and has answered.
mod filling;
mod route;
mod words;
