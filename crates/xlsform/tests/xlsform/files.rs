//! The files beside a form.

use form::definition::{DeclaredKind, Definition, ListDefinition, SelectDefinition, SelectFrom};

use crate::table::{Sheets, find, sheets};

const FRUITS: &str = "name_key,name,kind\na,Apple,tree\nb,\"Berry, blue\",bush\n";

fn list<'d>(definition: &'d Definition, name: &str) -> &'d ListDefinition {
    definition.lists.iter().find(|list| list.name == name).expect("the list")
}

fn cells(list: &ListDefinition) -> Vec<String> {
    list.choices.iter().map(|choice| choice.cells.join("|")).collect()
}

fn select<'d>(definition: &'d Definition, name: &str) -> &'d SelectDefinition {
    match &find(definition, name).kind {
        DeclaredKind::Select(select) => select,
        other => panic!("{other:?}"),
    }
}

fn from(list: &str, value: &str, label: &str) -> SelectFrom {
    let label = Some(label.to_owned());
    SelectFrom::List { list: list.to_owned(), value: value.to_owned(), label }
}

fn asks(kind: &str, parameters: &str) -> Sheets {
    sheets(&format!(
        "| survey | | | | |\n| | type | name | label | parameters |\n| | {kind} | q | Q | {parameters} |"
    ))
}

/// pyxform: `tests/test_external_instances_for_selects.py`, `TestSelectFromFile`: the columns that
/// are taken where nothing is said, and others.
#[test]
fn choices_come_from_a_file_by_its_columns() {
    let csv = "name,label,val,lbl\na,A,1,One\n";
    let xml = "<root><item><name>a</name><label>A</label><val>1</val><lbl>One</lbl></item></root>";
    let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":null,
        "properties":{"title":"A","val":1,"lbl":"One"}}]}"#;
    let files = [
        ("c.csv", csv, ("name", "label")),
        ("c.xml", xml, ("name", "label")),
        ("c.geojson", geojson, ("id", "title")),
    ];
    for (file, text, (value, label)) in files {
        for kind in [
            "select_one_from_file",
            "select_multiple_from_file",
            "select one from file",
            "select_one",
        ] {
            let definition = asks(&format!("{kind} {file}"), "").with(file, text).definition();
            assert_eq!(select(&definition, "q").from, from("c", value, label), "{kind} {file}");
            assert_eq!(list(&definition, "c").file.as_deref(), Some(file));
            let definition = asks(&format!("{kind} {file}"), "value=val, label=lbl")
                .with(file, text)
                .definition();
            assert_eq!(select(&definition, "q").from, from("c", "val", "lbl"), "{kind} {file}");
        }
    }
    let lacks = asks("select_one_from_file c.csv", "value=nothing").with("c.csv", csv);
    assert!(lacks.errors().contains("没有“nothing”这一列"), "{}", lacks.errors());
    for parameter in ["value=7val", "value=.val", "label=lbl.()"] {
        let wrong = asks("select_one_from_file c.csv", parameter).with("c.csv", csv);
        assert!(wrong.errors().contains("不能是列名"), "{parameter}");
    }
}

#[test]
fn a_file_that_is_not_there_is_told_once() {
    let errors = asks("select_one_from_file c.csv", "value=x").errors();
    assert_eq!(
        errors,
        "survey 表第 3 行 B 列（type）：表格旁边没有“c.csv”这个文件。把它和表格放在同一个文件夹里，名字要一模一样。"
    );
    let pulled = sheets(
        "| survey | | | |\n| | type | name | calculation |\n| | calculate | c | pulldata('f', 'a', 'b', 1) |",
    );
    assert_eq!(pulled.errors().lines().count(), 1);
    assert!(
        pulled.errors().contains("E 列（calculation）：表格旁边没有“f.csv”")
            || pulled.errors().contains("“f.csv”")
    );
}

#[test]
fn a_list_that_is_nowhere_is_told_once() {
    let calculation = "instance('nowhere')/root/item[name = 1]/label";
    let errors = sheets(&format!(
        "| survey | | | |\n| | type | name | calculation |\n| | calculate | a | {calculation} |\n| | calculate | b | {calculation} |"
    ))
    .errors();
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("没有叫“nowhere”的选项表"));
}

