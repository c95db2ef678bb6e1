//! The stable codes of what can be wrong with a rule. One line each; what they mean in full is in the manual.

use crate::text::diagnostic::Code;

/// A document that is no rule, or of a kind that is not read.
pub const NOT_A_RULE: Code = Code("V200");
/// A top-level key that Sigma does not know. A warning: Sigma allows keys of one's own.
pub const UNKNOWN_RULE_KEY: Code = Code("V201");
/// A detection that is not built as Sigma wants it.
pub const BAD_DETECTION: Code = Code("V202");
/// A modifier that does not exist.
pub const UNKNOWN_MODIFIER: Code = Code("V203");
/// A modifier that is not supported, or not together with its neighbours.
pub const MODIFIER_REFUSED: Code = Code("V204");
/// A value that its modifiers cannot use.
pub const BAD_VALUE: Code = Code("V205");
/// A regular expression that cannot be used.
pub const BAD_REGEX: Code = Code("V206");
/// A condition that cannot be read.
pub const BAD_CONDITION: Code = Code("V207");
/// A condition that names a selection which is not there.
pub const UNKNOWN_SELECTION: Code = Code("V208");
/// A selection that no condition names. A warning.
pub const UNUSED_SELECTION: Code = Code("V209");
/// A correlation that cannot be read.
pub const BAD_CORRELATION: Code = Code("V210");
/// A correlation that names a rule which is not there.
pub const UNKNOWN_RULE: Code = Code("V211");
/// Two rules with one id.
pub const SAME_ID: Code = Code("V212");
/// A rule that says less than its readers need. A warning.
pub const UNSAID: Code = Code("V213");
/// A rule that cannot match, because it waits for a list of the site. A warning.
pub const UNARMED: Code = Code("V214");
/// A filter that changes nothing for a rule that it names. A warning.
pub const IDLE_FILTER: Code = Code("V215");
/// A log level where no logs are named that could have it.
pub const STRAY_LEVEL: Code = Code("V216");
/// A pipeline that cannot be read as written.
pub const BAD_PIPELINE: Code = Code("V230");
/// A transformation or condition of a pipeline that vigie does not have.
pub const UNKNOWN_STEP: Code = Code("V231");
/// A rule that a pipeline leaves out. A warning.
pub const LEFT_OUT: Code = Code("V232");
/// A field with several new names where only one can be. A warning.
pub const SEVERAL_NAMES: Code = Code("V233");
/// A pipeline that asks for a list which is not there. A warning.
pub const NO_LIST: Code = Code("V234");
