//! Everything that the app says to people, by part and key.
//!
//! The Chinese words stand here, in the code: what a calm clerk would say, without technical words,
//! blame or exclamation marks. Those of every other language are a file of their own
//! (`public/words`), loaded by who wants it. Each part has a type of its own, so that what only
//! later screens say is not loaded before.
//!
//! What a township says (items, guides, forms, states of cases) is data of its pack and not here.

mod accounts;
mod asking;
mod controls;
mod delivery;
mod faults;
mod filling;
mod language;
mod pictures;
mod question;
mod screens;
#[cfg(test)]
mod tests;

pub(crate) use accounts::*;
pub(crate) use asking::*;
pub(crate) use controls::*;
pub(crate) use delivery::*;
pub(crate) use faults::InWords;
pub(crate) use filling::*;
pub(crate) use language::{CHINESE, LANGUAGES, Language, in_use, take_up};
pub(crate) use pictures::*;
pub(crate) use screens::*;

/// Parts, their keys, and the Chinese words. `{name}` in them stands for the argument of that name,
/// so that every language can put it where it belongs.
macro_rules! words {
    ($($(#[$doc:meta])* $part:ident: $type:ident {
        $($(#[$about:meta])* $key:ident $(($($argument:ident: $kind:ty),*))? = $chinese:literal;)*
    })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy)]
            pub(crate) struct $type;

            pub(crate) fn $part() -> $type {
                $type
            }

            impl $type {
                $($crate::words::words! {
                    @key $(#[$about])* $part $key [$(($($argument: $kind),*))?] $chinese
                })*
            }
        )*

        /// Every key with its Chinese words.
        #[cfg(test)]
        pub(super) static ALL: &[(&str, &str)] = &[
            $($((concat!(stringify!($part), ".", stringify!($key)), $chinese)),*),*
        ];
    };
    (@key $(#[$about:meta])* $part:ident $key:ident [] $chinese:literal) => {
        $(#[$about])*
        pub(crate) fn $key(self) -> &'static str {
            const KEY: $crate::words::language::Key =
                $crate::words::language::key(concat!(stringify!($part), ".", stringify!($key)));
            $crate::words::language::text(KEY, $chinese)
        }
    };
    (@key $(#[$about:meta])* $part:ident $key:ident [($($argument:ident: $kind:ty),*)] $chinese:literal) => {
        $(#[$about])*
        pub(crate) fn $key(self, $($argument: $kind),*) -> String {
            const KEY: $crate::words::language::Key =
                $crate::words::language::key(concat!(stringify!($part), ".", stringify!($key)));
            $crate::words::language::filled(
                KEY, $chinese, &[$((stringify!($argument), $argument.into())),*],
            )
        }
    };
}
use words;
