//! Officers, who work cases while phones are out of reach.

use protocol::CaseNumber;
use protocol::fact::Correction;
use server::{NotDone, OfficerAct, Server};

use crate::chance::Chance;

/// Of the simulated pack.
const ACCOUNT: &str = "zhaolei";

/// Looks at a case and does something to it, now and then on what was seen a while ago.
pub(crate) async fn work(
    server: &Server,
    case: CaseNumber,
    chance: &Chance,
) -> Result<(), NotDone> {
    let mut seen = server.look_at_case(ACCOUNT, &case).await?;
    if chance.percent(10) {
        seen = seen.saturating_sub(1 + chance.below(3));
    }
    let act = match chance.below(10) {
        0..=4 => OfficerAct::Return {
            words: "有一处要改".into(),
            corrections: vec![Correction { path: "lamp/where".into(), words: "写清楚".into() }],
        },
        5..=6 => {
            OfficerAct::Decide { is_granted: chance.percent(50), words: "周五去修".into() }
        }
        7..=8 => OfficerAct::Finish,
        _ => return Ok(()),
    };
    server.act_on_case(ACCOUNT, &case, seen, act).await
}
