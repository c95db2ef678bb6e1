//! The logs that a rule is for.

use crate::watch::event;

/// The kind of log that a rule is for. What is not named may be anything.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Logsource {
    /// A kind of activity, such as `webserver`.
    pub category: Option<String>,
    /// A program or system, such as `samba`.
    pub product: Option<String>,
    /// A part of it, such as `sshd`.
    pub service: Option<String>,
    /// In words, for people.
    pub definition: Option<String>,
}

impl Logsource {
    /// Whether events of `logsource` are what the rule is for: each thing that the rule names, the event must have.
    pub fn covers(&self, logsource: &event::Logsource) -> bool {
        let same = |wanted: &Option<String>, has: Option<&str>| {
            wanted.as_ref().is_none_or(|wanted| has.is_some_and(|has| has.eq_ignore_ascii_case(wanted)))
        };
        same(&self.product, logsource.product.as_deref())
            && same(&self.service, logsource.service.as_deref())
            && self
                .category
                .as_ref()
                .is_none_or(|wanted| logsource.category.iter().any(|category| category.eq_ignore_ascii_case(wanted)))
    }
}
