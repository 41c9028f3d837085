//! How characters are read: a file of the app that few people need at first, which the service
//! worker keeps with all others.

use std::cell::RefCell;
use std::rc::Rc;

use finding::Readings;

use crate::device::shell;

/// What `cargo xtask precache` puts beside the app.
const PATH: &str = "/readings.bin";

thread_local! {
    static READ: RefCell<Option<Rc<Readings>>> = const { RefCell::new(None) };
}

/// The table; none where it cannot be had now. Lists are then searched by characters alone.
pub(in super::super) async fn get() -> Option<Rc<Readings>> {
    if let Some(readings) = READ.with_borrow(Clone::clone) {
        return Some(readings);
    }
    let readings = Rc::new(Readings::read(&shell::file(PATH).await?)?);
    READ.set(Some(Rc::clone(&readings)));
    Some(readings)
}
