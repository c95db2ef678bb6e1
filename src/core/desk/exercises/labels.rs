//! The lines of a drill on their way into the hospital's logs and back: each gets a numbered label, and each number
//! counts once, in the source it was ordered for. Whatever else carries a label is real.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Exercises;
use crate::base::id::{DrillId, InjectId, SourceName};
use crate::base::realm::Realm;
use crate::core::Order;
use crate::core::context::Context;
use crate::core::event::Out;
use crate::drill::play;
use crate::drill::playbook::LogLine;
use crate::watch::label::{self, CopyOf};

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

/// A line, once it is known whether it is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::core) struct Unlabelled<'a> {
    pub(in crate::core) realm: Realm,
    /// Without its label, where that is genuine.
    pub(in crate::core) text: &'a str,
    /// What a real line looks like that carries a label.
    pub(in crate::core) copy_of: Option<CopyOf>,
}

/// The lines of an inject were written, or could not be.
#[derive(Debug)]
pub(in crate::core) struct Written {
    pub(in crate::core) drill: DrillId,
    pub(in crate::core) inject: InjectId,
    pub(in crate::core) lines: usize,
    pub(in crate::core) failure: Option<String>,
}

impl Exercises {
    /// Labels the lines of an inject and orders them written.
    pub(super) fn order_lines(
        &mut self,
        context: Context<'_>,
        id: DrillId,
        (inject, source): (InjectId, SourceName),
        lines: &[LogLine],
        out: &mut Out,
    ) {
        let settings = &context.site().settings;
        let zone = settings.sources.iter().find(|known| known.name == source);
        let zone = zone.map_or(&settings.zone, |source| &source.zone);
        let texts: Vec<String> = lines.iter().map(|line| line.text(context.now, zone)).collect();
        let Some(running) = self.drills.get_mut(&id) else {
            return out.inconsistent("lines are ordered for a drill that does not run", id);
        };
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
        self.changed.insert(id);
        self.withheld.push(Order::Inject { drill: id, inject, source, lines });
    }

    /// The lines of an inject were written, or could not be. Their drill may be over by now.
    pub(in crate::core) fn written(&mut self, context: Context<'_>, written: Written, out: &mut Out) {
        let Written { drill, inject, lines, failure } = written;
        if let Some(running) = self.drills.get_mut(&drill)
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
        self.tell(context, drill, input, out);
    }

    /// A line of `source` without its label; nothing for a line of a drill that is over, which is neither real nor of use
    /// any more.
    ///
    /// A line belongs to an exercise only if its label is signed and its number was given out for this source and not yet
    /// seen: anything else is real, also what stands before a label that was copied.
    pub(in crate::core) fn unlabel<'a>(&mut self, source: &SourceName, text: &'a str) -> Option<Unlabelled<'a>> {
        let Some(label) = label::read(text, &self.key) else {
            let copy_of = label::looks_marked(text).then_some(CopyOf::Unproven);
            return Some(Unlabelled { realm: Realm::Live, text, copy_of });
        };
        let (drill, text) = (label.drill, label.text);
        if !self.take_label(drill, label.number, source) {
            return Some(Unlabelled { realm: Realm::Live, text, copy_of: Some(CopyOf::Exercise(drill)) });
        }
        self.plays(drill).then_some(Unlabelled { realm: Realm::Drill(drill), text, copy_of: None })
    }

    /// Whether a labelled line of `source` is one that was ordered there and has not been seen yet. Lines of a drill that
    /// ended meanwhile are still its own.
    fn take_label(&mut self, id: DrillId, number: u64, source: &SourceName) -> bool {
        let labels = match (self.drills.get_mut(&id), self.late.get_mut(&id)) {
            (Some(running), _) => &mut running.labels,
            (None, Some(kept)) => &mut kept.labels,
            (None, None) => return false,
        };
        let expected = labels.take(number, source);
        if expected {
            self.changed.insert(id);
        }
        expected
    }
}
