//! The lines of a drill on their way into the hospital's logs and back: each gets a numbered label, and each number
//! counts once, in the source it was ordered for. Whatever else carries a label is real.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Core, Order};
use crate::base::id::{DrillId, InjectId, SourceName};
use crate::drill::play;
use crate::drill::playbook::LogLine;
use crate::watch::label;

/// The numbers given to the lines of a drill.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Labels {
    next: u64,
    /// Those not read back yet, and where they are to be read.
    outstanding: BTreeMap<u64, SourceName>,
}

impl Labels {
    /// The number of one more line for `source`.
    fn give(&mut self, source: &SourceName) -> u64 {
        self.next += 1;
        self.outstanding.insert(self.next, source.clone());
        self.next
    }

    /// Takes a number that was read in `source`. False where it was not given out for it, or was read before.
    fn take(&mut self, number: u64, source: &SourceName) -> bool {
        let expected = self.outstanding.get(&number) == Some(source);
        if expected {
            self.outstanding.remove(&number);
        }
        expected
    }

    /// Whether every line came back.
    pub(super) fn all_seen(&self) -> bool {
        self.outstanding.is_empty()
    }
}

impl Core {
    /// Labels the lines of an inject and orders them written.
    pub(super) fn order_lines(
        &mut self,
        now: Timestamp,
        id: DrillId,
        inject: InjectId,
        source: SourceName,
        lines: &[LogLine],
    ) {
        let zone = self.house.site.settings.sources.iter().find(|known| known.name == source);
        let zone = zone.map_or(&self.house.site.settings.zone, |source| &source.zone);
        let texts: Vec<String> = lines.iter().map(|line| line.text(now, zone)).collect();
        let Some(running) = self.drills.get_mut(&id) else { return };
        let unwritten = &mut running.unwritten.entry(inject.clone()).or_insert_with(|| (source.clone(), Vec::new())).1;
        unwritten.extend(texts.iter().cloned());
        self.order_labelled(id, inject, source, &texts);
    }

    /// Orders lines written, each with a label of its own.
    pub(super) fn order_labelled(&mut self, id: DrillId, inject: InjectId, source: SourceName, texts: &[String]) {
        let Some(running) = self.drills.get_mut(&id) else { return };
        let mut lines = Vec::with_capacity(texts.len());
        for text in texts {
            let number = running.labels.give(&source);
            lines.push(label::mark(text, id, number, &self.key));
        }
        self.orders.push(Order::Inject { drill: id, inject, source, lines });
    }

    /// The lines of an inject were written, or could not be.
    pub(super) fn injected(
        &mut self,
        now: Timestamp,
        id: DrillId,
        inject: InjectId,
        lines: usize,
        failure: Option<String>,
    ) {
        if let Some(running) = self.drills.get_mut(&id)
            && let Some((_, unwritten)) = running.unwritten.get_mut(&inject)
        {
            unwritten.drain(..lines.min(unwritten.len()));
            if unwritten.is_empty() {
                running.unwritten.remove(&inject);
            }
        }
        let input = match failure {
            None => play::Input::Injected { inject, lines },
            Some(why) => play::Input::InjectFailed { inject, why },
        };
        self.play(now, id, input);
    }

    /// Whether a labelled line of `source` is one that this daemon ordered there and has not seen yet. Lines of a drill
    /// that ended meanwhile are still its own.
    pub(super) fn take_label(&mut self, id: DrillId, number: u64, source: &SourceName) -> bool {
        let labels = match (self.drills.get_mut(&id), self.late_drills.get_mut(&id)) {
            (Some(running), _) => &mut running.labels,
            (None, Some(kept)) => &mut kept.labels,
            (None, None) => return false,
        };
        let expected = labels.take(number, source);
        if expected {
            self.changed_drills.insert(id);
        }
        expected
    }
}
