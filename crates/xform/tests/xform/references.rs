//! `${name}` becomes the path that pyxform 4.5.0 makes of it. The expectations are its own output
//! for the same survey, without spaces.

use form::definition::{
    ChoiceDefinition, Declaration, DeclaredDefault, DeclaredKind, ListDefinition, SelectDefinition,
    SelectFrom, SelectKind,
};
use form::model::Question;

use crate::forms::{calculated, declared, form, holding, question, repeat, select, text, words};

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn from_rows(name: &str, filter: Option<&str>) -> Declaration {
    let from = SelectFrom::Rows { value: "${mem}".into(), label: None };
    let filter = filter.map(str::to_owned);
    let select = SelectDefinition { kind: SelectKind::One, from, filter, shuffle: None };
    declared(name, DeclaredKind::Select(Box::new(select)))
}

fn survey() -> String {
    let it = Declaration {
        hint: words("h ${it2}"),
        relevant: some("${mem} != '' and ${ff} = 1"),
        constraint: some(". != ${it2}"),
        constraint_message: words("no ${it2}"),
        default: Some(DeclaredDefault::Computed("${mem}".into())),
        ..text("it")
    };
    let it2 = Declaration {
        required: some("true()"),
        trigger: vec!["${it}".into()],
        calculation: some("1 + ${n}"),
        ..question("it2", Question::Integer)
    };
    let mut ff = select("ff", SelectKind::One, "fruits", Some("colour=${mem} and name=${town}"));
    if let DeclaredKind::Select(select) = &mut ff.kind {
        select.shuffle = Some(None);
    }
    let inner = holding(
        repeat("inn", None),
        vec![it, it2, calculated("ir", "indexed-repeat(${it}, ${fam}, 1, ${inn}, ${it2})")],
    );
    let group = holding(
        declared("gg", DeclaredKind::Group),
        vec![
            ff,
            calculated(
                "cc",
                "count(${fam}) + position(..) + ${mem} + instance('fruits')/root/item[name=${ff}]/colour",
            ),
            inner,
            calculated("si", "sum(${it2}) + join(',', ${it}) + jr:choice-name(${ff}, '${ff}')"),
        ],
    );
    let family = holding(
        repeat("fam", Some("${n} + 1")),
        vec![text("mem"), from_rows("pick", Some("${mem} != ${town}")), group],
    );
    let written = xform::write(&form(
        "c",
        vec![family, text("town"), question("n", Question::Integer), from_rows("all", None)],
    ));
    written.split_whitespace().collect()
}

#[test]
fn references_become_pyxforms_paths() {
    let written = survey();
    for expected in [
        "<bindnodeset=\"/data/fam_count\"type=\"string\"readonly=\"true()\"calculate=\"/data/n+1\"",
        "calculate=\"count(/data/fam)+position(..)+../../mem+instance('fruits')/root/item[name=current()/../ff]/colour\"",
        "relevant=\"../../../mem!=''and../../ff=1\"constraint=\".!=../it2\"",
        "<setvalueref=\"/data/fam/gg/inn/it\"event=\"odk-instance-first-load\"value=\"../../../mem\"/>",
        "calculate=\"indexed-repeat(/data/fam/gg/inn/it,/data/fam,1,/data/fam/gg/inn,../it2)\"",
        "calculate=\"sum(../inn/it2)+join(',',../inn/it)+jr:choice-name(../ff,'../ff')\"",
        "<repeatnodeset=\"/data/fam\"jr:count=\"/data/fam_count\">",
        "<itemsetnodeset=\"../../fam[./mem!=/data/town]\"><valueref=\"mem\"/><labelref=\"mem\"/>",
        "<itemsetnodeset=\"randomize(instance('fruits')/root/item[colour=current()/../../memandname=/data/town])\">",
        "<hint>h<outputvalue=\"../it2\"/></hint>",
        "<setvalueref=\"/data/fam/gg/inn/it2\"event=\"xforms-value-changed\"value=\"1+/data/n\"/>",
        "<setvalueref=\"/data/fam/gg/inn/it\"event=\"odk-new-repeat\"value=\"../../../mem\"/></repeat>",
        "<itemsetnodeset=\"/data/fam[./mem!='']\">",
    ] {
        assert!(written.contains(expected), "{expected}\n{written}");
    }
}

/// pyxform: `tests/test_external_instances_for_selects.py`, `TestSelectFromFile`, and
/// `tests/test_external_instances.py`: which address a file has, by its ending.
#[test]
fn files_stay_beside_the_form() {
    let cases = [
        ("cities.csv", "jr://file-csv/cities.csv"),
        ("cities.xml", "jr://file/cities.xml"),
        ("cities.geojson", "jr://file/cities.geojson"),
    ];
    for (file, address) in cases {
        let mut definition = form("f", vec![text("a")]);
        definition.lists = vec![ListDefinition {
            name: "cities".into(),
            file: Some(file.to_owned()),
            columns: vec!["id".into(), "geometry".into()],
            ..ListDefinition::default()
        }];
        let written = xform::write(&definition);
        let instance = format!("<instance id=\"cities\" src=\"{address}\"/>");
        assert!(written.contains(&instance), "{written}");
        let read = xform::read(&written).expect("a form");
        assert_eq!(read.attached[0].source, address);
        assert_eq!(read.definition.lists[0].file.as_deref(), Some(file));
        assert_eq!(xform::write(&read.definition), written);
    }
}

/// An itemset names one column; `search()` may have one for each language.
#[test]
fn labels_of_a_file_are_read_from_the_column_of_the_first_language() {
    let select = SelectDefinition {
        kind: SelectKind::One,
        from: SelectFrom::List { list: "colours".into(), value: "code".into(), label: None },
        filter: None,
        shuffle: None,
    };
    let question = declared("q", DeclaredKind::Select(Box::new(select)));
    let mut definition = form("f", vec![question]);
    let choice = |cells: [&str; 3]| ChoiceDefinition {
        cells: cells.map(str::to_owned).to_vec(),
        label: vec![(0, cells[2].to_owned()), (1, cells[1].to_owned())],
        ..ChoiceDefinition::default()
    };
    definition.lists = vec![ListDefinition {
        name: "colours".into(),
        file: some("colours.csv"),
        columns: vec!["code".into(), "zh".into(), "en".into()],
        choices: vec![choice(["1", "红", "red"]), choice(["2", "绿", "green"])],
        ..ListDefinition::default()
    }];
    let written = xform::write(&definition);
    assert!(written.contains("<label ref=\"en\"/>"), "{written}");
}
