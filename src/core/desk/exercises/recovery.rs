//! Drills taken up again at a start. Lines that may not have been written are ordered again, with new labels: the same
//! line twice is still the drill's.

use std::sync::Arc;

use super::{Exercises, KeptDrill, Running};
use crate::api::{Fact, LostDrill, WhyLost};
use crate::base::realm::Realm;
use crate::core::event::{Event, Out};
use crate::store::DrillRow;

impl Exercises {
    /// Takes up the drills that the store holds: running ones go on, and lines of ended ones may still be read.
    pub(in crate::core) fn restore(&mut self, last: u64, rows: Vec<DrillRow>, out: &mut Out) {
        self.last = last;
        for row in rows {
            self.take_up(&row, out);
        }
    }

    fn take_up(&mut self, row: &DrillRow, out: &mut Out) {
        let Ok(kept) = serde_json::from_str::<KeptDrill>(&row.state) else {
            if !row.ended {
                self.lose(row, WhyLost::Row, out);
            }
            return;
        };
        if row.ended {
            return self.keep_late(row.id, kept);
        }
        let Some(script) = kept.script() else {
            self.lose(row, WhyLost::Playbook, out);
            return self.keep_late(row.id, kept);
        };
        let KeptDrill { play, pace, labels, unwritten, .. } = kept;
        let lines = unwritten.clone();
        self.drills.insert(row.id, Running { script: Arc::new(script), play, pace, labels, unwritten });
        out.say(Event::DrillRuns { drill: row.id, pace });
        for (inject, (source, texts)) in lines {
            self.order_labelled(row.id, inject, source, &texts);
        }
        self.changed.insert(row.id);
    }

    /// A drill that ran and cannot go on: it is over, and said to be.
    fn lose(&mut self, row: &DrillRow, why: WhyLost, out: &mut Out) {
        out.keep(Realm::Drill(row.id), Fact::DrillItself(LostDrill::Lost { drill: row.id, why }));
        out.say(Event::DrillOver { drill: row.id });
        self.lost.push(DrillRow { ended: true, ..row.clone() });
    }
}
