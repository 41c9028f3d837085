//! Entities: `meta/entity` and the binds on its parts (ODK's specification of entities).

use form::definition::EntityDefinition;

use super::Reader;
use super::document::{Xml, attribute, elements};
use super::path::absolute;
use super::tree::Meta;

impl<'x> Reader<'x> {
    pub(super) fn entities(&mut self, metas: &[Meta<'x>]) -> Vec<EntityDefinition> {
        let mut entities = Vec::new();
        for meta in metas {
            let own = elements(meta.element).filter(|one| one.tag_name().name() == "entity");
            for element in own.collect::<Vec<_>>() {
                entities.extend(self.entity(meta, element));
            }
        }
        entities
    }

    fn entity(&mut self, meta: &Meta<'x>, element: Xml<'x>) -> Option<EntityDefinition> {
        let Some(dataset) = element.attribute("dataset") else {
            self.fail(element, "entity 没有写 dataset", "写上要存到的台账的名字");
            return None;
        };
        let path = format!("{}/meta/entity", meta.path);
        let computed = |part: &str| {
            let path = format!("{path}/{part}");
            let bind = self.binds.get(&path)?;
            Some(self.names.named(&absolute(attribute(*bind, "calculate")?, &path)))
        };
        let is_whole = meta.path == self.root;
        Some(EntityDefinition {
            row: self.lines.of(element),
            dataset: dataset.to_owned(),
            id: computed("@id"),
            create_if: computed("@create"),
            update_if: computed("@update"),
            label: computed("label"),
            holder: (!is_whole).then(|| self.names.reference(&meta.path)),
        })
    }
}
