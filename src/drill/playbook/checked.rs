//! From the playbook as written to the playbook as meant, noting every mistake on the way.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use jiff::SignedDuration;

use super::cast::Cast;
use super::checking::{Checking, in_order};
use super::expectation::{Expectation, ExpectationWritten};
use super::inject::{Inject, Start};
use super::objective::Objective;
use super::places::Places;
use super::players::{Cell, PlayerName};
use super::reach;
use super::reference::ReferenceKind;
use super::script::Playbook;
use super::written;
use crate::base::id::{CellId, InjectId, ObjectiveId, PlaybookId};
use crate::base::language::Text;
use crate::base::seal::Seal;
use crate::drill::inject::Action;
use crate::finding::playbook::{empty_cell, lasts_no_time, no_inject};
use crate::finding::timeline::{inject_again, unserved, without_moment};
use crate::text::diagnostic::Diagnostic;
use crate::text::source::{Source, Span};
use crate::text::spanned::Spanned;

/// Checks a playbook as written.
pub(super) fn check(
    written: written::Playbook,
    sound: bool,
    source: &Source,
    files: &dyn Fn(&str) -> io::Result<String>,
    found: &mut Vec<Diagnostic>,
) -> Playbook {
    let mut checking = Checking {
        source,
        files,
        found,
        sound,
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

/// An expectation is pointed at where its time is written.
fn first_key(expected: &Spanned<ExpectationWritten>) -> Span {
    expected.within.as_ref().map_or(expected.span, |within| within.span)
}

impl Checking<'_> {
    fn exercise_duration(&mut self, written: &Spanned<String>) -> SignedDuration {
        match self.duration(written) {
            Some(SignedDuration::ZERO) => {
                self.say(lasts_no_time(), written.span);
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
                self.say(empty_cell(&id), name.span);
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
            self.say(no_inject(), written.span);
        }
        let chosen: BTreeSet<String> = written.iter().flat_map(|inject| inject.action.leads_to()).collect();
        let mut known = BTreeSet::new();
        let mut timeline = Vec::new();
        for inject in written.value {
            if !known.insert(inject.id.value.clone()) {
                self.say(inject_again(&inject.id), inject.id.span);
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
            (true, _, at) => Some(Start::Manual(at.flatten())),
            (false, true, at) => Some(Start::Chosen(at.flatten())),
            (false, false, Some(at)) => at.map(Start::Clock),
            (false, false, None) if !self.sound => None,
            (false, false, None) => {
                self.say(without_moment(&id), written.id.span);
                None
            }
        };
        let title = written.title.map_or_else(|| Text::both(id.as_str(), id.as_str()), |title| self.text(&title));
        let action = written.action.check(self);
        let expect = self.expectations(&id, &written.expect, action.as_ref());
        Some(Inject { id, start: start?, class: written.class.into(), title, action: action?, expect })
    }

    fn expectations(
        &mut self,
        inject: &InjectId,
        written: &[Spanned<ExpectationWritten>],
        action: Option<&Action>,
    ) -> Vec<Expectation> {
        let mut expect = Vec::new();
        for expected in written {
            if let Some(checked) = expected.check(self, action) {
                self.expectations.entry(inject.clone()).or_default().push(first_key(expected));
                expect.push(checked);
            }
        }
        expect
    }

    fn find_unused_objectives(&mut self, places: &Places) {
        if !self.sound {
            return;
        }
        let unused: Vec<_> =
            self.objectives.iter().map(|objective| objective.id.clone()).filter(|id| !self.used.contains(id)).collect();
        for id in unused {
            let span = places.objectives.get(id.as_str()).copied().unwrap_or_default();
            self.say(unserved(id), span);
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
