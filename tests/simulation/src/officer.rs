//! Officers, who work cases while phones are out of reach.

use casework::{Act, Outcome, Record};
use protocol::CaseNumber;
use protocol::fact::Correction;
use server::{NotDone, OfficerAct, Server};
use time::{Duration, OffsetDateTime};

use crate::chance::Chance;

/// Of the simulated pack.
const ACCOUNT: &str = "zhaolei";

/// Looks at a case and does something to it, now and then on what was seen a while ago.
pub(crate) async fn work(
    server: &Server,
    case: CaseNumber,
    chance: &Chance,
    now: OffsetDateTime,
) -> Result<(), NotDone> {
    if chance.percent(50) {
        server.do_what_is_due().await?;
    }
    let mut seen = server.look_at_case(ACCOUNT, &case).await?;
    if chance.percent(10) {
        seen = seen.saturating_sub(1 + chance.below(3));
    }
    let act = match chance.below(10) {
        0..=4 => OfficerAct::Return {
            words: "有一处要改".into(),
            corrections: vec![Correction { path: "lamp/where".into(), words: "写清楚".into() }],
            until: now + Duration::days(1 + chance.below(15) as i64),
        },
        5..=6 if chance.percent(50) => worked(Outcome::Granted),
        5..=6 => worked(Outcome::Refused),
        7..=8 => worked(Outcome::Done),
        _ => return Ok(()),
    };
    server.act_on_case(ACCOUNT, &case, seen, act).await
}

fn worked(outcome: Outcome) -> OfficerAct {
    let record = Record::Words("周五去修".to_owned());
    OfficerAct::Case(Act::Work { outcome, record })
}
