//! Why a rule is not armed, in words: what it lacks, or what those of its parts lack without which it cannot match.

use crate::base::id::SourceName;
use crate::base::language::{Language, Text};
use crate::watch::format;
use crate::watch::log_level::LogLevel;
use crate::watch::sigma::rule::Logsource;
use crate::words::readiness as words;

/// How many parts are named at most. Whoever gives the first ones what they lack hears of the others.
const NAMED: usize = 3;

/// What keeps a single rule from matching.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cause {
    /// A list is missing or of no use, or a pipeline leaves the rule out: its own words.
    List(Text),
    /// Nothing can bring any of these logs.
    Source(Vec<Logsource>),
    /// Those that bring its logs write too little.
    Level {
        quiet: Vec<Quiet>,
        needed: LogLevel,
        /// Of whose logs.
        product: Option<String>,
    },
}

/// A source that writes too little.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quiet {
    pub(super) source: SourceName,
    /// What it writes at most.
    pub(super) most: LogLevel,
    /// In how many lines that was seen.
    pub(super) lines: usize,
}

/// A cause, and the part that it is about where a correlation has several.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lack {
    part: Option<String>,
    cause: Cause,
}

/// All that keeps a rule from matching, as far as it is told.
#[derive(Debug, Clone)]
pub(super) struct Lacks(Vec<Lack>);

impl Lacks {
    /// Of a rule without parts.
    pub(super) fn of(cause: Cause) -> Self {
        Self(vec![Lack { part: None, cause }])
    }

    /// The same as what the part called `name` lacks. The innermost part that is one of several is the one to look at.
    pub(super) fn as_part(&self, name: &str, several: bool) -> Vec<Lack> {
        let part = |part: &Option<String>| part.clone().or_else(|| several.then(|| name.to_owned()));
        self.0.iter().map(|lack| Lack { part: part(&lack.part), cause: lack.cause.clone() }).collect()
    }

    /// Of a correlation. Where any of its parts would do and all of them lack the same or a source, which part it is does
    /// not matter.
    pub(super) fn together(lacks: Vec<Lack>, any_is_enough: bool) -> Self {
        let wanted = |lack: &Lack| match &lack.cause {
            Cause::Source(logs) => Some(logs.clone()),
            Cause::List(_) | Cause::Level { .. } => None,
        };
        if any_is_enough && let Some(logs) = lacks.iter().map(wanted).collect::<Option<Vec<_>>>() {
            let mut logs = logs.concat();
            logs.sort();
            logs.dedup();
            return Self::of(Cause::Source(logs));
        }
        if let Some((Lack { cause, .. }, others)) = lacks.split_first()
            && any_is_enough
            && others.iter().all(|other| other.cause == *cause)
        {
            return Self::of(cause.clone());
        }
        let mut told: Vec<Lack> = Vec::new();
        for lack in lacks {
            if told.len() < NAMED && !told.contains(&lack) {
                told.push(lack);
            }
        }
        Self(told)
    }

    /// Whether all of them are logs that no source can bring.
    pub(super) fn are_logs(&self) -> bool {
        self.0.iter().all(|lack| matches!(lack.cause, Cause::Source(_)))
    }

    /// In both languages.
    pub(super) fn words(&self) -> Text {
        let all: Vec<Text> = self.0.iter().map(Lack::words).collect();
        let all = |language| all.iter().map(|text| text.get(language)).collect::<Vec<_>>();
        Text::both(&all(Language::Fr).join("\u{a0}; "), &all(Language::En).join("; "))
    }
}

impl Lack {
    fn words(&self) -> Text {
        let why = self.cause.words();
        match &self.part {
            None => why,
            Some(part) => words::of_part(why, part),
        }
    }
}

impl Cause {
    fn words(&self) -> Text {
        match self {
            Self::List(why) => why.clone(),
            Self::Source(logs) => {
                let logs: Vec<String> = logs.iter().map(said).collect();
                words::no_source(Text::both(&logs.join(" ou "), &logs.join(" or ")))
            }
            Self::Level { quiet, needed, product } => level(quiet, *needed, product.as_deref()),
        }
    }
}

fn level(quiet: &[Quiet], needed: LogLevel, product: Option<&str>) -> Text {
    let quiet: Vec<Text> =
        quiet.iter().map(|Quiet { source, most, lines }| words::goes_no_further(source, most, lines)).collect();
    let all = |language| quiet.iter().map(|text| text.get(language)).collect::<Vec<_>>().join(", ");
    let all = Text::both(&all(Language::Fr), &all(Language::En));
    words::needs_level(all, needed, format::how_to_reach(needed, product))
}

/// That too little was seen of sources to know whether they write at a level.
pub(super) fn unheard<'s>(sources: impl Iterator<Item = &'s SourceName>, needed: LogLevel) -> Text {
    words::unheard(sources.map(ToString::to_string).collect::<Vec<_>>().join(", "), needed)
}

/// A log source in words, as in a rule file.
pub fn said(logsource: &Logsource) -> String {
    let parts = [("product", &logsource.product), ("service", &logsource.service), ("category", &logsource.category)];
    let parts = parts.iter().filter_map(|(key, word)| Some(format!("{key}: {}", word.as_ref()?)));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
}
