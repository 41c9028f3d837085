//! What people do, and what must be true then: on every engine, against the real server.

mod alteration;
mod delivery;
mod household;
mod start;
mod update;

/// Every scenario as a test on every engine.
macro_rules! on_every_engine {
    ($($folder:ident::$scenario:ident),* $(,)?) => {
        on_every_engine!(@ chromium Chromium $($folder::$scenario)*);
        on_every_engine!(@ chromium_102 Chromium102 $($folder::$scenario)*);
        on_every_engine!(@ firefox Firefox $($folder::$scenario)*);
        on_every_engine!(@ webkit WebKit $($folder::$scenario)*);
    };
    (@ $module:ident $engine:ident $($folder:ident::$scenario:ident)*) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $scenario() -> anyhow::Result<()> {
                crate::$folder::$scenario(e2e::browser::Engine::$engine).await
            })*
        }
    };
}

on_every_engine! {
    start::the_app_starts_again_without_network,
    start::a_killed_browser_loses_no_answer,
    delivery::two_applications_filled_without_network_arrive_once,
    delivery::ten_lost_answers_make_one_case,
    alteration::an_altered_application_is_refused_and_explained,
    update::an_update_waits_for_the_next_start,
    update::a_page_that_loads_during_an_update_recovers,
}
