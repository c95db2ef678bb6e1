//! The rules that one event may match: those of which it has everything that they need.

/// That an event has something that a rule needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    rule: u32,
    /// Which of its needs are met, a bit for each.
    met: u32,
}

/// Up to so many needs of a rule are looked for.
pub(crate) const NEEDS: usize = 3;

/// Every need is met. A rule with fewer needs than that has several bits for the last of them.
const ALL: u32 = (1 << NEEDS) - 1;

impl Mark {
    /// That the need of this number is met, of so many that the rule has.
    pub(crate) fn of(rule: u32, need: usize, needs: usize) -> Self {
        Self { rule, met: if need + 1 < needs { 1 << need } else { ALL & (ALL << need) } }
    }

    /// That the rule needs nothing that could be looked for.
    pub(crate) fn always(rule: u32) -> Self {
        Self { rule, met: ALL }
    }

    /// Puts a mark behind others, into one with what is known of the same rule.
    pub(crate) fn push(self, marks: &mut Vec<Self>) {
        match marks.last_mut() {
            Some(last) if last.rule == self.rule => last.met |= self.met,
            _ => marks.push(self),
        }
    }
}

/// The rules that one event may match.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    /// By rule: the event that it was marked for last, and what was met then.
    seen: Vec<(u32, u32)>,
    event: u32,
    rules: Vec<u32>,
}

impl Candidates {
    /// Forgets the last event. `rules` is the number of all rules.
    pub(crate) fn begin(&mut self, rules: usize) {
        if self.seen.len() < rules {
            self.seen.resize(rules, (self.event, 0));
        }
        self.event = self.event.wrapping_add(1);
        if self.event == 0 {
            self.seen.fill((u32::MAX, 0));
        }
        self.rules.clear();
    }

    /// Takes down what the event has.
    pub(crate) fn add(&mut self, marks: &[Mark]) {
        for mark in marks {
            let (event, met) = &mut self.seen[mark.rule as usize];
            if *event != self.event {
                (*event, *met) = (self.event, 0);
            }
            if *met != ALL {
                *met |= mark.met;
                if *met == ALL {
                    self.rules.push(mark.rule);
                }
            }
        }
    }

    /// The rules of which everything was met, in their order.
    pub(crate) fn sorted(&mut self) -> &[u32] {
        self.rules.sort_unstable();
        &self.rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_candidate_once_all_its_needs_are_met() {
        let mut candidates = Candidates::default();
        for _ in 0..2 {
            candidates.begin(9);
            candidates.add(&[Mark::of(7, 0, 2), Mark::of(5, 0, 1), Mark::always(4), Mark::of(3, 1, 3)]);
            assert_eq!(candidates.sorted(), [4, 5]);
            candidates.add(&[Mark::of(7, 0, 2), Mark::of(3, 2, 3), Mark::of(5, 0, 1)]);
            assert_eq!(candidates.sorted(), [4, 5]);
            candidates.add(&[Mark::of(7, 1, 2), Mark::of(3, 0, 3)]);
            assert_eq!(candidates.sorted(), [3, 4, 5, 7]);
        }
    }

    #[test]
    fn marks_of_one_rule_are_put_together() {
        let mut marks = Vec::new();
        for mark in [Mark::of(1, 0, 2), Mark::of(1, 1, 2), Mark::of(2, 0, 2)] {
            mark.push(&mut marks);
        }
        assert_eq!(marks, [Mark::always(1), Mark::of(2, 0, 2)]);
    }
}
