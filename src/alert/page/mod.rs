//! One message to one person, in their language, with its realm in its type. Pure: it is made of words and addresses,
//! and sends nothing.
//!
//! `Page<Drill>` can only be made from an [`Admitted`], which only [`AllowList::admit`] gives out, and its letter always
//! carries the marking EXERCICE / EXERCISE at both ends. A page kept on disk passes the same door when it is read back.

pub mod address;
pub mod allow;
pub mod draft;
pub mod letter;
mod marked;
mod marking;
pub(crate) mod recipient;
pub mod short;
mod stored;
mod urgency;
pub mod words;

use std::marker::PhantomData;

use jiff::Zoned;

pub use self::address::{drill_reach, live_reach};
pub use self::allow::{Admitted, AllowList};
pub use self::draft::Draft;
pub use self::letter::Letter;
use self::letter::Words;
pub use self::recipient::Recipient;
pub use self::stored::Refused;
pub(crate) use self::urgency::Urgency;
pub use crate::alert::medium::{Address, Medium};
use crate::base::id::{ChannelName, DrillId, PageId, PersonId};
use crate::base::realm::{Drill, Kind, Live, Realm};
use crate::base::seal::Seal;

/// One message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<K: Kind> {
    id: PageId,
    message_id: String,
    written: Zoned,
    to: Recipient,
    draft: Draft,
    /// Nothing for a live page, always something for a drill page.
    drill: Option<DrillId>,
    kind: PhantomData<K>,
}

impl Page<Live> {
    /// A page of a real alert. `written` is on the site's clock.
    pub fn new(id: PageId, written: Zoned, to: Recipient, draft: Draft) -> Self {
        Self::made(id, written, None, to, draft)
    }

    /// The same page at another address of its person: the one it had was put right.
    pub(crate) fn readdressed(self, address: Address) -> Self {
        Self { to: Recipient { address, ..self.to }, ..self }
    }
}

impl Page<Drill> {
    /// A page of an exercise, to somebody the allow list admits. `written` is on the site's clock.
    pub fn new(id: PageId, written: Zoned, drill: DrillId, to: Admitted, draft: Draft) -> Self {
        Self::made(id, written, Some(drill), to.into_recipient(), draft.with_room())
    }
}

impl<K: Kind> Page<K> {
    fn made(id: PageId, written: Zoned, drill: Option<DrillId>, to: Recipient, draft: Draft) -> Self {
        let number = id.to_string();
        // Two sites both have a page P12: what it says, to whom and when tells them apart.
        let seal = Seal::of(&[
            number.as_bytes(),
            written.to_string().as_bytes(),
            to.person.as_str().as_bytes(),
            to.channel.as_str().as_bytes(),
            draft.body().as_bytes(),
        ]);
        let message_id = format!("{number}.{}", &seal.to_string()[..16]);
        Self { id, message_id, written, to, draft, drill, kind: PhantomData }
    }

    /// To whom.
    pub fn person(&self) -> &PersonId {
        &self.to.person
    }

    /// By which channel.
    pub(crate) fn channel(&self) -> &ChannelName {
        &self.to.channel
    }

    /// Where to.
    pub fn address(&self) -> &Address {
        &self.to.address
    }

    /// The realm, as a value.
    pub(crate) fn realm(&self) -> Realm {
        self.drill.map_or(Realm::Live, Realm::Drill)
    }

    /// What the channel gets.
    pub fn letter(&self) -> Letter {
        self.letter_of(self.words(&self.draft))
    }

    /// What the channel gets after an attempt of which nobody knows how it ended: the same letter with the remark that
    /// it may be a repetition.
    pub fn letter_again(&self) -> Letter {
        let again = self.draft.again();
        self.letter_of(self.words(&if self.drill.is_some() { again.with_room() } else { again }))
    }

    fn letter_of(&self, words: Words) -> Letter {
        Letter {
            page: self.id,
            message_id: self.message_id.clone(),
            written: self.written.clone(),
            person: self.to.person.clone(),
            address: self.to.address.clone(),
            urgency: None,
            words,
        }
    }

    fn words(&self, draft: &Draft) -> Words {
        match self.drill {
            Some(_) => marked::marked(draft),
            None => Words {
                subject: draft.subject().to_owned(),
                body: draft.body().to_owned(),
                short: draft.short().to_owned(),
            },
        }
    }
}

/// A page of either realm, as it comes back from the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AnyPage {
    /// Real.
    Live(Page<Live>),
    /// Of an exercise.
    Drill(Page<Drill>),
}

impl From<Page<Live>> for AnyPage {
    fn from(page: Page<Live>) -> Self {
        Self::Live(page)
    }
}

impl From<Page<Drill>> for AnyPage {
    fn from(page: Page<Drill>) -> Self {
        Self::Drill(page)
    }
}

impl AnyPage {
    /// To whom.
    pub(crate) fn person(&self) -> &PersonId {
        match self {
            Self::Live(page) => page.person(),
            Self::Drill(page) => page.person(),
        }
    }

    /// By which channel.
    pub(crate) fn channel(&self) -> &ChannelName {
        match self {
            Self::Live(page) => page.channel(),
            Self::Drill(page) => page.channel(),
        }
    }

    /// The realm, as a value.
    pub(crate) fn realm(&self) -> Realm {
        match self {
            Self::Live(page) => page.realm(),
            Self::Drill(page) => page.realm(),
        }
    }

    /// See [`Page::letter`].
    pub(crate) fn letter(&self) -> Letter {
        match self {
            Self::Live(page) => page.letter(),
            Self::Drill(page) => page.letter(),
        }
    }

    /// See [`Page::letter_again`].
    pub(crate) fn letter_again(&self) -> Letter {
        match self {
            Self::Live(page) => page.letter_again(),
            Self::Drill(page) => page.letter_again(),
        }
    }
}

#[cfg(test)]
mod tests;
