//! The keys for addresses in a site's files: one for each medium by which people are reached.

use super::name::Name;
use crate::alert::channel::{self, Checking};
use crate::alert::medium::{Address, Medium};

/// Gives a struct of a site's file a key for each kind of address, and a way to all of them.
macro_rules! with_addresses {
    ({ $(#[$outer:meta])* pub struct $name:ident { $($fields:tt)* } }
     $( $(#[$row:meta])+ $word:ident: $kind:ident { $( $(#[$doc:meta])+ address )? } )*) => {
        $(#[$outer])*
        pub struct $name {
            $($fields)*
            $( $(
                $(#[$doc])+
                #[serde(default)]
                pub $word: Option<Name>,
            )? )*
        }

        impl $name {
            /// The addresses that are written, by their medium.
            fn addresses(&self) -> Vec<(Medium, &Name)> {
                let mut written = Vec::new();
                $( $(
                    // A word without its sentence would not be in the schema.
                    let _: &[&str] = &[$( stringify!($doc) ),+];
                    written.extend(self.$word.iter().map(|name| (Medium::$kind, name)));
                )? )*
                written
            }
        }
    };
}
pub(super) use with_addresses;

/// The addresses that can be used; each other one is a finding.
pub(super) fn check(written: Vec<(Medium, &Name)>, at: &mut Checking<'_>) -> Vec<Address> {
    written.into_iter().filter_map(|(medium, text)| channel::address(medium, text, at)).collect()
}
