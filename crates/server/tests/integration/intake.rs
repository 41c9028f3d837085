//! Envelopes that come once, many times, altered, forged, or at a bad moment.

use std::fs;

use form::answers::Content;
use protocol::keys::verify;
use protocol::sync::RefusalReason;
use protocol::{Command, Envelope, Fact, Informed, Verdict, Withdrawal, decode, encode};

use crate::material::{household, report, street_light};
use crate::packs::until_changed;
use crate::phone::{Phone, photo, received};
use crate::township::TestTownship;

#[tokio::test]
async fn a_household_and_a_street_light_arrive_and_are_signed_for() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let household = phone.seal("ybcb", household(&phone.form("ybcb").await, 4));
    let light = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let answer = phone.sync(&[&household.bytes, &light.bytes], &[]).await;

    let receipt = received(&answer.verdicts[0]);
    let receipt = verify(receipt, &phone.pack.signing_keys[0]).unwrap();
    assert_eq!(receipt.envelope, household.envelope);
    assert_eq!(receipt.case.0, "529999101000261123000010000012");
    let states: Vec<_> = answer.facts.iter().map(|Fact::Case(state)| state).collect();
    assert_eq!(states.len(), 2);
    assert_eq!(states[0].office, "公共服务中心");
    insta::assert_snapshot!(states[0].words, @"镇里收到了，由公共服务中心办，最晚 11 月 24 日答复您。还有 5 个照片或录音在路上，有网就接着送");
    assert_eq!(states[1].office, "综合办公室");
    insta::assert_snapshot!(states[1].words, @"镇里收到了，由综合办公室办，最晚 11 月 26 日 10:00 答复您");

    let told: Vec<_> = answer.deliveries.iter().map(|state| state.envelope).collect();
    assert_eq!(told, [household.envelope], "the lamp has no files: its receipt says it all");
    let light = phone.delivery(light.envelope).await;
    assert!(light.completion.is_some(), "it is told to who asks");
}

#[tokio::test]
async fn what_is_told_of_a_child_needs_a_guardian_who_agreed() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let agreed = phone.informed.take();
    let form = phone.form("ybcb").await;
    let alone = phone.seal("ybcb", household(&form, 4));
    let answer = phone.sync(&[&alone.bytes], &[]).await;
    let Verdict::Refused(refusal) = &answer.verdicts[0] else { panic!("it was taken") };
    assert_eq!(refusal.reason, RefusalReason::Unfit);
    insta::assert_snapshot!(refusal.words, @"里面有未满 14 周岁的孩子，请监护人看过告知、点了同意再交");
    phone.informed = agreed;
    let agreed = phone.seal("ybcb", household(&form, 4));
    received(&phone.sync(&[&agreed.bytes], &[]).await.verdicts[0]);
}

#[tokio::test]
async fn the_office_reads_what_the_applicant_was_told_even_when_it_changed_since() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let (notice, said) = phone.notice("bxsj").await;
    phone.informed = phone.informed.map(|told| Informed { notice, guardian: None, ..told });
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let number = received(&answer.verdicts[0]).claim().unwrap().case.0;

    let township_toml = township.pack().join("township.toml");
    let changed = fs::read_to_string(&township_toml).unwrap().replace("镇里 15 个工作日内", "镇里");
    fs::write(&township_toml, changed).unwrap();
    let before = phone.pack.version;
    until_changed(&township.address, before).await;

    let officer = township.officer("zhaolei").await;
    let case = officer.get(&format!("/console/cases/{number}")).await;
    let path = format!("/console/notices/{notice}");
    assert!(case.has(&path));
    let page = officer.get(&path).await;
    assert!(said.points.iter().all(|point| page.has(&point.words)));
    assert_ne!(township.phone().await.notice("bxsj").await.0, notice);
}

#[tokio::test]
async fn a_repeated_envelope_makes_one_case() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let first = phone.sync(&[&sealed.bytes, &sealed.bytes], &[]).await;
    let second = phone.sync(&[&sealed.bytes], &[]).await;
    let receipts = first.verdicts.iter().chain(&second.verdicts).map(|one| encode(received(one)));
    let receipts: Vec<_> = receipts.collect();
    assert_eq!(receipts.len(), 3);
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "byte for byte");
    assert!(second.facts.is_empty(), "nothing happened a second time");
    assert_eq!(township.officer("zhaolei").await.get("/console").await.all("data-case").len(), 1);
}

