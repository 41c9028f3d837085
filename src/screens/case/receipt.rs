//! The township's proof, as far as there is one.

use leptos::prelude::*;
use protocol::{ApplicationId, DeviceTime};

use crate::device::clock;
use crate::surroundings::moment;
use crate::vault::DeliveryRecord;
use crate::when::{by_phone, by_township, in_full};
use crate::words;

/// How many digits of the digest are shown: enough to compare by eye.
const DIGITS: usize = 16;

/// The receipt; before there is one, when it was sealed.
#[component]
pub(super) fn Receipt(
    application: ApplicationId,
    delivery: DeliveryRecord,
    office: Option<String>,
    sealed_at: DeviceTime,
) -> impl IntoView {
    let said = words::case();
    let receipt = delivery.receipt();
    let number = receipt.as_ref().map(|receipt| receipt.case.0.clone());
    let received = receipt
        .as_ref()
        .map(|receipt| in_full(by_township(receipt.received_at, moment(clock::now()))));
    let digest: String = delivery.digest.to_string().chars().take(DIGITS).collect();
    let missing = delivery.files.iter().filter(|file| file.offset < file.length).count();
    let files = match (delivery.files.len(), delivery.completion.is_some()) {
        (0, _) => said.no_files().to_owned(),
        (count, true) => said.files_complete(count),
        (count, false) => said.files_missing(missing.max(1), count),
    };
    let (is_received, is_complete) = (receipt.is_some(), delivery.is_delivered());
    let code = application.query_code();
    view! {
        <section class="record" data-complete=is_complete.then_some("")>
            <div class="record__head"><h2>{if receipt.is_some() { said.receipt() } else { said.no_receipt() }}</h2></div>
            <dl>
                {number.map(|number| view! {
                    <div class="record__line">
                        <dt>{said.number()}</dt>
                        <dd class="number"><span data-receipt>{grouped(&number)}</span></dd>
                    </div>
                })}
                {received.map(|received| row(said.received_at(), received))}
                {office.map(|office| row(said.office(), office))}
                {row(said.files(), files)}
                {row(said.sealed_at(), in_full(by_phone(sealed_at)))}
                {is_received.then(|| row(said.query_code(), spaced(&code, 5)))}
                {row(said.digest(), spaced(&digest, 4))}
            </dl>
        </section>
        {is_received.then(|| view! {
            <p class="question__hint">{said.proof()}</p>
            <p class="question__hint">{said.query()}" "<a class="link" href="/query" rel="external">{said.query_link()}</a></p>
        })}
    }
}

fn row(name: &'static str, value: String) -> AnyView {
    view! { <div class="record__line"><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// A long number, with places where it may break.
fn grouped(number: &str) -> AnyView {
    let digits: Vec<char> = number.chars().collect();
    let groups = digits
        .chunks(4)
        .map(|group| view! { <span class="group">{group.iter().collect::<String>()}</span> });
    groups.collect_view().into_any()
}

/// Digits, so many at a time.
fn spaced(digits: &str, group: usize) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(group).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
