//! The `type` column: every type and its other spellings.

use form::definition::{DeclaredDefault, DeclaredKind, SelectFrom, SelectKind};
use form::model::{Bounds, Question, Recording, TextKind};

use crate::table::{find, sheets};

/// What a row of this type declares.
fn kind(written: &str) -> DeclaredKind {
    let definition = sheets(&format!(
        "| survey  |           |      |       |             |      |
         |         | type      | name | label | calculation | trigger |
         |         | text      | t    | T     |             |      |
         |         | {written} | q    | Q     | 1 + 1       |      |
         | choices |           |      |       |
         |         | list_name | name | label |
         |         | yn        | yes  | Yes   |
         |         | yn        | no   | No    |"
    ))
    .definition();
    find(&definition, "q").kind.clone()
}

/// pyxform: `question_type_dictionary.py`, `aliases.py`; `tests/test_notes.py`, `test_fields.py`,
/// `test_xls2json.py`.
#[test]
fn every_spelling_of_a_type_is_that_type() {
    let image = Question::Image { files: Bounds { min: 0, max: Some(1) }, max_pixels: None };
    let cases: [(Question, &[&str]); 15] = [
        (
            Question::Text(TextKind::Line),
            &["text", "string", "q string", "add text prompt", "TEXT", " text "],
        ),
        (Question::Integer, &["integer", "int", "q int", "add integer prompt"]),
        (Question::Decimal, &["decimal", "q decimal", "add decimal prompt"]),
        (Question::Date, &["date", "q date", "add date prompt"]),
        (Question::Time, &["time"]),
        (
            Question::DateTime,
            &[
                "dateTime",
                "datetime",
                "date time",
                "q date time",
                "q dateTime",
                "add date time prompt",
                "add dateTime prompt",
                "date_time",
            ],
        ),
        (
            Question::Place,
            &["geopoint", "gps", "location", "q geopoint", "q location", "add location prompt"],
        ),
        (Question::Trace, &["geotrace", "q geotrace"]),
        (Question::Shape, &["geoshape", "q geoshape"]),
        (Question::Barcode, &["barcode", "q barcode", "add barcode prompt"]),
        (
            image,
            &["image", "photo", "q picture", "q image", "add image prompt", "add photo prompt"],
        ),
        (Question::Audio { max_seconds: None }, &["audio", "q audio", "add audio prompt"]),
        (Question::Video { max_seconds: None }, &["video", "q video", "add video prompt"]),
        (Question::File, &["file", "add file prompt"]),
        (
            Question::Acknowledge,
            &["acknowledge", "trigger", "q acknowledge", "add acknowledge prompt"],
        ),
    ];
    for (question, spellings) in cases {
        for written in spellings {
            assert_eq!(kind(written), DeclaredKind::Question(question.clone()), "{written}");
        }
    }
}

/// pyxform: `tests/test_metadata.py`, `question_type_dictionary.py`.
#[test]
fn what_is_known_without_asking_is_computed() {
    let declared = |written: &str| {
        let definition =
            sheets(&format!("| survey | | |\n| | type | name |\n| | {written} | q |")).definition();
        let own = find(&definition, "q").clone();
        (own.kind, own.default)
    };
    let known = |default| (DeclaredKind::Calculated, Some(default));
    let computed = |source: &str| known(DeclaredDefault::Computed(source.to_owned()));
    for written in ["start", "start time", "get start time"] {
        assert_eq!(declared(written), computed("now()"), "{written}");
    }
    for written in ["today", "get today"] {
        assert_eq!(declared(written), computed("today()"), "{written}");
    }
    for written in ["end", "end time", "get end time"] {
        let kept = DeclaredKind::Recorded(Recording::End);
        assert_eq!(declared(written), (kept, None), "{written}");
    }
    let properties: [(&str, &[&str]); 8] = [
        ("deviceid", &["deviceid", "device id", "get device id", "imei"]),
        ("phonenumber", &["phonenumber", "get phone number"]),
        ("username", &["username"]),
        ("email", &["email"]),
        ("simserial", &["simserial", "sim id", "get sim id"]),
        ("subscriberid", &["subscriberid", "subscriber id", "get subscriber id"]),
        ("uri:deviceid", &["uri:deviceid"]),
        ("uri:email", &["uri:email"]),
    ];
    for (property, spellings) in properties {
        for written in spellings {
            let default = DeclaredDefault::Property(property.to_owned());
            assert_eq!(declared(written), known(default), "{written}");
        }
    }
}

