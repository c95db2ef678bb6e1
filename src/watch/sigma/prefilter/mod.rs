//! Which rules an event may match at all: what must be there for a rule to match, and one pass over the event that finds
//! it. Rules nearly all of them out; never decides that a rule matches, and knows no rule file.

pub(super) mod affix;
pub(super) mod candidates;
pub(super) mod fast_hash;
pub(super) mod literal;
pub(super) mod needle;
pub(super) mod ngram;
pub(super) mod plan;
pub(super) mod rarity;
