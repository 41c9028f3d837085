//! The part of a pack that phones hold.

use protocol::PublicKey;
use protocol::id::Digest;
use protocol::pack::{Item, MediaFile, Office, PhonePack};

use crate::Pack;

impl Pack {
    /// What `GET /api/pack` gives, with the township's public keys. Its version changes when the
    /// pack does, or a key.
    pub fn phone(&self, sealing_key: PublicKey, signing_keys: Vec<PublicKey>) -> PhonePack {
        let mut version = self.digest.0.to_vec();
        version.extend(sealing_key.point());
        version.extend(signing_keys.iter().flat_map(|key| *key.point()));
        PhonePack {
            township: self.township.id.clone(),
            name: self.township.name.clone(),
            version: Digest::of(&version),
            sealing_key,
            signing_keys,
            offices: self.offices.iter().map(|office| self.office_for_phones(office)).collect(),
            items: self.items.iter().map(item).collect(),
            certificates: self.certificates.as_ref().map(|list| list.digest),
            roster: self.roster.as_ref().map(|roster| roster.digest),
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