#[test]
fn a_file_of_any_depth_is_read_or_told() {
    let deep = 100_000;
    let xml = format!("<root><item>{}{}</item></root>", "<a>".repeat(deep), "</a>".repeat(deep));
    let json = format!("{{\"features\":{}{}}}", "[".repeat(deep), "]".repeat(deep));
    asks("select_one_from_file c.xml", "").with("c.xml", &xml).check();
    assert!(
        asks("select_one_from_file c.geojson", "")
            .with("c.geojson", &json)
            .errors()
            .contains("读不懂")
    );
    let bomb = "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><root><item><name>&b;</name></item></root>";
    assert!(
        asks("select_one_from_file c.xml", "")
            .with("c.xml", bomb)
            .errors()
            .contains("读不懂“c.xml”")
    );
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    for (file, text) in [
        ("c.csv", ""),
        ("c.xml", "<root><item></root>"),
        ("c.geojson", "[1, 2"),
        ("c.geojson", "{}"),
    ] {
        let errors = asks(&format!("select_one_from_file {file}"), "").with(file, text).errors();
        assert!(errors.contains(&format!("读不懂“{file}”")), "{errors}");
    }
}

#[test]
fn a_file_without_rows_is_a_list_that_may_grow() {
    assert_eq!(asks("select_one_from_file c.csv", "").with("c.csv", "name,label\n").errors(), "");
}

/// JavaRosa: `XmlExternalInstance`; ODK XForms specification, secondary instances.
#[test]
fn what_is_nested_in_xml_is_named_by_its_path() {
    let xml = "<root>\n<item><name>a</name><place><lat>1</lat><lon>2</lon></place></item>
        <item><lon/><name>b</name><extra>&lt;x&gt;</extra></item></root>";
    let form = sheets(
        "| survey | | | |\n| | type | name | calculation |\n| | calculate | c | instance('f')/root/item[name = 'a']/place/lat |",
    )
    .with("f.xml", xml);
    let definition = form.definition();
    let own = list(&definition, "f");
    assert_eq!(own.columns, ["name", "place/lat", "place/lon", "lon", "extra"]);
    assert_eq!(cells(own), ["a|1|2||", "b||||<x>"]);
}

/// XPath 1.0, section 2.3: a step leads to elements of its name.
#[test]
fn elements_of_several_names_in_one_file_are_told_apart() {
    let xml = "<zoo><dog><name>Rex</name><toy>a</toy><toy>b</toy></dog><cat><name>Tom</name></cat>
        <dog><name>Bello</name></dog></zoo>";
    let form = |calculation: &str| {
        sheets(&format!(
            "| survey | | | |\n| | type | name | calculation |\n| | xml-external | pets | |\n| | calculate | c | {calculation} |"
        ))
        .with("pets.xml", xml)
    };
    let definition = form("count(instance('pets')/zoo/dog[name != ''])").definition();
    let names: Vec<_> = definition.lists.iter().map(|list| list.name.as_str()).collect();
    assert_eq!(names, ["pets/dog", "pets/cat"]);
    assert_eq!(cells(list(&definition, "pets/dog")), ["Rex|a", "Bello|"]);
    assert_eq!(list(&definition, "pets/dog").several, ["toy"]);
    assert!(form("instance('pets')/zoo/cow/name").errors().contains("“pets”里没有 zoo/cow"));
    assert!(
        form("instance('pets')/root/item/name").errors().contains("写成 instance('pets')/zoo/dog")
    );
    assert!(form("instance('pets')/zoo/dog/toy").errors().contains("一行里有几个“toy”"));
    let choose = asks("select_one_from_file pets.xml", "label=name").with("pets.xml", xml);
    assert_eq!(select(&choose.definition(), "q").from, from("pets", "name", "name"));
}

