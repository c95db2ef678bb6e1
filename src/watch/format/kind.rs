//! What the file of a log format must have, beside its type that stands for it in the table.

use jiff::Timestamp;

use super::draft::Reading;
use super::origin::Possible;
use super::time::When;

/// A log format.
pub(super) trait Kind {
    /// How a line stands to those before it.
    const STANDING: Standing = Standing::Alone;
    /// The word for a wider format that its lines are of too: a single line of that one shows that it is that one.
    const PART_OF: Option<&'static str> = None;
    /// Whether its lines also come as the messages of syslog lines.
    const IN_SYSLOG: bool = false;
    /// Whether a source can be found to be of it, so that nobody has to say so.
    const CAN_BE_FOUND: bool = true;

    /// Reads one line.
    fn read(text: &str, when: When<'_>, memory: &mut Memory) -> Reading;

    /// How sure it is that a line is of this format and of no other, where it may be at all.
    fn sniff(text: &str, when: When<'_>) -> Option<Surety>;

    /// The kinds of logs that its lines can speak of.
    fn possible() -> Vec<Possible>;
}

/// How a line stands to those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// What it says depends on none of them: nothing is kept in the [`Memory`].
    Alone,
    /// What it says depends on what was remembered of them.
    Remembers,
    /// It can be a piece of a record, each piece behind the name of the process that wrote it.
    Pieces,
}

/// How sure it is of which format a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Surety {
    /// No other is looked for.
    Certain,
    /// Unless another one is certain.
    Likely,
}

impl Surety {
    /// Certain where `is`, and not at all otherwise.
    pub(super) fn certain(is: bool) -> Option<Self> {
        is.then_some(Self::Certain)
    }
}

/// What has to be remembered of earlier lines of a stream.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// How many more lines may belong to the message before, without a header of their own.
    pub(super) following: u32,
    /// The time of the last header, for lines below it that have none.
    pub(super) header: Option<Timestamp>,
}
