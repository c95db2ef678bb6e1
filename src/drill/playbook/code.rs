//! The stable names of the mistakes a playbook can hold.

use crate::text::diagnostic::Code;

/// A duration that cannot be read, or is out of bounds.
pub const DURATION: Code = Code("V301");
/// A moment of the script that cannot be read.
pub const MOMENT: Code = Code("V302");
/// A name with characters that names do not have.
pub const NAME: Code = Code("V303");
/// Two injects with the same name.
pub const DUPLICATE: Code = Code("V304");
/// An objective that is not declared.
pub const OBJECTIVE: Code = Code("V305");
/// A recipient who is neither a cell nor somebody in one.
pub const RECIPIENT: Code = Code("V306");
/// A `next` that leads nowhere.
pub const NEXT: Code = Code("V307");
/// An option that the decision does not offer.
pub const OPTION: Code = Code("V308");
/// An inject planned after the end.
pub const AFTER_END: Code = Code("V309");
/// Something that starts in time but cannot be over before the end.
pub const BEYOND_END: Code = Code("V310");
/// A text that lacks one of the two languages.
pub const LANGUAGE: Code = Code("V311");
/// An inject that nothing ever plays.
pub const UNREACHABLE: Code = Code("V312");
/// An expectation that says nothing, or two things at once.
pub const EXPECTATION: Code = Code("V313");
/// An expectation without a time allowed.
pub const WITHIN: Code = Code("V314");
/// An expected decision where nothing is decided.
pub const NO_DECISION: Code = Code("V315");
/// An inject without a moment.
pub const NO_MOMENT: Code = Code("V316");
/// A file of log lines that cannot be had.
pub const LINES_FILE: Code = Code("V317");
/// A placeholder of a log line that is not known.
pub const PLACEHOLDER: Code = Code("V318");
/// Too many log lines, or none.
pub const LINES: Code = Code("V319");
/// A list that must not be empty.
pub const EMPTY: Code = Code("V320");
/// An objective that no expectation serves.
pub const UNUSED: Code = Code("V321");
/// A cast that speaks of something the timeline does not have.
pub const CAST: Code = Code("V322");

/// All of them, for the documentation.
pub const ALL: [Code; 22] = [
    DURATION,
    MOMENT,
    NAME,
    DUPLICATE,
    OBJECTIVE,
    RECIPIENT,
    NEXT,
    OPTION,
    AFTER_END,
    BEYOND_END,
    LANGUAGE,
    UNREACHABLE,
    EXPECTATION,
    WITHIN,
    NO_DECISION,
    NO_MOMENT,
    LINES_FILE,
    PLACEHOLDER,
    LINES,
    EMPTY,
    UNUSED,
    CAST,
];
