//! A way or a piece of ground: the person stands at each corner in turn and touches the button.

use form::expression::Number;
use leptos::prelude::*;

use super::Asked;
use crate::device::place::{NoPlace, here};
use crate::filling::{Corner, Ground, Sketch, mu};
use crate::parts::{Glyph, Icon};
use crate::words;

/// A corner that may be further off, in metres, is worth trying again.
const ROUGH: u32 = 20;
/// The sheet of the sketch, in units of which ten are a pixel on a small phone.
const SHEET: (i32, i32) = (3200, 2000);
const MARGIN: i32 = 320;

/// Corners, one after the other.
#[component]
pub(super) fn GroundQuestion(
    asked: Asked,
    /// Whether it leads back to where it began.
    is_shape: bool,
) -> impl IntoView {
    let taking = Taking {
        asked,
        is_working: RwSignal::new(false),
        trouble: RwSignal::new(None),
        announced: RwSignal::new(String::new()),
    };
    let said = words::ground();
    let ground = Memo::new(move |_| Ground::read(&asked.value()));
    let count = move || ground.with(|ground| ground.corners.len());
    let label = move || match (taking.is_working.get(), count()) {
        (true, _) => words::place().working().to_owned(),
        (false, 0) => said.first().to_owned(),
        (false, count) => said.next(count + 1),
    };
    let can_close = move || is_shape && ground.with(Ground::can_close);
    view! {
        {move || (count() > 0).then(|| ground.with(|ground| view! { <Measured ground=ground.clone() is_shape /> }))}
        <button type="button" class="button button--tool button--confirm" id=asked.id_of("answer") data-action="take-corner"
            hidden=move || ground.with(|ground| ground.is_closed) aria-describedby=asked.described_by()
            aria-disabled=move || taking.is_working.get().to_string()
            on:click=move |_| taking.take()>
            {Glyph::Place.drawn()}
            {label}
        </button>
        <div class="tools" hidden=move || count() == 0>
            {move || can_close().then(|| view! {
                <button type="button" class="button button--tool" data-action="close-shape" on:click=move |_| taking.change(Ground::closed)>
                    <Icon name="check" />
                    {said.close()}
                </button>
            })}
            <button type="button" class="button button--tool button--danger" data-action="undo-corner"
                on:click=move |_| taking.change(Ground::without_last)>
                {Glyph::Undo.drawn()}
                {said.undo()}
            </button>
        </div>
        <p class="spoken" role="status">{taking.announced}</p>
        {move || match taking.trouble.get() {
            Some(words) => view! { <p class="strip strip--amber" role="alert">{words}</p> }.into_any(),
            None => view! { <p class="question__hint">{if is_shape { said.how_shape() } else { said.how_trace() }}</p> }.into_any(),
        }}
    }
}

#[derive(Clone, Copy)]
struct Taking {
    asked: Asked,
    is_working: RwSignal<bool>,
    trouble: RwSignal<Option<&'static str>>,
    /// What those who listen are told.
    announced: RwSignal<String>,
}

impl Taking {
    /// Takes the corner where the phone is.
    fn take(self) {
        if self.is_working.get_untracked() {
            return;
        }
        self.is_working.set(true);
        self.trouble.set(None);
        leptos::task::spawn_local(async move {
            let place = here().await;
            self.is_working.try_set(false);
            match place.map(|place| Corner::read(&place.geopoint())) {
                Ok(Some(corner)) if !self.asked.form.is_gone() => self.keep(corner),
                Ok(_) => {}
                Err(NoPlace::Refused) => {
                    self.trouble.try_set(Some(words::place().refused()));
                }
                Err(NoPlace::Unavailable) => {
                    self.trouble.try_set(Some(words::place().unavailable()));
                }
            }
        });
    }

