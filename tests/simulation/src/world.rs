//! Everybody together, and what befalls them.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Waker};

use delivery::{Reply, Rounds, Unreachable};
use futures_util::future::{self, join4};
use vault::{Device, Place};

use crate::asking::{Queue, ask};
use crate::chance::Chance;
use crate::diary::Diary;
use crate::ending::{self, Outcome, drive};
use crate::life::{PhoneRounds, deliver, device, is_another_device, open, understands};
use crate::person::{Sticks, carry, fill_in, try_again};
use crate::phone::SimulatedPhone;
use crate::plans::Plans;
use crate::time::Time;
use crate::township::Township;
use crate::weather::Weather;
use crate::wire::{Request, Secrets, Wire};

const HOUR_MS: u64 = 3_600_000;
/// Everything that people mean to do is begun by then.
const FINISHED_MS: u64 = HOUR_MS;
/// Officers go home then.
const OFFICE_HOURS_MS: u64 = 2 * HOUR_MS;
/// So long after the weather has become good, all is there.
const LONGEST_MS: u64 = 3 * HOUR_MS;
/// A schedule that does more is busy without end.
const MOST_TICKS: u64 = 400_000;

/// Phones, network and township.
pub struct World {
    pub(crate) chance: Chance,
    pub(crate) time: Time,
    wire: Wire,
    weather: Weather,
    pub(crate) township: Township,
    pub(crate) handsets: Vec<Handset>,
    sticks: Sticks,
    queue: Queue,
    next_office_hour_ms: u64,
    travelling: Vec<Travelling>,
    next_mishap_ms: u64,
    ticks: u64,
    /// How often keys were renewed.
    renewed: usize,
    trace: DefaultHasher,
    diary: Diary,
}

/// A phone and whoever has it.
pub(crate) struct Handset {
    pub(crate) phone: SimulatedPhone,
    pub(crate) plans: Plans,
    /// What runs on it: each tab of the app.
    tabs: Vec<Pin<Box<dyn Future<Output = ()>>>>,
}

/// A request on its way, and what happens to it.
struct Travelling {
    request: Request,
    arrives_ms: u64,
    gives_up_ms: u64,
    cut: Option<usize>,
    is_repeated: bool,
    is_late: bool,
}

impl World {
    /// The world of this seed.
    pub fn new(seed: u64) -> Self {
        let chance = Chance::new(seed);
        let time = Time::default();
        let weather = Weather::of(&chance);
        let township = Township::new(&chance);
        let phones = 1 + chance.below(3);
        let handsets = (0..phones).map(|_| Handset::new(&chance, &time)).collect();
        let mut world = Self {
            wire: Wire::new(time.clone()),
            weather,
            township,
            handsets,
            sticks: Sticks::default(),
            queue: Queue::default(),
            next_office_hour_ms: 0,
            travelling: Vec::new(),
            next_mishap_ms: 0,
            ticks: 0,
            renewed: 0,
            trace: DefaultHasher::new(),
            diary: Diary::kept_if_wanted(),
            chance,
            time,
        };
        for place in 0..world.handsets.len() {
            world.starts(place);
        }
        world
    }

    /// Bad weather for some hours, then good.
    ///
    /// # Panics
    /// Where something is lost, doubled or readable.
    pub fn run(mut self) -> Outcome {
        let bad_until_ms = self.chance.below(2 * HOUR_MS);
        while self.time.now_ms() < bad_until_ms {
            self.mishap();
            self.tick();
        }
        self.calm_down();
        let calm_ms = self.time.now_ms().max(FINISHED_MS);
        // Looked at now and then: looking takes longer than anything that happens meanwhile.
        let mut look_ms = calm_ms;
        loop {
            self.tick();
            if self.time.now_ms() >= look_ms {
                look_ms = self.time.now_ms() + 20_000;
                match ending::missing(&mut self) {
                    None => break,
                    Some(missing) => {
                        assert!(self.time.now_ms() < calm_ms + LONGEST_MS, "stuck: {missing}");
                    }
                }
            }
        }
        let trace = self.trace.finish();
        Outcome { trace, renewed: self.renewed, ..ending::check(&mut self) }
    }

    /// Everything works again.
    fn calm_down(&mut self) {
        self.weather = Weather::CALM;
        self.township.set_full(false);
        self.township.dies();
        for place in 0..self.handsets.len() {
            self.handsets[place].phone.disk().fail_in(0);
            self.starts(place);
        }
    }

    /// The app is started on a phone, where it was not running or has died.
    fn starts(&mut self, place: usize) {
        let handset = &mut self.handsets[place];
        handset.tabs.clear();
        handset.phone.starts();
        let life = live(
            handset.phone.clone(),
            handset.plans.clone(),
            self.wire.of(place),
            self.sticks.clone(),
            self.queue.clone(),
            self.time.clone(),
            self.chance.clone(),
        );
        handset.tabs.push(Box::pin(life));
    }

