//! What a site takes out besides: patterns of its own, such as the shape of its patients' numbers.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use regex::{Regex, RegexBuilder};

use super::Taken;

/// A pattern of a site's own may be so long.
pub(crate) const LONGEST_OWN: usize = 500;
/// So much memory it may take once it is compiled.
const SIZE: usize = 1 << 20;

/// A pattern of a site's own.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    name: Arc<str>,
    regex: Regex,
}

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OwnError {
    /// It is longer than may be.
    TooLong,
    /// It takes more memory than may be once it is compiled.
    TooLarge,
    /// It also fits where nothing stands: all would be taken apart.
    Empty,
    /// It is no pattern, for this reason.
    Invalid(String),
}

impl Own {
    /// A pattern under a name.
    pub(crate) fn new(name: &str, pattern: &str) -> Result<Self, OwnError> {
        if pattern.len() > LONGEST_OWN {
            return Err(OwnError::TooLong);
        }
        let built = RegexBuilder::new(pattern).size_limit(SIZE).dfa_size_limit(SIZE).build();
        let regex = built.map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => OwnError::TooLarge,
            error => OwnError::Invalid(error.to_string().lines().last().unwrap_or_default().trim().to_owned()),
        })?;
        if regex.is_match("") {
            return Err(OwnError::Empty);
        }
        Ok(Self { name: Arc::from(name), regex })
    }
}

/// The patterns of the site that this program works for. A program works for one site; all its exits ask here.
static OWN: RwLock<Vec<Own>> = RwLock::new(Vec::new());
/// Whether there are any: asked for every value.
static ANY: AtomicBool = AtomicBool::new(false);
static EDITION: AtomicU64 = AtomicU64::new(0);

/// From now on these are the site's patterns.
pub(crate) fn use_own(patterns: Vec<Own>) {
    let any = !patterns.is_empty();
    *OWN.write().unwrap_or_else(PoisonError::into_inner) = patterns;
    ANY.store(any, Ordering::Release);
    EDITION.fetch_add(1, Ordering::Release);
}

/// How often they changed: what was found out under others does not count any more.
pub(super) fn edition() -> u64 {
    EDITION.load(Ordering::Acquire)
}

pub(super) fn is_any() -> bool {
    ANY.load(Ordering::Acquire)
}

/// Adds what they take out. Where a pattern has a group, the group goes, else all of it.
pub(super) fn find(text: &str, taken: &mut Vec<Taken>) {
    if !is_any() {
        return;
    }
    for Own { name, regex } in OWN.read().unwrap_or_else(PoisonError::into_inner).iter() {
        for groups in regex.captures_iter(text) {
            let group = groups.iter().skip(1).flatten().next().unwrap_or(groups.get_match());
            if !group.is_empty() && !group.as_str().contains(super::REMOVED) {
                taken.push(Taken { at: group.range(), rule: Cow::Owned(name.to_string()) });
            }
        }
    }
}
