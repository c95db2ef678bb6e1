//! A drill as it is kept: everything needed to go on, or to write its report, even where its files were changed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Exercises, Labels, Running};
use crate::alert::chain::Pace;
use crate::base::id::{DrillId, InjectId, SourceName};
use crate::check::{Script, kept_script};
use crate::drill::play::Play;
use crate::store::DrillRow;

/// A drill as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptDrill {
    /// The name of the playbook's file.
    pub name: String,
    /// The playbook's text.
    pub text: String,
    /// The files beside it that it uses.
    pub files: BTreeMap<String, String>,
    /// The exercise machine.
    pub play: Play,
    /// How fast the script runs.
    pub pace: Pace,
    pub(super) labels: Labels,
    pub(super) unwritten: BTreeMap<InjectId, (SourceName, Vec<String>)>,
}

impl KeptDrill {
    /// The playbook as it was when the drill started.
    pub fn script(&self) -> Option<Script> {
        kept_script(&self.name, &self.text, &self.files)
    }
}

impl Running {
    fn kept(&self) -> KeptDrill {
        KeptDrill {
            name: self.script.name.clone(),
            text: self.script.text.clone(),
            files: self.script.files.clone(),
            play: self.play.clone(),
            pace: self.pace,
            labels: self.labels.clone(),
            unwritten: self.unwritten.clone(),
        }
    }
}

impl Exercises {
    /// The row of a changed drill; one that is over is forgotten but for its labels.
    pub(super) fn row(&mut self, id: DrillId) -> Option<DrillRow> {
        let ended = self.ended.contains(&id) || self.late.contains_key(&id);
        let kept = match (self.drills.get(&id), self.late.get(&id)) {
            (Some(running), _) => running.kept(),
            (None, Some(kept)) => kept.clone(),
            (None, None) => return None,
        };
        let row = DrillRow {
            id,
            playbook: kept.play.playbook().clone(),
            ended,
            state: serde_json::to_string(&kept).expect("a drill is plain data"),
            changed: kept.play.started(),
        };
        if ended {
            self.ended.remove(&id);
            self.drills.remove(&id);
            self.keep_late(id, kept);
        }
        Some(row)
    }

    /// Remembers an ended drill as long as lines of it may still be read: they are not real.
    pub(super) fn keep_late(&mut self, id: DrillId, kept: KeptDrill) {
        if kept.labels.all_seen() {
            self.late.remove(&id);
        } else {
            self.late.insert(id, kept);
        }
    }
}
