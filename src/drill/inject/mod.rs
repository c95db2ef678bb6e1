//! The kinds of stimulus, one file for each. To add one: its file, its `mod` line and its row in the table below.
//!
//! A kind's file holds all that only it knows: how it is written, its check, who it is for, what it asks of the world,
//! what the facilitator reads on the card, its word. What several kinds may do has files of its own: `burst` lets lines
//! appear over time, `question` asks for a decision. Nobody else asks of which kind an inject is: they ask
//! `Action::means` what it does.

mod burst;
mod decision;
mod log;
mod means;
mod message;
mod phone;
mod question;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(in crate::drill) use burst::Burst;
use means::Written as _;
pub(in crate::drill) use means::{Means, Scene};
pub(in crate::drill) use question::{Answer, Question};

use super::playbook::checking::Checking;
use crate::base::language::Text;

/// Makes of the table what knows all kinds: for each its file, its type and how that is written. The comment of a row
/// is shown to authors by their editor.
macro_rules! means {
    ($($(#[$doc:meta])+ $file:ident: $Kind:ident, $Written:ident;)+) => {
        /// What an inject does, as written.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(rename_all = "lowercase")]
        #[schemars(rename = "DeedWritten")]
        pub(in crate::drill) enum ActionWritten {
            $($(#[$doc])+ $Kind($file::$Written),)+
        }

        impl ActionWritten {
            pub(in crate::drill) fn check(self, checking: &mut Checking<'_>) -> Option<Action> {
                match self {
                    $(Self::$Kind(written) => written.check(checking).map(Action::$Kind),)+
                }
            }

            /// The injects that this one can lead to.
            pub(in crate::drill) fn leads_to(&self) -> Vec<String> {
                match self {
                    $(Self::$Kind(written) => written.leads_to(),)+
                }
            }
        }

        /// What an inject does.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])+ $Kind($file::$Kind),)+
        }

        impl Action {
            /// Its kind.
            pub fn kind(&self) -> ActionKind {
                match self {
                    $(Self::$Kind(_) => ActionKind::$Kind,)+
                }
            }

            /// What is to know about it, whatever its kind.
            pub(in crate::drill) fn means(&self) -> &dyn Means {
                match self {
                    $(Self::$Kind(means) => means,)+
                }
            }
        }

        /// The kind of an inject, without what is in it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum ActionKind {
            $($(#[$doc])+ $Kind,)+
        }

        impl ActionKind {
            /// The word shown to a person.
            pub fn word(self) -> Text {
                match self {
                    $(Self::$Kind => $file::word(),)+
                }
            }
        }
    };
}

means! {
    /// Write lines into a log, where the real rules read them.
    log: Log, LogWritten;
    /// Send a message to players.
    message: Message, MessageWritten;
    /// Have the facilitator call players and read out a script.
    phone: Phone, PhoneWritten;
    /// Ask players for a decision.
    decision: Decision, DecisionWritten;
}
