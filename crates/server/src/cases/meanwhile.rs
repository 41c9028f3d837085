//! What stands against something that somebody wants of a case, having seen it some time ago. Nobody
//! writes over what they have not seen: whoever wants something names how many events of the case they
//! had seen, and what happened after that is looked at, kind by kind. The table is in `docs/wire.md`.
//! Whether the case as it is lets them is for its workflow to say.

use casework::Happened;

use super::at_hand::AtHand;
use super::event::Event;

/// What somebody wants of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// The applicant hands it in anew.
    Supplement,
    /// The applicant takes it back.
    Withdraw,
    /// The applicant rates it.
    Rate,
    /// The applicant says whether it is mended.
    Confirm,
    /// The applicant objects to what was decided.
    Appeal,
    /// Whoever was asked to look tells what they found.
    Visit,
    /// Somebody who works it does something to it.
    Work,
}

/// Why it is not so any more, or not yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// It was returned for correction.
    Returned,
    /// It was corrected.
    Supplemented,
    /// The work of a stage was done.
    Worked,
    /// Something else was done to it.
    Changed,
    /// It was taken back.
    Withdrawn,
    /// Whoever was asked to look has.
    Visited,
    /// There is nothing left to look for.
    Decided,
    /// It is not over yet.
    Unfinished,
    /// It was rated.
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
            Self::Worked => "镇里又往下办了一步",
            Self::Changed => "镇里又改过这一件",
            Self::Withdrawn => "这一件已经撤回",
            Self::Visited => "去核查的人交来了结果",
            Self::Decided => "镇里已经有了决定",
            Self::Unfinished => "这一件还没有办结",
            Self::Rated => "这一件已经评过，一件只评一次",
            Self::Restored => "镇里的记录从备份恢复过",
        }
    }

    fn of(event: &Event) -> Option<Self> {
        if let Event::Visited { .. } = event {
            return Some(Self::Visited);
        }
        Some(match event.happened()? {
            Happened::Returned { .. } => Self::Returned,
            Happened::Supplemented { .. } => Self::Supplemented,
            Happened::Worked { .. } => Self::Worked,
            Happened::Withdrawn => Self::Withdrawn,
            // Lamps tell how much time there is, what others say of a notice is only added, and who keeps
            // out of a case changes nothing of it.
            Happened::Received { .. }
            | Happened::Lit { .. }
            | Happened::Objected { .. }
            | Happened::Recused { .. } => return None,
            _ => Self::Changed,
        })
    }
}

impl Wish {
    /// What stands against it, for somebody who had seen so many events of the case.
    pub(crate) fn obstacle(self, case: &AtHand, seen: u64) -> Option<Obstacle> {
        let phase = case.phase();
        if self == Self::Rate {
            return match phase.is_rated() {
                true => case.is_rated().then_some(Obstacle::Rated),
                false => Some(Obstacle::Unfinished),
            };
        }
        let since = usize::try_from(seen).ok().and_then(|seen| case.events.get(seen..));
        let Some(since) = since else { return Some(Obstacle::Restored) };
        let happened = since.iter().filter_map(|(_, event)| Obstacle::of(event));
        let found = happened.rev().find(|obstacle| self.heeds(*obstacle));
        let is_late = || {
            self == Self::Visit && (phase.is_over() || case.case.is_decided(&case.workflow.work))
        };
        found.or_else(|| is_late().then_some(Obstacle::Decided))
    }

    /// Whether who wants this must have seen that.
    fn heeds(self, obstacle: Obstacle) -> bool {
        use Obstacle::{Changed, Returned, Supplemented, Visited, Withdrawn, Worked};
        match (self, obstacle) {
            (Self::Work, _) => true,
            (_, Withdrawn) => true,
            // What an applicant corrects, or takes back, goes on with the township's work or ends it,
            // whatever stage that is at: whether it still may, the workflow says.
            (Self::Supplement | Self::Withdraw, Worked | Changed | Visited) => false,
            // An applicant knows what they sent themselves.
            (Self::Withdraw, Supplemented) => false,
            (Self::Supplement, Returned | Supplemented) | (Self::Withdraw, Returned) => true,
            // What was found is found, whatever the applicant is asked.
            (Self::Visit, Supplemented) => true,
            (Self::Visit, _) => false,
            // What they judge is what they saw.
            (Self::Confirm | Self::Appeal, Returned | Supplemented | Worked | Changed) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Obstacle; 6] = [
        Obstacle::Returned,
        Obstacle::Supplemented,
        Obstacle::Worked,
        Obstacle::Changed,
        Obstacle::Withdrawn,
        Obstacle::Visited,
    ];

    /// The table of `docs/wire.md`, row by row.
    #[test]
    fn each_wish_heeds_what_its_row_of_the_table_says() {
        use Obstacle::{Returned, Supplemented, Withdrawn};
        let rows = [
            (Wish::Supplement, vec![Returned, Supplemented, Withdrawn]),
            (Wish::Withdraw, vec![Returned, Withdrawn]),
            (Wish::Visit, vec![Supplemented, Withdrawn]),
            (Wish::Confirm, ALL.into_iter().filter(|one| *one != Obstacle::Visited).collect()),
            (Wish::Appeal, ALL.into_iter().filter(|one| *one != Obstacle::Visited).collect()),
            (Wish::Work, ALL.to_vec()),
        ];
        for (wish, heeded) in rows {
            for obstacle in ALL {
                assert_eq!(
                    wish.heeds(obstacle),
                    heeded.contains(&obstacle),
                    "{wish:?} {obstacle:?}"
                );
            }
        }
    }
}
