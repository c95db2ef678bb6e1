//! Lines of exercises on their way into the logs of the site, one inject of a source after the other.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::base::language::{Language, Text};
use crate::site::SourceSettings;
use crate::watch::source::Writer;
use crate::watch::source::inject::{Halted, Injector, Unfit, Why, Writers};
use crate::words::{failure, inject as words};

/// A log whose writer is in the middle of a line is tried again for about two seconds.
const TRIES: u32 = 40;
const PAUSE: Duration = Duration::from_millis(50);

/// The logs that lines were appended to, by their paths.
#[derive(Debug, Default)]
pub(super) struct Injections(Mutex<BTreeMap<PathBuf, Arc<Mutex<Injector>>>>);

/// The log of one source.
#[derive(Debug)]
pub(super) struct Injection {
    injector: Arc<Mutex<Injector>>,
    promised: bool,
}

impl Injections {
    /// The log of a source; nothing where it has none that exercises may write to.
    pub(super) fn of(&self, source: &SourceSettings) -> Option<Injection> {
        let (path, writer) = source.lines.injected()?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let injector = known.entry(path.clone()).or_insert_with(|| Arc::new(Mutex::new(Injector::new(path))));
        Some(Injection { injector: Arc::clone(injector), promised: writer == Some(Writer::Appends) })
    }
}

impl Injection {
    /// Appends lines: how many, and why no more. A log whose own program is in the middle of a line is tried again.
    pub(super) fn write(&self, lines: &[String], language: Language) -> (usize, Option<String>) {
        let mut injector = self.injector.lock().unwrap_or_else(PoisonError::into_inner);
        let mut done = 0;
        for tried in 0..=TRIES {
            match injector.append(&lines[done..], self.promised) {
                Ok(()) => return (lines.len(), None),
                Err(Halted { written, why, .. }) if why.worth_another_try() && tried < TRIES => {
                    done += written;
                    std::thread::sleep(PAUSE);
                }
                Err(halted) => {
                    let why = halted_in_words(&halted).get(language).to_owned();
                    return (done + halted.written, Some(why));
                }
            }
        }
        (done, None)
    }
}

/// Why lines did not get into a log, and how many did.
fn halted_in_words(halted: &Halted) -> Text {
    let (path, why) = (halted.path.display(), why(&halted.why));
    match halted.written {
        0 => words::refused(path, why),
        written => words::stopped(written as u64, path, why),
    }
}

fn why(why: &Why) -> Text {
    match why {
        Why::Unfinished => words::unfinished(),
        Why::Glued => words::glued(),
        Why::Unshown(Writers::Overwrite { program, process }) => words::overwrites(program, process),
        Why::Unshown(Writers::Unseen) => words::unseen(),
        Why::Unshown(Writers::Nobody | Writers::Append) => words::nobody(),
        Why::Overwritten => words::overwritten(),
        Why::Unfit(Unfit::Break) => words::two_lines(),
        Why::Unfit(Unfit::Nul) => words::nul(),
        Why::Unfit(Unfit::TakenOff) => words::taken_off(),
        Why::Unfit(Unfit::Long) => words::too_long(),
        Why::Foreign => words::foreign(),
        Why::NotAFile => words::not_a_file(),
        Why::LeadsAway => words::leads_away(),
        Why::Io(error) => failure::system(error),
    }
}
