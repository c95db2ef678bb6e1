//! Pages taken up again at a start. One whose fate is unknown is sent again at once, and says so; one that cannot be sent
//! any more is said to be lost, and its chain goes on as if its channel had refused it.

use super::item::Item;
use super::sending::ended;
use super::{Outbox, address};
use crate::alert::chain::Outcome;
use crate::alert::page::AnyPage;
use crate::api::{Fact, PageEnd, Purpose};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::{PageRow, PageState};
use crate::words::receipt as words;

/// Whether anybody still wants a page, and how serious what it speaks of is.
pub(in crate::core) type Wish<'a> = &'a dyn Fn(&Purpose) -> Option<Level>;

/// What is to become of a page found in the store.
enum Fate {
    /// It is sent, as it was or with today's address.
    Sent(Box<AnyPage>),
    /// It is not, for this reason.
    Lost(Text),
}

impl Outbox {
    /// Takes up the pages that the store holds, as far as anybody still wants them.
    pub(in crate::core) fn restore(
        &mut self,
        context: Context<'_>,
        last: u64,
        (rows, wanted): (Vec<PageRow>, Wish<'_>),
        out: &mut Out,
    ) {
        self.last = last;
        for row in rows {
            let Ok(purpose) = serde_json::from_str::<Purpose>(&row.key) else {
                self.give_up(row, PageState::Cancelled, &context.kept(&words::unreadable_row()), out);
                continue;
            };
            let (id, lies_there) = (row.id, row.state == PageState::Spooled);
            if let Some(level) = wanted(&purpose) {
                self.take_up(context, row, (purpose, level), out);
            } else if lies_there {
                // Whoever takes letters from there would take it all the same.
                self.take_up(context, row, (purpose, Level::Informational), out);
                if self.pages.get(id).is_some() {
                    self.take_back(id, &context.kept(&words::unwanted()), out);
                }
            } else {
                self.give_up(row, PageState::Cancelled, &context.kept(&words::unwanted()), out);
            }
        }
    }

    fn take_up(&mut self, context: Context<'_>, row: PageRow, (purpose, level): (Purpose, Level), out: &mut Out) {
        match fate(context, &row) {
            Fate::Sent(page) => {
                let again = row.state == PageState::Sending;
                let due = if row.state == PageState::Owed { row.due } else { context.now };
                // One that was left to be taken is looked for where it was left.
                let state = if row.state == PageState::Spooled { PageState::Spooled } else { PageState::Owed };
                let fresh = Item { since: context.now, ..Item::new(purpose, *page, level, row.created) };
                let item = Item { state, attempts: row.attempts, due, again, receipt: row.receipt, ..fresh };
                self.pages.insert(row.id, item);
                self.replace_older(context, row.id, out);
            }
            Fate::Lost(why) => {
                let words = context.kept(&why);
                self.give_up(row, PageState::Failed, &words, out);
                out.say(Event::PageEnded { purpose, outcome: Outcome::Failed, words });
            }
        }
    }

    /// Settles a page that is not taken up.
    fn give_up(&mut self, row: PageRow, state: PageState, why: &str, out: &mut Out) {
        let end = PageEnd {
            page: row.id,
            to: row.person.clone(),
            channel: row.channel.clone(),
            proof: why.to_owned(),
            attempts: row.attempts,
            r#for: None,
        };
        out.keep(row.realm, Fact::Page(ended(state, end)));
        self.given_up.push(PageRow { state, receipt: Some(why.to_owned()), ..row });
    }
}

/// Whether a page can still go where it was to go. People, addresses and channels may have been edited.
fn fate(context: Context<'_>, row: &PageRow) -> Fate {
    let site = context.site();
    if !site.roster.people.contains_key(&row.person) {
        return Fate::Lost(words::no_person(&row.person));
    }
    if context.medium(&row.channel).is_none() {
        return Fate::Lost(words::no_channel(&row.channel));
    }
    let page = match AnyPage::restore(&row.letter, &site.settings.allow) {
        Ok(AnyPage::Live(page)) => page,
        Ok(page @ AnyPage::Drill(_)) => return Fate::Sent(Box::new(page)),
        Err(refused) => return Fate::Lost(refused.text()),
    };
    match address(context, &row.person, &row.channel) {
        // Somebody may have put an address right: the page goes there.
        Some(address) if address != *page.address() => Fate::Sent(Box::new(page.readdressed(address).into())),
        Some(_) => Fate::Sent(Box::new(page.into())),
        None => Fate::Lost(words::no_address_now(&row.person, &row.channel)),
    }
}
