//! 邮袋: what waits leaves the phone without a network, and what somebody brings is taken along.

mod film;
mod show;
mod take_in;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device::clock;
use crate::device::mailbag::hand_over;
use crate::effect::loaded;
use crate::parts::{Glyph, Header, Strip, Tone};
use crate::phone::{Phone, phone};
use crate::route::Route;
use crate::surroundings::moment;
use crate::vault::DeliveryRecord;
use crate::when::size;
use crate::words::{self, InWords as _};
use show::Show;
use take_in::TakeIn;

/// What there is to pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Waiting {
    /// Envelopes.
    envelopes: usize,
    /// Bytes of their files.
    files: u64,
    /// What the township has proven of what was carried for others.
    proofs: usize,
}

async fn look(phone: Phone) -> Waiting {
    let records = phone.device().deliveries().await.map_or_else(|_| Vec::new(), |all| all.records);
    let open = || records.iter().filter(|record| !record.is_delivered());
    let is_proof =
        |record: &&DeliveryRecord| record.application.is_none() && record.receipt.is_some();
    Waiting {
        envelopes: open().count(),
        files: open().flat_map(|record| &record.files).map(|file| file.length).sum(),
        proofs: records.iter().filter(is_proof).count(),
    }
}

/// Both ways.
#[component]
pub(crate) fn MailbagScreen() -> impl IntoView {
    let said = words::mailbag();
    let title = Signal::derive(move || said.title().to_owned());
    view! {
        <div class="screen">
            <Header title back=Route::Mine />
            <main data-screen="mailbag">
                <p class="lead">{said.what()}</p>
                <Pack />
                <TakeIn />
            </main>
        </div>
    }
}

/// What leaves.
#[component]
fn Pack() -> impl IntoView {
    let said = words::mailbag();
    let phone = phone();
    let waiting = loaded(move || {
        phone.delivery().follow_changes();
        look(phone)
    });
    let outcome = RwSignal::new(None::<Result<(), String>>);
    let pack = move |with_files| {
        outcome.set(None);
        spawn_local(async move {
            let packed = pack(phone, with_files).await;
            outcome.try_set(Some(packed));
        });
    };
    let ways = move || {
        let Waiting { envelopes, files, proofs } = waiting.get().unwrap_or_default();
        if envelopes == 0 && proofs == 0 {
            return view! { <p class="question__hint">{said.nothing()}</p> }.into_any();
        }
        let what = match envelopes {
            0 => said.proofs(proofs),
            _ if files == 0 => said.waiting(envelopes),
            _ => said.waiting_with(envelopes, &size(files)),
        };
        view! {
            <p>{what}</p>
            <button type="button" class="button button--primary" data-action="pack" on:click=move |_| pack(true)>
                {Glyph::Seal.drawn()}
                {said.pack()}
            </button>
            {(files > 0).then(|| view! {
                <button type="button" class="button" data-action="pack-without-files" on:click=move |_| pack(false)>{said.pack_without_files()}</button>
            })}
            <Show />
        }
        .into_any()
    };
    let told = move || {
        let (tone, words) = match outcome.get()? {
            Ok(()) if waiting.get().unwrap_or_default().envelopes == 0 => {
                (Tone::Green, said.packed_proofs().to_owned())
            }
            Ok(()) => (Tone::Green, said.packed().to_owned()),
            Err(words) => (Tone::Red, words),
        };
        Some(
            view! { <div data-packed role="status"><Strip tone><span>{words}</span></Strip></div> },
        )
    };
    view! {
        <section class="stack">
            <h2 class="section-title">{said.out()}</h2>
            {ways}
            {told}
        </section>
    }
}

async fn pack(phone: Phone, with_files: bool) -> Result<(), String> {
    let said = words::mailbag();
    let packed = phone.delivery().pack_mailbag(with_files).await;
    let pile = packed.map_err(|error| error.in_words())?.ok_or(said.not_yet())?;
    let now = moment(clock::now());
    let stamp = format!(
        "{:02}{:02}-{:02}{:02}",
        u8::from(now.month()),
        now.day(),
        now.hour(),
        now.minute()
    );
    match hand_over(&pile, &format!("{}{stamp}.xstbag", said.title())).await {
        true => Ok(()),
        false => Err(said.not_saved().to_owned()),
    }
}
