//! A playbook as its author means it, after checking.

use jiff::SignedDuration;

use super::cast::Cast;
use super::inject::Inject;
use super::objective::Objective;
use super::players::Cell;
use super::reference::Reference;
use crate::base::id::{InjectId, PlaybookId};
use crate::base::language::Text;
use crate::base::seal::Seal;

/// The script of an exercise.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// Its name.
    pub id: PlaybookId,
    /// What people call it.
    pub title: Text,
    /// The real event it follows.
    pub leans_on: Option<Text>,
    /// How long it lasts at most, in script time.
    pub duration: SignedDuration,
    /// What the exercise is for, in the order written.
    pub objectives: Vec<Objective>,
    /// Who plays, in the order written.
    pub cells: Vec<Cell>,
    /// The injects, in the order written.
    pub timeline: Vec<Inject>,
    /// Who answers how fast in a rehearsal.
    pub cast: Cast,
    /// The digest of the document and of the files of log lines it uses: two drills with the same digest followed the
    /// same script.
    pub digest: Seal,
    pub(super) references: Vec<Reference>,
}

impl Playbook {
    /// The inject called `id`.
    pub(crate) fn inject(&self, id: &InjectId) -> Option<&Inject> {
        self.timeline.iter().find(|inject| inject.id == *id)
    }

    /// Everything the playbook names that only a site can know, with its place.
    pub(crate) fn references(&self) -> Vec<Reference> {
        self.references.clone()
    }
}