    fn tick(&mut self) {
        self.ticks += 1;
        assert!(self.ticks < MOST_TICKS, "busy without end");
        for place in 0..self.handsets.len() {
            self.poll(place);
        }
        while let Some(request) = self.wire.take_sent() {
            self.send(request);
        }
        let time = &self.time;
        let arrived = self.travelling.extract_if(.., |each| time.is(each.arrives_ms));
        let arrived: Vec<Travelling> = arrived.collect();
        for travelling in arrived {
            self.arrive(travelling);
        }
        self.office_hour();
        self.time.pass();
    }

    /// Every ten minutes or so an officer works a case.
    fn office_hour(&mut self) {
        if self.time.now_ms() < self.next_office_hour_ms || self.time.now_ms() > OFFICE_HOURS_MS {
            return;
        }
        self.next_office_hour_ms = self.time.now_ms() + self.chance.below(1_200_000);
        let Some(case) = self.queue.any(&self.chance) else { return };
        let (chance, now_ms) = (self.chance.clone(), self.time.now_ms() as i64);
        let done = self.township.officer_works(case.clone(), &chance, now_ms);
        self.note((case.0, done));
    }

    fn poll(&mut self, place: usize) {
        let handset = &mut self.handsets[place];
        let mut context = Context::from_waker(Waker::noop());
        handset.tabs.retain_mut(|tab| tab.as_mut().poll(&mut context).is_pending());
        // What is written in many steps dies in one of them often enough to show something.
        let often = if handset.phone.is_writing() { 50 } else { 1 };
        if self.chance.permille(self.weather.phone_dies * often) && self.chance.percent(10) {
            self.note(("dies", place));
            self.starts(place);
        }
    }

    fn note(&mut self, what: impl std::hash::Hash + std::fmt::Debug) {
        self.diary.tell(self.time.now_ms(), &what);
        self.time.now_ms().hash(&mut self.trace);
        what.hash(&mut self.trace);
    }

    /// Something befalls somebody, every quarter of an hour or so.
    fn mishap(&mut self) {
        if self.time.now_ms() < self.next_mishap_ms {
            return;
        }
        self.next_mishap_ms = self.time.now_ms() + self.chance.below(600_000);
        let place = self.chance.below(self.handsets.len() as u64) as usize;
        let what = self.chance.below(9);
        self.note((what, place));
        let handset = &mut self.handsets[place];
        match what {
            0 => {
                let years = self.chance.below(40) as i64 - 20;
                let day_ms = 24 * HOUR_MS as i64;
                handset.phone.set_clock_wrong_by(years * 365 * day_ms + 12_345);
            }
            1 => self.township.set_full(self.chance.percent(50)),
            2 => handset.phone.disk().fail_in(self.weather.disk_fails),
            3 => handset.phone.disk().fail_in(0),
            4 if handset.tabs.len() < 3 => {
                let phone = handset.phone.clone();
                let tab = second_tab(phone, self.wire.of(place), self.time.clone());
                handset.tabs.push(Box::pin(tab));
            }
            5 => {
                handset.tabs.truncate(1);
            }
            6 => {
                self.renewed += 1;
                self.township.renews_keys(&self.chance, self.time.now_ms() as i64);
            }
            7 if self.chance.percent(20) => self.is_lost(place),
            _ => self.starts(place),
        }
    }

    /// The phone's owner tells the township that the phone is lost, and finds it again.
    fn is_lost(&mut self, place: usize) {
        let Ok(device) = drive(Device::of(self.handsets[place].phone.clone())) else { return };
        let device = device.key().device_id();
        let revoked = self.township.revokes(device, self.time.now_ms() as i64);
        self.note(("is lost", place, revoked));
    }

    fn send(&mut self, request: Request) {
        let Weather { lost, cut, repeated, late, bytes_per_second, .. } = self.weather;
        let length = request.body.as_ref().map_or(0, Vec::len);
        self.note((request.id, request.method, &request.path, length));
        let chance = self.chance.clone();
        let travels_ms = 50 + chance.below(400) + length as u64 * 1000 / bytes_per_second;
        let gives_up_ms = request.sent_ms + request.patience_ms;
        let mut arrives_ms = request.sent_ms + travels_ms;
        if chance.percent(lost) || arrives_ms > gives_up_ms {
            let at_ms = if chance.percent(50) { gives_up_ms } else { arrives_ms.min(gives_up_ms) };
            return self.wire.answer(request.id, at_ms, Err(Unreachable));
        }
        let is_late = chance.percent(late);
        if is_late {
            self.wire.answer(request.id, gives_up_ms, Err(Unreachable));
            arrives_ms = gives_up_ms + chance.below(600_000);
        }
        let cut = chance.percent(cut).then(|| chance.below(length as u64 + 1) as usize);
        let is_repeated = chance.percent(repeated);
        let travelling = Travelling { request, arrives_ms, gives_up_ms, cut, is_repeated, is_late };
        self.travelling.push(travelling);
    }

