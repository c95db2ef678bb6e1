//! Which sources of a site can bring the logs that a rule is for, by their format and by what the site says of them.

use crate::base::id::SourceName;
use crate::site::{Site, SourceSettings};
use crate::watch::format;
use crate::watch::sigma::rule::{Logsource, Rule};

/// The sources of a site that can bring what a rule is for.
pub fn sources_of<'s>(site: &'s Site, rule: &'s Rule) -> impl Iterator<Item = &'s SourceName> {
    rule_sources(site, rule).map(|source| &source.name)
}

/// The same, with all that is known of them.
pub(super) fn rule_sources<'s>(site: &'s Site, rule: &'s Rule) -> impl Iterator<Item = &'s SourceSettings> {
    let feeds = |source: &&SourceSettings| rule.logsources.iter().any(|logsource| can_feed(source, logsource));
    site.settings.sources.iter().filter(feeds)
}

/// Whether lines of `source` can be what a rule for `logsource` looks at.
pub(super) fn can_feed(source: &SourceSettings, logsource: &Logsource) -> bool {
    let Logsource { product, service, category, .. } = logsource;
    let possible = format::possible(source.format, source.logsource.as_ref());
    possible.iter().any(|kind| kind.can_be(product.as_deref(), service.as_deref(), category.as_deref()))
}