    fn keep(self, corner: Corner) {
        let is_rough = corner.accuracy.is_some_and(|metres| metres > ROUGH);
        self.trouble.try_set(is_rough.then(|| words::ground().rough()));
        let said = words::ground();
        let accuracy = corner.accuracy.map(|metres| said.off(metres)).unwrap_or_default();
        self.change(|ground| ground.with(corner));
        let count = self
            .asked
            .form
            .look(|session, _| Ground::read(session.value(self.asked.at)).corners.len());
        self.announced.try_set(format!("{} {accuracy}", said.corner(count)));
    }

    /// What is half done is kept too, and nothing is said about it before the person goes on.
    fn change(self, change: impl FnOnce(Ground) -> Ground) {
        let Asked { form, at, .. } = self.asked;
        let ground = form.look(|session, _| Ground::read(session.value(at)));
        form.hush(at);
        self.asked.answer(&change(ground).text());
    }
}

/// What there is of it: drawn, measured, and corner by corner.
#[component]
fn Measured(ground: Ground, is_shape: bool) -> impl IntoView {
    let said = words::ground();
    let measure = if is_shape && ground.corners.len() > 2 {
        said.area(&whole(ground.area()), &mu(ground.area()))
    } else {
        length(ground.length())
    };
    let state = if ground.is_closed { said.closed() } else { "" };
    let corner = |(place, corner): (usize, &Corner)| {
        let off = corner.accuracy.map(|metres| {
            let class = if metres > ROUGH { "tag tag--amber" } else { "tag tag--green" };
            view! { <span class=class>{said.off(metres)}</span> }
        });
        view! { <li data-corner><span>{said.corner(place + 1)}</span>{off}</li> }
    };
    view! {
        <figure class="ground">
            <Drawn ground=ground.clone() is_shape />
            <figcaption class="ground__words" data-measure><b>{measure}</b>" "<span>{state}</span></figcaption>
            <ol class="ground__corners">{ground.corners.iter().enumerate().map(corner).collect_view()}</ol>
        </figure>
    }
}

/// The sketch: north above, with a scale bar.
#[component]
fn Drawn(ground: Ground, is_shape: bool) -> impl IntoView {
    let said = words::ground();
    let (width, height) = SHEET;
    let Sketch { points, bar, bar_width } = ground.sketch(width, height, MARGIN);
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let line = line.join(" ");
    let class = if ground.is_closed { "ground__area" } else { "ground__line" };
    let outline = if ground.is_closed {
        view! { <polygon class=class points=line /> }.into_any()
    } else {
        view! { <polyline class=class points=line /> }.into_any()
    };
    let last = points.len().saturating_sub(1);
    let corner = |(place, (x, y)): (usize, (i32, i32))| {
        let class =
            if place == last { "ground__corner ground__corner--last" } else { "ground__corner" };
        view! { <circle class=class cx=x cy=y r="70" /> }
    };
    let (foot, end) = (height - 110, 140 + bar_width);
    view! {
        <svg class="ground__sketch" viewBox=format!("0 0 {width} {height}") role="img"
            aria-label=if is_shape { said.sketch_shape() } else { said.sketch_trace() }>
            {outline}
            {points.into_iter().enumerate().map(corner).collect_view()}
            <path class="ground__scale" d=format!("M140 {} V{foot} H{end} V{}", foot - 60, foot - 60) />
            <text class="ground__text" x="140" y=foot - 90>{length(bar.into())}</text>
            <path class="ground__north" d=format!("M{0} 420 V130 m-80 90 80 -90 80 90", width - 180) />
            <text class="ground__text" x=width - 180 y="600" text-anchor="middle">{said.north()}</text>
        </svg>
    }
}

fn whole(number: f64) -> String {
    Number::from(number).rounded(0).text()
}

/// Metres, or kilometres where those are many.
fn length(metres: f64) -> String {
    let said = words::ground();
    if metres < 1000.0 {
        said.metres(&whole(metres))
    } else {
        said.kilometres(&Number::from(metres / 1000.0).rounded(2).text())
    }
}
