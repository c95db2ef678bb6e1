//! What readers that are not ours say, and the same in French. They speak English, and there is no list of all that
//! they can say: what is not known is quoted.

use super::Both;
use crate::base::language::Text;
use crate::words::words;

/// What a reader says, each by its beginning.
pub(super) struct Reasons<'a>(pub(super) &'a [Both]);

words! {
    fn quoted(said) { fr: "«\u{a0}{said}\u{a0}»", en: "{said}" }
}

impl Reasons<'_> {
    pub(super) fn said(&self, message: &str) -> Text {
        match self.0.iter().find(|reason| message.starts_with(reason.en)) {
            Some(reason) => Text::both(reason.fr, message),
            None => quoted(message),
        }
    }
}
