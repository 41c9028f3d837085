//! A photo for a certificate: moved, zoomed and turned behind a frame of exactly its shape, by
//! finger, by buttons or by keys.

use std::rc::Rc;

use form::model::Crop;
use leptos::ev::KeyboardEvent;
use leptos::html::{Canvas, Dialog};
use leptos::prelude::*;

use super::image::Taking;
use crate::device::dialog;
use crate::device::hand::Hand;
use crate::device::pictures::{ChosenFile, Cutting, Misfit};
use crate::effect::effect;
use crate::filling::Cut;
use crate::parts;
use crate::words;

/// How far a button or a key pushes: this part of the frame.
const PUSH: f64 = 0.05;
/// How much larger a button or a key makes it.
const ZOOM: f64 = 1.15;

/// What is asked of the photo, in words.
pub(super) fn asked_for(crop: &Crop) -> String {
    let said = words::crop();
    let weight = match (crop.least_kb, crop.most_kb) {
        (Some(least), Some(most)) => said.between(least, most),
        (None, Some(most)) => said.at_most(most),
        _ => String::new(),
    };
    format!("{}{}{weight}", said.white(), said.pixels(crop.width, crop.height))
}

/// Opens over the page when a photo was chosen, and keeps what was cut.
#[component]
pub(super) fn CropSheet(
    taking: Taking,
    crop: Crop,
    /// The photo that is to be cut.
    chosen: RwSignal<Option<ChosenFile>, LocalStorage>,
) -> impl IntoView {
    let sheet = NodeRef::<Dialog>::new();
    let open = RwSignal::new_local(None::<Rc<Cutting>>);
    effect(move || {
        let Some(file) = chosen.get() else { return };
        leptos::task::spawn_local(async move {
            let cutting = taking.while_working(Cutting::of(&file)).await;
            match cutting {
                Ok(cutting) => {
                    open.try_set(Some(Rc::new(cutting)));
                    dialog::open(sheet);
                }
                Err(error) => taking.tell(words::photo().unreadable(error).to_owned()),
            }
        });
    });
    let title = words::crop().title();
    view! {
        <dialog class="sheet sheet--crop" node_ref=sheet data-sheet=taking.asked.name() aria-label=title
            on:close=move |_| open.set(None)>
            {move || open.get().map(|cutting| view! { <Frame taking crop cutting sheet /> })}
        </dialog>
    }
}

/// The photo behind its frame.
#[component]
fn Frame(
    taking: Taking,
    crop: Crop,
    cutting: Rc<Cutting>,
    sheet: NodeRef<Dialog>,
) -> impl IntoView {
    let said = words::crop();
    let cut = RwSignal::new(Cut::new(cutting.size(), (crop.width, crop.height)));
    let canvas = NodeRef::<Canvas>::new();
    let cutting = StoredValue::new_local(cutting);
    effect(move || {
        let matrix = cut.get().matrix();
        cutting.with_value(|cutting| cutting.show(canvas, matrix));
    });
    let is_working = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let keep = move |_| {
        if is_working.get_untracked() {
            return;
        }
        is_working.set(true);
        let (cutting, matrix) = (cutting.get_value(), cut.get_untracked().matrix());
        leptos::task::spawn_local(async move {
            match cutting.cut(&crop, matrix).await {
                Ok(picture) => {
                    taking.keep(&picture).await;
                    dialog::close(sheet);
                }
                Err(misfit) => {
                    trouble.try_set(Some(misfit_words(misfit)));
                }
            }
            is_working.try_set(false);
        });
    };
    let state = move || match (is_working.get(), cut.get().is_blurred()) {
        (true, _) => said.working(),
        (false, true) => said.blurred(),
        (false, false) => said.how(),
    };
    view! {
        <div class="sheet__head">
            <div class="sheet__title">
                <span>{said.title()}</span>
                <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>{words::app().close()}</button>
            </div>
        </div>
        <div class="crop">
            <Picture crop cut canvas />
            <p class="crop__state" role="status">{state}</p>
            {parts::trouble(trouble)}
            <Moves crop cut />
        </div>
        <div class="sheet__foot">
            <button type="button" class="button button--primary button--wide" data-action="keep-cut"
                aria-disabled=move || is_working.get().to_string() on:click=keep>{said.keep()}</button>
        </div>
    }
}

