//! The table of channels, and what follows from it for people: by which media somebody can be reached, and where. It
//! knows of a channel what is in its row, and nothing of how anything is sent.
//!
//! To add a channel: a file in `src/alert/channel` and a row here. The row gives the name of that file (also the key in
//! people.yaml and the word in the store), the type in it that sends, and what stands behind the key in people.yaml where
//! people have an address for it; a channel that leads to a place of its own has nothing there.

use serde::{Deserialize, Serialize};

/// Hands the table to the macro `$then`, behind whatever else it is given.
macro_rules! every_channel {
    ($then:ident! { $($given:tt)* }) => {
        $then! { { $($given)* }
            /// Mail through the hospital's relay.
            mail: Mail {
                /// Mail address.
                address
            }
            /// Text messages through the spool of a modem's daemon.
            sms: Sms {
                /// Mobile number for text messages, in international form.
                address
            }
            /// A folder with one text file for each page, ready to be printed.
            folder: Folder {}
        }
    };
}
pub(crate) use every_channel;

/// Makes the types that have one variant for each row.
macro_rules! media {
    ({} $( $(#[$row:meta])+ $word:ident: $kind:ident { $( $(#[$doc:meta])+ address )? } )*) => {
        /// What a channel needs to know of a person.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Medium {
            $( $(#[$row])+ $kind, )*
        }

        /// Where a page goes.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum Address {
            $( $(#[$row])+ $kind $( ( $(#[$doc])+ String ) )?, )*
        }

        impl Medium {
            #[cfg(test)]
            const ALL: &[Self] = &[$( Self::$kind ),*];

            #[cfg(test)]
            /// The word for it in people.yaml and in the store.
            fn word(self) -> &'static str {
                match self {
                    $( Self::$kind => stringify!($word), )*
                }
            }

            /// The address that it has for everybody, where people need none of their own.
            pub(crate) fn shared_address(self) -> Option<Address> {
                match self {
                    $( Self::$kind => row!(shared $kind $( $($doc)+ )?), )*
                }
            }
        }

        impl Address {
            /// The medium this is an address of.
            pub fn medium(&self) -> Medium {
                match self {
                    $( Self::$kind { .. } => Medium::$kind, )*
                }
            }

            /// The address itself; nothing where it is the channel's own place.
            pub(crate) fn text(&self) -> Option<&str> {
                match self {
                    $( row!(pattern $kind text $( $($doc)+ )?) => row!(text text $( $($doc)+ )?), )*
                }
            }
        }
    };
}

/// What differs between rows with an address of people, and rows without.
macro_rules! row {
    (shared $kind:ident) => {
        Some(Address::$kind)
    };
    (shared $kind:ident $($doc:meta)+) => {
        None
    };
    (pattern $kind:ident $text:ident) => {
        Address::$kind
    };
    (pattern $kind:ident $text:ident $($doc:meta)+) => {
        Address::$kind($text)
    };
    (text $text:ident) => {
        None
    };
    (text $text:ident $($doc:meta)+) => {
        Some($text)
    };
}

every_channel!(media! {});

impl Medium {
    /// Whether it wakes nobody.
    pub(crate) fn is_quiet(self) -> bool {
        self == Self::Mail
    }

    /// Whether it leads to a place and not to a person.
    pub(crate) fn is_place(self) -> bool {
        self.shared_address().is_some()
    }
}

impl Address {
    /// The number to call, where the address is one (ITU-T E.164).
    pub(crate) fn telephone(&self) -> Option<&str> {
        let digits = |text: &&str| {
            text.strip_prefix('+')
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.text().filter(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_medium_has_one_word_everywhere() {
        for medium in Medium::ALL {
            let stored = serde_json::to_string(medium).expect("JSON");
            assert_eq!(stored, format!("\"{}\"", medium.word()));
            assert!(medium.shared_address().is_none_or(|address| address.medium() == *medium));
        }
    }

    #[test]
    fn what_was_stored_before_there_was_a_table_is_read_and_written_as_it_was() {
        for (stored, address, text) in [
            ("{\"mail\":\"a@b.example\"}", Address::Mail("a@b.example".to_owned()), Some("a@b.example")),
            ("{\"sms\":\"+33600000001\"}", Address::Sms("+33600000001".to_owned()), Some("+33600000001")),
            ("\"folder\"", Address::Folder, None),
        ] {
            assert_eq!(serde_json::from_str::<Address>(stored).expect("an address"), address);
            assert_eq!(serde_json::to_string(&address).expect("JSON"), stored);
            assert_eq!(address.text(), text);
        }
    }

    #[test]
    fn only_a_number_can_be_called() {
        assert_eq!(Address::Sms("+33600000001".to_owned()).telephone(), Some("+33600000001"));
        for address in [Address::Mail("+33@b.example".to_owned()), Address::Sms("+".to_owned()), Address::Folder] {
            assert_eq!(address.telephone(), None);
        }
    }
}
