//! Everything that the app says to people, by part and key. What needs a number or a name is a
//! function, so that every language can put it where it belongs.
//!
//! What a township says (items, guides, forms, states of cases) is data of its pack and not here.

use form::model::Question;
use form::session::Why;

mod zh;

/// Said with a count.
type Counted = fn(usize) -> String;
/// Said with a name.
type Named = fn(&str) -> String;

/// A function for each part, that gives it in the language of this phone: each by itself, so that
/// what only later screens say is not loaded before.
macro_rules! parts {
    ($($name:ident: $part:ident = $chinese:path;)*) => {
        $(pub(crate) fn $name() -> &'static $part {
            &$chinese
        })*
    };
}

parts! {
    app: App = zh::APP;
    pill: Pill = zh::PILL;
    home: Home = zh::HOME;
    item: Item = zh::ITEM;
    filling: Filling = zh::FILLING;
    problem: Wrong = zh::PROBLEM;
    value: Value = zh::VALUE;
    rows: Rows = zh::ROWS;
    picture: Picture = zh::PICTURE;
    recording: Recording = zh::RECORDING;
    place: Place = zh::PLACE;
    review: Review = zh::REVIEW;
    renewal: Renewal = zh::RENEWAL;
    finished: Finished = zh::FINISHED;
    mine: Mine = zh::MINE;
    case: Case = zh::CASE;
    offices: Offices = zh::OFFICES;
    trouble: Trouble = zh::TROUBLE;
    time: Time = zh::TIME;
}

/// What many screens say.
pub(crate) struct App {
    pub(crate) name: &'static str,
    /// The township's name, for the title of the home page.
    pub(crate) service_of: Named,
    pub(crate) home: &'static str,
    pub(crate) mine: &'static str,
    pub(crate) public: &'static str,
    pub(crate) back: &'static str,
    pub(crate) close: &'static str,
    pub(crate) try_again: &'static str,
}

/// The delivery state in the header.
pub(crate) struct Pill {
    pub(crate) reading: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) offline: &'static str,
    /// The time of the last receipt, where it was today.
    pub(crate) delivered_at: Named,
    pub(crate) waiting: Counted,
    pub(crate) waiting_offline: Counted,
    pub(crate) sending: Counted,
    pub(crate) attention: Counted,
    /// The phone cannot write down what it was told.
    pub(crate) trouble: &'static str,
}

/// 办事.
pub(crate) struct Home {
    pub(crate) search: &'static str,
    pub(crate) found: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) call: &'static str,
    pub(crate) help: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) first_load: &'static str,
    pub(crate) first_load_offline: &'static str,
}

/// One item.
pub(crate) struct Item {
    pub(crate) guide: &'static str,
    pub(crate) office: &'static str,
    pub(crate) start: &'static str,
    pub(crate) go_on: &'static str,
    pub(crate) start_another: &'static str,
    pub(crate) offline: &'static str,
    pub(crate) unknown: &'static str,
}

/// Filling in a form.
pub(crate) struct Filling {
    pub(crate) next: &'static str,
    pub(crate) back: &'static str,
    pub(crate) to_review: &'static str,
    pub(crate) skip: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) now: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) search: &'static str,
    pub(crate) done: &'static str,
    pub(crate) nothing_found: &'static str,
    pub(crate) acknowledge: &'static str,
    pub(crate) nothing_to_choose: &'static str,
    /// How far, in percent, for those who listen.
    pub(crate) progress: Counted,
}

/// What is wrong with an answer, where the form's author did not say it.
pub(crate) struct Wrong {
    pub(crate) fill: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) photograph: &'static str,
    pub(crate) record: &'static str,
    pub(crate) whole_number: &'static str,
    pub(crate) number: &'static str,
    pub(crate) moment: &'static str,
    pub(crate) unfit: &'static str,
    pub(crate) too_few_files: fn(u32) -> String,
    pub(crate) too_many_files: fn(u32) -> String,
    pub(crate) too_few_rows: fn(u32) -> String,
    pub(crate) too_many_rows: fn(u32) -> String,
}