/// What the frame shows, with the place of the head.
#[component]
fn Picture(crop: Crop, cut: RwSignal<Cut>, canvas: NodeRef<Canvas>) -> impl IntoView {
    let hand = StoredValue::new_local(Hand::default());
    let width = f64::from(crop.width);
    let pushed = move |event| {
        if let Some(motion) = hand.with_value(|hand| hand.go_on(&event)) {
            let now = cut.get_untracked().moved(motion.right * width, motion.down * width);
            cut.set(now.zoomed(motion.spread));
        }
    };
    let lifted = move |event| hand.with_value(|hand| hand.lift(&event));
    let key = move |event: KeyboardEvent| {
        if let Some(step) = Step::of_key(&event.key()) {
            event.prevent_default();
            cut.update(|cut| *cut = step.take(*cut, &crop));
        }
    };
    view! {
        <div class="crop__frame" style:aspect-ratio=format!("{} / {}", crop.width, crop.height)>
            <canvas node_ref=canvas width=crop.width height=crop.height tabindex="0" role="img" aria-label=words::crop().frame()
                on:pointerdown=move |event| hand.with_value(|hand| hand.touch(&event))
                on:pointermove=pushed on:pointerup=lifted on:pointercancel=lifted on:keydown=key></canvas>
            <span class="crop__head" aria-hidden="true"></span>
        </div>
    }
}

/// The same by buttons.
#[component]
fn Moves(crop: Crop, cut: RwSignal<Cut>) -> impl IntoView {
    let button = move |step: Step| {
        view! {
            <button type="button" class="button button--tool" data-action=step.action() aria-label=step.words()
                on:click=move |_| cut.update(|cut| *cut = step.take(*cut, &crop))>
                <span aria-hidden="true">{step.sign()}</span>
            </button>
        }
    };
    view! { <div class="crop__moves">{Step::ALL.map(button).collect_view()}</div> }
}

/// One press of a button or a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Left,
    Up,
    Down,
    Right,
    Smaller,
    Larger,
    Turn,
}

impl Step {
    const ALL: [Self; 7] =
        [Self::Left, Self::Up, Self::Down, Self::Right, Self::Smaller, Self::Larger, Self::Turn];

    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self::Left,
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowRight" => Self::Right,
            "-" => Self::Smaller,
            "+" | "=" => Self::Larger,
            "r" | "R" => Self::Turn,
            _ => return None,
        })
    }

    fn take(self, cut: Cut, crop: &Crop) -> Cut {
        let push = f64::from(crop.width) * PUSH;
        match self {
            Self::Left => cut.moved(-push, 0.0),
            Self::Up => cut.moved(0.0, -push),
            Self::Down => cut.moved(0.0, push),
            Self::Right => cut.moved(push, 0.0),
            Self::Smaller => cut.zoomed(1.0 / ZOOM),
            Self::Larger => cut.zoomed(ZOOM),
            Self::Turn => cut.turned(),
        }
    }

    fn action(self) -> &'static str {
        match self {
            Self::Left => "push-left",
            Self::Up => "push-up",
            Self::Down => "push-down",
            Self::Right => "push-right",
            Self::Smaller => "zoom-out",
            Self::Larger => "zoom-in",
            Self::Turn => "turn",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Left => "←",
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Right => "→",
            Self::Smaller => "－",
            Self::Larger => "＋",
            Self::Turn => words::crop().turn_sign(),
        }
    }

    fn words(self) -> &'static str {
        let said = words::crop();
        match self {
            Self::Left => said.left(),
            Self::Up => said.up(),
            Self::Down => said.down(),
            Self::Right => said.right(),
            Self::Smaller => said.smaller(),
            Self::Larger => said.larger(),
            Self::Turn => said.turn(),
        }
    }
}

fn misfit_words(misfit: Misfit) -> String {
    match misfit {
        Misfit::TooLarge(bytes) => words::crop().too_large(bytes.div_ceil(1000)),
        Misfit::Unreadable => words::photo().unknown().to_owned(),
    }
}
