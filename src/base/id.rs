//! Names and numbers that identify things, one type each so that they cannot be mixed up.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&self.0)
            }
        }
    )*};
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.pad(&format!(concat!($prefix, "{}"), self.0))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            /// Reads `A12` or `12`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.strip_prefix($prefix).unwrap_or(text).parse().map(Self)
            }
        }
    )*};
}

names! {
    /// A source of lines, as named under `sources:` in `vigie.yaml`.
    SourceName;
    /// A detection rule: its folder and file name joined by a dot, such as `ransomware.rename_burst`.
    RuleId;
    /// A person, as named under `people:` in `people.yaml`.
    PersonId;
    /// A rota, as named under `rotas:` in `people.yaml`.
    RotaId;
    /// A notification chain, as named under `chains:` in `chains.yaml`.
    ChainId;
    /// A channel, as named under `channels:` in `vigie.yaml`.
    ChannelName;
    /// A duty to declare something to somebody, such as `cert-sante`.
    DutyId;
    /// A playbook, by its `playbook:` key.
    PlaybookId;
    /// One inject of a playbook, by its `id:` key.
    InjectId;
    /// One objective of a playbook.
    ObjectiveId;
    /// One cell (group of players) of a playbook.
    CellId;
}

numbers! {
    /// An alert, numbered from 1 in each site; shown as `A12`.
    AlertId "A";
    /// A page (one message to one person by one channel); shown as `P12`.
    PageId "P";
    /// A drill that was started; shown as `D3`.
    DrillId "D";
    /// A silence, numbered from 1 in each site; shown as `S3`.
    SilenceId "S";
    /// An entry of the ledger; shown as `L40`.
    EntryId "L";
}
