//! What people do, and what must be true then: on every engine, against the real server.

mod access;
mod accounts;
mod alteration;
mod closed;
mod controls;
mod delivery;
mod elder;
mod first;
mod forms;
mod household;
mod keyboard;
mod leaving;
mod mailbag;
mod meanwhile;
mod metered;
mod pictures;
mod refusal;
mod renewal;
mod roster;
mod rounds;
mod start;
mod trouble;
mod update;

/// Scenarios as tests, on every engine or on some.
macro_rules! on {
    ($($module:ident $engine:ident),*: $scenarios:tt) => {
        $(on!(@ $module $engine [tokio::test(flavor = "multi_thread")] $scenarios);)*
    };
    (@ $module:ident $engine:ident [$($attribute:meta),*] { $($folder:ident::$scenario:ident,)* }) => {
        mod $module {
            on!(% $engine [$($attribute),*] { $($folder::$scenario,)* });
        }
    };
    (% $engine:ident $attributes:tt { $($folder:ident::$scenario:ident,)* }) => {
        $(on!(! $engine $attributes $folder::$scenario);)*
    };
    (! $engine:ident [$($attribute:meta),*] $folder:ident::$scenario:ident) => {
        $(#[$attribute])*
        async fn $scenario() -> anyhow::Result<()> {
            crate::$folder::$scenario(e2e::browser::Engine::$engine).await
        }
    };
}

/// The same, where time is no matter.
macro_rules! on_when_long {
    ($($module:ident $engine:ident),*: $scenarios:tt) => {
        $(on!(@ $module $engine [
            tokio::test(flavor = "multi_thread"),
            ignore = "with --long: Chromium of today shows it in every run"
        ] $scenarios);)*
    };
}

on! { chromium Chromium, chromium_102 Chromium102, firefox Firefox, webkit WebKit: {
    controls::everything_that_a_form_can_ask_is_answered,
    pictures::pictures_arrive_as_offices_want_them,
    start::the_app_starts_again_without_network,
    start::a_killed_browser_loses_no_answer,
    leaving::the_phones_way_back_ends_what_is_typed,
    delivery::two_applications_filled_without_network_arrive_once,
    trouble::damaged_records_are_shown_and_hold_up_no_other,
    accounts::a_locked_phone_shows_nothing_and_delivers_all_the_same,
    update::a_page_that_loads_during_an_update_recovers,
} }

// What depends less on the engine: with `--long` on each.
on! { chromium_besides Chromium: {
    roster::what_is_known_of_people_is_not_asked_again,
    leaving::what_was_answered_by_mistake_is_taken_back,
    start::what_is_still_on_its_way_says_so_and_comes,
    delivery::ten_lost_answers_make_one_case,
    mailbag::a_neighbour_carries_it_and_brings_the_receipt_back,
    meanwhile::what_was_asked_too_late_is_shown_beside_what_is_so_and_done_again,
    alteration::an_altered_application_is_refused_and_explained,
    renewal::a_draft_goes_on_with_the_townships_newer_form,
    renewal::a_draft_stays_on_its_form_where_the_person_wants_that,
    update::an_update_waits_for_the_next_start,
} }
on_when_long! { chromium_102_besides Chromium102, firefox_besides Firefox, webkit_besides WebKit: {
    roster::what_is_known_of_people_is_not_asked_again,
    leaving::what_was_answered_by_mistake_is_taken_back,
    start::what_is_still_on_its_way_says_so_and_comes,
    delivery::ten_lost_answers_make_one_case,
    mailbag::a_neighbour_carries_it_and_brings_the_receipt_back,
    meanwhile::what_was_asked_too_late_is_shown_beside_what_is_so_and_done_again,
    alteration::an_altered_application_is_refused_and_explained,
    renewal::a_draft_goes_on_with_the_townships_newer_form,
    renewal::a_draft_stays_on_its_form_where_the_person_wants_that,
    update::an_update_waits_for_the_next_start,
} }

on! { chromium_in_bad_weather Chromium, firefox_in_bad_weather Firefox, webkit_in_bad_weather WebKit: {
    rounds::each_report_is_one_case_whatever_the_network_does,
} }

/// Forms of the demonstration pack, each filled in in the ways in which its people use the app.
macro_rules! forms {
    ($engine:ident, $ways:expr, $folder:ident: $($item:ident)*) => {
        mod $folder {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $item() -> anyhow::Result<()> {
                use crate::forms::{Way::*, is_filled_in};
                is_filled_in(e2e::browser::Engine::$engine, stringify!($item), &$ways).await
            })*
        }
    };
}

// Everything in Chromium: only it can be told where it is. In the others, a form of their own.
forms! { Chromium, [Usual, Elder], filled_in_usually_and_in_elder_mode:
    cjlb cwzx gljt hcp lsjz mydc rhdc wfgz xyyy ylcb zgrz zjd zlpg zyqz
}
forms! { Firefox, [Elder], filled_in_by_firefox_in_elder_mode: ybcb }
forms! { WebKit, [Elder], filled_in_by_webkit_in_elder_mode: gljt }

/// The offices read what was answered.
macro_rules! forms_that_arrive {
    ($($item:ident $office:literal)*) => {
        mod filled_in_and_read_by_the_office {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $item() -> anyhow::Result<()> {
                crate::forms::is_filled_in_and_read($office, stringify!($item)).await
            })*
        }
    };
}

forms_that_arrive! {
    bxsj "综合办公室"
    dibao "公共服务中心"
    ybcb "公共服务中心"
}

