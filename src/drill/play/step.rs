//! One step of the machine: what it is taken with, and what comes of it.

use jiff::Timestamp;

use super::effect::{Effect, Fact, Ignored};
use crate::base::id::InjectId;
use crate::drill::playbook::{Expectation, Inject, Playbook};

/// One step, from the input to the effects.
pub(super) struct Step<'a> {
    pub(super) script: &'a Playbook,
    pub(super) now: Timestamp,
    pub(super) out: Vec<Effect>,
}

impl<'a> Step<'a> {
    pub(super) fn new(script: &'a Playbook, now: Timestamp) -> Self {
        Self { script, now, out: Vec::new() }
    }

    /// The inject as written; nothing where the playbook no longer has it.
    pub(super) fn inject(&self, inject: &InjectId) -> Option<&'a Inject> {
        self.script.inject(inject)
    }

    /// What is expected of an inject, in the order written.
    pub(super) fn expected(&self, inject: &InjectId) -> &'a [Expectation] {
        self.inject(inject).map(|inject| inject.expect.as_slice()).unwrap_or_default()
    }

    pub(super) fn fact(&mut self, fact: Fact) {
        self.out.push(Effect::Fact(fact));
    }

    /// The input had no effect.
    pub(super) fn ignored(&mut self, why: Ignored, inject: Option<&InjectId>) {
        self.fact(Fact::Ignored { why, inject: inject.cloned() });
    }
}

/// One expectation of one inject.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nth<'a> {
    pub(super) inject: &'a InjectId,
    /// Which of its expectations, from 0.
    pub(super) index: usize,
}
