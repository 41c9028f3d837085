//! The protocol, from the outside: what is sealed opens, and nothing else does.

#![allow(clippy::unwrap_used, reason = "what helps tests is part of them")]

mod envelopes;
mod files;
mod rotation;
mod statements;
mod strangers;
mod suites;

use form::Answers;
use form::answers::{Content, Entry};
use protocol::keys::{
    Algorithms, CryptoRng, DeviceKey, Recipient, Ring, TownshipKeys, system_random,
};
use protocol::{
    ApplicationId, Command, Contents, DeviceTime, Digest, Envelope, EnvelopeId, ItemId, Order,
    Submission, Township, encode,
};

/// Runs the same tests in every suite.
macro_rules! in_every_suite {
    ($($test:ident),* $(,)?) => {
        mod suite_1 {
            $(#[test] fn $test() { super::$test::<protocol::keys::Suite1>(); })*
        }
        mod suite_2 {
            $(#[test] fn $test() { super::$test::<protocol::keys::Suite2>(); })*
        }
    };
}
pub(crate) use in_every_suite;

/// A township, a device, and an order that the device makes for the township.
struct Scene<S: Algorithms> {
    keys: TownshipKeys,
    device: DeviceKey<S>,
    envelope: EnvelopeId,
    order: Order,
}

impl<S: Algorithms> Scene<S> {
    fn new() -> Self {
        let mut random = system_random();
        let made_at = DeviceTime { unix_ms: 1_795_000_000_000, offset_minutes: 480 };
        let submission = Submission {
            application: ApplicationId::new(1_795_000_000_000, bytes(&mut random)),
            item: ItemId("bxsj".into()),
            form: Digest::of(b"a form"),
            answers: Answers(vec![Entry {
                name: "where".into(),
                content: Content::Value("王家坝村二组 村口路灯".into()),
            }]),
            files: Vec::new(),
            begun_at: made_at,
            finished_at: made_at,
            informed: None,
        };
        let order = Order { made_at, command: Command::Submit(submission) };
        let envelope = EnvelopeId::new(1_795_000_000_000, bytes(&mut random));
        let device = DeviceKey::generate(&mut random);
        Self { keys: TownshipKeys::generate(S::SUITE, &mut random), device, envelope, order }
    }

    fn ring(&self) -> Ring<'_> {
        self.keys.ring(S::SUITE).unwrap()
    }

    fn seal(&self) -> Envelope {
        let recipient = Recipient::<S>::try_from(&self.ring().sealing_key()).unwrap();
        let township = Township("529999001000".into());
        self.device.seal(self.envelope, township, &self.order, &recipient, &mut system_random())
    }

    /// The order, as the device signs it for the envelope that [`Scene::seal`] makes.
    fn contents(&self) -> Contents {
        self.contents_by(&self.device)
    }

    fn contents_by<T: Algorithms>(&self, device: &DeviceKey<T>) -> Contents {
        device.contents(encode(&self.order), &self.seal().outside())
    }
}

fn bytes<const N: usize>(random: &mut impl CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill_bytes(&mut bytes);
    bytes
}