mod first_things {
    #[tokio::test(flavor = "multi_thread")]
    async fn who_shares_a_phone_leaves_nothing_on_it() -> anyhow::Result<()> {
        crate::accounts::who_shares_a_phone_leaves_nothing_on_it().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_clerks_phone_asks_for_a_pin_and_a_lost_one_is_emptied() -> anyhow::Result<()> {
        crate::accounts::a_clerks_phone_asks_for_a_pin_and_a_lost_one_is_emptied().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_clerk_who_forgot_the_pin_gets_another_one_from_the_township() -> anyhow::Result<()> {
        crate::accounts::a_clerk_who_forgot_the_pin_gets_another_one_from_the_township().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_phones_own_lock_opens_the_app_beside_the_pin() -> anyhow::Result<()> {
        crate::accounts::the_phones_own_lock_opens_the_app_beside_the_pin().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_cannot_read_hears_and_who_cannot_write_speaks() -> anyhow::Result<()> {
        crate::elder::who_cannot_read_hears_and_who_cannot_write_speaks().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_neighbour_films_it_from_the_screen() -> anyhow::Result<()> {
        crate::mailbag::a_neighbour_films_it_from_the_screen(e2e::browser::Engine::Chromium).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_counter_takes_in_what_a_stick_brings() -> anyhow::Result<()> {
        crate::mailbag::the_counter_takes_in_what_a_stick_brings().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_wants_a_needless_certificate_is_told_whom_to_ask() -> anyhow::Result<()> {
        crate::first::who_wants_a_needless_certificate_is_told_whom_to_ask().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_browser_is_asked_to_keep_what_is_here() -> anyhow::Result<()> {
        crate::first::the_browser_is_asked_to_keep_what_is_here().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_is_inside_another_app_is_led_to_a_browser() -> anyhow::Result<()> {
        crate::first::who_is_inside_another_app_is_led_to_a_browser().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_cannot_read_sees_what_there_is_to_choose() -> anyhow::Result<()> {
        crate::first::who_cannot_read_sees_what_there_is_to_choose().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_way_to_an_office_is_found_without_network() -> anyhow::Result<()> {
        crate::first::the_way_to_an_office_is_found_without_network().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_clerks_phone_knows_its_own_village_and_no_other() -> anyhow::Result<()> {
        crate::accounts::a_clerks_phone_knows_its_own_village_and_no_other().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_answered_the_last_time_is_there() -> anyhow::Result<()> {
        crate::roster::what_was_answered_the_last_time_is_there().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_slip_in_a_row_is_taken_back_there() -> anyhow::Result<()> {
        crate::roster::a_slip_in_a_row_is_taken_back_there().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_phones_way_back_closes_what_lies_over_a_page() -> anyhow::Result<()> {
        crate::leaving::the_phones_way_back_closes_what_lies_over_a_page().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn another_language_is_chosen_and_stays() -> anyhow::Result<()> {
        crate::first::another_language_is_chosen_and_stays().await
    }
}

mod everybody {
    #[tokio::test(flavor = "multi_thread")]
    async fn fills_in_with_keys_alone() -> anyhow::Result<()> {
        crate::keyboard::insurance_is_applied_for_with_keys_alone(e2e::browser::Engine::Chromium)
            .await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn fills_in_with_keys_alone_in_firefox() -> anyhow::Result<()> {
        crate::keyboard::insurance_is_applied_for_with_keys_alone(e2e::browser::Engine::Firefox)
            .await
    }

    use crate::access::screens_keep_nobody_out;
    use anyhow::Result;
    use e2e::picture::Phone;

    #[tokio::test(flavor = "multi_thread")]
    async fn reads_and_reaches_every_screen() -> Result<()> {
        screens_keep_nobody_out(&[], &[Phone::NARROW, Phone::SMALL, Phone::LARGE], "").await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn reads_and_reaches_every_screen_in_elder_mode() -> Result<()> {
        screens_keep_nobody_out(&[("mode", "elder")], &[Phone::SMALL], "elder-").await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn reads_and_reaches_every_screen_in_english() -> Result<()> {
        screens_keep_nobody_out(&[("language", "en")], &[Phone::SMALL], "english-").await
    }
}

// Only Chromium has a camera that sees something, and can be told what to refuse.
on! { watchful_chromium Chromium: {
    pictures::a_browsers_own_reader_of_codes_is_used,
    pictures::without_a_code_one_can_type,
} }

on! { refusing_chromium WholeChromium: {
    refusal::a_repair_is_reported_though_everything_is_refused,
} }

mod by_the_browser {
    #[tokio::test(flavor = "multi_thread")]
    async fn what_waits_is_delivered_while_no_page_is_open() -> anyhow::Result<()> {
        crate::closed::what_waits_is_delivered_while_no_page_is_open().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn news_come_while_no_page_is_open() -> anyhow::Result<()> {
        crate::closed::news_come_while_no_page_is_open().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn photos_wait_for_wifi_where_the_person_wants_that() -> anyhow::Result<()> {
        crate::metered::photos_wait_for_wifi_where_the_person_wants_that().await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn photos_that_waited_go_when_there_is_wifi() -> anyhow::Result<()> {
        crate::metered::photos_that_waited_go_when_there_is_wifi().await
    }
}

// Only Chromium can be told that the phone is full.
on! { full_chromium Chromium, full_chromium_102 Chromium102: {
    trouble::a_full_phone_says_so_and_loses_nothing,
} }
