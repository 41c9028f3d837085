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
        let (creates, updates) = (says(element, "create"), says(element, "update"));
        let bound = |attribute: &str| computed(&format!("@{attribute}"));
        let (create_if, update_if) = (bound("create"), bound("update"));
        let (creates, updates) = (creates || create_if.is_some(), updates || update_if.is_some());
        let fixed = element.attribute("id").filter(|id| !id.is_empty());
        let id = bound("id").or_else(|| fixed.map(|id| format!("'{id}'")));
        let always = |condition: Option<String>| condition.or_else(|| Some("true()".to_owned()));
        let (id, create_if, update_if) = match (creates, updates, id) {
            (true, false, None) => (None, create_if, None),
            // The entity is made, with an id that the form works out.
            (true, false, id) => (id, always(create_if), Some("false()".to_owned())),
            (true, true, id) => (id, always(create_if), always(update_if)),
            (false, true, id) => (id.or_else(|| Some("''".to_owned())), None, update_if),
            (false, false, _) => {
                self.lose(
                    element,
                    "entity 既不新建也不修改，没有读",
                    "写上 create=\"1\" 或 update=\"1\"",
                );
                return None;
            }
        };
        let is_whole = meta.path == self.root;
        let (row, dataset) = (self.lines.of(element), dataset.to_owned());
        let holder = (!is_whole).then(|| self.names.reference(&meta.path));
        Some(EntityDefinition {
            row,
            dataset,
            id,
            create_if,
            update_if,
            label: computed("label"),
            holder,
        })
    }
}

/// Whether an attribute says that something is done.
fn says(element: Xml<'_>, name: &str) -> bool {
    matches!(element.attribute(name), Some("1" | "true"))
}