/// XLSForm documentation, "Selects from GeoJSON"; RFC 7946.
#[test]
fn geojson_has_properties_an_id_and_a_place() {
    let geojson = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":"p1","geometry":{"type":"Point","coordinates":[2.5,1]},"properties":{"title":"One","z":true,"a":null}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[2,1],[4,3]]},"properties":{"id":"p2","name":"Two"}},
        {"type":"Feature","id":3,"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]},"properties":null}]}"#;
    let definition = asks("select_one_from_file g.geojson", "label=name")
        .with("g.geojson", geojson)
        .definition();
    let own = list(&definition, "g");
    assert_eq!(own.columns, ["id", "title", "z", "a", "name", "geometry"]);
    assert_eq!(
        cells(own),
        [
            "p1|One|true||p1|1 2.5 0 0",
            "p2||||Two|1 2 0 0; 3 4 0 0",
            "3||||3|0 0 0 0; 0 1 0 0; 0 0 0 0"
        ]
    );
}

/// pyxform: `tests/test_external_instances.py`, `tests/test_search_function.py`.
#[test]
fn expressions_refer_to_files_by_their_names() {
    let table = |kind: &str, name: &str, calculation: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | label | calculation |\n| | {kind} | {name} | | |\n| | text | k | K | |\n| | calculate | c | | {calculation} |"
        ))
        .with("fruits.csv", FRUITS)
        .with("places.xml", "<root><item><name>a</name></item></root>")
    };
    let cases = [
        ("hidden", "h", "pulldata('fruits', 'name', 'name_key', ${k})"),
        ("hidden", "h", "pulldata('fruits.csv', 'name', 'name_key', ${k})"),
        ("hidden", "h", "instance('fruits')/root/item[name_key = ${k}]/name"),
        ("hidden", "h", "count(instance('places')/root/item)"),
        ("csv-external", "fruits", "instance('fruits')/root/item[name_key = ${k}]/name"),
        ("csv-external", "fruits.csv", "instance('fruits')/root/item[name_key = ${k}]/name"),
        ("xml-external", "places", "count(instance('places')/root/item)"),
    ];
    for (kind, name, calculation) in cases {
        let own = table(kind, name, calculation);
        assert_eq!(own.errors(), "", "{kind} {calculation}");
        assert_eq!(own.definition().lists.len(), 1);
    }
    assert!(table("csv-external", "nothing", "1").errors().contains("“nothing.csv”"));
    assert!(
        table("hidden", "h", "pulldata('fruits', 'colour', 'name_key', ${k})")
            .errors()
            .contains("没有“colour”这一列")
    );
}

/// pyxform: `tests/test_external_instances.py`: one name for two things.
#[test]
fn one_name_for_two_lists_is_told() {
    let clash = sheets(
        "| survey | | | |\n| | type | name | label |\n| | select_one f | a | A |\n| | select_one_from_file f.csv | b | B |
         | choices | | | |\n| | list_name | name | label |\n| | f | x | X |",
    )
    .with("f.csv", FRUITS);
    assert!(clash.errors().contains("文件“f.csv”和选项表“f”同名"));
    let endings = sheets(
        "| survey | | | |\n| | type | name | label |\n| | select_one_from_file f.csv | a | A |\n| | select_one_from_file f.xml | b | B |",
    )
    .with("f.csv", "name,label\na,A\n")
    .with("f.xml", "<root/>");
    assert!(endings.errors().contains("只有结尾不同"));
}

/// pyxform: `tests/test_search_function.py`; docs.getodk.org, "Dynamic selects from preloaded data".
#[test]
fn search_takes_choices_from_a_file() {
    let table = |appearance: &str| {
        sheets(
            &format!(
                "| survey  |                   |       |       |              |               |
             |         | type              | name  | label | appearance   | choice_filter |
             |         | text              | k     | K     |              |               |
             |         | select_one fruits | fruit | F     | {appearance} |               |
             |         | calculate         | c     |       |              |               |
             | choices |           |          |       |
             |         | list_name | name     | label |
             |         | fruits    | name_key | name  |"
            )
            .replace("| calculate         | c     |       |              |               |", ""),
        )
        .with("fruits.csv", FRUITS)
    };
    let cases = [
        ("search('fruits')", None),
        ("minimal search('fruits')", None),
        ("search('fruits', 'matches', 'kind', 'tree')", Some("kind = 'tree'")),
        ("search('fruits', 'contains', 'name', ${k})", Some("contains(name, ${k})")),
        ("search('fruits', 'startswith', 'name', ${k})", Some("starts-with(name, ${k})")),
        (
            "search('fruits', 'endswith', 'name', ${k}, 'kind', 'bush')",
            Some("(ends-with(name, ${k})) and (kind = 'bush')"),
        ),
    ];
    for (appearance, filter) in cases {
        let own = table(appearance);
        let definition = own.definition();
        let select = select(&definition, "fruit");
        assert_eq!(select.from, from("fruits", "name_key", "name"), "{appearance}");
        assert_eq!(select.filter.as_deref(), filter, "{appearance}");
        assert_eq!(cells(list(&definition, "fruits"))[0], "a|Apple|tree");
    }
    assert_eq!(
        find(&table("minimal search('fruits')").definition(), "fruit").appearance,
        ["minimal"]
    );
    assert!(table("search('nuts')").errors().contains("“nuts.csv”"));
    assert!(table("search(fruits)").errors().contains("search() 的写法不对"));
}

