//! The part of a pack that phones hold.

use protocol::id::Digest;
use protocol::pack::{Item, MediaFile, Office, PhonePack, Succession};
use protocol::{PublicKey, Signed};

use crate::Pack;

/// The public side of a township's keys.
#[derive(Clone, Debug)]
pub struct PublicKeys {
    /// What envelopes are now to be sealed to.
    pub sealing: PublicKey,
    /// What verifies what was ever signed, the one in force first.
    pub signing: Vec<PublicKey>,
    /// Each signing key's word for the one that followed it.
    pub successions: Vec<Signed<Succession>>,
}

impl Pack {
    /// What phones know this pack by: changes when the pack does, or a key.
    pub fn version(&self, keys: &PublicKeys) -> Digest {
        let mut version = self.digest.0.to_vec();
        version.extend(keys.sealing.point());
        version.extend(keys.signing.iter().flat_map(|key| *key.point()));
        Digest::of(&version)
    }

    /// What `GET /api/pack` gives, signed. `serial` has grown since another version was given.
    pub fn phone(&self, keys: PublicKeys, serial: u64) -> PhonePack {
        PhonePack {
            township: self.township.id.clone(),
            name: self.township.name.clone(),
            version: self.version(&keys),
            sealing_key: keys.sealing,
            signing_keys: keys.signing,
            offices: self.offices.iter().map(|office| self.office_for_phones(office)).collect(),
            items: self.items.iter().map(item).collect(),
            certificates: self.certificates.as_ref().map(|list| list.digest),
            roster: self.roster.as_ref().map(|roster| roster.digest),
            serial,
            offline_days: self.township.offline_days,
            successions: keys.successions,
        }
    }

    fn office_for_phones(&self, office: &crate::Office) -> Office {
        let crate::Office { id, name, phone, hours, address, way, map } = office.clone();
        let map = self.maps.iter().find(|own| Some(&own.name) == map.as_ref()).map(|own| {
            MediaFile { name: own.name.clone(), digest: own.digest, length: own.bytes.len() as u64 }
        });
        Office { id, name, phone, hours, address, way, map }
    }
}

fn item(item: &crate::Item) -> Item {
    Item {
        id: item.id.clone(),
        name: item.name.clone(),
        tagline: item.tagline.clone(),
        icon: item.icon.clone(),
        keywords: item.keywords.clone(),
        form: item.form.digest,
        form_length: item.form.bytes.len() as u64,
        office: item.office().to_owned(),
        section: item.section.clone(),
        guide: item.guide.digest,
    }
}
