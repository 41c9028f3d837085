//! What ODK keeps of a submission itself (specification, section "Metadata"). Our envelopes have
//! their own, so it is among the answers only where the form speaks of it.

use form::definition::{Declaration, DeclaredDefault, DeclaredKind, Definition};

const ID: &str = "instanceID";

/// Adds the `meta` group with its id where an expression or a text names it.
pub(crate) fn add(definition: &mut Definition) {
    let is_there = definition.declarations.iter().any(|one| one.name == "meta");
    let name = definition.instance_name.iter();
    let is_wanted = name.into_iter().any(|source| source.contains(ID))
        || definition.declarations.iter().any(speaks_of_it);
    if is_there || !is_wanted {
        return;
    }
    let id = Declaration {
        name: ID.to_owned(),
        kind: DeclaredKind::Calculated,
        read_only: Some("true()".to_owned()),
        default: Some(DeclaredDefault::Computed("concat('uuid:', uuid())".to_owned())),
        ..Declaration::default()
    };
    definition.declarations.push(Declaration {
        name: "meta".to_owned(),
        children: vec![id],
        ..Declaration::default()
    });
}

fn speaks_of_it(d: &Declaration) -> bool {
    let sources = [&d.relevant, &d.required, &d.read_only, &d.constraint, &d.warning];
    let computed = match &d.default {
        Some(DeclaredDefault::Computed(source)) => Some(source),
        _ => None,
    };
    let mut sources = sources.into_iter().flatten().chain(&d.calculation).chain(computed);
    let mut texts = d.label.iter().chain(&d.hint).map(|(_, words)| words);
    sources.any(|source| source.contains(ID))
        || texts.any(|words| words.contains("${instanceID}"))
        || d.children.iter().any(speaks_of_it)
}