impl Wrong {
    /// Nothing was answered.
    pub(crate) fn missing(&self, question: Option<&Question>) -> &'static str {
        match question {
            Some(Question::SelectOne(_) | Question::SelectMultiple(_)) => self.choose,
            Some(Question::Image { .. }) => self.photograph,
            Some(Question::Audio { .. }) => self.record,
            _ => self.fill,
        }
    }

    /// Letters where a number is asked, and the like.
    pub(crate) fn not_of_its_type(&self, question: Option<&Question>) -> &'static str {
        match question {
            Some(Question::Integer) => self.whole_number,
            Some(Question::Decimal) => self.number,
            Some(Question::Date | Question::Time | Question::DateTime) => self.moment,
            _ => self.unfit,
        }
    }
}

/// Answers in words.
pub(crate) struct Value {
    pub(crate) between: &'static str,
    pub(crate) date: fn(u32, u32, u32) -> String,
    /// The accuracy in metres, where it is known.
    pub(crate) place: fn(Option<u32>) -> String,
    pub(crate) pictures: Counted,
    pub(crate) recording: &'static str,
    pub(crate) file: &'static str,
    pub(crate) acknowledged: &'static str,
    pub(crate) none: &'static str,
}

/// The rows of a repeat.
pub(crate) struct Rows {
    /// Adds one of what the repeat's label names.
    pub(crate) add: Named,
    /// Its number, while it has no name.
    pub(crate) unnamed: Counted,
    /// How many there are.
    pub(crate) count: Counted,
    /// How many there are, and at most may be.
    pub(crate) count_of: fn(usize, u32) -> String,
    pub(crate) full: fn(u32) -> String,
    pub(crate) complete: &'static str,
    pub(crate) not_begun: &'static str,
    pub(crate) unfinished: Counted,
    pub(crate) remove: &'static str,
    /// It was removed; its name.
    pub(crate) removed: Named,
    pub(crate) undo: &'static str,
    /// Which of how many.
    pub(crate) of: fn(usize, usize) -> String,
}

/// Pictures and signatures.
pub(crate) struct Picture {
    pub(crate) take: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) count_of: fn(usize, u32) -> String,
    pub(crate) working: &'static str,
    pub(crate) remove: Counted,
    pub(crate) shown: Counted,
    pub(crate) unreadable: &'static str,
    pub(crate) sign_here: &'static str,
    pub(crate) sign_keep: &'static str,
    pub(crate) sign_again: &'static str,
    pub(crate) sign_photograph: &'static str,
}

/// Recordings.
pub(crate) struct Recording {
    pub(crate) begin: &'static str,
    pub(crate) end: &'static str,
    pub(crate) how: &'static str,
    /// How long it may be, in seconds.
    pub(crate) most: fn(u32) -> String,
    /// Time left while recording.
    pub(crate) left: Named,
    /// Time passed while recording.
    pub(crate) passed: Named,
    pub(crate) recorded: &'static str,
    pub(crate) again: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) impossible: &'static str,
}

/// The place where one stands.
pub(crate) struct Place {
    pub(crate) take: &'static str,
    pub(crate) again: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) working: &'static str,
    pub(crate) why: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) unavailable: &'static str,
}

/// Before it is sealed.
pub(crate) struct Review {
    pub(crate) title: &'static str,
    pub(crate) good: &'static str,
    pub(crate) missing: Counted,
    pub(crate) change: &'static str,
    pub(crate) finish: &'static str,
    pub(crate) mend: &'static str,
    pub(crate) sealing: &'static str,
    pub(crate) promise: &'static str,
}

