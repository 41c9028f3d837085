//! From screen to screen, in step with the phone's own way back.

use leptos::prelude::*;

use crate::device::{dialog, history, page};
use crate::route::Route;

/// Where the person is, and how they got there.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    route: RwSignal<Route>,
    trail: StoredValue<Trail>,
}

/// The screens since the app started; `start` of them lie before it.
struct Trail {
    start: u32,
    routes: Vec<Route>,
    here: usize,
}

impl Navigation {
    /// Begins with the screen that the address bar names.
    pub(crate) fn start() -> Self {
        let route = Route::parse(&history::path());
        let trail =
            Trail { start: history::depth().unwrap_or(0), routes: vec![route.clone()], here: 0 };
        history::replace(&route.path(), trail.start);
        let navigation = Self { route: RwSignal::new(route), trail: StoredValue::new(trail) };
        history::on_moved(move || navigation.follow_browser());
        history::on_link(move |path| navigation.go(Route::parse(path)));
        navigation
    }

    /// The present screen.
    pub(crate) fn route(self) -> Route {
        self.route.get()
    }

    /// Goes to a screen: back, where it is the one before this.
    pub(crate) fn go(self, route: Route) {
        let (depth, is_before) = self.trail.with_value(|trail| {
            let before = trail.here.checked_sub(1).and_then(|place| trail.routes.get(place));
            (trail.start + trail.here as u32 + 1, before == Some(&route))
        });
        if is_before {
            return history::back();
        }
        self.trail.update_value(|trail| {
            trail.here += 1;
            trail.routes.truncate(trail.here);
            trail.routes.push(route.clone());
        });
        history::push(&route.path(), depth);
        self.show(route);
    }

    /// Goes to a screen that stands in for the present one: nobody comes back to this.
    pub(crate) fn replace(self, route: Route) {
        let depth = self.trail.try_update_value(|trail| {
            trail.routes[trail.here] = route.clone();
            trail.start + trail.here as u32
        });
        history::replace(&route.path(), depth.unwrap_or_default());
        self.show(route);
    }

    fn follow_browser(self) {
        let route = Route::parse(&history::path());
        let is_other = route != self.route.get_untracked();
        // What lies over the page goes first, and the page stays.
        if is_other && dialog::close_open() {
            return history::forward();
        }
        let depth = history::depth().unwrap_or(0);
        self.trail.update_value(|trail| {
            match depth.checked_sub(trail.start).map(|place| place as usize) {
                Some(place) if trail.routes.get(place) == Some(&route) => trail.here = place,
                // From before the app was loaded again: the trail begins anew.
                _ => *trail = Trail { start: depth, routes: vec![route.clone()], here: 0 },
            }
        });
        if is_other {
            self.show(route);
        }
    }

    fn show(self, route: Route) {
        // What is typed there ends while the field is still on the screen.
        page::leave_field();
        self.route.set(route);
        // After the new screen stands.
        leptos::task::spawn_local(async {
            leptos::task::tick().await;
            page::begin_at_top();
        });
    }
}

/// The navigation of this app.
pub(crate) fn navigation() -> Navigation {
    expect_context()
}