/// pyxform: `tests/test_search_function.py`, `TestTranslations`: the row under `search()` names a
/// column for each language.
#[test]
fn search_takes_labels_from_a_column_for_each_language() {
    let file = "code,zh,en,py\n1,红,red,hong\n2,绿,green,lü\n3,蓝,,lan\n";
    let table = |second: &str| {
        sheets(&format!(
            "| survey  |               |      |           |           |                   |
             |         | type          | name | label::en | label::fr | appearance        |
             |         | select_one c1 | q1   | Q         | Q         | search('colours') |
             |         | select_one c2 | q2   | Q         | Q         | search('colours') |
             |         | select_one c3 | q3   | Q         | Q         | search('colours') |
             | choices |               |      |           |           |
             |         | list_name     | name | label::en | label::fr |
             |         | c1            | code | en        | zh        |
             |         | c2            | code | {second}  |
             |         | c3            | code | py        | py        |"
        ))
        .with("colours.csv", file)
    };
    let same = table("en | zh").definition();
    let labelled = |list: &str| SelectFrom::List {
        list: list.to_owned(),
        value: "code".to_owned(),
        label: None,
    };
    assert_eq!(select(&same, "q1").from, labelled("colours"));
    assert_eq!(select(&same, "q2").from, labelled("colours"));
    assert_eq!(select(&same, "q3").from, from("colours", "code", "py"));
    let labels = |list: &ListDefinition| {
        let words = list.choices.iter().map(|choice| {
            choice.label.iter().map(|(at, words)| format!("{at}:{words}")).collect::<String>()
        });
        words.collect::<Vec<_>>()
    };
    assert_eq!(labels(list(&same, "colours")), ["0:red1:红", "0:green1:绿", "1:蓝"]);
    let other = table("zh | py").definition();
    assert_eq!(select(&other, "q2").from, labelled("c2-labels"));
    assert_eq!(labels(list(&other, "c2-labels")), ["0:红1:hong", "0:绿1:lü", "0:蓝1:lan"]);
    assert_eq!(labels(list(&other, "colours")), labels(list(&same, "colours")));
    assert!(
        table("zh | ru").errors().contains("“colours”没有“ru”这一列。它的列有：code、zh、en、py")
    );
}

/// pyxform: `tests/test_search_function.py`,
/// `test_usage_with_other_selects__invalid_list_reuse_by_non_search_question`,
/// `test_select_from_file__search_on_same_question`.
#[test]
fn what_search_cannot_be_used_with_is_told() {
    let table = |second: &str| {
        sheets(&format!(
            "| survey  |               |      |       |                  |
             |         | type          | name | label | appearance       |
             |         | select_one c1 | q1   | Q     | search('fruits') |
             |         | {second}      | q2   | Q     |                  |
             | choices |               |      |       |
             |         | list_name     | name     | label |
             |         | c1            | name_key | name  |"
        ))
        .with("fruits.csv", FRUITS)
    };
    assert_eq!(table("text").errors(), "");
    assert_eq!(
        table("select_one c1").errors(),
        "survey 表第 4 行 B 列（type）：第 3 行的 search() 用了选项表“c1”，这一行又拿它作选项。给 search() 另外写一张选项表，或者两题都用 search()。"
    );
    let both = sheets(
        "| survey | | | | |\n| | type | name | label | appearance |
         | | select_one_from_file fruits.csv | q | Q | search('fruits') |",
    )
    .with("fruits.csv", "name,label\na,A\n");
    assert!(both.errors().contains("选项已经来自文件，不能再用 search()"), "{}", both.errors());
}

/// pyxform: `tests/test_search_function.py`, `test_additional_static_choices`.
#[test]
fn choices_beside_a_search_are_told() {
    let own = sheets(
        "| survey  |               |       |       |                   |
         |         | type          | name  | label | appearance        |
         |         | select_one c1 | q1    | Q     | search('fruits')  |
         |         | select_one c1 | q2    | Q     | search('fruits')  |
         | choices |               |       |       |
         |         | list_name     | name  | label |
         |         | c1            | 0     | None  |
         |         | c1            | name_key | name |",
    )
    .with("fruits.csv", FRUITS);
    assert_eq!(own.errors(), "");
    assert!(own.warnings().contains("另外的选项和 search() 放在一起"));
    assert_eq!(select(&own.definition(), "q2").from, from("fruits", "name_key", "name"));
}

#[test]
fn a_folder_gives_its_own_files_only() {
    use xlsform::Files;
    let folder =
        xlsform::Folder(concat!(env!("CARGO_MANIFEST_DIR"), "/../../township/forms").into());
    assert!(folder.file("F11_hcp.xlsx").is_some());
    for name in ["../forms/F11_hcp.xlsx", "..", "/etc/hostname", "nothing.csv", ""] {
        assert_eq!(folder.file(name), None, "{name}");
    }
}
