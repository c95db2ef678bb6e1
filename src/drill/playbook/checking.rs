//! What all checks of a playbook share: what is declared so far, and ways to say what is wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use jiff::SignedDuration;

use super::code;
use super::objective::Objective;
use super::offset::{LONGEST, Offset};
use super::players::{Audience, Cell, PlayerName};
use super::reference::{Reference, ReferenceKind};
use super::scalar::{OneOrMany, Wording};
use crate::base::duration;
use crate::base::id::{InjectId, ObjectiveId};
use crate::base::language::{Language, Text};
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;

/// What the checks of one playbook share: what is declared so far, and what was found wrong.
pub(in crate::drill) struct Checking<'a> {
    pub(in crate::drill) source: &'a Source,
    pub(in crate::drill) files: &'a dyn Fn(&str) -> io::Result<String>,
    pub(in crate::drill) found: &'a mut Vec<Diagnostic>,
    /// Whether the document could be read without an error. Where it could not, parts are missing, and what only seems
    /// wrong because of that is not reported.
    pub(in crate::drill) sound: bool,
    /// Names of all injects, for `next`.
    pub(in crate::drill) injects: BTreeSet<String>,
    pub(in crate::drill) references: Vec<Reference>,
    /// The files of log lines that were read, by name.
    pub(in crate::drill) read: BTreeMap<String, Source>,
    pub(in crate::drill) used: BTreeSet<ObjectiveId>,
    /// Where the time of each checked expectation of an inject is written.
    pub(in crate::drill) expectations: HashMap<InjectId, Vec<Span>>,
    pub(in crate::drill) objectives: Vec<Objective>,
    pub(in crate::drill) cells: Vec<Cell>,
}

impl Checking<'_> {
    pub(in crate::drill) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::error(code, self.source, span, message).help(help));
    }

    pub(in crate::drill) fn warning(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::warning(code, self.source, span, message).help(help));
    }

    /// An error about a name that is not among `known`.
    pub(in crate::drill) fn unknown<'k>(
        &mut self,
        code: Code,
        name: &Spanned<String>,
        message: impl Into<String>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = suggest(name, known);
        self.found.push(Diagnostic::error(code, self.source, name.span, message).maybe_help(help));
    }

    pub(in crate::drill) fn refer(&mut self, kind: ReferenceKind, name: &Spanned<String>) {
        self.references.push(Reference { kind, name: name.clone() });
    }

    /// A name: letters, digits, hyphens and underscores.
    pub(in crate::drill) fn name(&mut self, name: &Spanned<String>) -> String {
        let fine = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        if name.is_empty() || !name.chars().all(fine) {
            let message = format!("`{}` cannot be a name", name.value);
            self.error(code::NAME, name.span, message, "use letters, digits and hyphens only, without spaces");
        }
        name.value.clone()
    }

    /// A text that people will read: both languages should be there.
    pub(in crate::drill) fn text(&mut self, text: &Spanned<Text>) -> Text {
        let filled = |wording: &Option<String>| wording.clone().filter(|wording| !wording.trim().is_empty());
        let filled = Text { fr: filled(&text.fr), en: filled(&text.en) };
        for language in filled.missing() {
            let (name, other) = match language {
                Language::Fr => ("French", "en"),
                Language::En => ("English", "fr"),
            };
            let message = format!("this text has no {name} wording");
            let help = format!("add `{language}: …` beside `{other}: …`; until then the other language is shown");
            self.warning(code::LANGUAGE, text.span, message, help);
        }
        filled
    }

    pub(in crate::drill) fn wording(&mut self, wording: Spanned<Wording>) -> Text {
        self.text(&Spanned::new(wording.value.0, wording.span))
    }

    pub(in crate::drill) fn duration(&mut self, written: &Spanned<String>) -> Option<SignedDuration> {
        let duration = duration::parse(written).filter(|duration| *duration <= LONGEST);
        if duration.is_none() {
            let message = format!("`{}` is not a duration of up to a week", written.value);
            self.error(code::DURATION, written.span, message, "write for example `40s`, `10m` or `1h30m`");
        }
        duration
    }

    /// `written`, or `default` where nothing is written or it cannot be read.
    pub(in crate::drill) fn duration_or(
        &mut self,
        written: Option<&Spanned<String>>,
        default: SignedDuration,
    ) -> SignedDuration {
        written.and_then(|written| self.duration(written)).unwrap_or(default)
    }

    pub(in crate::drill) fn moment(&mut self, written: &Spanned<String>) -> Option<SignedDuration> {
        let moment = Offset::parse(written);
        if moment.is_none() {
            let message = format!("`{}` is not a moment of the script", written.value);
            let help = "write `T+0:05` for five minutes after the start, or `T+0:05:30` with seconds";
            self.error(code::MOMENT, written.span, message, help);
        }
        moment.map(|Offset(moment)| moment)
    }

    /// Who an inject is for: cells, or people and rotas who are in one.
    pub(in crate::drill) fn audience(&mut self, to: &Spanned<OneOrMany>) -> Audience {
        let names = match &to.value {
            OneOrMany::One(name) => vec![Spanned::new(name.clone(), to.span)],
            OneOrMany::Many(names) => names.clone(),
        };
        if names.is_empty() {
            self.error(code::EMPTY, to.span, "nobody is named here", "name a cell, or somebody in one");
        }
        let mut audience = Audience::default();
        for name in names {
            let members =
                self.cells.iter().find(|cell| cell.id.as_str() == name.value).map(|cell| cell.members.clone());
            let players = members.unwrap_or_else(|| self.player(&name));
            for player in players {
                if !audience.players.contains(&player) {
                    audience.players.push(player);
                }
            }
            audience.named.push(name.value);
        }
        audience
    }

    /// One player named alone.
    fn player(&mut self, name: &Spanned<String>) -> Vec<PlayerName> {
        let player = PlayerName(name.value.clone());
        if !self.cells.iter().any(|cell| cell.members.contains(&player)) {
            let mut known: Vec<String> = self.cells.iter().map(|cell| cell.id.0.clone()).collect();
            known.extend(self.cells.iter().flat_map(|cell| cell.members.iter().map(|member| member.0.clone())));
            let message = format!("`{name}` is neither a cell nor somebody in a cell", name = name.value);
            self.unknown(code::RECIPIENT, name, message, known.iter().map(String::as_str).collect::<BTreeSet<_>>());
        }
        vec![player]
    }

    pub(in crate::drill) fn objective(&mut self, name: &Spanned<String>) -> Option<ObjectiveId> {
        let id = ObjectiveId(name.value.clone());
        if self.objectives.iter().any(|objective| objective.id == id) {
            self.used.insert(id.clone());
            return Some(id);
        }
        let known: Vec<String> = self.objectives.iter().map(|objective| objective.id.0.clone()).collect();
        let message = format!("there is no objective `{}`", name.value);
        self.unknown(code::OBJECTIVE, name, message, known.iter().map(String::as_str).collect::<Vec<_>>());
        None
    }
}

/// The entries of a map in the order in which they are written.
pub(in crate::drill) fn in_order<K, T>(map: BTreeMap<Spanned<K>, T>) -> Vec<(Spanned<K>, T)> {
    let mut entries: Vec<_> = map.into_iter().collect();
    entries.sort_by_key(|(name, _)| name.span.start);
    entries
}
