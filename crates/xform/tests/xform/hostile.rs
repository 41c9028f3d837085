//! Whatever comes in: a definition or faults, and never a panic.

use proptest::prelude::*;

use crate::forms;

/// Reads everything that can be read, and goes on with what was.
fn read(xml: &str) {
    if let Ok(read) = xform::read(xml) {
        let again = xform::write(&read.definition);
        let _ = form::compile(&read.definition);
        let _ = xform::read(&again);
    }
    let form = form::compile(&forms::rows()).expect("a form");
    let _ = xform::read_instance(&form, xml);
}

#[test]
fn a_billion_laughs_are_not_laughed() {
    let xml = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>";
    let faults = xform::read(xml).expect_err("no entities");
    assert!(faults[0].to_string().contains("DOCTYPE"), "{}", faults[0]);
}

#[test]
fn depth_is_no_stack_overflow() {
    for depth in [97, 100_000] {
        let xml = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        assert!(xform::read(&xml).is_err());
        read(&xml);
    }
}

#[test]
fn an_element_with_thousands_of_attributes_is_refused() {
    let attributes: String = (0..100_000).map(|place| format!(" a{place}=''")).collect();
    let faults = xform::read(&format!("<a{attributes}/>")).expect_err("it is no form");
    assert!(faults[0].to_string().contains("属性超过"), "{}", faults[0]);
}

#[test]
fn a_list_whose_every_row_has_a_column_of_its_own_is_refused() {
    let rows: String = (0..10_000).map(|row| format!("<item><c{row}>1</c{row}></item>")).collect();
    let list = format!("<instance id=\"l\"><root>{rows}</root></instance></model>");
    let xml = xform::write(&forms::rows()).replace("</model>", &list);
    let faults = xform::read(&xml).expect_err("it is no form");
    assert!(faults.iter().any(|fault| fault.to_string().contains("行和列太多")));
}

#[test]
fn what_is_no_xform_says_what_is_missing() {
    insta::assert_snapshot!(
        xform::read("<html><head><model/></head><body/></html>").expect_err("faults")[0],
        @"第 1 行 /html：这不是 ODK XForm：没有 instance。ODK XForm 里要有 html/head/model/instance 和 html/body。"
    );
}

/// Names that mean something, in places where they may mean nothing.
fn soup() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "input",
        "select1",
        "select",
        "rank",
        "upload",
        "range",
        "trigger",
        "group",
        "repeat",
        "label",
        "hint",
        "itemset",
        "item",
        "value",
        "output",
        "setvalue",
        "data",
        "meta",
        "entity",
        "bind",
        "instance",
        "itext",
        "translation",
        "text",
        "root",
        "name",
        "a",
        "b",
    ]);
    let attribute = prop::sample::select(vec![
        "ref",
        "nodeset",
        "event",
        "value",
        "id",
        "lang",
        "form",
        "type",
        "calculate",
        "relevant",
        "jr:count",
        "jr:template",
        "jr:preload",
        "query",
        "appearance",
        "dataset",
        "xst:counts",
        "xst:trigger",
        "xst:list",
        "start",
        "readonly",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "/data/a",
            "/data/b",
            "../a",
            "../../..",
            ".",
            "a",
            "",
            "jr:itext('a')",
            "true()",
            "instance('a')/root/item[a = current()/../b]",
            "randomize(/data/a[b])",
            "uid",
            "xforms-value-changed",
            "odk-instance-first-load odk-new-repeat",
            "/data/meta/entity/@id",
            "${",
            "instance('a')/",
            "jr:itext(",
            "a[",
            "]",
            "1",
            "'",
            "current()/",
        ])
        .prop_map(str::to_owned),
        "[a-c/.()'\\[\\], ${}=0-9中]{0,12}",
    ];
    let attributes = prop::collection::btree_map(attribute, value, 0..4);
    let leaf = (name.clone(), attributes.clone(), "[a-z${}中 ]{0,5}").prop_map(element);
    leaf.prop_recursive(6, 60, 6, move |inner| {
        let inner = prop::collection::vec(inner, 0..6).prop_map(|all| all.concat());
        (name.clone(), attributes.clone(), inner)
            .prop_map(|(name, attributes, inner)| tagged(name, &attributes, &inner))
    })
}

type Attributes = std::collections::BTreeMap<&'static str, String>;

fn element((name, attributes, text): (&'static str, Attributes, String)) -> String {
    tagged(name, &attributes, &text)
}

fn tagged(name: &str, attributes: &Attributes, inner: &str) -> String {
    let attributes: String =
        attributes.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
    format!("<{name}{attributes}>{inner}</{name}>")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn broken_forms_do_not_panic(at in any::<prop::sample::Index>(), length in 1usize..30, which in 0usize..5) {
        let xml = xform::write(&forms::all()[which]);
        let start = xml.floor_char_boundary(at.index(xml.len()));
        let end = xml.floor_char_boundary((start + length).min(xml.len()));
        read(&format!("{}{}", &xml[..start], &xml[end..]));
    }

    #[test]
    fn soups_of_elements_do_not_panic(
        instance in prop::collection::vec(soup(), 0..4),
        model in prop::collection::vec(soup(), 0..8),
        body in prop::collection::vec(soup(), 0..8),
    ) {
        read(&format!(
            "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
             xmlns:jr=\"http://openrosa.org/javarosa\" xmlns:xst=\"https://xiangshitong.cn/xforms\">\
             <h:head><model><instance><data id=\"x\"><a/><b/>{}</data></instance>{}</model></h:head>\
             <h:body>{}</h:body></h:html>",
            instance.concat(), model.concat(), body.concat(),
        ));
    }
}
