//! A form that is being filled in on the screen: one signal for each fact that is looked at, moved
//! by exactly the changes that the session tells.

use form::session::Refusal;
use form::{Change, Fact, InstanceId, Session, Snapshot};
use leptos::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Plan, Prefilled, Step, problem_words, unfinished};
use crate::device::frame;

/// An open form. Cheap to copy; gone with the screen that opened it.
#[derive(Clone, Copy)]
pub(crate) struct OpenForm {
    open: StoredValue<Open, LocalStorage>,
    /// Moves with every change.
    changed: Trigger,
    /// Moves when a change has been drawn.
    drawn: Trigger,
}

struct Open {
    session: Session,
    plan: Plan,
    signals: FxHashMap<Change, ArcTrigger>,
    /// Where problems are told: questions that were left.
    told: FxHashSet<InstanceId>,
    /// Rows that were entered.
    seen: FxHashSet<InstanceId>,
    /// What the roster answered, and nobody changed.
    known: FxHashSet<InstanceId>,
    /// Whether a change is still to be drawn.
    is_drawing: bool,
    /// The question that was answered last, and whether its answer is being typed.
    answered: Option<(InstanceId, bool)>,
}

impl Open {
    /// Whether nothing of the page is to be asked: all of it is known.
    fn is_known(&self, step: Step) -> bool {
        let Self { session, plan, known, .. } = self;
        let asked = plan.instances(session, step).into_iter();
        let mut asked = asked.filter(|at| session.is_relevant(*at)).peekable();
        plan.repeat(session, step).is_none()
            && asked.peek().is_some()
            && asked.all(|at| known.contains(&at) && session.problem(at).is_none())
    }
}

impl OpenForm {
    /// Opens a form on the screen.
    pub(crate) fn new(session: Session, plan: Plan) -> Self {
        let open = Open {
            session,
            plan,
            signals: FxHashMap::default(),
            told: FxHashSet::default(),
            seen: FxHashSet::default(),
            known: FxHashSet::default(),
            is_drawing: false,
            answered: None,
        };
        Self { open: StoredValue::new_local(open), changed: Trigger::new(), drawn: Trigger::new() }
    }

    /// Looks at the form without following it.
    pub(crate) fn look<T>(self, look: impl FnOnce(&Session, &Plan) -> T) -> T {
        self.open.with_value(|open| look(&open.session, &open.plan))
    }

    /// Whether the screen that opened it is gone: asked by what took its time.
    pub(crate) fn is_gone(self) -> bool {
        self.open.is_disposed()
    }

    /// Looks at one fact and follows it.
    fn follow<T>(self, at: InstanceId, fact: Fact, look: impl FnOnce(&Session) -> T) -> T {
        let signal = self.open.try_update_value(|open| {
            open.signals.entry(Change { at, fact }).or_insert_with(ArcTrigger::new).clone()
        });
        if let Some(signal) = signal {
            signal.track();
        }
        self.look(|session, _| look(session))
    }

    /// Looks at everything and follows every change.
    pub(crate) fn follow_all<T>(self, look: impl FnOnce(&Session, &Plan) -> T) -> T {
        self.changed.track();
        self.look(look)
    }

    /// The same, once the change itself has been drawn: for what takes its time in a large form.
    pub(crate) fn follow_drawn<T>(self, look: impl FnOnce(&Session, &Plan) -> T) -> T {
        self.drawn.track();
        self.look(look)
    }

    /// [`Session::value`]
    pub(crate) fn value(self, at: InstanceId) -> String {
        self.follow(at, Fact::Value, |session| session.value(at).to_owned())
    }

    /// [`Session::is_relevant`]
    pub(crate) fn is_relevant(self, at: InstanceId) -> bool {
        self.follow(at, Fact::Relevant, |session| session.is_relevant(at))
    }

    /// [`Session::is_required`]
    pub(crate) fn is_required(self, at: InstanceId) -> bool {
        self.follow(at, Fact::Required, |session| session.is_required(at))
    }

    /// [`Session::is_read_only`]
    pub(crate) fn is_read_only(self, at: InstanceId) -> bool {
        self.follow(at, Fact::ReadOnly, |session| session.is_read_only(at))
    }

    /// [`Session::label`]
    pub(crate) fn label(self, at: InstanceId) -> String {
        self.follow(at, Fact::Texts, |session| session.label(at)).unwrap_or_default()
    }

