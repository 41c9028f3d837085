//! Documents as people hold them: what one reads in the file is what was said.
#![allow(clippy::unwrap_used)] // A test ends where something is not as it must be.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use document::{Document, FontFile, Fonts, NotDrawn, Pdf};
use proptest::prelude::*;
use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

struct OnDisk(PathBuf);

impl FontFile for OnDisk {
    fn read(&self) -> Option<Vec<u8>> {
        fs::read(&self.0).ok()
    }
}

/// Debian's fonts-noto-cjk and fonts-hanazono, as `xtask` installs them.
fn fonts(names: &[&str]) -> Fonts {
    let folder = Path::new("/usr/share/fonts");
    Fonts::of(names.iter().map(|name| Box::new(OnDisk(folder.join(name))) as Box<dyn FontFile>))
}

const SERIF: &str = "opentype/noto/NotoSerifCJK-Regular.ttc";
const BOLD: &str = "opentype/noto/NotoSerifCJK-Bold.ttc";
const HANA_A: &str = "truetype/hanazono/HanaMinA.ttf";
const HANA_B: &str = "truetype/hanazono/HanaMinB.ttf";

static ALL: LazyLock<Fonts> = LazyLock::new(|| fonts(&[SERIF, BOLD, HANA_A, HANA_B]));

fn document() -> Document {
    let day = Date::from_calendar_date(2026, Month::November, 23).unwrap();
    let at = PrimitiveDateTime::new(day, Time::from_hms(10, 5, 0).unwrap());
    Document {
        title: "不予批准决定书".into(),
        number: "青政服〔2026〕7号".into(),
        issuer: "青禾镇人民政府".into(),
        office: "综合办公室".into(),
        addressee: "张三".into(),
        case: "529999101000261123000370000017".into(),
        item: "临时救助".into(),
        body: vec![
            "您于2026年11月20日提出的“临时救助”申请，经审查，决定不予批准。理由如下：".into(),
            "入户核查时家里没有遇到急难。".into(),
        ],
        grounds: vec!["《社会救助暂行办法》".into()],
        remedies: vec!["可以自收到之日起 60 日内申请行政复议。".into()],
        at: at.assume_offset(UtcOffset::from_hms(8, 0, 0).unwrap()),
        proof: "https://xst.example.cn/proof/ABCDEFGHIJKLMNOPQRSTUVWXYZ".into(),
        is_demonstration: true,
    }
}

/// What stands in a file, without the spaces that come of where lines end.
fn read(pdf: &Pdf) -> String {
    let text = pdf_extract::extract_text_from_mem(&pdf.bytes).unwrap();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn drawn(document: &Document) -> Pdf {
    document.draw(&ALL).unwrap()
}

#[test]
fn a_document_says_all_that_it_has_to_say() {
    let document = document();
    let pdf = drawn(&document);
    if let Ok(path) = std::env::var("XST_KEEP_PDF") {
        fs::write(path, &pdf.bytes).unwrap();
    }
    assert_eq!(pdf.pages, 1);
    let text = read(&pdf);
    for said in [
        "不予批准决定书",
        "青政服〔2026〕7号",
        "青禾镇人民政府",
        "张三：",
        "529999101000261123000370000017",
        "入户核查时家里没有遇到急难。",
        "依据：《社会救助暂行办法》。",
        "可以自收到之日起60日内申请行政复议。",
        "2026年11月23日",
        "https://xst.example.cn/proof/ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "演示用的文书，没有法律效力",
        "—1—",
    ] {
        let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains(&said), "{said} is not in {text}");
    }
}

#[test]
fn rare_characters_of_names_stand_as_they_are() {
    // Plane 2, of which Noto has some and 花园明朝 the rest; and the longest of names.
    for name in [
        "𠮷野𪚥",
        "𫞩㐂䶮",
        "买买提·阿卜杜热合曼·阿卜杜拉·玉素甫·吾布力喀斯木·依米提·艾则孜·图尔荪江·麦麦提明·买合木提江",
    ] {
        let document = Document { addressee: name.into(), ..document() };
        let text = read(&drawn(&document));
        assert!(text.contains(&format!("{name}：")), "{name} is not in {text}");
    }
}

#[test]
fn what_no_font_has_is_told_and_never_drawn_as_a_box() {
    let without = fonts(&[SERIF, BOLD]);
    let document = Document { addressee: "𪚥三".into(), ..document() };
    let not_drawn = document.draw(&without).unwrap_err();
    assert_eq!(not_drawn, NotDrawn::Missing(vec!['𪚥']));
    assert!(not_drawn.to_string().contains("𪚥（U+2A6A5）"));
    let NotDrawn::Missing(all) = document.draw(&fonts(&[])).unwrap_err() else { panic!() };
    assert!(all.contains(&'张') || all.contains(&'三'), "without any font all is missing");
}

#[test]
fn what_people_write_is_never_markup() {
    let wicked = r##"#panic("不") $x^2$ *粗* _斜_ @引用 <标> \ `码` = 题 - 项 #sys.inputs //注 /*注*/ "引""##;
    let document = Document {
        body: vec![wicked.into(), "前一行\r\n#include \"/etc/passwd\"".into()],
        addressee: "#set text(size: 0pt)".into(),
        number: "#import \"@preview/x:1.0.0\"〔2026〕7号".into(),
        issuer: "青禾镇*人民*".into(),
        ..document()
    };
    let text = read(&drawn(&document));
    for said in [
        wicked,
        "#include \"/etc/passwd\"",
        "#settext(size:0pt)：",
        "#import\"@preview/x:1.0.0\"〔2026〕7号",
    ] {
        let said: String = said.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains(&said), "{said} is not in {text}");
    }
}

#[test]
fn nothing_turns_the_order_of_what_is_read_around() {
    let document = Document { addressee: "张\u{202e}三\u{0}\u{7}四".into(), ..document() };
    assert!(read(&drawn(&document)).contains("张三四："));
}

#[test]
fn long_reasons_go_on_on_further_pages() {
    let document = Document { body: vec!["理由很长。".repeat(600)], ..document() };
    let pdf = drawn(&document);
    assert!(pdf.pages > 3);
    let text = read(&pdf);
    assert!(text.contains("—2—"));
    let whole = (1..=pdf.pages).fold(text, |text, page| text.replace(&format!("—{page}—"), ""));
    assert_eq!(whole.matches("理由很长。").count(), 600);
}

#[test]
fn an_address_that_no_code_holds_is_told() {
    let document = Document { proof: "https://x/".repeat(400), ..document() };
    assert_eq!(document.draw(&ALL).unwrap_err(), NotDrawn::LongAddress);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn the_same_document_is_the_same_bytes(
        addressee in "[一-龥·]{1,12}",
        reasons in "[ -~一-龥\n]{0,120}",
        minute in 0i64..1_000_000,
    ) {
        let at = OffsetDateTime::UNIX_EPOCH + time::Duration::minutes(29_000_000 + minute);
        let document = Document { addressee, body: vec![reasons], at, ..document() };
        let (one, other) = (document.draw(&ALL), document.clone().draw(&ALL));
        prop_assert!(one.is_ok(), "{one:?}");
        prop_assert_eq!(one, other);
    }
}
