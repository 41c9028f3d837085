//! What travels between phones and township, and must never hold what a person answered.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use delivery::{Ask, Network, Reply, Unreachable};

use crate::time::Time;

/// Whatever a person answers here, and whatever a file holds, holds these words.
pub(crate) const SECRET: &str = "xst-secret-";

/// Looks for what nobody may see.
#[derive(Clone, Copy, Default)]
pub(crate) struct Secrets;

impl Secrets {
    pub(crate) fn expect_none_in(self, bytes: &[u8], place: &str) {
        let found = bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
        assert!(!found, "what a person answered is readable in {place}");
    }
}

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) id: u64,
    /// Whose.
    pub(crate) phone: usize,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<Vec<u8>>,
    pub(crate) sent_ms: u64,
    pub(crate) patience_ms: u64,
}

type Answer = Result<Reply, Unreachable>;

/// A phone's end of the wire. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Wire(Rc<Inner>, usize);

struct Inner {
    time: Time,
    last: Cell<u64>,
    sent: RefCell<VecDeque<Request>>,
    answers: RefCell<BTreeMap<u64, (u64, Answer)>>,
}

impl Wire {
    pub(crate) fn new(time: Time) -> Self {
        let inner = Inner {
            time,
            last: Cell::default(),
            sent: RefCell::default(),
            answers: RefCell::default(),
        };
        Self(Rc::new(inner), 0)
    }

    /// The end of this phone.
    pub(crate) fn of(&self, phone: usize) -> Self {
        Self(Rc::clone(&self.0), phone)
    }

    /// What was sent since this was asked last.
    pub(crate) fn take_sent(&self) -> Option<Request> {
        self.0.sent.borrow_mut().pop_front()
    }

    /// The answer to request `id` arrives at `at_ms`.
    pub(crate) fn answer(&self, id: u64, at_ms: u64, answer: Answer) {
        self.0.answers.borrow_mut().insert(id, (at_ms, answer));
        // Whoever waits for it was asked before it was there.
        self.0.time.is(at_ms);
    }
}

impl Network for Wire {
    async fn ask(&self, ask: &Ask<'_>) -> Answer {
        let id = self.0.last.get() + 1;
        self.0.last.set(id);
        Secrets.expect_none_in(ask.path.as_bytes(), "an address");
        Secrets.expect_none_in(ask.body.unwrap_or_default(), "a request");
        self.0.sent.borrow_mut().push_back(Request {
            id,
            phone: self.1,
            method: ask.method,
            path: ask.path.to_owned(),
            headers: ask.headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect(),
            body: ask.body.map(<[u8]>::to_vec),
            sent_ms: self.0.time.now_ms(),
            patience_ms: ask.patience_ms,
        });
        poll_fn(|_| {
            let mut answers = self.0.answers.borrow_mut();
            match answers.get(&id).map(|(at_ms, _)| *at_ms) {
                None => Poll::Pending,
                Some(at_ms) if !self.0.time.is(at_ms) => Poll::Pending,
                Some(_) => Poll::Ready(answers.remove(&id).unwrap().1),
            }
        })
        .await
    }
}