    /// [`Session::hint`]
    pub(crate) fn hint(self, at: InstanceId) -> Option<String> {
        self.follow(at, Fact::Texts, |session| session.hint(at))
    }

    /// The author's warning, while it is to be told.
    pub(crate) fn warning(self, at: InstanceId) -> Option<String> {
        let warns = self.follow(at, Fact::Warning, |session| session.warning(at));
        let words = self.follow(at, Fact::Texts, |session| session.warning_message(at));
        words.filter(|_| warns)
    }

    /// The choices now on offer: name and words.
    pub(crate) fn choices(self, at: InstanceId) -> Vec<(String, String)> {
        self.follow(at, Fact::Choices, |session| {
            let choice = |choice: u32| {
                let name = session.choice_name(at, choice).to_owned();
                (name, session.choice_label(at, choice).into_owned())
            };
            session.choices(at).into_iter().map(choice).collect()
        })
    }

    /// What is wrong, in words, once the person has left the question.
    pub(crate) fn told_problem(self, at: InstanceId) -> Option<String> {
        self.follow(at, Fact::Problem, |_| ());
        self.open.with_value(|open| {
            let told = open.told.contains(&at);
            told.then(|| problem_words(&open.session, at)).flatten()
        })
    }

    /// The person left these questions: what is wrong with them is told from now on.
    pub(crate) fn tell(self, left: impl IntoIterator<Item = InstanceId>) {
        for at in left {
            let is_new = self.open.try_update_value(|open| open.told.insert(at));
            if is_new == Some(true) {
                self.notify(&[Change { at, fact: Fact::Problem }]);
            }
        }
    }

    /// The person is at this question again: nothing is told while they type.
    pub(crate) fn hush(self, at: InstanceId) {
        let was_told = self.open.try_update_value(|open| open.told.remove(&at));
        if was_told == Some(true) {
            self.notify(&[Change { at, fact: Fact::Problem }]);
        }
    }

    /// Takes an answer.
    pub(crate) fn answer(self, at: InstanceId, value: &str) {
        if self.look(|session, _| session.value(at) == value) {
            return;
        }
        self.open.update_value(|open| open.answered = Some((at, false)));
        // Refused only by what the screen shows as text: then nothing changes.
        self.change(|session| session.answer(at, value).map(|changes| ((), changes)));
    }

    /// Takes what is being typed.
    pub(crate) fn answer_typed(self, at: InstanceId, value: &str) {
        self.answer(at, value);
        self.open.update_value(|open| {
            if let Some((last, is_typed)) = &mut open.answered {
                *is_typed = *last == at;
            }
        });
    }

    /// The question that was answered last, since this was asked before, and whether its answer is
    /// being typed.
    pub(crate) fn take_answered(self) -> Option<(InstanceId, bool)> {
        self.open.try_update_value(|open| open.answered.take())?
    }

    /// Takes an answer that took its time, made of the present one, if the form is still open. The
    /// person has left the question by then.
    pub(crate) fn answer_late(self, at: InstanceId, answer: impl FnOnce(&str) -> String) {
        if self.is_gone() {
            return;
        }
        let value = self.look(|session, _| answer(session.value(at)));
        self.answer(at, &value);
        self.tell([at]);
    }

    /// Whether the roster gave this answer, and nobody changed it since.
    pub(crate) fn is_known(self, at: InstanceId) -> bool {
        self.follow(at, Fact::Value, |_| ());
        self.open.with_value(|open| open.known.contains(&at))
    }

    /// Asks for what the roster knew: it is different.
    pub(crate) fn ask_again(self, at: InstanceId) {
        self.open.update_value(|open| {
            open.known.remove(&at);
        });
        self.notify(&[Change { at, fact: Fact::Value }]);
    }

