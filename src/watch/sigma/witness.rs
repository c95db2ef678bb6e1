//! One record as whoever tells of a match asks it: who takes part in what it says, and what may be shown of it. Most
//! records are never asked, and each is asked once.

use std::cell::{OnceCell, RefCell};

use crate::base::redact::{Class, Clean, REMOVED};
use crate::base::visible::visible;
use crate::watch::record::{Notes, Record};
use crate::watch::tie::{self, Party};

/// So many letters of a line are shown.
const LINE: usize = 300;

/// Whoever knows who takes part.
pub(crate) trait Witness {
    /// Who takes part.
    fn parties(&self) -> &[Party];

    /// What may be shown of one of its values; `class` is what the name of its field says.
    fn clean(&self, class: Class, text: &str) -> Clean;
}

/// A record that can be asked.
pub(crate) struct Asked<'r, R> {
    record: &'r R,
    notes: RefCell<Notes>,
    parties: OnceCell<Vec<Party>>,
}

impl<'r, R: Record> Asked<'r, R> {
    /// `notes` are what was found out of records before.
    pub(crate) fn new(record: &'r R, notes: Notes) -> Self {
        Self { record, notes: RefCell::new(notes), parties: OnceCell::new() }
    }

    /// The notes, for the next record.
    pub(crate) fn into_notes(self) -> Notes {
        self.notes.into_inner()
    }

    /// The line, as it may be shown. Taken out is what must be before it is cut: half of a secret is known by nothing.
    pub(crate) fn line(&self) -> Clean {
        self.record.clean(Class::Open, self.record.text()).shaped(|line| tie::clipped(&visible(line), LINE))
    }
}

impl<R: Record> Witness for Asked<'_, R> {
    fn parties(&self) -> &[Party] {
        self.parties.get_or_init(|| tie::parties(self.record, &mut self.notes.borrow_mut()))
    }

    fn clean(&self, class: Class, text: &str) -> Clean {
        self.record.clean(class, text)
    }
}

/// Nobody saw anything: something did not come.
pub(crate) struct Nobody;

impl Witness for Nobody {
    fn parties(&self) -> &[Party] {
        &[]
    }

    /// Whatever it may be: there is no event that could tell.
    fn clean(&self, _: Class, _: &str) -> Clean {
        Clean::of(REMOVED)
    }
}