/// opencrvs/opencrvs-core#2936: the answer was lost: the first record kept loading though the
/// server had it, and then was there twice.
#[tokio::test]
async fn responses_dropped_ten_times_make_one_case_and_one_receipt() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    for _ in 0..10 {
        // Nobody reads what the township answers.
        drop(phone.send(&[&sealed.bytes], &[]).await);
    }
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let receipt = received(&answer.verdicts[0]).claim().unwrap();
    assert!(receipt.case.0.contains("000001"), "the first case of its day: {:?}", receipt.case);
    assert_eq!(answer.facts.len(), 1);
    assert_eq!(township.officer("zhaolei").await.get("/console").await.all("data-case").len(), 1);
}

/// kobotoolbox/kobocat#470, kobotoolbox/kobocat#859, kobotoolbox/kpi#5047: what a phone sent again while
/// it was still being taken in became two submissions, for six years.
#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_that_comes_over_many_connections_at_once_makes_one_case() {
    let township = TestTownship::start().await;
    let beside = township.another_server().await;
    let (phone, carrier) = (township.phone().await, Phone::new(&beside.address).await);
    let form = phone.form("bxsj").await;
    for cases in 1..=5 {
        let sealed = phone.seal("bxsj", street_light(&form));
        let sends = async |phone: &Phone| {
            // Where another was faster it is told to come again.
            loop {
                let answer = phone.send(&[&sealed.bytes], &[]).await.bytes().await.unwrap();
                match &decode::<protocol::SyncAnswer>(&answer).unwrap().verdicts[0] {
                    Verdict::Received(receipt) => break encode(receipt),
                    Verdict::Refused(why) => assert_eq!(why.reason, RefusalReason::Later),
                }
            }
        };
        let sent = [&phone, &carrier].into_iter().cycle().take(16).map(sends);
        let receipts = futures_util::future::join_all(sent).await;
        assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "byte for byte");
        let desk = township.officer("zhaolei").await.get("/console").await;
        assert_eq!(desk.all("data-case").len(), cases);
    }
}

/// getodk/central#794: what was sent again after the office had done away with it got no answer that
/// ends the sending, and a phone went on for ever.
#[tokio::test]
async fn what_comes_again_after_its_case_has_ended_gets_its_receipt_and_begins_nothing() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let answers = street_light(&phone.form("bxsj").await).answers;
    let submission = phone.submission("bxsj", answers, Vec::new());
    let application = submission.application;
    let sealed = phone.seal_command(Command::Submit(submission));
    let answer = phone.sync(&[&sealed.bytes], &[]).await;
    let Fact::Case(state) = &answer.facts[0];
    let (seen, reason) = (state.version.unwrap(), "修好了".to_owned());
    let withdrawal = Command::Withdraw(Withdrawal { application, seen, reason });
    phone.deliver(&phone.seal_command(withdrawal)).await;

    let again = phone.sync(&[&sealed.bytes], &[]).await;
    assert_eq!(again.verdicts, answer.verdicts, "the same receipt, byte for byte");
    assert!(again.facts.is_empty(), "nothing happened");
    phone.forget_what_was_heard();
    let Fact::Case(last) = phone.sync(&[], &[]).await.facts.pop().unwrap();
    assert_eq!(last.stage, "withdrawn");
}

/// avniproject/avni-server#902: two workers registered the same person without a network, and one
/// registration stood in the way of the other.
#[tokio::test]
async fn two_who_report_the_same_without_a_network_both_arrive_and_the_office_sees_both() {
    let township = TestTownship::start().await;
    let (mut one, mut other) = (township.phone().await, township.phone().await);
    let mut cases = Vec::new();
    for phone in [&mut one, &mut other] {
        let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
        cases.push(phone.deliver(&sealed).await.case.0);
    }
    let officer = township.officer("zhaolei").await;
    // 示例甲, whom both name.
    let found = officer.get("/console?q=%E7%A4%BA%E4%BE%8B%E7%94%B2").await;
    let mut found = found.all("data-case");
    found.sort();
    assert_eq!(found, cases);
}

