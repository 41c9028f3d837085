//! The envelopes that wait, code after code, for another phone's camera.

use std::rc::Rc;

use leptos::html::{Canvas, Dialog};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::clock::pause;
use crate::device::codes::{Codes, NoReader};
use crate::device::{dialog, mailbag};
use crate::parts::Glyph;
use crate::phone::{Phone, phone};
use crate::words::{self, InWords as _};

/// How long each code stands: cheap cameras need as long to see it sharp.
const STANDS_MS: u32 = 250;

/// Shows the codes when asked.
#[component]
pub(super) fn Show() -> impl IntoView {
    let said = words::mailbag();
    let phone = phone();
    let sheet = NodeRef::<Dialog>::new();
    let canvas = NodeRef::<Canvas>::new();
    let is_open = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let open = move |_| {
        trouble.set(None);
        is_open.set(true);
        spawn_local(async move {
            match begin(phone).await {
                Ok(codes) => {
                    dialog::open(sheet);
                    while is_open.try_get_untracked() == Some(true) {
                        if let Some(code) = codes.next() {
                            mailbag::draw(canvas, &code);
                        }
                        pause(STANDS_MS).await;
                    }
                }
                Err(words) => {
                    trouble.try_set(Some(words));
                }
            }
        });
    };
    view! {
        <button type="button" class="button" data-action="show-codes" on:click=open>
            {Glyph::Picture.drawn()}
            {said.show()}
        </button>
        {move || trouble.get().map(|words| view! { <p class="strip strip--amber" role="alert">{words}</p> })}
        <dialog class="sheet" node_ref=sheet data-sheet="codes" aria-label=said.show() on:close=move |_| is_open.set(false)>
            <div class="sheet__head">
                <div class="sheet__title">
                    <span>{said.show()}</span>
                    <button type="button" class="link" data-action="close" on:click=move |_| dialog::close(sheet)>{words::app().close()}</button>
                </div>
            </div>
            <div class="codes">
                <canvas class="codes__code" node_ref=canvas role="img" aria-label=said.codes()></canvas>
                <p class="question__hint">{said.show_how()}</p>
            </div>
        </dialog>
    }
}

async fn begin(phone: Phone) -> Result<Rc<Codes>, String> {
    let said = words::mailbag();
    let codes = Codes::get().await.map_err(|NoReader| words::code().missing().to_owned())?;
    let bag = phone.delivery().short_mailbag().await.map_err(|error| error.in_words())?;
    let bag = bag.ok_or(said.not_yet())?;
    codes.show(&bag).ok_or(said.too_long())?;
    Ok(codes)
}
