//! What stands against something that somebody wants of a case, having seen it some time ago. Nobody
//! writes over what they have not seen: whoever wants something names how many events of the case they
//! had seen, and what happened after that is looked at, kind by kind. The table is in `docs/wire.md`.

use super::event::Event;
use super::stage::Stage;

/// What somebody wants of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The applicant hands it in anew.
    Supplement,
    /// The applicant takes it back.
    Withdraw,
    /// The applicant rates it.
    Rate,
    /// Whoever was asked to look tells what they found.
    Visit,
    /// An officer says no less than yes, no, or what is to be corrected.
    Judge,
    /// An officer asks somebody to look.
    AskVisit,
    /// An officer closes it.
    Finish,
}

/// Why it is not so any more, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    Returned,
    Supplemented,
    Decided,
    Finished,
    Withdrawn,
    Visited,
    /// It is not decided yet.
    Undecided,
    /// It is not finished yet.
    Unfinished,
    Rated,
    /// Whoever wants it has seen more than the township knows: it was restored from a backup.
    Restored,
}

impl Obstacle {
    /// What happened, as one tells it to anybody.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Returned => "镇里又请申请人补正",
            Self::Supplemented => "申请人又补正过一次",
            Self::Decided => "镇里已经有了决定",
            Self::Finished => "这一件已经办结",
            Self::Withdrawn => "这一件已经撤回",
            Self::Visited => "去核查的人交来了结果",
            Self::Undecided => "这一件还没有决定",
            Self::Unfinished => "这一件还没有办结",
            Self::Rated => "这一件已经评过，一件只评一次",
            Self::Restored => "镇里的记录从备份恢复过",
        }
    }

    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::Returned { .. } => Some(Self::Returned),
            Event::Supplemented { .. } => Some(Self::Supplemented),
            Event::Decided { .. } => Some(Self::Decided),
            Event::Finished { .. } => Some(Self::Finished),
            Event::Withdrawn { .. } => Some(Self::Withdrawn),
            Event::Visited { .. } => Some(Self::Visited),
            Event::Received { .. }
            | Event::FilesComplete
            | Event::Opened { .. }
            | Event::Noted { .. }
            | Event::Rated { .. }
            | Event::VisitAsked { .. } => None,
        }
    }
}

impl Wish {
    /// What stands against it: at a case that is at `stage`, whose `events` all are here, for somebody
    /// who had seen so many of them.
    pub(crate) fn obstacle(self, stage: Stage, events: &[Event], seen: u64) -> Option<Obstacle> {
        if self == Self::Rate {
            let is_rated = events.iter().any(|event| matches!(event, Event::Rated { .. }));
            return match stage {
                Stage::Finished if is_rated => Some(Obstacle::Rated),
                Stage::Finished => None,
                _ => Some(Obstacle::Unfinished),
            };
        }
        let since = usize::try_from(seen).ok().and_then(|seen| events.get(seen..));
        let Some(since) = since else { return Some(Obstacle::Restored) };
        let happened = since.iter().filter_map(Obstacle::of);
        happened.rev().find(|obstacle| self.heeds(*obstacle)).or_else(|| self.misses(stage))
    }

    /// Whether who wants this must have seen that.
    fn heeds(self, obstacle: Obstacle) -> bool {
        match (self, obstacle) {
            // An applicant knows what they sent themselves.
            (Self::Withdraw, Obstacle::Supplemented) => false,
            (Self::Supplement | Self::Withdraw | Self::Visit, Obstacle::Visited) => false,
            // What was found is found, whatever the applicant is asked.
            (Self::Visit, Obstacle::Returned) => false,
            _ => true,
        }
    }

