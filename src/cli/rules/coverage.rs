//! `vigie rules coverage`, in words.

use std::collections::BTreeMap;

use crate::base::id::RuleId;
use crate::base::language::Text;
use crate::check::{Coverage, Covered, Unfed};
use crate::cli::screen::{Paint, Screen};
use crate::words::exercise::as_it_is;
use crate::words::rules as words;
use crate::words::status::and_more;

/// How many rules are named in one line.
const NAMED: usize = 6;

pub(super) fn show(screen: Screen, site: Option<&str>, coverage: &Coverage) {
    let Coverage { rules, armed, .. } = coverage;
    let title = match site {
        Some(site) => words::armed_at(site, armed, rules),
        // Whether anything feeds them, only a site can tell.
        None if rules == armed => words::rules(*rules as u64),
        None => words::rules_unarmed(rules, rules - armed),
    };
    screen.row().paint(Paint::Bold, title).end();
    sources(screen, coverage);
    for (title, unfed) in [
        (words::not_armed(), &coverage.not_armed),
        (words::partly_armed(), &coverage.blind),
        (words::level_unknown(), &coverage.unheard),
    ] {
        if !unfed.is_empty() {
            head(screen, title);
        }
        for Unfed { why, rules } in unfed {
            screen.row().put("  ").put(words::row(why, names(rules))).end();
        }
    }
    if !coverage.needs.is_empty() {
        head(screen, words::must_be_logged());
        for need in &coverage.needs {
            screen.row().put("  ").put(words::row(&need.needs, names(&need.rules))).end();
        }
    }
    attack(screen, words::tactics(), &coverage.tactics);
    attack(screen, words::techniques(), &coverage.techniques);
    head(screen, words::without_test());
    let untested = if coverage.untested.is_empty() { words::all_tested() } else { names(&coverage.untested) };
    screen.row().put("  ").put(untested).end();
}

fn head(screen: Screen, words: Text) {
    screen.line("");
    screen.row().paint(Paint::Bold, words).end();
}

fn sources(screen: Screen, coverage: &Coverage) {
    let Some(sources) = &coverage.sources else { return };
    head(screen, words::sources());
    if sources.is_empty() {
        screen.row().put("  ").put(words::no_source()).end();
    }
    for watching in sources {
        let row = screen.row().put("  ").cell(16, &watching.source).put(" ").cell(14, watching.format).put(" ");
        match watching.rules.len() as u64 {
            0 => row.paint(Paint::Red, words::unwatched()),
            count => row.put(words::watched(count, names(&watching.rules))),
        }
        .end();
    }
}

fn attack(screen: Screen, title: Text, covered: &BTreeMap<String, Covered>) {
    head(screen, title);
    if covered.is_empty() {
        screen.row().put("  ").put(words::none()).end();
    }
    for (tag, Covered { armed, rules }) in covered {
        let row = screen.row().put("  ").cell(24, tag).put(" ");
        if armed == rules { row.put(armed) } else { row.put(words::some_armed(armed, rules)) }.end();
    }
}

/// The first few rules and how many more there are.
fn names(rules: &[RuleId]) -> Text {
    let shown: Vec<&str> = rules.iter().take(NAMED).map(RuleId::as_str).collect();
    match rules.len().saturating_sub(NAMED) {
        0 => as_it_is(shown.join(", ")),
        more => and_more(more as u64, shown.join(", ")),
    }
}
