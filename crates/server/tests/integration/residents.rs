//! What the township knows of its people: an office brings a table, clerks' phones get their village.

use protocol::pack::Roster;
use protocol::{Digest, Holder, RosterAnswer, ServerTime, decode};
use server::{Chain, Server};

use crate::material::{PEOPLE, household};
use crate::officer::{Officer, Page};
use crate::phone::Phone;
use crate::township::TestTownship;

/// Who keeps the roster.
const KEEPER: &str = "zhoumin";

const TABLE: &str = "\
户编号,姓名,证件号码,村（社区）,联系电话,血型
1,示例甲,529999197001010247,示例一村,13900000001,A
1,示例乙,529999194508070018,示例一村,,B
2,示例丙,529999199911123733,示例二村,,O
";

fn server(township: &TestTownship) -> &Server {
    township.server.as_deref().unwrap()
}

async fn brought(officer: &Officer, table: &str) -> Page {
    officer.bring_table(table.as_bytes()).await
}

async fn confirmed(officer: &Officer) -> Page {
    let token = officer.get("/console/residents").await.all("name=\"csrf\" value").remove(0);
    let answer = officer.post("/console/residents/confirm", format!("csrf={token}")).await;
    Page::of(answer).await
}

async fn phone_of(township: &TestTownship, account: &str) -> Phone {
    let phone = township.phone().await;
    let device = phone.key.public().device_id();
    let holder = Holder::Officer(account.to_owned());
    server(township).certify_device(device, holder, 30).await.unwrap();
    phone
}

fn now(township: &TestTownship) -> ServerTime {
    use server::Clock as _;
    township.clock.now()
}

fn given(answer: RosterAnswer) -> Roster {
    let RosterAnswer::Given(bytes) = answer else { panic!("{answer:?}") };
    decode(&bytes).unwrap()
}

#[tokio::test]
async fn what_an_office_brings_it_sees_first_and_each_clerks_phone_gets_its_own_village() {
    let township = TestTownship::start().await;
    let keeper = township.officer(KEEPER).await;
    let (one, other) = (phone_of(&township, "cun1").await, phone_of(&township, "cun2").await);
    let preview = brought(&keeper, TABLE).await;
    assert!(preview.has("data-preview") && preview.has("新增 2 户") && preview.has("血型"));
    assert!(!preview.has("示例甲"), "no page shows anybody");
    let before = one.ask_roster(now(&township), None).await;
    assert_eq!(before, RosterAnswer::None, "it is not taken yet");

    assert!(confirmed(&keeper).await.has("data-taken"));
    let roster = given(one.ask_roster(now(&township), None).await);
    let [household] = &roster.households[..] else { panic!("{roster:?}") };
    let names = household.people.iter().map(|person| roster.of(person, Roster::NAME));
    assert!(names.eq([Some("示例甲"), Some("示例乙")]));
    let phone = roster.of(&household.people[0], "phone");
    assert_eq!(phone, Some("13900000001"));
    assert!(!roster.columns.iter().any(|column| column == "血型"), "nobody asks for that");
    let others = given(other.ask_roster(now(&township), None).await);
    assert_eq!(others.of(&others.households[0].people[0], Roster::NAME), Some("示例丙"));

    let known = Some(Digest::of(&protocol::encode(&roster)));
    assert_eq!(one.ask_roster(now(&township), known).await, RosterAnswer::Same);
    let audit = township.officer("shenji").await.get("/console/audit").await;
    assert!(audit.has("新增 2 户") && audit.has("把本村台账装进手机"));
    assert!(matches!(server(&township).verify_audit().await.unwrap(), Chain::Whole(_)));
}

#[tokio::test]
async fn whoever_serves_no_village_is_given_nobody() {
    let township = TestTownship::start().await;
    server(&township).bring_roster(TABLE.as_bytes()).await.unwrap();
    let villager = township.phone().await;
    assert_eq!(villager.ask_roster(now(&township), None).await, RosterAnswer::None);
    let handler = phone_of(&township, KEEPER).await;
    assert_eq!(handler.ask_roster(now(&township), None).await, RosterAnswer::None);

    let clerk = phone_of(&township, "cun1").await;
    let kept = now(&township);
    given(clerk.ask_roster(kept, None).await);
    township.clock.forward(11);
    assert_eq!(clerk.ask_roster(kept, None).await, RosterAnswer::Stale, "a request that was kept");
    given(clerk.ask_roster(now(&township), None).await);
    let device = clerk.key.public().device_id();
    server(&township).revoke_device(device, "丢了").await.unwrap();
    assert_eq!(clerk.ask_roster(now(&township), None).await, RosterAnswer::None);
}

