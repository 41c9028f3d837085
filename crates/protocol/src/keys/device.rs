//! A device's key, where it is not a browser that keeps it.

use super::CryptoRng;
use super::algorithms::{Algorithms, Sealed};
use super::pair::SigningPair;
use super::seal::{self, Recipient};
use crate::encoding::encode;
use crate::envelope::{Contents, Envelope, Order, Outside, Packing};
use crate::id::{EnvelopeId, Township};
use crate::key::PublicKey;
use crate::recovery::{self, Entrusted};
use crate::signed::{Signed, Statement};

/// A device's signing key in suite `S`.
pub struct DeviceKey<S: Algorithms>(SigningPair<S>);

impl<S: Algorithms> DeviceKey<S> {
    /// A new one.
    pub fn generate(random: &mut impl CryptoRng) -> Self {
        Self(SigningPair::generate(random))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        self.0.public()
    }

    /// Signs `statement`.
    pub fn sign<T: Statement>(&self, statement: &T) -> Signed<T> {
        self.0.sign(statement)
    }

    /// Signs `order` for an envelope to `township`, and seals it to a key of that township.
    pub fn seal(
        &self,
        id: EnvelopeId,
        township: Township,
        order: &Order,
        recipient: &Recipient<S>,
        random: &mut impl CryptoRng,
    ) -> Envelope {
        let outside = Outside { id, township, suite: S::SUITE.number(), recipient: recipient.id };
        seal::seal(self.contents(encode(order), &outside), outside, recipient, random)
    }

    /// An `order` (encoded), signed for the envelope that `outside` stands on, and not packed.
    pub fn contents(&self, order: Vec<u8>, outside: &Outside) -> Contents {
        Contents {
            packing: Packing::Plain,
            author: self.public().compact(),
            signature: self.0.sign_message(&outside.message(&order)),
            order,
        }
    }

    /// Seals a secret that nobody but `township` can read, and that it gives back to this device alone.
    pub fn entrust(
        &self,
        secret: &[u8; 32],
        township: &Township,
        recipient: &Recipient<S>,
        random: &mut impl CryptoRng,
    ) -> Entrusted {
        let about = recovery::associated_data(township, &self.public());
        let Sealed { encapsulated, sealed } =
            S::seal(&recipient.point, recovery::INFO, &about, secret, random);
        Entrusted { suite: S::SUITE.number(), recipient: recipient.id, encapsulated, sealed }
    }
}

impl<S: Algorithms> core::fmt::Debug for DeviceKey<S> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "DeviceKey({:?})", self.public())
    }
}
