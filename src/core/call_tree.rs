//! What is said where the call tree for paper cannot be written.

use super::event::{Event, Out};
use crate::alert::Ailment;
use crate::base::level::Level;
use crate::words::oncall as words;

/// What suffers.
const CALL_TREE: &str = "call-tree";

/// Says that it cannot be written, or is well again.
pub(super) fn written(why: Option<String>, out: &mut Out) {
    out.say(match why {
        None => Event::Well { of: CALL_TREE.to_owned() },
        Some(why) => Event::Ailing(Box::new(Ailment {
            of: CALL_TREE.to_owned(),
            level: Level::Medium,
            title: words::no_sheet_title(),
            description: words::no_sheet(why),
        })),
    });
}
