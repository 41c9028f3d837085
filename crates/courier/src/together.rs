//! Doing several things at the same time.

use futures_util::future::join_all;

/// How many at once: a browser does cryptography on other threads, so that the way there is what takes
/// the time. Up to so many, [`join_all`] asks each whenever any of them is ready.
const AT_ONCE: usize = 30;

/// Does all of `work`, some of it at the same time, and gives what comes of it in the same order.
pub async fn together<T, F: Future<Output = T>>(work: impl IntoIterator<Item = F>) -> Vec<T> {
    let mut work = work.into_iter();
    let mut done = Vec::new();
    loop {
        let some: Vec<F> = work.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return done;
        }
        done.extend(join_all(some).await);
    }
}
