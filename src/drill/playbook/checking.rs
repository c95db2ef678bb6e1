//! What all checks of a playbook share: what is declared so far, and ways to say what is wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use jiff::SignedDuration;

use super::objective::Objective;
use super::offset::{LONGEST, Offset};
use super::players::{Audience, Cell, PlayerName};
use super::reference::{Reference, ReferenceKind};
use super::scalar::Wording;
use crate::base::duration;
use crate::base::id::{InjectId, ObjectiveId};
use crate::base::language::{Language, Text};
use crate::finding::timeline::no_moment;
use crate::finding::{Finding, playbook as finding};
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::text::one_or_many::OneOrMany;
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
    /// Notes what is wrong at a place.
    pub(in crate::drill) fn say(&mut self, finding: Finding, span: Span) {
        self.found.push(finding.at(self.source, span));
    }

    /// Notes that a name is not among `known`.
    pub(in crate::drill) fn unknown<'k>(
        &mut self,
        finding: Finding,
        name: &Spanned<String>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        self.say(finding.advice(suggest(name, known)), name.span);
    }

    pub(in crate::drill) fn refer(&mut self, kind: ReferenceKind, name: &Spanned<String>) {
        self.references.push(Reference { kind, name: name.clone() });
    }

    /// A name: letters, digits, hyphens and underscores.
    pub(in crate::drill) fn name(&mut self, name: &Spanned<String>) -> String {
        let fine = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        if name.is_empty() || !name.chars().all(fine) {
            self.say(finding::no_name(name), name.span);
        }
        name.value.clone()
    }

    /// A text that people will read: both languages should be there.
    pub(in crate::drill) fn text(&mut self, text: &Spanned<Text>) -> Text {
        let filled = |wording: &Option<String>| wording.clone().filter(|wording| !wording.trim().is_empty());
        let filled = Text { fr: filled(&text.fr), en: filled(&text.en) };
        for language in filled.missing() {
            let missing = match language {
                Language::Fr => finding::no_french(),
                Language::En => finding::no_english(),
            };
            self.say(missing, text.span);
        }
        filled
    }

    pub(in crate::drill) fn wording(&mut self, wording: Spanned<Wording>) -> Text {
        self.text(&Spanned::new(wording.value.0, wording.span))
    }

    pub(in crate::drill) fn duration(&mut self, written: &Spanned<String>) -> Option<SignedDuration> {
        let duration = duration::parse(written).filter(|duration| *duration <= LONGEST);
        if duration.is_none() {
            self.say(finding::no_duration(written), written.span);
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
            self.say(no_moment(written), written.span);
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
            self.say(finding::nobody_named(), to.span);
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
            let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
            self.unknown(finding::no_recipient(name), name, known);
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
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        self.unknown(finding::no_objective(name), name, known);
        None
    }
}

/// The entries of a map in the order in which they are written.
pub(in crate::drill) fn in_order<K, T>(map: BTreeMap<Spanned<K>, T>) -> Vec<(Spanned<K>, T)> {
    let mut entries: Vec<_> = map.into_iter().collect();
    entries.sort_by_key(|(name, _)| name.span.start);
    entries
}
