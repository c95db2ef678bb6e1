//! Which rules of a site can match at all: those with the lists they need and a source that can bring their logs. The
//! others are *not armed*, and whoever trusts them must hear of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::id::{RuleId, SourceName};
use crate::base::language::Text;
use crate::site::{Site, SourceSettings};
use crate::watch::format::origin;
use crate::watch::sigma::Engine;
use crate::watch::sigma::rule::{Logsource, Rule};

/// A rule that never matches in this site.
#[derive(Debug, Clone)]
pub struct NotArmed {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Why.
    pub why: Text,
}

/// The rules of `engine` that are there for themselves and cannot match in `site`, in their order.
pub fn not_armed(site: &Site, engine: &Engine) -> Vec<NotArmed> {
    let rules = engine.rules().filter(|rule| rule.emits);
    let not = |rule: &Arc<Rule>| Some(NotArmed { rule: Arc::clone(rule), why: why_not(Some(site), rule)? });
    rules.filter_map(not).collect()
}

/// Why a rule cannot match; without a site, only what the rule itself lacks.
pub fn why_not(site: Option<&Site>, rule: &Rule) -> Option<Text> {
    if let Some(why) = rule.unarmed() {
        let fr = format!("une liste dont elle a besoin manque ou ne convient pas ({why})");
        return Some(Text::both(&fr, why));
    }
    let site = site?;
    if !rule.logsources.is_empty() && sources_of(site, rule).next().is_none() {
        let words: Vec<String> = rule.logsources.iter().map(said).collect();
        let fr = format!("aucune source du site ne peut dire {}", words.join(" ou "));
        return Some(Text::both(&fr, &format!("no source of the site can say {}", words.join(" or "))));
    }
    None
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

/// A log source in words, as in a rule file.
pub fn said(logsource: &Logsource) -> String {
    let parts = [("product", &logsource.product), ("service", &logsource.service), ("category", &logsource.category)];
    let parts = parts.iter().filter_map(|(key, word)| Some(format!("{key}: {}", word.as_ref()?)));
    format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
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
