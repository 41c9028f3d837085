//! When to write the draft down: after every change, never twice at a time, the newest always.

/// What is written and what waits.
#[derive(Debug)]
pub(crate) struct Keeping<T> {
    waiting: Option<T>,
    writing: bool,
}

impl<T> Default for Keeping<T> {
    fn default() -> Self {
        Self { waiting: None, writing: false }
    }
}

impl<T> Keeping<T> {
    /// There is something newer. Tells whether somebody must begin to write.
    pub(crate) fn put(&mut self, newest: T) -> bool {
        self.waiting = Some(newest);
        !core::mem::replace(&mut self.writing, true)
    }

    /// What to write next; where there is nothing, the writer stops.
    pub(crate) fn take(&mut self) -> Option<T> {
        let next = self.waiting.take();
        self.writing = next.is_some();
        next
    }

    /// `unwritten` could not be written, and the writer stops. It waits, unless there is something
    /// newer.
    pub(crate) fn fail(&mut self, unwritten: T) {
        self.waiting.get_or_insert(unwritten);
        self.writing = false;
    }

    /// Tries again what could not be written. Tells whether somebody must begin to write.
    pub(crate) fn retry(&mut self) -> bool {
        self.waiting.is_some() && !core::mem::replace(&mut self.writing, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writes_at_a_time_and_the_newest_lands() {
        let mut keeping = Keeping::default();
        assert!(keeping.put(1));
        assert_eq!(keeping.take(), Some(1));
        assert!(!keeping.put(2));
        assert!(!keeping.put(3));
        assert_eq!(keeping.take(), Some(3));
        assert_eq!(keeping.take(), None);
        assert!(keeping.put(4));
    }

    #[test]
    fn what_could_not_be_written_waits_for_another_try() {
        let mut keeping = Keeping::default();
        assert!(keeping.put(1));
        let unwritten = keeping.take().unwrap();
        keeping.put(2);
        keeping.fail(unwritten);
        assert!(keeping.retry());
        assert_eq!(keeping.take(), Some(2));
    }
}
