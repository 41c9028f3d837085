//! What a phone holds of a township's pack.

use minicbor::bytes::ByteVec;
use minicbor::{CborLen, Decode, Encode};

use crate::id::{Digest, ItemId, Township};
use crate::key::{KeyId, PublicKey};
use crate::signed::{Signed, Statement};

/// The part of a pack that phones hold.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct PhonePack {
    /// Which township.
    #[n(0)]
    pub township: Township,
    /// Its name, such as 青禾镇.
    #[n(1)]
    pub name: String,
    /// The pack's version: a digest of everything in it.
    #[n(2)]
    pub version: Digest,
    /// The key that envelopes are sealed to.
    #[n(3)]
    pub sealing_key: PublicKey,
    /// The keys that receipts may be signed with. The first is in force, and signs the pack; those
    /// of former times follow.
    #[n(4)]
    pub signing_keys: Vec<PublicKey>,
    /// Offices, in the order in which they are shown.
    #[n(5)]
    pub offices: Vec<Office>,
    /// Items, in the order in which they are shown.
    #[n(6)]
    pub items: Vec<Item>,
    /// The [`Certificates`]: what `GET /api/guides/{sha256}` gives.
    #[n(7)]
    pub certificates: Option<Digest>,
    /// The [`Roster`]: what `GET /api/guides/{sha256}` gives.
    #[n(8)]
    pub roster: Option<Digest>,
    /// Grows with every pack that comes into force, so that nobody can put a former one in the
    /// place of a later one. A former one that the township wants back gets a new serial.
    #[n(9)]
    pub serial: u64,
    /// So many days after it was last [confirmed](crate::DeviceCertificate::confirmed_at), a device
    /// that has a certificate drops its keys.
    #[n(10)]
    pub offline_days: u16,
    /// How each of [`PhonePack::signing_keys`] but the oldest came into force: what leads a phone
    /// from the newest key that it knows to the one that signs now.
    #[n(11)]
    pub successions: Vec<Signed<Succession>>,
}

impl Statement for PhonePack {
    const CONTEXT: &'static [u8] = b"xst pack v1\0";
}

/// That a township signs with another key from now on. Signed with the one before.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Succession {
    /// The key before, which signs this.
    #[n(0)]
    pub former: KeyId,
    /// The key that follows.
    #[n(1)]
    pub next: PublicKey,
}

impl Statement for Succession {
    const CONTEXT: &'static [u8] = b"xst succession v1\0";
}

/// 台账: households, so that a form can be filled in from what is known of people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Roster {
    /// What is known of each person, in the order in which it stands there. `prefill` of a question
    /// names one of these.
    #[n(0)]
    pub columns: Vec<String>,
    /// Household by household.
    #[n(1)]
    pub households: Vec<Household>,
}

/// Those who are in one household book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Household {
    /// The head first. Of each, one text for each of [`Roster::columns`].
    #[n(0)]
    pub people: Vec<Vec<String>>,
}

impl Roster {
    /// The column of people's names.
    pub const NAME: &'static str = "name";
    /// The column of people's identity numbers.
    pub const ID: &'static str = "id";

    /// What is known of a person in this column.
    pub fn of<'a>(&self, person: &'a [String], column: &str) -> Option<&'a str> {
        let place = self.columns.iter().position(|own| own == column)?;
        person.get(place).map(String::as_str).filter(|known| !known.is_empty())
    }
}

/// Certificates that neither village nor township gives any more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Certificates {
    /// What is so for all of them.
    #[n(0)]
    pub lead: String,
    /// One by one.
    #[n(1)]
    pub refused: Vec<RefusedCertificate>,
}

/// A certificate that is not given any more.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct RefusedCertificate {
    /// What it is called.
    #[n(0)]
    pub name: String,
    /// What people call it.
    #[n(1)]
    pub keywords: Vec<String>,
    /// Who can tell instead.
    #[n(2)]
    pub instead: String,
    /// What to do.
    #[n(3)]
    pub how: String,
}

/// An office of the township.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Office {
    /// The pack's name for it, such as `ggfw`.
    #[n(0)]
    pub id: String,
    /// Such as 公共服务中心.
    #[n(1)]
    pub name: String,
    /// Where one calls.
    #[n(2)]
    pub phone: String,
    /// When it is open.
    #[n(3)]
    pub hours: String,
    /// Where it is, as a map would find it.
    #[n(4)]
    #[cbor(default)]
    pub address: String,
    /// How to find the way: past what, which door, which bus; may be empty.
    #[n(5)]
    #[cbor(default)]
    pub way: String,
    /// A drawing of the way; may be missing.
    #[n(6)]
    pub map: Option<MediaFile>,
}

/// A service that one can apply for.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Item {
    /// The item.
    #[n(0)]
    pub id: ItemId,
    /// Short, as on the home page: 医保参保.
    #[n(1)]
    pub name: String,
    /// One line below it: 一户一次办完.
    #[n(2)]
    pub tagline: String,
    /// The name of an icon that the app draws.
    #[n(3)]
    pub icon: String,
    /// What people might type to find it, pinyin and initials among it.
    #[n(4)]
    pub keywords: Vec<String>,
    /// The form to fill in.
    #[n(5)]
    pub form: Digest,
    /// The compiled form's bytes on the wire, for an honest word about the download.
    #[n(6)]
    pub form_length: u64,
    /// The office that answers for it, by [`Office::id`].
    #[n(7)]
    pub office: String,
    /// The heading that it stands under on the home page; items of one stand together.
    #[n(9)]
    #[cbor(default)]
    pub section: String,
    /// The [`Guide`]: what `GET /api/guides/{sha256}` gives.
    #[n(10)]
    pub guide: Digest,
}

/// What a person should know before they apply for an item. All of it is the township's own text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Guide {
    /// Who can apply.
    #[n(0)]
    pub who: Vec<String>,
    /// What to bring.
    #[n(1)]
    pub bring: Vec<String>,
    /// What happens, step by step, after it was handed in.
    #[n(2)]
    pub steps: Vec<String>,
    /// How long it takes.
    #[n(3)]
    pub limit: String,
    /// What it costs.
    #[n(4)]
    pub fee: String,
    /// What else to know.
    #[n(5)]
    pub know: Vec<String>,
    /// The encoded [`Notice`] of what becomes of what the person tells; none where nothing personal
    /// is asked.
    #[n(6)]
    pub notice: Option<ByteVec>,
    /// Pictures and sounds that the item's form names.
    #[n(7)]
    pub media: Vec<MediaFile>,
}

/// A picture or a sound.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct MediaFile {
    /// What it is called where it is named.
    #[n(0)]
    pub name: String,
    /// What `GET /api/media/{sha256}` gives.
    #[n(1)]
    pub digest: Digest,
    /// Its bytes.
    #[n(2)]
    pub length: u64,
}

/// What a person is told, before their first answer, about who collects what for what: 个人信息保护法
/// 第十七条、第三十条. Its digest is its version, and stands in what is handed in.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Notice {
    /// One point after the other; together they fit on a screen.
    #[n(0)]
    pub points: Vec<Point>,
}

/// One point of a [`Notice`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, CborLen)]
pub struct Point {
    /// What it is about: 为什么收.
    #[n(0)]
    pub heading: String,
    /// What is said.
    #[n(1)]
    pub words: String,
}
