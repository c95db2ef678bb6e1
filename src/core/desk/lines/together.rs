//! Many sources that say nothing at once: what they have in common has failed, or was cut. People hear of it once, and not
//! once for each.

use crate::alert::Ailment;
use crate::base::id::SourceName;
use crate::base::level::Level;
use crate::core::event::Event;
use crate::words::source as words;

/// What suffers.
const OF_ALL: &str = "together:silence";
/// So many are many, where they are half of those that may not be silent.
const MANY: usize = 3;
/// So many are named.
const NAMED: usize = 10;

/// Whether many sources are silent together.
#[derive(Debug, Default)]
pub(super) struct Together {
    said: bool,
}

impl Together {
    /// What is to be said of these, which are silent, among `watched` that may not be; whether they are many.
    pub(super) fn judge(&mut self, silent: &[&SourceName], watched: usize) -> (bool, Option<Event>) {
        let many = silent.len() >= MANY && silent.len() * 2 >= watched;
        if many == self.said {
            return (many, None);
        }
        self.said = many;
        let of = OF_ALL.to_owned();
        if !many {
            return (many, Some(Event::Well { of }));
        }
        let names: Vec<&str> = silent.iter().take(NAMED).map(|name| name.as_str()).collect();
        let (title, description) =
            (words::silent_together(silent.len() as u64), words::what_silence_of_many_means(names.join(", ")));
        (many, Some(Event::Ailing(Box::new(Ailment { of, level: Level::High, title, description }))))
    }
}
