//! Whether channels deliver. One that only fails for a while is an alert of its own, which the other channels carry; its
//! next letter that is taken ends it.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::item::Item;
use crate::alert::Ailment;
use crate::alert::channel::Receipt;
use crate::base::id::ChannelName;
use crate::base::language::Text;
use crate::base::level::Level;
use crate::core::context::Context;
use crate::core::event::{Event, Out};
use crate::store::PageState;
use crate::words::channel as words;

/// For how long a channel may do nothing but fail.
const FAILING: SignedDuration = SignedDuration::from_mins(2);
/// For how long a letter may lie where somebody should take it.
const STALE: SignedDuration = SignedDuration::from_secs(60);

/// How all channels are.
#[derive(Debug, Default)]
pub(super) struct Health(BTreeMap<ChannelName, Channel>);

#[derive(Debug, Default)]
struct Channel {
    /// Since when it has only failed.
    failing: Option<Timestamp>,
    /// What was said of it last; nothing since the start of vigie.
    said: Option<Said>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Ailing,
    Well,
}

impl Health {
    /// Takes note of what became of a letter.
    pub(super) fn hear(&mut self, context: Context<'_>, item: &Item, receipt: &Receipt, out: &mut Out) {
        let (name, now) = (item.page.channel(), context.now);
        let channel = self.0.entry(name.clone()).or_default();
        let lasted = |since: Timestamp| now.duration_since(since);
        let suffers = match receipt {
            Receipt::Accepted { .. } => return channel.accepts(name, out),
            Receipt::Retry { reason, .. } => {
                let since = *channel.failing.get_or_insert(item.since);
                (lasted(since) >= FAILING).then(|| (words::failing(name), reason))
            }
            Receipt::Spooled { proof } => {
                let stale = item.state == PageState::Spooled && lasted(item.since) >= STALE;
                stale.then(|| (words::stale(name), proof))
            }
            Receipt::Shut { reason } => Some((words::shut(name), reason)),
            // The peer works: it said something about this letter's recipient.
            Receipt::Postponed { .. } | Receipt::Refused { .. } => None,
        };
        if let Some((title, why)) = suffers {
            channel.suffers(name, title, why, out);
        }
    }

    /// Moves every instant, because the clock it was read from was itself moved.
    pub(super) fn shift(&mut self, by: SignedDuration) {
        for at in self.0.values_mut().filter_map(|channel| channel.failing.as_mut()) {
            *at = at.saturating_add(by).unwrap_or(*at);
        }
    }
}

impl Channel {
    fn accepts(&mut self, name: &ChannelName, out: &mut Out) {
        self.failing = None;
        // An alert from before a restart is ended too.
        if self.said != Some(Said::Well) {
            self.said = Some(Said::Well);
            out.say(Event::Well { of: of(name) });
        }
    }

    fn suffers(&mut self, name: &ChannelName, title: Text, why: &Text, out: &mut Out) {
        if self.said == Some(Said::Ailing) {
            return;
        }
        self.said = Some(Said::Ailing);
        let description = words::what_to_do(why);
        out.say(Event::Ailing(Box::new(Ailment { of: of(name), level: Level::High, title, description })));
    }
}

/// What suffers, in alerts about vigie itself.
fn of(name: &ChannelName) -> String {
    format!("channel:{name}")
}
