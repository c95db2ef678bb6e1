//! What a correlation counts, and what that is compared with.

/// What is counted. The last two are not Sigma's but vigie's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Events.
    Events,
    /// Different values of a field.
    Values,
    /// Different rules, in any order.
    Rules,
    /// Rules one after the other, from the first on.
    Steps,
    /// The sum of the numbers in a field.
    Sum,
    /// Their mean.
    Mean,
    /// The number in their middle.
    Median,
    /// The number that so many thousandths of a percent of them do not exceed.
    Percentile(u32),
    /// Nothing: what does not come is missed.
    Absence,
    /// Nothing: a value that was never seen is reported.
    FirstSeen,
}

impl Kind {
    /// Whether numbers are reckoned with, and not things counted.
    pub(crate) fn reckons(self) -> bool {
        matches!(self, Self::Sum | Self::Mean | Self::Median | Self::Percentile(_))
    }

    /// Whether the same thing seen again is no more than seen once.
    pub(crate) fn tells_apart(self) -> bool {
        !self.reckons() && self != Self::Events
    }
}

/// The types of correlation that can be written. Which percentile is meant stands in the condition.
pub(crate) const TYPES: [(&str, Kind); 8] = [
    ("event_count", Kind::Events),
    ("value_count", Kind::Values),
    ("temporal", Kind::Rules),
    ("temporal_ordered", Kind::Steps),
    ("value_sum", Kind::Sum),
    ("value_avg", Kind::Mean),
    ("value_median", Kind::Median),
    ("value_percentile", Kind::Percentile(50_000)),
];

/// How a count is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    More,
    AtLeast,
    Less,
    AtMost,
    Exactly,
    Other,
}

pub(crate) const COMPARES: [(&str, Compare); 6] = [
    ("gt", Compare::More),
    ("gte", Compare::AtLeast),
    ("lt", Compare::Less),
    ("lte", Compare::AtMost),
    ("eq", Compare::Exactly),
    ("neq", Compare::Other),
];

/// A bound on the count, or on what numbers come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bound {
    pub(crate) compare: Compare,
    pub(crate) number: f64,
}

impl Bound {
    pub(crate) fn holds(self, count: f64) -> bool {
        let order = count.total_cmp(&self.number);
        match self.compare {
            Compare::More => order.is_gt(),
            Compare::AtLeast => order.is_ge(),
            Compare::Less => order.is_lt(),
            Compare::AtMost => order.is_le(),
            Compare::Exactly => order.is_eq(),
            Compare::Other => order.is_ne(),
        }
    }
}
