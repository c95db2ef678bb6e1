//! Which rules of a site can match at all: those with the lists they need and a source that can bring their logs. The
//! others are *not armed*, and whoever trusts them must hear of it. A correlation is armed where those of its parts are
//! without which it cannot match.

mod reason;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use self::reason::{Cause, Lack, Lacks};
use crate::base::id::{RuleId, SourceName};
use crate::base::language::Text;
use crate::site::{Site, SourceSettings};
use crate::watch::format::origin;
use crate::watch::sigma::rule::{Logsource, Rule};
use crate::watch::sigma::{Engine, Parts};

pub use self::reason::said;

/// A rule that never matches in this site.
#[derive(Debug, Clone)]
pub struct NotArmed {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Why.
    pub why: Text,
}

/// What rules are held against.
#[derive(Debug)]
pub struct Arming<'s> {
    site: Option<&'s Site>,
    /// What was found out already. Correlations share their parts.
    known: RefCell<HashMap<RuleId, Option<Lacks>>>,
}

impl<'s> Arming<'s> {
    /// Without a site, only what rules themselves lack is known.
    pub fn new(site: Option<&'s Site>) -> Self {
        Self { site, known: RefCell::default() }
    }

    /// The rules of `engine` that are there for themselves and cannot match, in their order.
    pub fn not_armed(&self, engine: &Engine) -> Vec<NotArmed> {
        let rules = engine.rules().filter(|rule| rule.emits);
        let not = |rule: &Arc<Rule>| Some(NotArmed { rule: Arc::clone(rule), why: self.why_not(rule)? });
        rules.filter_map(not).collect()
    }

    /// Why a rule cannot match, where that is so.
    pub fn why_not(&self, rule: &Rule) -> Option<Text> {
        self.lacks(rule).map(|lacks| lacks.words())
    }

    fn lacks(&self, rule: &Rule) -> Option<Lacks> {
        if let Some(known) = self.known.borrow().get(&rule.id) {
            return known.clone();
        }
        let below = rule.parts.as_ref().and_then(|parts| self.below(parts));
        let lacks = below.or_else(|| self.cause(rule).map(Lacks::of));
        self.known.borrow_mut().insert(rule.id.clone(), lacks.clone());
        lacks
    }

    /// What the parts of a correlation lack, where it cannot match for that.
    fn below(&self, parts: &Parts) -> Option<Lacks> {
        let all: Vec<Option<Lacks>> = parts.rules().iter().map(|part| self.lacks(part)).collect();
        let can: Vec<bool> = all.iter().map(Option::is_none).collect();
        let lacking = parts.lacking(&can);
        let named = lacking.iter().filter_map(|part| Some((parts.rules()[*part].called(), all[*part].as_ref()?)));
        let lacks = named.flat_map(|(name, lacks)| lacks.as_part(name, parts.rules().len() > 1));
        let lacks: Vec<Lack> = lacks.collect();
        (!lacking.is_empty()).then(|| Lacks::together(lacks, parts.any_is_enough()))
    }

    /// What a rule lacks itself.
    fn cause(&self, rule: &Rule) -> Option<Cause> {
        if let Some(why) = rule.unarmed() {
            return Some(Cause::List(why.to_owned()));
        }
        let site = self.site.filter(|_| rule.parts.is_none())?;
        let fed = sources_of(site, rule).next().is_some();
        (!fed).then(|| Cause::Source(vec![rule.logsource.clone()]))
    }
}

/// The sources of a site that can bring what a rule is for.
pub fn sources_of<'s>(site: &'s Site, rule: &'s Rule) -> impl Iterator<Item = &'s SourceName> {
    let feeds = |source: &&SourceSettings| rule.logsources.iter().any(|logsource| can_feed(source, logsource));
    site.settings.sources.iter().filter(feeds).map(|source| &source.name)
}

/// Whether lines of `source` can be what a rule for `logsource` looks at.
fn can_feed(source: &SourceSettings, logsource: &Logsource) -> bool {
    let Logsource { product, service, category, .. } = logsource;
    let possible = origin::possible(source.format, source.logsource.as_ref());
    possible.iter().any(|kind| kind.can_be(product.as_deref(), service.as_deref(), category.as_deref()))
}

/// The reasons why rules are not armed, in the order of the first rule of each, and the rules.
pub fn by_reason(rules: &[NotArmed]) -> Vec<(Text, Vec<RuleId>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: Vec<(Text, Vec<RuleId>)> = Vec::new();
    for NotArmed { rule, why } in rules {
        let place = *places.entry(why.en.as_deref().unwrap_or_default()).or_insert(reasons.len());
        if place == reasons.len() {
            reasons.push((why.clone(), Vec::new()));
        }
        reasons[place].1.push(rule.id.clone());
    }
    reasons
}
