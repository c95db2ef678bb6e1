//! From the playbook as written to the playbook as meant, noting every mistake on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use jiff::SignedDuration;

use super::cast::Cast;
use super::code;
use super::duration::{Offset, parse_duration};
use super::expectation::{Expectation, ExpectationWritten};
use super::inject::Deed;
use super::loose::OneOrMany;
use super::reach;
use super::reference::{Reference, ReferenceKind};
use super::script::{Audience, Cell, Inject, Objective, Playbook, PlayerName, Start};
use super::written;
use crate::base::id::{CellId, InjectId, ObjectiveId, PlaybookId};
use crate::base::language::{Language, Text};
use crate::base::seal::Seal;
use crate::text::diagnostic::{Code, Diagnostic, suggest};
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;

/// What the checks of one playbook share: what is declared so far, and what was found wrong.
pub(super) struct Checking<'a> {
    pub(super) source: &'a Source,
    pub(super) files: &'a dyn Fn(&str) -> io::Result<String>,
    pub(super) found: &'a mut Vec<Diagnostic>,
    /// Whether the document could be read without an error. Where it could not, parts are missing, and what only seems
    /// wrong because of that is not reported.
    pub(super) whole: bool,
    /// Names of all injects, for `next`.
    pub(super) injects: BTreeSet<String>,
    pub(super) references: Vec<Reference>,
    /// The files of log lines that were read, by name.
    pub(super) read: BTreeMap<String, Source>,
    pub(super) used: BTreeSet<ObjectiveId>,
    /// Where the time of each checked expectation of an inject is written.
    pub(super) expectations: HashMap<InjectId, Vec<Span>>,
    objectives: Vec<Objective>,
    cells: Vec<Cell>,
}

/// Checks a playbook as written.
pub(super) fn check(
    written: written::Playbook,
    whole: bool,
    source: &Source,
    files: &dyn Fn(&str) -> io::Result<String>,
    found: &mut Vec<Diagnostic>,
) -> Playbook {
    let mut checking = Checking {
        source,
        files,
        found,
        whole,
        injects: written.timeline.iter().map(|inject| inject.id.value.clone()).collect(),
        references: Vec::new(),
        read: BTreeMap::new(),
        used: BTreeSet::new(),
        expectations: HashMap::new(),
        objectives: Vec::new(),
        cells: Vec::new(),
    };
    let places = Places::of(&written);
    let id = PlaybookId(checking.name(&written.playbook));
    let title = checking.text(&written.title);
    let leans_on = written.leans_on.map(|text| checking.wording(text));
    let duration = checking.exercise_duration(&written.duration);
    checking.declare_objectives(written.objectives);
    checking.declare_cells(written.cells);
    let timeline = checking.timeline(written.timeline);
    reach::check(&mut checking, &timeline, duration, &places);
    checking.find_unused_objectives(&places);
    let cast = written.cast.map_or_else(Cast::default, |cast| cast.check(&mut checking, &timeline));
    let digest = checking.digest();
    let Checking { objectives, cells, references, .. } = checking;
    Playbook { id, title, leans_on, duration, objectives, cells, timeline, cast, digest, references }
}

/// Where things are written, for checks that look at the whole.
pub(super) struct Places {
    /// The moment of an inject, or its name where it has none.
    pub(super) injects: HashMap<String, Span>,
    objectives: HashMap<String, Span>,
}

impl Places {
    fn of(written: &written::Playbook) -> Self {
        let place = |inject: &written::InjectWritten| inject.at.as_ref().map_or(inject.id.span, |at| at.span);
        Self {
            injects: written.timeline.iter().map(|inject| (inject.id.value.clone(), place(inject))).collect(),
            objectives: written.objectives.keys().map(|name| (name.value.clone(), name.span)).collect(),
        }
    }
}

/// An expectation is pointed at where its time is written.
fn first_key(expected: &Spanned<ExpectationWritten>) -> Span {
    expected.within.as_ref().map_or(expected.span, |within| within.span)
}

