//! The condition of a `temporal` correlation in words: `scan and (login or reset) and not ticket` (Sigma specification
//! 2.1, the samples `temporal_condition` and `temporal_ordered_condition` of its schema). Knows rules by number only.
//!
//! A rule holds where it matched within the timespan. In order, those that the condition needs must have come one after
//! the other as `rules` lists them, and those it excludes must not have come at all.

use crate::watch::sigma::matcher::condition::Condition;

/// The most ways in which an ordered condition can come true.
const WAYS: usize = 64;

/// What is asked of the rules that matched.
#[derive(Debug)]
pub(crate) struct RuleExpression {
    condition: Condition,
    /// For ordered correlations: every way to come true.
    ways: Vec<Way>,
}

/// One way to come true.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Way {
    /// Those that come, in their order.
    steps: Vec<usize>,
    /// Those that do not.
    never: Vec<usize>,
}

impl RuleExpression {
    pub(crate) fn new(condition: Condition) -> Self {
        Self { condition, ways: Vec::new() }
    }

    /// An expression over rules that come in order; nothing where there are too many ways for it.
    pub(crate) fn ordered(condition: Condition) -> Option<Self> {
        let ways = ways(&condition, false)?;
        Some(Self { condition, ways })
    }

    /// Whether they hold where nothing happened.
    pub(crate) fn hold_of_nothing(&self) -> bool {
        self.condition.holds(&mut |_| false)
    }

    /// Whether they can hold at all where `can` says which rules ever match.
    pub(crate) fn can_hold(&self, can: &impl Fn(usize) -> bool) -> bool {
        self.condition.can_hold(can)
    }

    /// Whether they ask for this rule to come, and not only for it to stay away.
    pub(crate) fn ask_for(&self, rule: usize) -> bool {
        self.condition.asks_for(rule, false)
    }

    /// Whether they hold of the rules that came.
    pub(crate) fn hold(&self, came: &impl Fn(usize) -> bool) -> bool {
        self.condition.holds(&mut |index| came(index))
    }

    /// Whether they hold of steps in the order of time.
    pub(crate) fn hold_in_order<I: Iterator<Item = u64>>(&self, steps: impl Fn() -> I) -> bool {
        self.ways.iter().any(|way| {
            let is = |step: u64, rule: &usize| step == *rule as u64;
            let mut coming = way.steps.iter().peekable();
            for step in steps() {
                if way.never.iter().any(|rule| is(step, rule)) {
                    return false;
                }
                // Taking each step as early as it can be leaves the most room for the next ones.
                if coming.peek().is_some_and(|rule| is(step, rule)) {
                    coming.next();
                }
            }
            coming.peek().is_none()
        })
    }
}

/// Every way in which a condition comes true, or does not.
fn ways(condition: &Condition, negated: bool) -> Option<Vec<Way>> {
    match condition {
        Condition::Selection(rule) if negated => Some(vec![Way { never: vec![*rule], ..Way::default() }]),
        Condition::Selection(rule) => Some(vec![Way { steps: vec![*rule], ..Way::default() }]),
        Condition::Not(inner) => ways(inner, !negated),
        Condition::All(parts) if negated => any(parts, true),
        Condition::All(parts) => all(parts.iter().map(|part| ways(part, false))),
        Condition::Any(parts) if negated => all(parts.iter().map(|part| ways(part, true))),
        Condition::Any(parts) => any(parts, false),
        Condition::AtLeast(count, rules) => {
            // Fewer than some come where enough of the others do not.
            let count = if negated { rules.len() + 1 - count } else { *count };
            let mut found = Vec::new();
            for chosen in chosen(rules, count)? {
                let one = |rule| ways(&Condition::Selection(rule), negated);
                found.extend(all(chosen.into_iter().map(one))?);
            }
            few(found)
        }
    }
}

fn any(parts: &[Condition], negated: bool) -> Option<Vec<Way>> {
    let mut found = Vec::new();
    for part in parts {
        found.extend(ways(part, negated)?);
    }
    few(found)
}

fn all(parts: impl Iterator<Item = Option<Vec<Way>>>) -> Option<Vec<Way>> {
    let mut found = vec![Way::default()];
    for part in parts {
        let part = part?;
        let join = |one: &Way, other: &Way| {
            let both = |one: &[usize], other: &[usize]| {
                let mut both = [one, other].concat();
                both.sort_unstable();
                both.dedup();
                both
            };
            Way { steps: both(&one.steps, &other.steps), never: both(&one.never, &other.never) }
        };
        let joined = found.iter().flat_map(|one| part.iter().map(move |other| join(one, other)));
        found = few(joined.take(WAYS * WAYS).collect())?;
    }
    Some(found)
}

/// The ways without those that contradict themselves and without repetitions; nothing where there are too many.
fn few(mut found: Vec<Way>) -> Option<Vec<Way>> {
    found.retain(|way| way.steps.iter().all(|rule| !way.never.contains(rule)));
    found.sort_unstable_by(|one, other| (&one.steps, &one.never).cmp(&(&other.steps, &other.never)));
    found.dedup();
    (found.len() <= WAYS).then_some(found)
}

/// Every choice of so many of these; nothing where there are too many.
fn chosen(rules: &[usize], count: usize) -> Option<Vec<Vec<usize>>> {
    let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, rule) in rules.iter().enumerate() {
        let left = rules.len() - index - 1;
        let with =
            choices.iter().filter(|choice| choice.len() < count).map(|choice| [choice.as_slice(), &[*rule]].concat());
        let with: Vec<_> = with.collect();
        choices.retain(|choice| choice.len() + left >= count);
        choices.extend(with);
        if choices.len() > WAYS * WAYS {
            return None;
        }
    }
    Some(choices)
}
