//! A name, written with the finger; or a photo of one on paper, or of a thumbprint. Whoever cannot
//! draw, as with a keyboard, chooses a photo.

use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::*;

use super::Asked;
use super::files::{TakeFiles, names};
use super::image::{Progress, Taking, Thumbnail};
use crate::device::drawing::Drawing;
use crate::parts::Glyph;
use crate::words;

/// The canvas; once it is kept, the signature itself.
#[component]
pub(super) fn SignatureQuestion(asked: Asked, max_pixels: Option<u32>) -> impl IntoView {
    let taking = Taking::new(asked, 1, max_pixels);
    let kept = Memo::new(move |_| names(&asked.value()).pop());
    view! {
        {move || match kept.get() {
            Some(name) => view! {
                <div class="pictures picture--signature"><Thumbnail asked name number=Signal::stored(1) /></div>
            }
            .into_any(),
            None => view! { <Pad asked taking /> }.into_any(),
        }}
        <Progress taking />
    }
}

/// White paper to write on. It is kept when the person says so, and when they go on.
#[component]
fn Pad(asked: Asked, taking: Taking) -> impl IntoView {
    let (said, by) = (words::picture(), words::thumbprint());
    let canvas = NodeRef::<Canvas>::new();
    let drawing = StoredValue::new_local(Rc::new(Drawing::on(canvas)));
    let is_drawn = RwSignal::new(false);
    let keep = move |_| {
        let drawing = drawing.get_value();
        leptos::task::spawn_local(async move {
            if let Ok(picture) = drawing.picture().await {
                taking.keep(&picture).await;
            }
        });
    };
    let again = move |_| {
        drawing.with_value(|drawing| drawing.clear());
        is_drawn.set(false);
    };
    let take = Callback::new(move |files| taking.take(files));
    view! {
        <canvas class="signature" node_ref=canvas id=asked.id_of("answer") tabindex="0" role="img" aria-label=said.sign_here()
            aria-invalid=move || asked.is_invalid().then_some("true")
            on:pointerdown=move |event| {
                drawing.with_value(|drawing| drawing.begin(&event));
                is_drawn.set(true);
            }
            on:pointermove=move |event| drawing.with_value(|drawing| drawing.go_on(&event))
            on:pointerup=move |_| drawing.with_value(|drawing| drawing.end())
            on:pointercancel=move |_| drawing.with_value(|drawing| drawing.end())></canvas>
        <div class="tools" hidden=move || !is_drawn.get()>
            <button type="button" class="button button--tool" data-action="again" on:click=again>{said.sign_again()}</button>
            <button type="button" class="button button--primary" data-action="keep" on:click=keep>{said.sign_keep()}</button>
        </div>
        <div class="tools" hidden=move || is_drawn.get()>
            <TakeFiles words=said.sign_photograph() icon=Glyph::Camera accept="image/*" camera=true take />
            <TakeFiles words=by.thumb() icon=Glyph::Camera accept="image/*" camera=true take />
            <TakeFiles words=said.choose() icon=Glyph::Picture accept="image/*" take />
        </div>
        <p class="question__hint" hidden=move || is_drawn.get()>{by.witness()}</p>
    }
}
