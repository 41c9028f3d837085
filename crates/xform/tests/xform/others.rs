//! XForms as others write them: what pyxform never does, but JavaRosa, Enketo and ODK Build take.

use form::definition::{DeclaredDefault, DeclaredKind, Definition, SelectFrom};
use form::model::{Question, Recording};

fn xform(model: &str, body: &str) -> String {
    format!(
        "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" \
         xmlns:jr=\"http://openrosa.org/javarosa\" xmlns:orx=\"http://openrosa.org/xforms\" \
         xmlns:odk=\"http://www.opendatakit.org/xforms\" xmlns:enk=\"http://enketo.org/xforms\">\n\
         <h:head><h:title>T</h:title>\n<model>{model}</model></h:head>\n<h:body>{body}</h:body></h:html>"
    )
}

fn read(model: &str, body: &str) -> Definition {
    let read = xform::read(&xform(model, body)).expect("a form");
    form::compile(&read.definition).expect("a form that compiles");
    read.definition
}

fn faults(model: &str, body: &str) -> String {
    let faults = xform::read(&xform(model, body)).expect_err("faults");
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn paths_are_relative_to_what_is_around() {
    let form = read(
        "<instance><data id=\"x\"><g><a/><r><b/></r></g></data></instance>\
         <bind id=\"the_b\" nodeset=\"/data/g/r/b\" type=\"xsd:int\" calculate=\"../../a + 1\"/>",
        "<group ref=\"g\"><input ref=\"a\"><label>A</label></input>\
         <group><label>R</label><repeat nodeset=\"r\"><input bind=\"the_b\"><label>B</label></input></repeat></group></group>",
    );
    let group = &form.declarations[0];
    assert_eq!(group.kind, DeclaredKind::Group);
    let repeat = &group.children[1];
    assert!(matches!(repeat.kind, DeclaredKind::Repeat { initial: 1, .. }));
    assert_eq!(repeat.label, [(0, "R".to_owned())]);
    assert_eq!(repeat.children[0].kind, DeclaredKind::Question(Question::Integer));
}

#[test]
fn unusual_types_are_kept_for_others() {
    let form = read(
        "<instance><data id=\"x\"><a/><b/><c/></data></instance>\
         <bind nodeset=\"/data/a\" type=\"boolean\"/><bind nodeset=\"/data/c\" type=\"int\" calculate=\"1\"/>",
        "<input ref=\"/data/a\"><label>A</label></input>\
         <upload ref=\"/data/b\" mediatype=\"application/pdf\"><label>B</label></upload>",
    );
    let attribute = |place: usize| form.declarations[place].attributes[0].clone();
    assert_eq!(attribute(0), ("bind::type".to_owned(), "boolean".to_owned()));
    assert_eq!(attribute(1), ("body::mediatype".to_owned(), "application/pdf".to_owned()));
    assert_eq!(attribute(2), ("bind::type".to_owned(), "int".to_owned()));
    let written = xform::write(&form);
    assert!(written.contains("mediatype=\"application/pdf\""), "{written}");
    assert!(written.contains("nodeset=\"/data/c\" calculate=\"1\" type=\"int\""), "{written}");
}

#[test]
fn a_large_form_takes_a_moment() {
    let choices: String = (0..20_000)
        .map(|place| format!("<item><name>{place}</name><label>Village {place}</label></item>\n"))
        .collect();
    let nodes: String = (0..3_000).map(|place| format!("<q{place}/>")).collect();
    let binds: String = (0..3_000)
        .map(|place| {
            format!(
                "<bind nodeset=\"/data/q{place}\" type=\"int\" relevant=\"/data/q0 &gt; 1\"/>\n"
            )
        })
        .collect();
    let body: String = (0..3_000)
        .map(|place| format!("<input ref=\"/data/q{place}\"><label>Q {place}</label></input>\n"))
        .collect();
    let model = format!(
        "<instance><data id=\"x\">{nodes}</data></instance>\
         <instance id=\"villages\"><root>{choices}</root></instance>{binds}"
    );
    let start = std::time::Instant::now();
    let read = xform::read(&xform(&model, &body)).expect("a form");
    let again = xform::read(&xform::write(&read.definition)).expect("a form");
    assert_eq!(again.definition.lists[0].choices.len(), 20_000);
    // Unoptimized and on a busy machine it takes less than one; growing with the square, minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn items_become_a_list_of_their_own() {
    let form = read(
        "<itext><translation lang=\"en\"><text id=\"a\"><value form=\"short\">S</value>\
         <value form=\"long\">Long</value></text></translation>\
         <translation lang=\"fr\" default=\"\"><text id=\"a\"><value>Un</value></text></translation></itext>\
         <instance><data id=\"x\"><s/></data></instance>",
        "<select ref=\"/data/s\"><label>S</label><item><label ref=\"jr:itext('a')\"/><value>1</value></item>\
         <item><label>2</label><value> 2 </value></item></select>",
    );
    let names: Vec<_> = form.languages.iter().map(|language| language.name.as_str()).collect();
    assert_eq!(names, ["fr", "en"]);
    assert_eq!(form.lists[0].name, "s");
    let choices = &form.lists[0].choices;
    assert_eq!(choices[0].label, [(0, "Un".to_owned()), (1, "Long".to_owned())]);
    assert_eq!(choices[1].cells, ["2"]);
}

#[test]
fn a_list_need_not_look_like_pyxforms() {
    let form = read(
        "<instance><data id=\"x\"><s/></data></instance>\
         <instance id=\"c\"><towns><town><code>1</code><names><long>One</long></names></town>\
         <town><kind>k</kind><code>2</code></town></towns></instance>",
        "<select1 ref=\"/data/s\"><label>S</label>\
         <itemset nodeset=\"instance('c')/towns/town[kind = 'k'][code &gt; 1]\">\
         <value ref=\"code\"/><label ref=\"names/long\"/></itemset></select1>",
    );
    assert_eq!(form.lists[0].columns, ["code", "names/long", "kind"]);
    assert_eq!(form.lists[0].choices[1].cells, ["2", "", "k"]);
    let DeclaredKind::Select(select) = &form.declarations[0].kind else { panic!("a select") };
    assert_eq!(select.filter.as_deref(), Some("(kind = 'k') and (code > 1)"));
    let SelectFrom::List { label, .. } = &select.from else { panic!("a list") };
    assert_eq!(label.as_deref(), Some("names/long"));
}

#[test]
fn values_that_are_set_are_expressions_or_words() {
    let form = read(
        "<instance><data id=\"x\"><a/><b/><c/><d/></data></instance>\
         <setvalue event=\"xforms-ready\" ref=\"/data/b\" value=\"1 + 1\"/>\
         <setvalue event=\"odk-instance-first-load\" ref=\"/data/d\">It's so</setvalue>",
        "<input ref=\"/data/a\"><label>A</label>\
         <setvalue event=\"xforms-value-changed\" ref=\"/data/c\">It's \"so\"</setvalue></input>\
         <input ref=\"/data/b\"><label>B</label>\
         <setvalue event=\"xforms-value-changed\" ref=\"/data/c\">It's \"so\"</setvalue></input>",
    );
    let [_, b, c, d] = &form.declarations[..] else { panic!("four") };
    assert_eq!(b.default, Some(DeclaredDefault::Computed("1 + 1".into())));
    assert_eq!(d.default, Some(DeclaredDefault::Fixed("It's so".into())));
    assert_eq!(c.trigger, ["${a}", "${b}"]);
    assert_eq!(c.calculation.as_deref(), Some("concat('It', \"'\", 's \"so\"')"));
}

#[test]
fn several_ways_to_work_out_a_value_are_a_fault() {
    let found = faults(
        "<instance><data id=\"x\"><a/><b/></data></instance><bind nodeset=\"/data/b\" calculate=\"2\"/>",
        "<input ref=\"/data/a\"><label>A</label>\
         <setvalue event=\"xforms-value-changed\" ref=\"/data/b\" value=\"1\"/></input>",
    );
    insta::assert_snapshot!(found, @"第 4 行 /html/body/input/setvalue：这个节点有几种不同的算法，只能读一种。让所有 setvalue 的 value 一样，并去掉 bind 的 calculate。");
}

#[test]
fn all_faults_are_told_with_their_places() {
    let found = faults(
        "<instance><data id=\"x\"><a/><b/><c/></data></instance>",
        "<input ref=\"/data/gone\"/>\n<select1 ref=\"/data/a\"><label>A</label></select1>\n\
         <select1 ref=\"/data/b\"><itemset nodeset=\"/data/c\"><value ref=\"x\"/></itemset></select1>\n\
         <range ref=\"/data/c\" start=\"low\"/>",
    );
    insta::assert_snapshot!(found);
}

#[test]
fn what_is_passed_over_is_told() {
    let read = xform::read(&xform(
        "<instance><data id=\"x\"><a/><place/><map/></data></instance>\
         <bind nodeset=\"/data/a\" jr:preload=\"patient\" enk:for=\"y\"/>\
         <odk:setgeopoint event=\"odk-instance-first-load\" ref=\"/data/place\"/>",
        "<group appearance=\"field-list\"><input ref=\"/data/a\"/></group><wheel/>\
         <upload ref=\"/data/map\" mediatype=\"osm/*\"><label>M</label><tag key=\"name\"/></upload>\
         <trigger ref=\"/data/place\"><label>Here</label></trigger>",
    ));
    let read = read.expect("a form");
    let losses: Vec<_> = read.losses.iter().map(|loss| loss.what.as_str()).collect();
    insta::assert_snapshot!(losses.join("\n"));
    let mut places = read.definition.declarations.iter().filter(|own| own.name == "place");
    let place = places.next().map(|own| &own.kind);
    assert_eq!(place, Some(&DeclaredKind::Recorded(Recording::StartPlace)));
}

#[test]
fn a_label_can_be_the_value_of_a_node() {
    let form = read(
        "<instance><data id=\"x\"><a/><b/></data></instance>",
        "<input ref=\"/data/a\"><label>A</label></input>\
         <input ref=\"/data/b\"><label ref=\"/data/a\"/></input>",
    );
    assert_eq!(form.declarations[1].label, [(0, "${a}".to_owned())]);
}

#[test]
fn what_looks_like_a_reference_in_a_label_is_none() {
    let form = read(
        "<instance><data id=\"x\"><r><a/></r></data></instance>",
        "<repeat nodeset=\"/data/r\"><input ref=\"/data/r/a\">\
         <label>${a} of <output value=\"../../r/a\"/>, <output value=\" . \"/></label></input></repeat>",
    );
    let label = &form.declarations[0].children[0].label[0].1;
    assert_eq!(label, "${='${'}a} of ${=../../r/a}, ${=.}");
    let again = xform::read(&xform::write(&form)).expect("a form").definition;
    assert_eq!(again.declarations[0].children[0].label[0].1, *label);
}

#[test]
fn the_meta_block_is_part_of_the_form_where_something_asks_for_it() {
    let form = read(
        "<instance><data id=\"x\"><a/><orx:meta><orx:instanceID/><orx:instanceName/></orx:meta></data></instance>\
         <bind nodeset=\"/data/a\" calculate=\"/data/orx:meta/orx:instanceID\"/>\
         <bind nodeset=\"/data/orx:meta/orx:instanceID\" jr:preload=\"uid\"/>\
         <bind nodeset=\"/data/orx:meta/orx:instanceName\" calculate=\"../../a\"/>",
        "",
    );
    assert_eq!(form.instance_name.as_deref(), Some("${a}"));
    assert_eq!(form.declarations[1].name, "meta");
    assert_eq!(form.declarations[1].children[0].name, "instanceID");
    let again = xform::read(&xform::write(&form)).expect("a form").definition;
    assert_eq!(form::compile(&again), form::compile(&form));
}

#[test]
fn the_old_way_to_look_choices_up_is_a_select() {
    let read = xform::read(&xform(
        "<instance><data id=\"x\"><a/><b/></data></instance>",
        "<input ref=\"/data/a\"><label>A</label></input>\
         <input ref=\"/data/b\" query=\"instance('towns')/root/item[state= /data/a ]\"><label>B</label></input>",
    ));
    let read = read.expect("a form");
    assert_eq!(read.attached[0].list, "towns");
    assert_eq!(read.attached[0].source, "jr://file-csv/itemsets.csv");
    let DeclaredKind::Select(select) = &read.definition.declarations[1].kind else {
        panic!("a select")
    };
    assert_eq!(select.filter.as_deref(), Some("state= /data/a"));
}

/// getodk/collect, `EntitiesTest`: ids in the attribute or worked out, with and without conditions.
#[test]
fn entities_are_declared_in_many_ways() {
    let declared = |entity: &str, binds: &str| {
        let model = format!(
            "<instance><data id=\"x\"><a/><meta><entity dataset=\"people\" {entity}><label/></entity></meta></data>\
             </instance>{binds}<bind nodeset=\"/data/meta/entity/label\" calculate=\"/data/a\"/>"
        );
        let body = "<input ref=\"/data/a\"><label>A</label></input>";
        let own = read(&model, body).entities.remove(0);
        [own.id, own.create_if, own.update_if].map(Option::unwrap_or_default)
    };
    let id = "<bind nodeset=\"/data/meta/entity/@id\" calculate=\"/data/a\"/>";
    let condition = |name: &str| {
        format!("<bind nodeset=\"/data/meta/entity/@{name}\" calculate=\"/data/a = 1\"/>")
    };
    assert_eq!(declared("create=\"1\" id=\"\"", ""), ["", "", ""]);
    assert_eq!(declared("create=\"\" id=\"\"", &condition("create")), ["", "${a} = 1", ""]);
    assert_eq!(declared("create=\"true\" id=\"\"", id), ["${a}", "true()", "false()"]);
    assert_eq!(declared("update=\"1\" id=\"\" baseVersion=\"\"", id), ["${a}", "", ""]);
    assert_eq!(declared("update=\"1\" id=\"123\" baseVersion=\"1\"", ""), ["'123'", "", ""]);
    let both = format!("{id}{}{}", condition("create"), condition("update"));
    assert_eq!(
        declared("create=\"\" update=\"\" id=\"\"", &both),
        ["${a}", "${a} = 1", "${a} = 1"]
    );
}

/// Specification, "Body": `value` and `label` of an itemset are paths from each of its nodes.
#[test]
fn rows_can_be_called_otherwise_than_what_is_stored() {
    let rows = |label: &str| {
        let model = "<instance><data id=\"x\"><town/><m><code/><g><who/></g><p><pet/></p></m><s/></data></instance>";
        let body = format!(
            "<input ref=\"/data/town\"/><repeat nodeset=\"/data/m\"><input ref=\"/data/m/code\"/>\
             <input ref=\"/data/m/g/who\"/><repeat nodeset=\"/data/m/p\"><input ref=\"/data/m/p/pet\"/></repeat></repeat>\
             <select1 ref=\"/data/s\"><itemset nodeset=\"/data/m[./code != '']\">\
             <value ref=\"code\"/><label ref=\"{label}\"/></itemset></select1>"
        );
        let read = xform::read(&xform(model, &body)).expect("a form");
        form::compile(&read.definition).expect("a form that compiles");
        let declaration = read.definition.declarations.into_iter().find(|own| own.name == "s");
        let Some(DeclaredKind::Select(select)) = declaration.map(|own| own.kind) else {
            panic!("a select")
        };
        let SelectFrom::Rows { value, label } = select.from else { panic!("rows") };
        assert_eq!(value, "${code}");
        let told = read.losses.iter().map(|loss| loss.what.as_str()).collect::<String>();
        (label.unwrap_or_default(), told)
    };
    assert_eq!(rows("code"), (String::new(), String::new()));
    assert_eq!(rows("g/who"), ("${who}".to_owned(), String::new()));
    for far in ["../town", "p/pet"] {
        assert_eq!(rows(far).0, "");
        assert!(rows(far).1.contains("不在同一个重复组里"), "{far}");
    }
}

/// XPath 1.0, section 2.3: a step leads to elements of its name.
#[test]
fn elements_of_several_names_are_lists_of_their_own() {
    let model = "<instance><data id=\"x\"><d/><c/><n/></data></instance>\
        <instance id=\"far\" src=\"jr://file/far.xml\"/>\
        <instance id=\"pets\"><zoo><dog><name>1</name><label>Rex</label></dog><cat><name>2</name>\
        <label>Tom</label></cat><dog><name>3</name><label>Bello</label></dog></zoo></instance>\
        <bind nodeset=\"/data/n\" calculate=\"count(instance('pets')/zoo/dog)\"/>";
    let select = |name: &str, nodeset: &str| {
        format!(
            "<select1 ref=\"/data/{name}\"><label>L</label><itemset nodeset=\"{nodeset}\">\
             <value ref=\"name\"/><label ref=\"label\"/></itemset></select1>"
        )
    };
    let body = |cat: &str| {
        select("d", "instance('pets')/zoo/dog[name &gt; 1]")
            + &select("c", &format!("instance('pets')/{cat}"))
    };
    let form = read(model, &body("zoo/cat"));
    let from = |form: &Definition, place: usize| match &form.declarations[place].kind {
        DeclaredKind::Select(select) => match &select.from {
            SelectFrom::List { list, .. } => list.clone(),
            SelectFrom::Rows { .. } => String::new(),
        },
        _ => String::new(),
    };
    assert_eq!((from(&form, 0), from(&form, 1)), ("pets/dog".to_owned(), "pets/cat".to_owned()));
    let lists: Vec<_> =
        form.lists.iter().map(|list| (list.name.as_str(), list.choices.len())).collect();
    assert_eq!(lists, [("far", 0), ("pets/dog", 2), ("pets/cat", 1)]);

    let written = xform::write(&form);
    for part in [
        "<instance id=\"pets\">\n        <zoo>\n          <dog>",
        "nodeset=\"instance('pets')/zoo/dog[name &gt; 1]\"",
        "nodeset=\"instance('pets')/zoo/cat\"",
    ] {
        assert!(written.contains(part), "{part}\n{written}");
    }
    let again = xform::read(&written).expect("a form").definition;
    assert_eq!(form::compile(&again), form::compile(&form));

    let told = faults(model, &body("zoo/cow"));
    assert!(told.contains("选项表“pets”里没有 zoo/cow"), "{told}");
    let far = xform::read(&xform(model, &select("d", "instance('far')/a/b"))).expect("a form");
    assert_eq!(from(&far.definition, 0), "far/b");
    let written = xform::write(&far.definition);
    assert!(written.contains("nodeset=\"instance('far')/a/b\""), "{written}");
}