#[tokio::test]
async fn many_phones_at_once_each_get_a_number_of_their_own() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let sealed: Vec<_> = (0..40).map(|_| phone.seal("bxsj", street_light(&form))).collect();
    let parcels: Vec<_> = sealed.chunks(4).collect();
    let sent = parcels.iter().map(|parcel| async {
        let bytes: Vec<_> = parcel.iter().map(|one| one.bytes.as_slice()).collect();
        let response = phone.send(&bytes, &[]).await.bytes().await.unwrap();
        decode::<protocol::SyncAnswer>(&response).unwrap().verdicts
    });
    let verdicts = futures_util::future::join_all(sent).await;
    let mut numbers: Vec<_> =
        verdicts.iter().flatten().map(|one| received(one).claim().unwrap().case.0).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 40);
    assert_eq!(phone.sync(&[], &[]).await.facts.len(), 40, "and the phone hears of each");
}

#[tokio::test]
async fn an_altered_envelope_is_refused_kept_and_explained() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let mut altered: Envelope = decode(&sealed.bytes).unwrap();
    let middle = altered.sealed.len() / 2;
    altered.sealed[middle] ^= 1;
    let altered = encode(&altered);
    let refusal = phone.refusal(&altered).await;
    assert_eq!(refusal.reason, RefusalReason::Unopenable);
    assert_eq!(refusal.seen, protocol::Digest::of(&altered));
    insta::assert_snapshot!(refusal.words, @"这份申请在路上损坏或被改过，镇里打不开。手机会再送一次");

    let officer = township.officer("zhaolei").await;
    let page = officer.get("/console/refused").await;
    assert_eq!(page.all("data-refused"), [refusal.seen.to_string()]);
    assert!(page.has("打不开：路上损坏或被改过"));

    // Unaltered, over another connection, it is taken; and the office sees that it was.
    phone.deliver(&sealed).await;
    assert!(officer.get("/console/refused").await.has("同一封后来完好送到了"));
}

/// opencrvs/opencrvs-core#2576: one application that was stuck in the outbox blocked all after it.
#[tokio::test]
async fn bytes_that_are_no_envelope_do_not_block_those_beside_them() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let answer = phone.sync(&[b"nonsense", &sealed.bytes], &[]).await;
    assert!(matches!(&answer.verdicts[0], Verdict::Refused(refusal)
        if refusal.reason == RefusalReason::Unopenable));
    assert!(matches!(answer.verdicts[1], Verdict::Received(_)));
}

/// SanaMobile/vaccine_registry#83: what one person had made offline was sent as the next one's.
#[tokio::test]
async fn an_order_resealed_by_another_phone_is_refused() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let mut envelope: Envelope = decode(&sealed.bytes).unwrap();
    envelope.id = protocol::EnvelopeId::from_bytes([7; 16]);
    let refusal = phone.refusal(&encode(&envelope)).await;
    assert_eq!(refusal.reason, RefusalReason::Unopenable);
}

#[tokio::test]
async fn calculated_totals_that_differ_are_refused() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let mut filled = household(&phone.form("ybcb").await, 2);
    let total = filled.answers.0.iter_mut().find(|entry| entry.name == "total").unwrap();
    assert_eq!(total.content, Content::Value("800".into()));
    total.content = Content::Value("8".into());
    let sealed = phone.seal("ybcb", filled);
    let refusal = phone.refusal(&sealed.bytes).await;
    assert_eq!(refusal.reason, RefusalReason::Unfit);
    insta::assert_snapshot!(refusal.words, @"手机算出来的和镇里算的不一样，请更新后重新交");
    let page = township.officer("zhoumin").await.get("/console/refused").await;
    assert!(page.has("算出来的不一样：total"), "the office sees which, and no answer");
}

#[tokio::test]
async fn answers_that_do_not_fulfil_the_form_are_refused() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let mut filled = street_light(&phone.form("bxsj").await);
    filled.answers.0.retain(|entry| entry.name != "vil");
    let refusal = phone.refusal(&phone.seal("bxsj", filled).bytes).await;
    assert_eq!(refusal.reason, RefusalReason::Unfit);
    insta::assert_snapshot!(refusal.words, @"「所在村」没有填对，请改了重新交");
}

/// kobotoolbox/kobocat#432: attachments were missing, and nothing said which, or that any were.
#[tokio::test]
async fn a_manifest_must_name_the_files_that_the_answers_name() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let filled = household(&phone.form("ybcb").await, 1);
    let strange = vec![photo("card-0.jpg".into(), 10), photo("other.jpg".into(), 10)];
    let refusal = phone.refusal(&phone.seal_with("ybcb", filled.answers, strange).bytes).await;
    assert_eq!(refusal.reason, RefusalReason::Unfit);
}