    fn arrive(&mut self, travelling: Travelling) {
        let Travelling { mut request, gives_up_ms, cut, is_repeated, is_late, .. } = travelling;
        let chance = self.chance.clone();
        if chance.percent(self.weather.pretended) && !is_late {
            let reply = pretended(&chance);
            return self.wire.answer(request.id, self.time.now_ms() + 50, Ok(reply));
        }
        if chance.percent(self.weather.altered) {
            request.body.iter_mut().for_each(|body| alter(body, &chance));
        }
        let mut reply = self.ask_township(&request, cut);
        if is_repeated {
            let again = self.ask_township(&request, None);
            if chance.percent(50) {
                reply = again;
            }
        }
        if is_late {
            return;
        }
        let back_ms = self.time.now_ms() + 50 + chance.below(400);
        match reply {
            Some(mut reply) if cut.is_none() && !chance.percent(self.weather.answer_lost) => {
                Secrets.expect_none_in(&reply.body, "an answer");
                // The first pack ever is believed over HTTPS (docs/threat-model.md).
                let is_first = request.path == "/api/pack"
                    && !self.handsets[request.phone].phone.disk().has(Place::Settings, "pack");
                if !is_first && chance.percent(self.weather.answer_altered) {
                    alter(&mut reply.body, &chance);
                }
                self.wire.answer(request.id, back_ms.min(gives_up_ms), Ok(reply));
            }
            _ => {
                let at_ms = if chance.percent(50) { gives_up_ms } else { back_ms };
                self.wire.answer(request.id, at_ms, Err(Unreachable));
            }
        }
    }

    fn ask_township(&mut self, request: &Request, cut: Option<usize>) -> Option<Reply> {
        let chance = self.chance.clone();
        if chance.permille(self.weather.township_dies) {
            self.township.dies_after(chance.below(5));
        }
        let reply = self.township.answer(request, cut, self.time.now_ms() as i64);
        let told = reply.as_ref().map(|reply| (reply.status, reply.offset, reply.body.len()));
        self.note((request.id, told));
        reply
    }
}

impl Handset {
    fn new(chance: &Chance, time: &Time) -> Self {
        let phone = SimulatedPhone::new(chance.clone(), time.clone(), Secrets);
        Self { phone, plans: Plans::some(chance, FINISHED_MS), tabs: Vec::new() }
    }

    /// The app ends, wherever it is.
    pub(crate) fn ends(&mut self) {
        self.tabs.clear();
    }
}

/// What runs in the tab in which a person fills in.
async fn live(
    phone: SimulatedPhone,
    plans: Plans,
    wire: Wire,
    sticks: Sticks,
    queue: Queue,
    time: Time,
    chance: Chance,
) {
    loop {
        if is_another_device(&phone, &time).await {
            // First, or a phone that dies in between forgets that it was another device.
            plans.begin_anew(&chance, time.now_ms());
            understands(&phone, &time).await;
        }
        let (vault, intended) = (open(&phone, &time).await, plans.now());
        let rounds: PhoneRounds = Rounds::new(vault.device().clone(), wire.clone());
        let delivering = deliver(rounds.clone(), time.clone());
        let asking = ask(
            vault.clone(),
            rounds.clone(),
            Rc::clone(&intended),
            queue.clone(),
            time.clone(),
            chance.clone(),
        );
        let filling = fill_in(vault, rounds.clone(), intended, time.clone(), chance.clone());
        let carrying = carry(rounds.clone(), sticks.clone(), time.clone(), chance.clone());
        let insisting = try_again(rounds, time.clone(), chance.clone());
        // As the app does, all begins anew as soon as one of them sees that the keys were dropped.
        let others = join4(filling, asking, carrying, insisting);
        future::select(pin!(delivering), pin!(others)).await;
    }
}

/// A second tab, or the service worker, in a browser without locks. Nobody gives it a PIN.
async fn second_tab(phone: SimulatedPhone, wire: Wire, time: Time) {
    let device = device(&phone, &time).await;
    deliver(Rounds::new(device, wire), time).await;
}

/// One bit is another.
fn alter(bytes: &mut [u8], chance: &Chance) {
    if !bytes.is_empty() {
        let place = chance.below(bytes.len() as u64) as usize;
        bytes[place] ^= 1 << chance.below(8);
    }
}

/// What hotels, proxies and operators answer in the township's place.
fn pretended(chance: &Chance) -> Reply {
    let statuses = [200, 204, 302, 403, 404, 407, 413, 429, 500, 502, 503, 504];
    let status = statuses[chance.below(statuses.len() as u64) as usize];
    Reply { status, offset: None, body: "<html>请登录</html>".into() }
}
