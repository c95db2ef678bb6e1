//! Finds out what format a source is in from what it says. Decides on the first line that leaves no doubt, and changes
//! its mind when many lines in a row are of another format.

use super::kind::Surety;
use super::table::{Format, Row, TABLE};
use super::time::When;

/// Lines of another format in a row that make it the format of the source.
const STEADY: u32 = 20;

/// What has been found out about one source.
#[derive(Debug, Default)]
pub(super) struct Auto {
    picked: Option<Format>,
    /// The format that the last lines which did not fit are of, and how many they are.
    rival: Option<(Format, u32)>,
}

impl Auto {
    pub(super) fn picked(&self) -> Option<Format> {
        self.picked
    }

    pub(super) fn pick(&mut self, format: Format) {
        *self = Self { picked: Some(format), rival: None };
    }

    /// A line fitted.
    pub(super) fn confirm(&mut self) {
        self.rival = None;
    }

    /// A line did not fit, and is of `format`. Whether that is the source's format from here on.
    pub(super) fn doubt(&mut self, format: Format) -> bool {
        let before = self.rival.filter(|(rival, _)| *rival == format).map_or(0, |(_, lines)| lines);
        self.rival = Some((format, before + 1));
        let wider = self.picked.and_then(Format::row).is_some_and(|picked| picked.part_of == Some(format.word()));
        if wider || before + 1 >= STEADY {
            self.pick(format);
            return true;
        }
        false
    }
}

/// The format that a line is of, where it leaves no doubt: the first one of the table that is certain, or else likely.
pub(super) fn sniff(text: &str, when: When<'_>) -> Option<&'static Row> {
    let mut likely = None;
    for row in TABLE {
        match (row.sniff)(text, when) {
            Some(Surety::Certain) => return Some(row),
            Some(Surety::Likely) => likely = likely.or(Some(row)),
            None => {}
        }
    }
    likely
}
