//! What a channel gets: final words, an address, a name that stays the same however often it is sent. Only a page can
//! make one, so that nothing without a realm is ever sent.

use jiff::Zoned;

use super::urgency::Urgency;
use crate::alert::medium::Address;
use crate::base::id::{PageId, PersonId};

/// The three texts of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) short: String,
}

/// One finished message to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub(super) page: PageId,
    pub(super) message_id: String,
    pub(super) written: Zoned,
    pub(super) person: PersonId,
    pub(super) address: Address,
    pub(super) urgency: Option<Urgency>,
    pub(super) words: Words,
}

impl Letter {
    /// The same letter, so urgent.
    #[must_use]
    pub(crate) fn urgent(self, urgency: Urgency) -> Self {
        Self { urgency: Some(urgency), ..self }
    }

    /// How urgent it is, where whoever sends it said so.
    pub(crate) fn urgency(&self) -> Option<Urgency> {
        self.urgency
    }

    /// The page this is.
    pub(crate) fn page(&self) -> PageId {
        self.page
    }

    /// Letters, digits, dots and hyphens that name this message for ever: a repetition has the same.
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// When it was written, on the site's clock.
    pub(crate) fn written(&self) -> &Zoned {
        &self.written
    }

    /// To whom.
    pub fn person(&self) -> &PersonId {
        &self.person
    }

    /// Where to.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// One line.
    pub fn subject(&self) -> &str {
        &self.words.subject
    }

    /// The whole text.
    pub fn body(&self) -> &str {
        &self.words.body
    }

    /// The text for a telephone: at most 160 characters of the GSM alphabet.
    pub fn short(&self) -> &str {
        &self.words.short
    }
}