    /// What the stage lacks.
    fn misses(self, stage: Stage) -> Option<Obstacle> {
        match stage {
            Stage::Finished => Some(Obstacle::Finished),
            Stage::Withdrawn => Some(Obstacle::Withdrawn),
            stage if self == Self::Finish => (!stage.is_decided()).then_some(Obstacle::Undecided),
            stage if stage.is_decided() => Some(Obstacle::Decided),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{DeviceId, DeviceTime, EnvelopeId, Finding};

    use super::super::event::Said;
    use super::*;

    fn envelope() -> EnvelopeId {
        EnvelopeId::from_bytes([1; 16])
    }

    fn at() -> DeviceTime {
        DeviceTime { unix_ms: 0, offset_minutes: 480 }
    }

    fn received() -> Event {
        Event::Received { envelope: envelope(), office: "gg".into(), finished_at: at() }
    }

    fn opened() -> Event {
        Event::Opened { by: "zhoumin".into() }
    }

    fn noted() -> Event {
        Event::Noted { by: "zhoumin".into(), words: "打过电话".into() }
    }

    fn returned() -> Event {
        Event::Returned { by: "zhoumin".into(), said: Said::default() }
    }

    fn supplemented() -> Event {
        Event::Supplemented { envelope: envelope(), finished_at: at() }
    }

    fn decided() -> Event {
        Event::Decided { by: "zhoumin".into(), is_granted: true, said: Said::default() }
    }

    fn finished() -> Event {
        Event::Finished { by: "zhoumin".into() }
    }

    fn withdrawn() -> Event {
        Event::Withdrawn { envelope: envelope(), reason: String::new() }
    }

    fn visited() -> Event {
        Event::Visited {
            device: DeviceId([2; 16]),
            who: "一村文书".into(),
            envelope: envelope(),
            finding: Finding::AsStated,
            words: String::new(),
            visited_at: at(),
        }
    }

    /// What stands against `wish` where `then` happened after it was seen.
    fn against(wish: Wish, then: &[Event]) -> Option<Obstacle> {
        let before = [received(), opened()];
        let events: Vec<Event> = before.iter().chain(then).cloned().collect();
        let stage = events.iter().fold(Stage::Received, |stage, event| stage.after(event));
        wish.obstacle(stage, &events, before.len() as u64)
    }

    #[test]
    fn what_only_tells_how_far_it_is_stands_against_nothing() {
        for wish in [Wish::Supplement, Wish::Withdraw, Wish::Visit, Wish::Judge] {
            let progress = [noted(), opened(), Event::FilesComplete];
            assert_eq!(against(wish, &progress), None, "{wish:?}");
        }
    }

    /// The table of `docs/wire.md`, row by row.
    #[test]
    fn each_wish_heeds_what_its_row_of_the_table_says() {
        use Obstacle::{Decided, Finished, Returned, Supplemented, Visited, Withdrawn};
        let events = [
            (vec![returned()], Returned),
            (vec![supplemented()], Supplemented),
            (vec![decided()], Decided),
            (vec![decided(), finished()], Finished),
            (vec![withdrawn()], Withdrawn),
            (vec![visited()], Visited),
        ];
        let rows = [
            (Wish::Supplement, vec![Returned, Supplemented, Decided, Finished, Withdrawn]),
            (Wish::Withdraw, vec![Returned, Decided, Finished, Withdrawn]),
            (Wish::Visit, vec![Supplemented, Decided, Finished, Withdrawn]),
            (Wish::Judge, vec![Returned, Supplemented, Decided, Finished, Withdrawn, Visited]),
        ];
        for (wish, heeded) in rows {
            for (then, obstacle) in &events {
                let expected = heeded.contains(obstacle).then_some(*obstacle);
                assert_eq!(against(wish, then), expected, "{wish:?} after {obstacle:?}");
            }
        }
    }

    #[test]
    fn a_rating_waits_for_the_end_and_is_given_once() {
        assert_eq!(against(Wish::Rate, &[decided()]), Some(Obstacle::Unfinished));
        assert_eq!(against(Wish::Rate, &[decided(), finished()]), None);
        let rated = [decided(), finished(), Event::Rated { envelope: envelope() }];
        assert_eq!(against(Wish::Rate, &rated), Some(Obstacle::Rated));
        assert_eq!(against(Wish::Rate, &[withdrawn()]), Some(Obstacle::Unfinished));
    }

    #[test]
    fn nothing_is_finished_before_it_is_decided() {
        let events = [received(), opened()];
        let obstacle = Wish::Finish.obstacle(Stage::Opened, &events, 2);
        assert_eq!(obstacle, Some(Obstacle::Undecided));
        let events = [received(), opened(), decided()];
        assert_eq!(Wish::Finish.obstacle(Stage::Approved, &events, 3), None);
    }

    #[test]
    fn who_has_seen_more_than_the_township_knows_is_shown_what_it_knows() {
        let obstacle = Wish::Withdraw.obstacle(Stage::Received, &[received()], 2);
        assert_eq!(obstacle, Some(Obstacle::Restored));
    }
}
