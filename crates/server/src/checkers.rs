//! Threads that open envelopes and run forms.
//!
//! A [`Session`](form::Session) belongs to one thread, and opening and checking an envelope takes
//! about a millisecond of computing: both are kept away from the threads that answer requests.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use form::Form;
use form::model::UnreadableForm;
use protocol::id::Digest;
use tokio::sync::oneshot;

/// How many forms a thread keeps ready.
const MOST_FORMS: usize = 64;

type Job = Box<dyn FnOnce(&mut Forms) + Send>;

/// The threads.
pub(crate) struct Checkers(Sender<Job>);

/// The work ended in a panic, which is in the log.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("checking failed inside the program")]
pub(crate) struct Failed;

impl Checkers {
    /// Starts as many threads as the machine has cores.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (sender, receiver) = channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        for place in 0..threads {
            let receiver = Arc::clone(&receiver);
            let name = format!("checker {place}");
            std::thread::Builder::new().name(name).spawn(move || work(&receiver))?;
        }
        Ok(Self(sender))
    }

    /// Does `work` on one of the threads.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Forms) -> T + Send + 'static,
    ) -> Result<T, Failed> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(move |forms: &mut Forms| {
            // Nobody may be waiting any more: a phone that hung up.
            let _ = reply.send(work(forms));
        });
        self.0.send(job).map_err(|_| Failed)?;
        answer.await.map_err(|_| Failed)
    }
}

fn work(receiver: &Mutex<Receiver<Job>>) {
    let mut forms = Forms::default();
    loop {
        let job = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = job else { return };
        // One application that trips over a fault in this program must not stop all others.
        if catch_unwind(AssertUnwindSafe(|| job(&mut forms))).is_err() {
            tracing::error!("checking an application failed inside the program");
            forms = Forms::default();
        }
    }
}

/// The forms that a thread has ready.
#[derive(Default)]
pub(crate) struct Forms(HashMap<Digest, Rc<Form>>);

impl Forms {
    /// The form called `digest`, read from `bytes` where it is not ready yet.
    pub(crate) fn get(&mut self, digest: Digest, bytes: &[u8]) -> Result<Rc<Form>, UnreadableForm> {
        if let Some(form) = self.0.get(&digest) {
            return Ok(Rc::clone(form));
        }
        let form = Rc::new(Form::from_bytes(bytes)?);
        if self.0.len() == MOST_FORMS {
            self.0.clear();
        }
        self.0.insert(digest, Rc::clone(&form));
        Ok(form)
    }
}
