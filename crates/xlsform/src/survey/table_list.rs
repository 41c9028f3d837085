//! `table-list`: a group of selects over one list, shown as a table. It becomes, as pyxform makes
//! it, a `field-list` of a note, a row of headings, and selects without labels.

use form::definition::{Declaration, DeclaredKind};

/// A group that is shown as a table.
pub(super) struct TableList {
    /// The list of its selects, once there is one.
    list: Option<String>,
}

impl TableList {
    /// Prepares the group, if its appearance wants a table.
    pub(super) fn begin(group: &mut Declaration, ordinal: u32) -> Option<Self> {
        let place = group.appearance.iter().position(|word| word == "table-list")?;
        group.appearance.remove(place);
        group.appearance.insert(0, "field-list".to_owned());
        if !group.label.is_empty() || !group.hint.is_empty() {
            group.children.push(Declaration {
                row: group.row,
                name: format!("generated_table_list_label_{ordinal}"),
                kind: DeclaredKind::Note,
                label: std::mem::take(&mut group.label),
                hint: std::mem::take(&mut group.hint),
                ..Declaration::default()
            });
        }
        Some(Self { list: None })
    }

    /// Makes a select one of the table's rows; before the first stands the row of headings.
    ///
    /// # Errors
    /// The table's list, where the select has another.
    pub(super) fn take(
        &mut self,
        select: &mut Declaration,
        list: &str,
        ordinal: u32,
    ) -> Result<Option<Declaration>, String> {
        select.appearance = vec!["list-nolabel".to_owned()];
        match &self.list {
            Some(own) if own != list => Err(own.clone()),
            Some(_) => Ok(None),
            None => {
                self.list = Some(list.to_owned());
                Ok(Some(Declaration {
                    row: select.row,
                    name: format!("reserved_name_for_field_list_labels_{ordinal}"),
                    kind: select.kind.clone(),
                    appearance: vec!["label".to_owned()],
                    ..Declaration::default()
                }))
            }
        }
    }
}