/// pyxform: `RE_SELECT` in `xls2json.py`, `aliases.select`; `tests/test_rank.py`,
/// `tests/test_xls2json.py`.
#[test]
fn every_spelling_of_a_select_is_that_select() {
    let cases: [(SelectKind, &[&str]); 3] = [
        (
            SelectKind::One,
            &[
                "select_one yn",
                "select one yn",
                "Select_One yn",
                "select1 yn",
                "select one from yn",
                "add select one prompt using yn",
                "select_one   yn",
            ],
        ),
        (
            SelectKind::Multiple,
            &[
                "select_multiple yn",
                "select multiple yn",
                "select all that apply yn",
                "select all that apply from yn",
                "add select multiple prompt using yn",
            ],
        ),
        (SelectKind::Rank, &["rank yn"]),
    ];
    for (expected, spellings) in cases {
        for written in spellings {
            let DeclaredKind::Select(select) = kind(written) else { panic!("{written}") };
            assert_eq!(select.kind, expected, "{written}");
            let from =
                SelectFrom::List { list: "yn".to_owned(), value: "name".to_owned(), label: None };
            assert_eq!(select.from, from, "{written}");
        }
    }
}

/// pyxform: `tests/test_audit.py`, `test_background_audio.py`, `test_background_geopoint.py`,
/// `test_set_geopoint.py`.
#[test]
fn what_the_device_keeps_is_recorded() {
    let form = sheets(
        "| survey |                    |      |       |                     |          |
         |        | type               | name | label | parameters          | trigger  |
         |        | audit              |      |       | track-changes=true identify-user=true | |
         |        | start-geopoint     | s    |       |                     |          |
         |        | background-audio   | b    |       | quality=voice-only  |          |
         |        | integer            | age  | Age   |                     |          |
         |        | background-geopoint | p   |       |                     | ${age}   |",
    );
    assert_eq!(form.warnings(), "");
    let definition = form.definition();
    let recorded = |name: &str| find(&definition, name).kind.clone();
    assert_eq!(recorded("audit"), DeclaredKind::Recorded(Recording::Audit));
    assert_eq!(recorded("s"), DeclaredKind::Recorded(Recording::StartPlace));
    assert_eq!(recorded("b"), DeclaredKind::Recorded(Recording::Audio));
    assert_eq!(recorded("p"), DeclaredKind::Recorded(Recording::Place));
    let parameters = |name: &str| find(&definition, name).parameters.clone();
    assert_eq!(parameters("b"), [("quality".to_owned(), "voice-only".to_owned())]);
    assert_eq!(parameters("audit").len(), 2);
}

/// pyxform: `question_type_dictionary.py`.
#[test]
fn types_with_limits_of_their_own_keep_them() {
    let declared = |written: &str| {
        let definition = sheets(&format!(
            "| survey | | | |\n| | type | name | label |\n| | {written} | q | Q |"
        ))
        .definition();
        let own = find(&definition, "q");
        (
            own.constraint.clone().unwrap_or_default(),
            own.hint.first().map(|(_, hint)| hint.clone()).unwrap_or_default(),
        )
    };
    let cases = [
        ("percentage", "0 <= . and . <= 100", ""),
        ("number of days in last month", "0 <= . and . <= 31", "Enter a number 0-31."),
        ("number of days in last six months", "0 <= . and . <= 183", "Enter a number 0-183."),
        ("number of days in last year", "0 <= . and . <= 365", "Enter a number 0-365."),
        ("phone number", "regex(., '^\\d*$')", "Enter numbers only."),
    ];
    for (written, constraint, hint) in cases {
        assert_eq!(declared(written), (constraint.to_owned(), hint.to_owned()), "{written}");
    }
}

