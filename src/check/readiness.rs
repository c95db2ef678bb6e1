//! Which rules of a site can match at all: those with the lists they need and a source that can bring their logs at the
//! level they need. The others are *not armed*, and whoever trusts them must hear of it. A correlation is armed where
//! those of its parts are without which it cannot match.

mod reason;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use self::reason::{Cause, Lack, Lacks, Quiet};
use super::log_probe::Probed;
use super::rule_sources::rule_sources;
use crate::base::id::{RuleId, SourceName};
use crate::base::language::Text;
use crate::site::{Site, SourceSettings};
use crate::watch::format;
use crate::watch::sigma::rule::{Logsource, Rule};
use crate::watch::sigma::{Dependencies, Engine};
use crate::watch::verbosity::{Reach, Verbosity};

pub use self::reason::said;

/// A rule that never matches in this site.
#[derive(Debug, Clone)]
pub struct NotArmed {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Why.
    pub why: Text,
    /// Whether all that it lacks are logs: no mistake, as a pack is for more logs than any one site has.
    pub(crate) no_log: bool,
}

/// What rules are held against.
#[derive(Debug)]
pub struct Readiness<'s> {
    /// A site and what its sources were heard to say.
    site: Option<(&'s Site, &'s Probed)>,
    /// What was found out already. Correlations share their parts.
    known: RefCell<HashMap<RuleId, Option<Lacks>>>,
}

impl<'s> Readiness<'s> {
    /// At a site, of whose sources this was heard. Of those that said nothing the best is believed.
    pub fn at(site: &'s Site, probed: &'s Probed) -> Self {
        Self { site: Some((site, probed)), known: RefCell::default() }
    }

    /// Without a site, where only what rules themselves lack is known.
    pub fn anywhere() -> Self {
        Self { site: None, known: RefCell::default() }
    }

    /// The rules of `engine` that are there for themselves and cannot match, in their order.
    pub fn not_armed(&self, engine: &Engine) -> Vec<NotArmed> {
        let rules = engine.rules().filter(|rule| rule.emits);
        let not = |rule: &Arc<Rule>| {
            let lacks = self.lacks(rule)?;
            Some(NotArmed { rule: Arc::clone(rule), why: lacks.words(), no_log: lacks.are_logs() })
        };
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
        let below = rule.dependencies.as_ref().and_then(|parts| self.below(parts));
        let lacks = below.or_else(|| self.cause(rule).map(Lacks::of));
        self.known.borrow_mut().insert(rule.id.clone(), lacks.clone());
        lacks
    }

    /// What the parts of a correlation lack, where it cannot match for that.
    fn below(&self, parts: &Dependencies<Rule>) -> Option<Lacks> {
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
            return Some(Cause::List(why.clone()));
        }
        let (site, _) = self.site.filter(|_| rule.dependencies.is_none())?;
        if rule_sources(site, rule).next().is_none() {
            return Some(Cause::Source(vec![rule.logsource.clone()]));
        }
        self.too_quiet(rule)
    }

    /// That some sources write too little for a rule, and no other can be hoped to write more.
    fn too_quiet(&self, rule: &Rule) -> Option<Cause> {
        let needed = rule.log_level?;
        let mut quiet = Vec::new();
        for (source, reach) in self.reaches(rule) {
            match reach {
                Reach::Reached | Reach::Little => return None,
                Reach::Nothing => {}
                Reach::Short { most, lines } => quiet.push(Quiet { source: source.clone(), most, lines }),
            }
        }
        let product = rule.logsource.product.clone();
        (!quiet.is_empty()).then_some(Cause::Level { quiet, needed, product })
    }

    /// Of the sources that can bring what a rule is for: whether they write at the level that it needs. Of a source that
    /// brings nothing else more can be hoped than was heard; one that only could bring it, as syslog can, has to be heard.
    fn reaches<'r>(&'r self, rule: &'r Rule) -> Vec<(&'r SourceName, Reach)> {
        let Logsource { product, service, .. } = &rule.logsource;
        let (Some((site, probed)), Some(needed), Some(product)) = (self.site, rule.log_level, product) else {
            return Vec::new();
        };
        let reach = |source: &'r SourceSettings| {
            let reach = |verbosity: &Verbosity| verbosity.reach(product, service.as_deref(), needed);
            let reach = probed.get(&source.name).map_or(Reach::Nothing, reach);
            let only = format::possible(source.format, source.logsource.as_ref()).len() == 1;
            (&source.name, if reach == Reach::Nothing && only { Reach::Little } else { reach })
        };
        rule_sources(site, rule).map(reach).collect()
    }

    /// What an armed correlation does not see, because some of its parts cannot match.
    pub fn blind_for(&self, rule: &Rule) -> Option<Text> {
        let parts = leaves(rule).into_iter().filter(|part| part.id != rule.id);
        let lacks = parts.filter_map(|part| Some((part, Lacks::of(self.cause(part)?))));
        let lacks: Vec<Lack> = lacks.flat_map(|(part, lacks)| lacks.as_part(part.called(), true)).collect();
        (!lacks.is_empty()).then(|| Lacks::together(lacks, false).words())
    }

    /// The level that a rule or one of its parts needs, where no source was seen to write at it, nor seen not to.
    pub fn unheard(&self, rule: &Rule) -> Option<Text> {
        leaves(rule).into_iter().find_map(|part| {
            let needed = part.log_level.filter(|_| self.cause(part).is_none())?;
            let mut reaches = self.reaches(part);
            let seen = reaches.is_empty() || reaches.iter().any(|(_, reach)| *reach == Reach::Reached);
            if reaches.iter().any(|(_, reach)| *reach == Reach::Little) {
                reaches.retain(|(_, reach)| *reach == Reach::Little);
            }
            (!seen).then(|| reason::unheard(reaches.iter().map(|(source, _)| *source), needed))
        })
    }
}

/// The rules under a correlation that count nothing themselves, each once; of any other rule, itself.
fn leaves(rule: &Rule) -> Vec<&Rule> {
    let (mut open, mut met, mut leaves) = (vec![rule], HashSet::new(), Vec::new());
    while let Some(rule) = open.pop() {
        if !met.insert(&rule.id) {
            continue;
        }
        match &rule.dependencies {
            // What is opened last is next.
            Some(parts) => open.extend(parts.rules().iter().rev().map(|part| &**part)),
            None => leaves.push(rule),
        }
    }
    leaves
}

/// The reasons why rules are not armed, and the rules: those that may be mended first, then those that lack a log, in the
/// order of the first rule of each.
pub fn by_reason(rules: &[NotArmed]) -> Vec<(Text, Vec<RuleId>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut reasons: Vec<(Text, Vec<RuleId>)> = Vec::new();
    let (absent, mendable): (Vec<_>, Vec<_>) = rules.iter().partition(|rule| rule.no_log);
    for NotArmed { rule, why, .. } in mendable.into_iter().chain(absent) {
        let place = *places.entry(why.en.as_deref().unwrap_or_default()).or_insert(reasons.len());
        if place == reasons.len() {
            reasons.push((why.clone(), Vec::new()));
        }
        reasons[place].1.push(rule.id.clone());
    }
    reasons
}
