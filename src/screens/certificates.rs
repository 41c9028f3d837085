//! 开证明: what is not certified any more, and whom to ask instead.

use leptos::prelude::*;
use protocol::pack::{Certificates, RefusedCertificate};

use crate::effect::loaded;
use crate::parts::{Header, Icon, Strip, Tone};
use crate::phone::phone;
use crate::route::Route;
use crate::words;

/// Everything that is not certified any more.
#[component]
pub(crate) fn CertificatesScreen() -> impl IntoView {
    let said = words::certificates();
    let title = Signal::derive(move || said.title().to_owned());
    let wanted = RwSignal::new(String::new());
    let all = all();
    let content = move || {
        let Certificates { lead, refused } = all.get()??;
        let found = refused.into_iter().filter(|one| is_meant(one, &wanted.get()));
        let cards: Vec<_> = found.map(card).collect();
        let nothing = cards
            .is_empty()
            .then(|| view! { <p class="question__hint">{said.nothing_found()}</p> });
        let content = view! {
            <Strip tone=Tone::Blue><span>{lead}</span></Strip>
            <div class="stack">{cards}{nothing}</div>
        };
        Some(content.into_any())
    };
    view! {
        <div class="screen">
            <Header title back=Route::Home />
            <main data-screen="certificates">
                <label class="search">
                    <Icon name="search" />
                    <input type="search" placeholder=said.search() aria-label=said.search() enterkeyhint="search"
                        on:input=move |event| wanted.set(event_target_value(&event)) />
                </label>
                {content}
            </main>
        </div>
    }
}

/// Those that may be meant by what somebody types on the home page.
pub(crate) fn certificates_found(wanted: String) -> AnyView {
    let said = words::certificates();
    let all = all();
    let show = move || {
        let found = all.get()??.refused.into_iter().filter(|one| is_named(one, &wanted));
        let cards: Vec<_> = found.map(card).collect();
        let content = (!cards.is_empty())
            .then(|| view! { <h2 class="section-title">{said.title()}</h2> <div class="stack">{cards}</div> });
        Some(content.into_any())
    };
    show.into_any()
}

fn all() -> RwSignal<Option<Option<Certificates>>, LocalStorage> {
    loaded(|| {
        let delivery = phone().delivery();
        let digest = delivery.pack().and_then(|pack| pack.certificates);
        async move { delivery.certificates(digest?).await.ok() }
    })
}

fn card(refused: RefusedCertificate) -> AnyView {
    let said = words::certificates();
    let RefusedCertificate { name, instead, how, .. } = refused;
    view! {
        <section class="card" data-certificate=name.clone()>
            <span class="card__body">
                <span class="card__name">{name.clone()}</span>
                <span class="card__instead">{said.instead(&instead)}</span>
                <span class="card__detail">{how}</span>
            </span>
        </section>
    }
    .into_any()
}

fn is_meant(one: &RefusedCertificate, wanted: &str) -> bool {
    wanted.trim().is_empty() || is_named(one, wanted)
}

/// Whether `wanted` names the certificate: 「我要开单身证明」 means that of marriage.
fn is_named(one: &RefusedCertificate, wanted: &str) -> bool {
    let wanted = wanted.trim().to_lowercase();
    let names = one.keywords.iter().chain([&one.name]).map(|name| name.to_lowercase());
    let is_whole = |name: &String| name.chars().count() > 1 && wanted.contains(name.as_str());
    let mut names =
        names.filter(|name| !wanted.is_empty() && (name.contains(&wanted) || is_whole(name)));
    names.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_found_by_what_people_call_it() {
        let marriage = RefusedCertificate {
            name: "婚姻状况证明".to_owned(),
            keywords: vec!["单身".to_owned(), "hunyin".to_owned()],
            instead: String::new(),
            how: String::new(),
        };
        for wanted in ["单身", "我要开单身证明", "婚姻", "HUNYIN"] {
            assert!(is_named(&marriage, wanted), "{wanted}");
        }
        assert!(!is_named(&marriage, "医保") && !is_named(&marriage, " "));
    }
}