#[tokio::test]
async fn a_table_with_anything_wrong_in_it_changes_nothing() {
    let township = TestTownship::start().await;
    let keeper = township.officer(KEEPER).await;
    let wrong = TABLE.replace("529999199911123733", "529999199911123734");
    let page = brought(&keeper, &wrong).await;
    assert_eq!(page.status, 422);
    assert!(page.has("第 4 行 证件号码") && page.has("最后一位对不上"));
    assert!(!page.has("529999199911123734"));
    assert_eq!(confirmed(&keeper).await.status, 409, "there is nothing to take");
    assert!(keeper.get("/console/residents").await.has("还没有台账"));
}

#[tokio::test]
async fn what_changed_since_it_was_shown_is_shown_again() {
    let township = TestTownship::start().await;
    let keeper = township.officer(KEEPER).await;
    brought(&keeper, TABLE).await;
    let gone = TABLE.lines().filter(|line| !line.starts_with('2')).collect::<Vec<_>>().join("\n");
    let changes = server(&township).bring_roster(TABLE.as_bytes()).await.unwrap();
    assert_eq!(changes.new.len(), 2);
    assert_eq!(confirmed(&keeper).await.status, 409);

    let preview = brought(&keeper, &gone).await;
    assert!(preview.has("减少 0 户"), "of a village that it does not tell of, everybody stays");
    let moved = gone.replace("1,示例乙", "3,示例乙");
    let preview = brought(&keeper, &moved).await;
    assert!(preview.has("新增 1 户") && preview.has("1 户：少 1 人"));
    assert!(confirmed(&keeper).await.has("data-taken"));
    let page = keeper.get("/console/residents").await;
    assert!(page.has("<td>示例一村</td><td>2</td>") && page.has("<td>示例二村</td><td>1</td>"));
}

/// Somebody's table knows a household; the clerk who was there found another telephone number.
#[tokio::test]
async fn what_a_clerk_finds_otherwise_is_proposed_and_changes_nothing_before_somebody_says_so() {
    let township = TestTownship::start().await;
    let mut phone = phone_of(&township, "cun3").await;
    let mut villager = township.phone().await;
    let form = phone.form("ybcb").await;
    let told = household(&form, 1);
    let (_, id, _) = PEOPLE[0];
    let table =
        format!("户编号,姓名,证件号码,村（社区）,联系电话\n7,示例甲,{id},示例三村,010-12345678\n");
    server(&township).bring_roster(table.as_bytes()).await.unwrap();
    let keeper = township.officer(KEEPER).await;
    let sealed = villager.seal("ybcb", household(&form, 1));
    villager.deliver(&sealed).await;
    assert!(!keeper.get("/console/residents").await.has("data-proposals"), "nobody was there");

    let sealed = phone.seal("ybcb", told);
    let case = phone.deliver(&sealed).await.case.0;
    let page = keeper.get("/console/residents").await;
    assert!(page.has("联系电话：<del>010-12345678</del>") && page.has(&case));
    assert!(!page.has(id), "no more of a number than its end");
    let known = given(phone.ask_roster(now(&township), None).await);
    let person = &known.households[0].people[0];
    assert_eq!(known.of(person, "phone"), Some("010-12345678"), "nothing has changed");

    let (csrf, key) = (page.all("name=\"csrf\" value").remove(0), page.all("name=\"key\" value"));
    for (place, key) in key.iter().enumerate() {
        let what = if place == 0 { "take" } else { "leave" };
        let body = format!("csrf={csrf}&key={key}&case={case}&do={what}");
        assert_eq!(keeper.post("/console/residents/proposals", body).await.status(), 303);
        let again = format!("csrf={csrf}&key={key}&case={case}&do={what}");
        assert_eq!(keeper.post("/console/residents/proposals", again).await.status(), 409);
    }
    assert!(!keeper.get("/console/residents").await.has("data-proposals"));
    let stranger = township.officer("zhaolei").await;
    let body = format!("csrf={csrf}&key={}&case={case}&do=take", key[0]);
    assert_eq!(stranger.post("/console/residents/proposals", body).await.status(), 404);
    let changed = given(phone.ask_roster(now(&township), None).await);
    assert_ne!(changed, known, "what was taken is on the clerk's phone next");
}
