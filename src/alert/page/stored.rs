//! A page as it is kept on disk, and the door it must pass when it is read back: a drill page that lost its marking, or
//! whose address is no longer on the allow list, is refused. Even a row that somebody changed by hand cannot send.

use std::error::Error;
use std::fmt;

use jiff::Zoned;
use serde::{Deserialize, Serialize};

use super::letter::Words;
use super::{Address, AllowList, AnyPage, Draft, Page, Recipient, marked, marking};
use crate::base::id::{ChannelName, DrillId, PageId, PersonId};
use crate::base::language::{Language, Text};
use crate::base::realm::{Drill, Kind, Live, Realm};
use crate::words::receipt as words;

/// Why a page that was kept is not used any more.
#[derive(Debug)]
pub enum Refused {
    /// The row is not a page.
    NotAPage(serde_json::Error),
    /// A page of an exercise without the marking where it belongs.
    Unmarked(PageId),
    /// A live page that says it is an exercise: the row was changed.
    MarkedLive(PageId),
    /// The allow list does not admit this person at this address by this channel, or not any more.
    NotAdmitted {
        /// The page.
        page: PageId,
        /// To whom.
        person: PersonId,
        /// By which channel.
        channel: ChannelName,
    },
}

impl Refused {
    /// The same in words.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::NotAPage(error) => words::not_a_page(error),
            Self::Unmarked(page) => words::unmarked(page),
            Self::MarkedLive(page) => words::marked_live(page),
            Self::NotAdmitted { page, person, channel } => words::not_admitted(page, person, channel),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.text().get(Language::En))
    }
}

impl Error for Refused {}

impl From<serde_json::Error> for Refused {
    fn from(error: serde_json::Error) -> Self {
        Self::NotAPage(error)
    }
}

/// The words are kept as they are sent, marking included, so that the store shows what people read.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredPage {
    realm: Realm,
    id: PageId,
    message_id: String,
    written: Zoned,
    person: PersonId,
    channel: ChannelName,
    address: Address,
    language: Language,
    subject: String,
    body: String,
    short: String,
}

impl<K: Kind> Page<K> {
    /// This page as JSON, for the store.
    pub(crate) fn store(&self) -> String {
        let Words { subject, body, short } = self.words(&self.draft);
        let stored = StoredPage {
            realm: self.realm(),
            id: self.id,
            message_id: self.message_id.clone(),
            written: self.written.clone(),
            person: self.to.person.clone(),
            channel: self.to.channel.clone(),
            address: self.to.address.clone(),
            language: self.draft.language(),
            subject,
            body,
            short,
        };
        serde_json::to_string(&stored).expect("a page holds only text and numbers")
    }
}

impl AnyPage {
    /// This page as JSON, for the store.
    pub(crate) fn store(&self) -> String {
        match self {
            Self::Live(page) => page.store(),
            Self::Drill(page) => page.store(),
        }
    }

    /// Reads back what [`AnyPage::store`] gave. A page of an exercise must still carry its marking and still be
    /// admitted by `allow`, at the address it has.
    pub(crate) fn restore(json: &str, allow: &AllowList) -> Result<Self, Refused> {
        let stored: StoredPage = serde_json::from_str(json)?;
        match stored.realm {
            Realm::Live => stored.live(),
            Realm::Drill(drill) => stored.drill(drill, allow),
        }
    }
}

impl StoredPage {
    fn words(&self) -> Words {
        Words { subject: self.subject.clone(), body: self.body.clone(), short: self.short.clone() }
    }

    fn live(self) -> Result<AnyPage, Refused> {
        if marking::is_marked(&self.words()) {
            return Err(Refused::MarkedLive(self.id));
        }
        let draft = Draft::new(self.language, &self.subject, &self.body, &self.short);
        let to = Recipient { person: self.person, channel: self.channel, address: self.address };
        let page = Page::<Live>::new(self.id, self.written, to, draft);
        Ok(AnyPage::Live(Page { message_id: self.message_id, ..page }))
    }

    fn drill(self, drill: DrillId, allow: &AllowList) -> Result<AnyPage, Refused> {
        let draft = marked::unmarked(&self.words(), self.language).ok_or(Refused::Unmarked(self.id))?;
        let admitted = allow
            .admit(&self.person, &self.channel, self.address.medium())
            .filter(|admitted| *admitted.address() == self.address);
        let Some(admitted) = admitted else {
            return Err(Refused::NotAdmitted { page: self.id, person: self.person, channel: self.channel });
        };
        let page = Page::<Drill>::new(self.id, self.written, drill, admitted, draft);
        Ok(AnyPage::Drill(Page { message_id: self.message_id, ..page }))
    }
}