/// The township has a newer form than the draft was begun with.
pub(crate) struct Renewal {
    pub(crate) title: &'static str,
    pub(crate) all_goes: &'static str,
    pub(crate) most_goes: &'static str,
    /// How many answers cannot be carried; they stand below.
    pub(crate) some_stays: Counted,
    pub(crate) old_is_good: &'static str,
    pub(crate) take: &'static str,
    pub(crate) keep: &'static str,
    /// Before it is sealed with the older one.
    pub(crate) see: &'static str,
    pub(crate) taken: &'static str,
    pub(crate) all_went: &'static str,
    pub(crate) some_stayed: Counted,
    pub(crate) stayed_how: &'static str,
    pub(crate) understood: &'static str,
    pub(crate) back_what: &'static str,
    pub(crate) back_sure: &'static str,
    gone: &'static str,
    another_kind: &'static str,
    not_offered: &'static str,
    no_row: &'static str,
    given: &'static str,
    not_asked: &'static str,
}

impl Renewal {
    /// Why an answer could not be carried.
    pub(crate) fn why(&self, why: Why) -> &'static str {
        match why {
            Why::Gone => self.gone,
            Why::AnotherKind | Why::NotOfItsType => self.another_kind,
            Why::NotOffered => self.not_offered,
            Why::NoRow => self.no_row,
            Why::Given => self.given,
            Why::NotAsked => self.not_asked,
        }
    }
}

/// Sealed just now.
pub(crate) struct Finished {
    pub(crate) title: &'static str,
    pub(crate) waits: &'static str,
    pub(crate) arrived_title: &'static str,
    pub(crate) arrived: &'static str,
    pub(crate) next: &'static str,
    pub(crate) step_deliver: &'static str,
    pub(crate) step_receipt: &'static str,
    /// The office's name.
    pub(crate) step_answer: Named,
    pub(crate) keep_phone: &'static str,
    pub(crate) see: &'static str,
    pub(crate) home: &'static str,
}

/// 我的.
pub(crate) struct Mine {
    pub(crate) drafts: &'static str,
    pub(crate) stuck: &'static str,
    pub(crate) outbox: &'static str,
    pub(crate) cases: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) start: &'static str,
    pub(crate) draft: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) sending: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) damaged: &'static str,
    pub(crate) damaged_how: &'static str,
    pub(crate) files_left: &'static str,
    /// How far the draft is, in percent, and when it was last changed.
    pub(crate) stopped_at: fn(u32, &str) -> String,
    /// How many files, and bytes in all.
    pub(crate) size: fn(usize, &str) -> String,
    pub(crate) delete: &'static str,
    pub(crate) delete_what: &'static str,
    pub(crate) delete_sure: &'static str,
    pub(crate) set_aside: Counted,
    pub(crate) set_aside_how: &'static str,
}

/// One application after it was sealed.
pub(crate) struct Case {
    pub(crate) receipt: &'static str,
    pub(crate) number: &'static str,
    pub(crate) received_at: &'static str,
    pub(crate) digest: &'static str,
    pub(crate) files: &'static str,
    pub(crate) files_complete: Counted,
    /// How many are missing, of how many.
    pub(crate) files_missing: fn(usize, usize) -> String,
    pub(crate) no_files: &'static str,
    pub(crate) office: &'static str,
    pub(crate) sealed_at: &'static str,
    pub(crate) sent: &'static str,
    pub(crate) print: &'static str,
    pub(crate) still_here: &'static str,
    pub(crate) still_here_detail: &'static str,
    pub(crate) received: &'static str,
    /// The same in one word.
    pub(crate) received_short: &'static str,
    /// The last digits of the case number.
    pub(crate) number_ends: Named,
    pub(crate) no_receipt: &'static str,
    pub(crate) send_again: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) refused_what_to_do: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) proof: &'static str,
}

/// 公开.
pub(crate) struct Offices {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    /// For those who listen: the office's name.
    pub(crate) call: Named,
}

/// What went wrong with the phone.
pub(crate) struct Trouble {
    pub(crate) cannot_open: &'static str,
    pub(crate) still_there: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) gone_how: &'static str,
    pub(crate) on_its_way: &'static str,
    pub(crate) not_loaded: &'static str,
    pub(crate) not_loaded_how: &'static str,
}

/// Times and sizes.
pub(crate) struct Time {
    pub(crate) today: Named,
    pub(crate) yesterday: Named,
    /// Month and day.
    pub(crate) day: fn(u32, u32) -> String,
}
