//! Which screen a path names. Pure: the address bar is `device`'s.
//!
//! A path holds ids and places only, never anything that a person said.

use protocol::{ApplicationId, ItemId};

use crate::filling::Address;

/// A screen, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// 办事: find an item and start.
    Home,
    /// One item: what it is, what to bring, where to begin.
    Item(ItemId),
    /// One page of a form; without an address, where the person stopped.
    Filling(ApplicationId, Option<Address>),
    /// Everything that was answered, before it is sealed.
    Review(ApplicationId),
    /// Sealed just now.
    Finished(ApplicationId),
    /// 我的: drafts, what is still on the phone, what arrived.
    Mine,
    /// One application after it was sealed.
    Case(ApplicationId),
    /// 邮袋: what travels without a network.
    Mailbag,
    /// 公开: the offices, their telephones and hours.
    Offices,
    /// 设置: how this phone's people like the app.
    Settings,
    /// 账户密码: who uses this phone, and how it is locked.
    Accounts,
    /// 开证明: what is not certified any more.
    Certificates,
    /// 没有网怎么用: what is ready, and the way to the home screen.
    Offline,
}

impl Route {
    /// The screen that `path` names; home where it names none.
    pub(crate) fn parse(path: &str) -> Self {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let (screen, which, place) = (parts.next(), parts.next(), parts.next());
        let application = which.and_then(|id| id.parse().ok());
        match (screen, which, application) {
            (Some("item"), Some(item), _) => Self::Item(ItemId(item.to_owned())),
            (Some("fill"), _, Some(id)) => Self::Filling(id, place.and_then(Address::parse)),
            (Some("review"), _, Some(id)) => Self::Review(id),
            (Some("finished"), _, Some(id)) => Self::Finished(id),
            (Some("case"), _, Some(id)) => Self::Case(id),
            (Some("mine"), None, _) => Self::Mine,
            (Some("mailbag"), None, _) => Self::Mailbag,
            (Some("offices"), None, _) => Self::Offices,
            (Some("settings"), None, _) => Self::Settings,
            (Some("accounts"), None, _) => Self::Accounts,
            (Some("certificates"), None, _) => Self::Certificates,
            (Some("offline"), None, _) => Self::Offline,
            _ => Self::Home,
        }
    }

    /// The path of this screen.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Item(item) => format!("/item/{}", item.0),
            Self::Filling(id, None) => format!("/fill/{id}"),
            Self::Filling(id, Some(address)) => format!("/fill/{id}/{address}"),
            Self::Review(id) => format!("/review/{id}"),
            Self::Finished(id) => format!("/finished/{id}"),
            Self::Mine => "/mine".to_owned(),
            Self::Mailbag => "/mailbag".to_owned(),
            Self::Case(id) => format!("/case/{id}"),
            Self::Offices => "/offices".to_owned(),
            Self::Settings => "/settings".to_owned(),
            Self::Accounts => "/accounts".to_owned(),
            Self::Certificates => "/certificates".to_owned(),
            Self::Offline => "/offline".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_is_found_again_by_its_path() {
        let id = ApplicationId::new(1_760_000_000_000, [7; 10]);
        let address = Address::parse("3.2.1");
        assert!(address.is_some());
        for route in [
            Route::Home,
            Route::Item(ItemId("ybcb".to_owned())),
            Route::Filling(id, None),
            Route::Filling(id, address),
            Route::Review(id),
            Route::Finished(id),
            Route::Mine,
            Route::Case(id),
            Route::Offices,
            Route::Settings,
            Route::Accounts,
            Route::Certificates,
            Route::Offline,
            Route::Mailbag,
        ] {
            assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn a_path_that_names_nothing_leads_home() {
        for path in ["", "/", "/nothing", "/fill", "/fill/not-an-id", "/mine/more"] {
            assert_eq!(Route::parse(path), Route::Home);
        }
    }
}