/// pyxform: `tests/test_notes.py`.
#[test]
fn a_note_needs_no_name_and_can_be_worked_out() {
    let definition = sheets(
        "| survey |      |      |          |             |
         |        | type | name | label    | calculation |
         |        | note |      | Welcome  |             |
         |        | note | n    | Worked   | 1 + 1       |",
    )
    .definition();
    assert_eq!(find(&definition, "generated_note_name_2").kind, DeclaredKind::Note);
    let worked = find(&definition, "n");
    assert_eq!(worked.kind, DeclaredKind::Question(Question::Text(TextKind::Line)));
    assert_eq!(worked.read_only.as_deref(), Some("true()"));
}

/// pyxform: `tests/test_range.py`: the defaults, steps, and what is refused.
#[test]
fn a_range_goes_from_one_to_ten_where_nothing_is_said() {
    let range = |parameters: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | label | parameters |\n| | range | q | Q | {parameters} |"
        ))
    };
    let numbers = |parameters: &str| {
        let definition = range(parameters).definition();
        let DeclaredKind::Question(Question::Range(own)) = find(&definition, "q").kind else {
            panic!("a range")
        };
        [own.start, own.end, own.step].map(|number| number.double())
    };
    assert_eq!(numbers(""), [1.0, 10.0, 1.0]);
    assert_eq!(numbers("start=1 end=5 step=0.5"), [1.0, 5.0, 0.5]);
    assert_eq!(numbers("start=10,end=-10;step=2"), [10.0, -10.0, 2.0]);
    let kept = range("start=0 end=10 step=1 tick_interval=2 placeholder=4").definition();
    assert_eq!(find(&kept, "q").parameters.len(), 2);
    for (parameters, told) in [
        ("start=a", "start 要是数"),
        ("step=0", "step 不能是 0"),
        ("step=20", "step 比 start 到 end 还大"),
        ("start", "parameters 写得不对"),
    ] {
        assert!(range(parameters).errors().contains(told), "{parameters}");
    }
    assert!(range("stat=1").warnings().contains("是不是想写 start？"));
}

/// pyxform: `tests/test_osm.py`: an upload of its own media type.
#[test]
fn osm_is_a_file_that_another_program_makes() {
    for kind in ["osm", "osm building_tags"] {
        let own = sheets(&format!(
            "| survey | | | |\n| | type | name | label |\n| | {kind} | q | Q |
             | osm | | | |\n| | list name | name | label |\n| | building_tags | addr:city | City |"
        ));
        assert_eq!(own.errors(), "", "{kind}");
        assert!(own.warnings().contains("osm 要用别的程序画好再交文件"), "{kind}");
        let definition = own.definition();
        assert_eq!(find(&definition, "q").kind, DeclaredKind::Question(Question::File));
        let media_type = ("body::mediatype".to_owned(), "osm/*".to_owned());
        assert_eq!(find(&definition, "q").attributes, [media_type]);
    }
}

/// pyxform: `tests/test_metadata.py`.
#[test]
fn what_nobody_asks_any_more_is_told() {
    let survey = |kind: &str| {
        sheets(&format!("| survey | | | |\n| | type | name | label |\n| | {kind} | q | Q |"))
    };
    assert!(survey("simserial").warnings().contains("改用 deviceid"));
}

#[test]
fn a_mistyped_type_is_told_with_the_one_that_was_meant() {
    let cases = [
        ("txet", "是不是想写 text？"),
        ("intger", "是不是想写 integer？"),
        ("selct_one yn", "是不是想写 select_one 选项表？"),
        ("geo point", "是不是想写 geopoint？"),
        ("begingroup", "是不是想写 begin group？"),
        ("qqqqqqqqqqqq", "可用的有：text、"),
        ("select_one", "写成 select_one 选项表的名字"),
        ("select_one a b", "没有写清楚选项表"),
        ("select_one_from_file a.txt", "不是 .csv、.xml、.geojson 文件"),
    ];
    for (written, told) in cases {
        let table = format!("| survey | | | |\n| | type | name | label |\n| | {written} | q | Q |");
        let errors = sheets(&table).errors();
        assert!(errors.contains(told), "{written}: {errors}");
    }
}

