//! Waiting for what may never come.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

use gloo::timers::future::TimeoutFuture;

/// What `work` gives; none where it takes longer than `ms` milliseconds. It is dropped then.
pub(crate) async fn within<T>(ms: u32, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut time = pin!(TimeoutFuture::new(ms));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => time.as_mut().poll(context).map(|()| None),
    })
    .await
}