/// getodk/collect#5317, enketo/enketo#1405: a first part was sent, then the person edited: the same
/// id with other content was refused for ever.
#[tokio::test]
async fn the_same_application_in_another_envelope_is_refused() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("ybcb").await;
    let first = phone.seal("ybcb", household(&form, 1));
    phone.deliver(&first).await;
    // Another application that claims a file of the first.
    let files = vec![photo("card-0.jpg".into(), 10), photo("sign.png".into(), 10)];
    let mut files: Vec<_> = files;
    files[0].0.id = first.files[0].id;
    let second = phone.seal_with("ybcb", household(&form, 1).answers, files);
    assert_eq!(phone.refusal(&second.bytes).await.reason, RefusalReason::Conflicting);
    assert_eq!(township.officer("zhoumin").await.get("/console").await.all("data-case").len(), 1);
}

#[tokio::test]
async fn facts_are_told_only_to_the_device_that_signed() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let mut neighbour = township.phone().await;
    let sealed = phone.seal("bxsj", street_light(&phone.form("bxsj").await));
    let answer = neighbour.sync(&[&sealed.bytes], &[]).await;
    assert!(matches!(answer.verdicts[0], Verdict::Received(_)), "anyone may carry");
    assert!(answer.facts.is_empty());
    assert_eq!(phone.sync(&[], &[]).await.facts.len(), 1);

    // Somebody who names a device and cannot sign for it hears nothing.
    let mut forged = encode(&phone.key.sign(&protocol::SyncRequest {
        version: protocol::sync::VERSION,
        township: phone.pack.township.clone(),
        device: phone.key.public(),
        sent_at: protocol::DeviceTime { unix_ms: 0, offset_minutes: 0 },
        cursor: None,
        envelopes: Vec::new(),
        open: Vec::new(),
    }));
    *forged.last_mut().unwrap() ^= 1;
    let answer = neighbour.post(forged).await.bytes().await.unwrap();
    assert!(decode::<protocol::SyncAnswer>(&answer).unwrap().facts.is_empty());
}

#[tokio::test]
async fn a_full_disk_says_so_and_loses_nothing() {
    let mut township = TestTownship::start().await;
    if township.is_on_postgres() {
        return;
    }
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let sealed: Vec<_> = (0..100).map(|_| phone.seal("bxsj", street_light(&form))).collect();
    let all: Vec<_> = sealed.iter().map(|one| one.bytes.as_slice()).collect();
    let kept = phone.deliver(&sealed[0]).await;
    township.restart_with_limit(Some(4096)).await;
    phone.turn_to(&township.address);
    let verdicts = phone.sync(&all, &[]).await.verdicts;
    let refused = verdicts.iter().find_map(|verdict| match verdict {
        Verdict::Refused(refusal) => Some(refusal),
        Verdict::Received(_) => None,
    });
    let refusal = refused.expect("a database of this size does not hold a hundred");
    assert_eq!(refusal.reason, RefusalReason::Later);
    insta::assert_snapshot!(refusal.words, @"镇里的服务器这会儿存不下，您的申请还在手机里，过一会儿自动再送");
    assert_eq!(phone.deliver(&sealed[0]).await, kept, "what was kept is still answered for");

    township.restart_with_limit(None).await;
    phone.turn_to(&township.address);
    let verdicts = phone.sync(&all, &[]).await.verdicts;
    assert!(verdicts.iter().all(|verdict| matches!(verdict, Verdict::Received(_))));
    let desk = township.officer("zhaolei").await.get("/console").await;
    assert_eq!(desk.all("data-case").len(), 100);
}

#[tokio::test]
async fn danger_goes_to_the_safety_office() {
    let township = TestTownship::start().await;
    let mut phone = township.phone().await;
    let form = phone.form("bxsj").await;
    let answers = [("cat", "road"), ("sub", "slide"), ("danger", "yes")];
    let sealed = phone.seal("bxsj", report(&form, &answers));
    let Fact::Case(state) = phone.sync(&[&sealed.bytes], &[]).await.facts.remove(0);
    assert_eq!(state.office, "安监站");
}
