//! How much a source says: which programs speak in it, and how detailed they are. Made of events; opens no file.

use std::collections::{BTreeMap, VecDeque};

use super::event::Event;
use super::format::level_of;
use super::log_level::LogLevel;

/// So many of the last lines of a program say at which level it writes now.
const LAST: usize = 200;

/// With fewer lines than this, nothing is said about a program. At a level where it writes all day, a genuine Orthanc or
/// DCMTK never wrote more than three lines in a row without one of that level.
pub const ENOUGH: usize = 10;

/// So many programs are told apart in one source. Their names come from lines.
const PROGRAMS: usize = 256;

/// The product of which each service is a program with a level of its own. Elsewhere services are kinds of messages.
const SYSTEM: &str = "linux";

/// What was heard of one source.
#[derive(Debug, Clone, Default)]
pub struct Verbosity {
    programs: BTreeMap<Program, Said>,
}

/// Who writes at one level.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Program {
    product: Option<String>,
    service: Option<String>,
}

/// What a program said.
#[derive(Debug, Clone, Default)]
struct Said {
    /// The levels of the last lines that said one, the newest last.
    levels: VecDeque<LogLevel>,
}

/// Whether a source writes at some level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It does.
    Reached,
    /// It wrote this much at most, in so many lines.
    Short {
        /// The most detailed level.
        most: LogLevel,
        /// How many lines were looked at.
        lines: usize,
    },
    /// Too little was heard of that program.
    Little,
    /// Nothing was heard of it.
    Nothing,
}

impl Verbosity {
    /// Takes one more line.
    pub fn hear(&mut self, event: &Event) {
        let service = event.logsource.service.as_deref().filter(|_| event.logsource.product.as_deref() == Some(SYSTEM));
        let product = event.logsource.product.as_deref().map(str::to_owned);
        let program = Program { product, service: service.map(str::to_owned) };
        if self.programs.len() >= PROGRAMS && !self.programs.contains_key(&program) {
            return;
        }
        let said = self.programs.entry(program).or_default();
        let Some(level) = level_of(event) else { return };
        if said.levels.len() == LAST {
            said.levels.pop_front();
        }
        said.levels.push_back(level);
    }

    /// Whether lines of the level `needed` are written by a program, as rules name it.
    pub fn reach(&self, product: &str, service: Option<&str>, needed: LogLevel) -> Reach {
        let same =
            |has: &Option<String>, wanted: &str| has.as_ref().is_some_and(|has| has.eq_ignore_ascii_case(wanted));
        let is = |program: &Program| {
            let apart = service.filter(|_| program.service.is_some() || product.eq_ignore_ascii_case(SYSTEM));
            same(&program.product, product) && apart.is_none_or(|service| same(&program.service, service))
        };
        let (mut met, mut lines, mut most) = (false, 0, None);
        for (_, said) in self.programs.iter().filter(|(program, _)| is(program)) {
            met = true;
            lines += said.levels.len();
            most = most.max(said.levels.iter().max().copied());
        }
        match most {
            Some(most) if most >= needed => Reach::Reached,
            Some(most) if lines >= ENOUGH => Reach::Short { most, lines },
            _ if met => Reach::Little,
            _ => Reach::Nothing,
        }
    }
}
