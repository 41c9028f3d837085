use form::surroundings::Fixed;

use super::*;
use crate::filling::Pages;

const OLDER: &str = "\
survey,,,,
,type,name,label,relevant
,begin group,home,家庭情况,
,text,who,户主,
,integer,people,家庭人数,
,select_one water,drinks,饮水来源,
,end group,,,
,begin repeat,m,家庭成员,
,text,m_name,姓名,
,image,m_photo,证件照片,
,end repeat,,,
,begin group,reach,联系方式,
,text,tel,电话,
,text,mail,邮箱,${tel} = ''
,end group,,,
choices,,,,
,list_name,name,label,
,water,tap,自来水,
,water,well,井水,
";

const NEWER: &str = "\
survey,,,
,type,name,label
,begin group,about,这张表
,text,why,为什么办
,end group,,
,begin group,home,家庭情况
,text,who,户主姓名
,select_one water,drinks,喝什么水
,end group,,
,begin repeat,m,家庭成员
,text,m_name,姓名
,end repeat,,
,begin group,reach,联系方式
,text,tel,电话
,end group,,
choices,,,
,list_name,name,label
,water,tap,自来水
,water,motor,机井
";

fn clock() -> Rc<Fixed> {
    Rc::new(Fixed::at(form::Moment::from_unix_timestamp(1_795_400_000).unwrap()))
}

fn form(sheets: &str) -> Rc<Form> {
    Rc::new(xlsform::read(sheets.as_bytes(), &xlsform::NoFiles).unwrap())
}

fn answer(session: &mut Session, near: InstanceId, name: &str, value: &str) {
    let node = session.form().find(name).unwrap();
    let at = session.nearest(near, node).unwrap();
    session.answer(at, value).unwrap();
}

/// A household of two, filled in with the older form.
fn household() -> Session {
    let mut session = Session::start(form(OLDER), clock());
    let root = session.root();
    // Asked only as long as there is no telephone.
    answer(&mut session, root, "mail", "wang@example.cn");
    for (name, value) in
        [("who", "王秀兰"), ("people", "5"), ("drinks", "well"), ("tel", "13900000000")]
    {
        answer(&mut session, root, name, value);
    }
    let list = session.nearest(root, session.form().find("m").unwrap()).unwrap();
    let (first, (second, _)) = (session.rows(list)[0], session.add_row(list).unwrap());
    answer(&mut session, first, "m_name", "王秀兰");
    answer(&mut session, second, "m_name", "王小雨");
    answer(&mut session, second, "m_photo", "a.jpg b.jpg");
    session
}

fn page_that_asks(session: &Session, plan: &Plan, name: &str) -> Address {
    let at = session.nearest(session.root(), session.form().find(name).unwrap()).unwrap();
    plan.address(session, plan.locate(session, at).unwrap())
}

fn renewed(older: &Session, place: Option<&Address>) -> Renewal {
    let plan = Plan::of(older.form(), Pages::Few, clock());
    Renewal::of(older, &plan, place, form(NEWER), clock())
}

#[test]
fn what_could_not_be_carried_is_told_in_the_words_that_the_person_knew() {
    let told: Vec<_> = renewed(&household(), None)
        .left
        .into_iter()
        .map(|line| (line.label, line.value, line.pictures.join(" "), line.why))
        .collect();
    let line = |label: &str, value: &str, pictures: &str, why| {
        (label.to_owned(), value.to_owned(), pictures.to_owned(), why)
    };
    assert_eq!(
        told,
        [
            line("家庭人数", "5", "", "新表不问这一项了"),
            line("饮水来源", "井水", "", "新表没有这个选项，请重新选"),
            line("2/2 · 证件照片", "2 张照片", "a.jpg b.jpg", "新表不问这一项了"),
        ],
        "and nothing of the address that was not asked for any more"
    );
}

#[test]
fn the_person_goes_on_at_the_page_that_asks_what_they_were_asked() {
    let older = household();
    let plan = Plan::of(older.form(), Pages::Few, clock());
    let place = page_that_asks(&older, &plan, "tel");
    let renewal = renewed(&older, Some(&place));
    let there = page_that_asks(&renewal.session, &renewal.plan, "tel");
    assert_ne!(place, there, "a page was put before it");
    assert_eq!(renewal.place, Some(there));
}

#[test]
fn what_both_forms_ask_is_there() {
    let renewal = renewed(&household(), None);
    let values = renewal.session.draft();
    assert_eq!(values.value("home/who"), Some("王秀兰"));
    assert_eq!(values.value("reach/tel"), Some("13900000000"));
    assert_eq!(values.rows("m").len(), 2);
    assert_eq!(values.value("home/drinks"), None);
}