impl Checking<'_> {
    pub(super) fn error(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::error(code, self.source, span, message).help(help));
    }

    pub(super) fn warning(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.found.push(Diagnostic::warning(code, self.source, span, message).help(help));
    }

    /// An error about a name that is not among `known`.
    pub(super) fn unknown<'k>(
        &mut self,
        code: Code,
        name: &Spanned<String>,
        message: impl Into<String>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let help = suggest(name, known);
        self.found.push(Diagnostic::error(code, self.source, name.span, message).maybe_help(help));
    }

    pub(super) fn refer(&mut self, kind: ReferenceKind, name: &Spanned<String>) {
        self.references.push(Reference { kind, name: name.clone() });
    }

    /// A name: letters, digits, hyphens and underscores.
    pub(super) fn name(&mut self, name: &Spanned<String>) -> String {
        let fine = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
        if name.is_empty() || !name.chars().all(fine) {
            let message = format!("`{}` cannot be a name", name.value);
            self.error(code::NAME, name.span, message, "use letters, digits and hyphens only, without spaces");
        }
        name.value.clone()
    }

    /// A text that people will read: both languages should be there.
    pub(super) fn text(&mut self, text: &Spanned<Text>) -> Text {
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

    pub(super) fn wording(&mut self, wording: Spanned<super::loose::Wording>) -> Text {
        self.text(&Spanned::new(wording.value.0, wording.span))
    }

    pub(super) fn duration(&mut self, written: &Spanned<String>) -> Option<SignedDuration> {
        let duration = parse_duration(written);
        if duration.is_none() {
            let message = format!("`{}` is not a duration of up to a week", written.value);
            self.error(code::DURATION, written.span, message, "write for example `40s`, `10m` or `1h30m`");
        }
        duration
    }

    /// `written`, or `default` where nothing is written or it cannot be read.
    pub(super) fn duration_or(&mut self, written: Option<&Spanned<String>>, default: SignedDuration) -> SignedDuration {
        written.and_then(|written| self.duration(written)).unwrap_or(default)
    }

    pub(super) fn moment(&mut self, written: &Spanned<String>) -> Option<SignedDuration> {
        let moment = Offset::parse(written);
        if moment.is_none() {
            let message = format!("`{}` is not a moment of the script", written.value);
            let help = "write `T+0:05` for five minutes after the start, or `T+0:05:30` with seconds";
            self.error(code::MOMENT, written.span, message, help);
        }
        moment.map(|Offset(moment)| moment)
    }

    /// Who an inject is for: cells, or people and rotas who are in one.
    pub(super) fn audience(&mut self, to: &Spanned<OneOrMany>) -> Audience {
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

    pub(super) fn objective(&mut self, name: &Spanned<String>) -> Option<ObjectiveId> {
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

    fn exercise_duration(&mut self, written: &Spanned<String>) -> SignedDuration {
        match self.duration(written) {
            Some(SignedDuration::ZERO) => {
                self.error(code::DURATION, written.span, "an exercise cannot last no time", "write for example `20m`");
                SignedDuration::MAX
            }
            Some(duration) => duration,
            // Unknown: what is planned cannot be after the end of it.
            None => SignedDuration::MAX,
        }
    }

    fn declare_objectives(&mut self, written: BTreeMap<Spanned<String>, Spanned<Text>>) {
        for (name, title) in in_order(written) {
            let id = ObjectiveId(self.name(&name));
            let title = self.text(&title);
            self.objectives.push(Objective { id, title });
        }
    }

    fn declare_cells(&mut self, written: BTreeMap<Spanned<String>, Spanned<Vec<Spanned<String>>>>) {
        for (name, members) in in_order(written) {
            let id = CellId(self.name(&name));
            if members.is_empty() {
                let message = format!("nobody is in the cell `{id}`");
                self.error(code::EMPTY, name.span, message, "list people or rotas: `[rssi, dsi-astreinte]`");
            }
            for member in &*members {
                self.refer(ReferenceKind::Player, member);
            }
            let members = members.value.into_iter().map(|member| PlayerName(member.value)).collect();
            self.cells.push(Cell { id, members });
        }
    }

    fn timeline(&mut self, written: Spanned<Vec<written::InjectWritten>>) -> Vec<Inject> {
        if written.is_empty() {
            self.error(code::EMPTY, written.span, "the timeline has no inject", "add at least one `- id: …`");
        }
        let chosen: BTreeSet<String> = written.iter().flat_map(|inject| inject.deed.leads_to()).collect();
        let mut known = BTreeSet::new();
        let mut timeline = Vec::new();
        for inject in written.value {
            if !known.insert(inject.id.value.clone()) {
                let message = format!("there is already an inject `{}`", inject.id.value);
                self.error(code::DUPLICATE, inject.id.span, message, "give each inject a name of its own");
                continue;
            }
            timeline.extend(self.inject(inject, &chosen));
        }
        timeline
    }

    fn inject(&mut self, written: written::InjectWritten, chosen: &BTreeSet<String>) -> Option<Inject> {
        let id = InjectId(self.name(&written.id));
        let at = written.at.as_ref().map(|at| self.moment(at));
        let start = match (written.manual, chosen.contains(id.as_str()), at) {
            (true, _, at) => Some(Start::Hand(at.flatten())),
            (false, true, at) => Some(Start::Chosen(at.flatten())),
            (false, false, Some(at)) => at.map(Start::Clock),
            (false, false, None) if !self.whole => None,
            (false, false, None) => {
                let message = format!("the inject `{id}` has no moment");
                let help = "add `at: T+0:05`, or `manual: true` if the facilitator plays it";
                self.error(code::NO_MOMENT, written.id.span, message, help);
                None
            }
        };
        let title = written.title.map_or_else(|| Text::both(id.as_str(), id.as_str()), |title| self.text(&title));
        let deed = written.deed.check(self);
        let expect = self.expectations(&id, &written.expect, deed.as_ref());
        Some(Inject { id, start: start?, class: written.class.into(), title, deed: deed?, expect })
    }

    fn expectations(
        &mut self,
        inject: &InjectId,
        written: &[Spanned<ExpectationWritten>],
        deed: Option<&Deed>,
    ) -> Vec<Expectation> {
        let mut expect = Vec::new();
        for expected in written {
            if let Some(checked) = expected.check(self, deed) {
                self.expectations.entry(inject.clone()).or_default().push(first_key(expected));
                expect.push(checked);
            }
        }
        expect
    }

    fn find_unused_objectives(&mut self, places: &Places) {
        if !self.whole {
            return;
        }
        let unused: Vec<_> =
            self.objectives.iter().map(|objective| objective.id.clone()).filter(|id| !self.used.contains(id)).collect();
        for id in unused {
            let span = places.objectives.get(id.as_str()).copied().unwrap_or_default();
            let message = format!("nothing in the timeline serves the objective `{id}`");
            self.warning(code::UNUSED, span, message, format!("add `objective: {id}` to what should show it"));
        }
    }

    fn digest(&self) -> Seal {
        let mut parts = vec![self.source.text().as_bytes()];
        for (name, file) in &self.read {
            parts.extend([name.as_bytes(), file.text().as_bytes()]);
        }
        Seal::of(&parts)
    }
}

/// The entries of a map in the order in which they are written.
pub(super) fn in_order<K, T>(map: BTreeMap<Spanned<K>, T>) -> Vec<(Spanned<K>, T)> {
    let mut entries: Vec<_> = map.into_iter().collect();
    entries.sort_by_key(|(name, _)| name.span.start);
    entries
}
