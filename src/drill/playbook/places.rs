//! Where the parts of a playbook are written.

use std::collections::HashMap;

use super::written;
use crate::text::source::Span;

/// Where things are written, for checks that look at the whole.
pub(super) struct Places {
    /// The moment of an inject, or its name where it has none.
    pub(super) injects: HashMap<String, Span>,
    pub(super) objectives: HashMap<String, Span>,
}

impl Places {
    pub(super) fn of(written: &written::Playbook) -> Self {
        let place = |inject: &written::InjectWritten| inject.at.as_ref().map_or(inject.id.span, |at| at.span);
        Self {
            injects: written.timeline.iter().map(|inject| (inject.id.value.clone(), place(inject))).collect(),
            objectives: written.objectives.keys().map(|name| (name.value.clone(), name.span)).collect(),
        }
    }
}