/// pyxform: `tests/test_max_pixels.py`, `test_image_app_parameter.py`, `test_audio_quality.py`,
/// `test_geo.py`, `test_allow_mock_accuracy.py`, `test_parameters_rows.py`, `test_rows.py`.
#[test]
fn parameters_go_where_they_are_of_use() {
    let definition = sheets(
        "| survey |          |      |       |                                          |            |      |
         |        | type     | name | label | parameters                               | appearance | rows |
         |        | image    | i    | I     | max-pixels=1600 app=org.x.y              | annotate   |      |
         |        | audio    | a    | A     | quality=low                              |            |      |
         |        | geopoint | p    | P     | capture-accuracy=5 warning-accuracy=10 allow-mock-accuracy=true | |      |
         |        | geotrace | t    | T     | incremental=true                         |            |      |
         |        | text     | w    | W     | rows=5                                   | multiline  |      |
         |        | text     | d    | D     |                                          | numbers    | 3    |",
    )
    .definition();
    let parameters = |name: &str| {
        let own = find(&definition, name).parameters.iter();
        own.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(parameters("i"), "app=org.x.y");
    assert_eq!(parameters("a"), "quality=low");
    assert_eq!(parameters("p"), "capture-accuracy=5 warning-accuracy=10 allow-mock-accuracy=true");
    assert_eq!(parameters("t"), "incremental=true");
    assert_eq!(parameters("w"), "rows=5");
    assert_eq!(parameters("d"), "rows=3");
    let DeclaredKind::Question(Question::Image { max_pixels, .. }) = find(&definition, "i").kind
    else {
        panic!("an image")
    };
    assert_eq!(max_pixels, Some(1600));
    let kind = |name: &str| find(&definition, name).kind.clone();
    assert_eq!(kind("w"), DeclaredKind::Question(Question::Text(TextKind::Lines)));
    assert_eq!(kind("d"), DeclaredKind::Question(Question::Text(TextKind::Digits)));
    let wrong = sheets(
        "| survey | | | | |\n| | type | name | label | parameters |\n| | image | q | Q | max-pixels=big |",
    );
    assert!(wrong.errors().contains("max-pixels 要是整数"));
    let unknown = sheets(
        "| survey | | | | |\n| | type | name | label | parameters |\n| | image | q | Q | max-pixel=1 foo=2 |",
    );
    assert!(unknown.warnings().contains("是不是想写 max-pixels？"));
    assert!(unknown.warnings().contains("没有“foo”这个参数"));
}

#[test]
fn a_picture_is_cut_to_what_a_certificate_asks_for() {
    let image = |parameters: &str| {
        sheets(&format!(
            "| survey | | | | |\n| | type | name | label | parameters |\n| | image | q | Q | {parameters} |"
        ))
    };
    let definition = image("crop=352x440 min-kb=20 max-kb=50").definition();
    let written: Vec<_> =
        find(&definition, "q").parameters.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(written, ["crop", "min-kb", "max-kb"]);
    for (parameters, told) in [
        ("crop=large", "crop 要写宽和高，16 到 4096 像素，不能是“large”"),
        ("crop=352x440 min-kb=few", "min-kb 要是正整数，不能是“few”"),
        ("crop=352x440 min-kb=50 max-kb=20", "没有照片能又不小于 min-kb、又不大于 max-kb"),
        ("max-kb=20", "min-kb、max-kb 要和 crop 一起写"),
    ] {
        let errors = image(parameters).errors();
        assert!(errors.contains(told), "{parameters}: {errors}");
    }
}