    /// Answers questions about one person with what is known of them, in order, as far as it is
    /// asked and the form takes it. What was known of another person before goes.
    pub(crate) fn prefill<'a>(
        self,
        questions: Vec<Prefilled>,
        known: impl Fn(&str) -> Option<&'a str>,
    ) {
        for Prefilled { at, column } in questions {
            let was_known = self.open.try_update_value(|open| open.known.remove(&at));
            let asked = self.look(|session, _| session.is_relevant(at));
            let value = known(&column).filter(|_| asked);
            if let Some(value) = value.or((was_known == Some(true)).then_some("")) {
                self.answer(at, value);
            }
            let is_taken = value.is_some() && self.look(|session, _| session.problem(at).is_none());
            if is_taken {
                self.open.update_value(|open| {
                    open.known.insert(at);
                });
            } else if value.is_some() {
                self.answer(at, "");
            }
            self.notify(&[Change { at, fact: Fact::Value }]);
        }
    }

    /// Adds a row at the end of a repeat.
    pub(crate) fn add_row(self, repeat: InstanceId) -> Option<InstanceId> {
        self.change(|session| session.add_row(repeat))
    }

    /// Removes a row.
    pub(crate) fn remove_row(self, row: InstanceId) {
        self.change(|session| session.remove_row(row).map(|changes| ((), changes)));
    }

    /// Works again what reads the clock.
    pub(crate) fn tick(self) {
        self.change(|session| Ok(((), session.tick())));
    }

    /// The same right before the answers are sealed.
    pub(crate) fn finish(self) {
        self.change(|session| Ok(((), session.finish())));
    }

    fn change<T>(
        self,
        change: impl FnOnce(&mut Session) -> Result<(T, Vec<Change>), Refusal>,
    ) -> Option<T> {
        let (result, changes) =
            self.open.try_update_value(|open| change(&mut open.session))?.ok()?;
        self.notify(&changes);
        Some(result)
    }

    /// Goes back to how everything was. What the roster gave and is still there stays known.
    pub(crate) fn go_back(self, before: Snapshot) {
        let signals = self.open.try_update_value(|open| {
            let value = |open: &Open, at: InstanceId| open.session.value(at).to_owned();
            let known: Vec<_> = open.known.iter().map(|at| (*at, value(open, *at))).collect();
            open.session.go_back(before);
            open.known = known
                .into_iter()
                .filter(|(at, given)| !given.is_empty() && value(open, *at) == *given)
                .map(|(at, _)| at)
                .collect();
            open.answered = None;
            open.signals.values().cloned().collect::<Vec<_>>()
        });
        for signal in signals.unwrap_or_default() {
            signal.notify();
        }
        self.notify_all();
    }

    fn notify(self, changes: &[Change]) {
        for change in changes {
            let signal = self.open.with_value(|open| open.signals.get(change).cloned());
            if let Some(signal) = signal {
                signal.notify();
            }
        }
        self.notify_all();
    }

    /// Something has changed. What follows once it is drawn is told of many changes at once.
    fn notify_all(self) {
        self.changed.notify();
        let was_drawing =
            self.open.try_update_value(|open| core::mem::replace(&mut open.is_drawing, true));
        if was_drawing == Some(false) {
            leptos::task::spawn_local(async move {
                frame::drawn().await;
                if self.open.try_update_value(|open| open.is_drawing = false).is_some() {
                    self.drawn.notify();
                }
            });
        }
    }

    /// Tells everything that is wrong on the page, and what of it is the first: a question, or the
    /// list itself. Rows that were not entered yet are no reason to stay: the way on leads into them.
    pub(crate) fn first_problem(self, step: Step) -> Option<InstanceId> {
        let instances = self.look(|session, plan| plan.instances(session, step));
        self.tell(instances.iter().copied());
        self.problem_now(step)
    }

    /// Whether anything is still wrong on the page.
    pub(crate) fn is_wrong(self, step: Step) -> bool {
        self.changed.track();
        self.problem_now(step).is_some()
    }

    fn problem_now(self, step: Step) -> Option<InstanceId> {
        self.open.with_value(|Open { session, plan, seen, .. }| {
            let instances = plan.instances(session, step);
            let is_stuck = |repeat: &InstanceId| {
                let left = |row: &InstanceId| seen.contains(row) && unfinished(session, *row) > 0;
                session.problem(*repeat).is_some() || session.rows(*repeat).iter().any(left)
            };
            let list = plan.repeat(session, step).filter(is_stuck);
            list.or_else(|| instances.into_iter().find(|at| session.problem(*at).is_some()))
        })
    }

    /// The page after `step`: what is known is not asked again.
    pub(crate) fn next(self, step: Step) -> Option<Step> {
        self.open.try_update_value(|open| {
            open.seen.insert(step.body);
            let mut next = open.plan.next(&open.session, step, &open.seen)?;
            // Pages only go up within a body, and a list is never known: this ends.
            while open.is_known(next) {
                open.seen.insert(next.body);
                next = open.plan.next(&open.session, next, &open.seen)?;
            }
            Some(next)
        })?
    }
}
