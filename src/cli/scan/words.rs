//! What `vigie scan --explain` found, row by row.

use super::answer::{Answer, Explained, Looked, Question};
use crate::base::language::Text;
use crate::base::redact::Clean;
use crate::cli::screen::{Paint, Row, Screen};
use crate::watch::sigma::explain::counting::{Counting, Tally};
use crate::watch::sigma::explain::{Asked, Chosen, Item, Looked as Parts};
use crate::words::explain as words;
use crate::words::failure::colon;
use crate::words::misfit::misfit;

/// How many wanted values, groups and kinds of logs are shown.
const VALUES: usize = 5;
const GROUPS: usize = 10;
const LOGS: usize = 8;

/// Tells an answer.
pub(super) fn tell(screen: Screen, question: &Question, answer: &Answer) {
    let teller = Teller { screen };
    teller.heading(question, answer);
    if let Some(why) = question.rule.unarmed() {
        teller.painted(Paint::Red, &words::not_armed(why));
    }
    for counting in &answer.counted {
        teller.counting(counting);
    }
    for looked in &answer.rules {
        teller.looked(question, answer, looked);
    }
}

#[derive(Clone, Copy)]
struct Teller {
    screen: Screen,
}

impl Teller {
    fn painted(self, paint: Paint, words: &Text) {
        self.screen.row().paint(paint, words).end();
    }

    /// A row that begins with whether something holds.
    fn marked(self, indent: usize, holds: bool) -> Row {
        let (paint, mark) = if holds { (Paint::Green, "✓") } else { (Paint::Red, "✗") };
        self.screen.row().cell(indent, "").paint(paint, mark).put(" ")
    }

    fn heading(self, question: &Question, answer: &Answer) {
        let rule = &question.rule;
        self.painted(Paint::Bold, &words::rule(&rule.id, rule.level.word(), &rule.title));
        let Answer { file, lines, events, matches, .. } = answer;
        self.screen.line(words::read(file, lines, events, matches));
        if let Some(why) = answer.first_malformed {
            self.screen.line(words::malformed(answer.malformed, misfit(why)));
        }
        if let Some(line) = question.line
            && answer.lines < line
        {
            self.painted(Paint::Red, &words::no_such_line(line));
        }
    }

    /// What one rule over single events made of the file.
    fn looked(self, question: &Question, answer: &Answer, looked: &Looked) {
        self.screen.line("");
        let Looked { rule, logs, events, matched, .. } = looked;
        self.painted(Paint::Bold, &words::looked(rule, logs, matched, events));
        if *events == 0 {
            self.no_logs(answer, logs);
        }
        if question.line.is_some() && looked.explained.is_empty() && question.line <= Some(answer.lines) {
            self.screen.line(words::no_event());
        }
        for explained in &looked.explained {
            self.explained(explained, logs);
        }
    }

    fn no_logs(self, answer: &Answer, logs: &str) {
        self.painted(Paint::Red, &words::no_logs(logs));
        let mut seen: Vec<_> = answer.logs.iter().collect();
        seen.sort_by(|a, b| b.1.cmp(a.1));
        for (logs, count) in seen.into_iter().take(LOGS) {
            self.screen.line(words::file_has(logs_in_words(logs), count));
        }
    }

    fn explained(self, explained: &Explained, wanted: &str) {
        let Explained { line, time, why, .. } = explained;
        let when = time.strftime("%Y-%m-%d %H:%M:%SZ");
        let (paint, verdict) = if why.matches && explained.of_its_logs {
            (Paint::Green, words::matches())
        } else {
            (Paint::Red, words::falls_short(why.distance.selections, why.distance.items))
        };
        self.screen.row().put(words::event(line, when)).paint(paint, verdict).end();
        if !explained.of_its_logs {
            self.painted(Paint::Red, &words::other_logs(logs_in_words(&explained.logs), wanted));
        }
        for asked in &why.conditions {
            self.condition(asked);
        }
    }

    fn condition(self, asked: &Asked) {
        let Asked { file, line, written, .. } = asked;
        let what =
            if asked.filter { words::filter(file, line, written) } else { words::condition(file, line, written) };
        self.marked(4, asked.holds).put(what).end();
        for chosen in &asked.selections {
            self.chosen(chosen);
        }
    }

    fn chosen(self, chosen: &Chosen) {
        let row = self.marked(6, chosen.holds).put(&chosen.name).put(colon());
        match (chosen.holds, chosen.to_blame) {
            (true, false) => row.put(words::holds()),
            (false, false) => row.put(words::does_not_hold()),
            (true, true) => row.paint(Paint::Red, words::should_not_hold()),
            (false, true) => row.paint(Paint::Red, words::should_hold()),
        }
        .end();
        self.parts(&chosen.looks_for, 8);
    }

    fn parts(self, parts: &Parts, indent: usize) {
        let (holds, of, heading) = match parts {
            Parts::Item(item) => return self.item(item, indent),
            Parts::All { holds, of } => (holds, of, None),
            Parts::Any { holds, of } => (holds, of, Some(words::one_of())),
        };
        let nested = heading.is_some() || indent > 8;
        if nested {
            self.marked(indent, *holds).put(heading.unwrap_or_else(words::all_of)).end();
        }
        for part in of {
            self.parts(part, if nested { indent + 2 } else { indent });
        }
    }

    fn item(self, item: &Item, indent: usize) {
        let field = item.field.as_ref().map_or_else(words::the_line, |name| words::key(name, ""));
        let key = words::key(field, item.modifiers.iter().flat_map(|name| ["|", name]).collect::<String>());
        // Those that fit say more than those that do not.
        let mut values: Vec<_> = item.values.iter().collect();
        values.sort_by_key(|value| !value.fits);
        let shown: Vec<&str> = values.iter().take(VALUES).map(|value| value.written.as_str()).collect();
        let fitting = values.iter().take(VALUES).filter(|value| value.fits).count();
        let wanted = match values.len().saturating_sub(VALUES) {
            0 => words::wanted(key, shown.join(", ")),
            more => words::wanted_more(key, shown.join(", "), more),
        };
        self.marked(indent, item.holds).put(wanted).end();
        let has = match (item.has.is_empty(), &item.alike) {
            (false, _) => words::has(item.has.join("\", \"")),
            (true, Some(alike)) => words::has_alike(alike),
            (true, None) => words::has_not(),
        };
        self.screen.row().cell(indent + 4, "").paint(Paint::Dim, has).end();
        if values.len() > 1 && fitting > 0 {
            let found = words::found(shown[..fitting].join(", "));
            self.screen.row().cell(indent + 4, "").paint(Paint::Dim, found).end();
        }
        for value in item.values.iter().filter(|value| !value.other.is_empty()) {
            let row = self.screen.row().cell(indent + 4, "").put(&value.written).put(colon());
            row.paint(Paint::Dim, value.other.join(", ")).end();
        }
    }

    /// What a correlation counted.
    fn counting(self, counting: &Counting) {
        self.screen.line("");
        let Counting { rule, kind, timespan, .. } = counting;
        let rules: Vec<&str> = counting.rules.iter().map(crate::base::id::RuleId::as_str).collect();
        let asks: Vec<String> = counting.condition.iter().map(|(word, number)| format!("{word} {number}")).collect();
        let within = match counting.group_by.as_slice() {
            [] => words::within(timespan),
            fields => words::within_by(timespan, fields.join(", ")),
        };
        let counts = words::counts(rule, kind, rules.join(", "), within, asks.join(", "));
        self.painted(Paint::Bold, &counts);
        if counting.groups.is_empty() {
            self.screen.line(words::nothing_counted());
        }
        for (group, tally) in counting.groups.iter().take(GROUPS) {
            self.group(counting, group, tally);
        }
        let more = counting.groups.len().saturating_sub(GROUPS) as u64 + counting.beyond;
        for (count, said) in [
            (more, words::not_shown(more)),
            (counting.lack_group, words::lack_group(counting.lack_group)),
            (counting.lack_value, words::lack_value(counting.lack_value)),
        ] {
            if count > 0 {
                self.screen.line(said);
            }
        }
    }

    /// How far one group was counted.
    fn group(self, counting: &Counting, group: &[Clean], tally: &Tally) {
        let names = counting.group_by.iter().zip(group).map(|(name, value)| format!("{name}={value}"));
        let names: Vec<String> = names.collect();
        let group = if names.is_empty() { words::everything() } else { words::key(names.join(" "), "") };
        // Only a bound from above makes the lowest count worth a word.
        let has_bound = counting.condition.iter().any(|(word, _)| !word.starts_with('g'));
        let lowest = if has_bound { words::at_least(tally.lowest) } else { Text::default() };
        let at = tally.at.strftime("%Y-%m-%d %H:%M:%SZ");
        let row = self.marked(2, tally.matched > 0);
        let row = row.put(words::at_most(group, tally.highest, at, lowest, tally.events));
        row.maybe((tally.matched > 0).then(|| words::came_true(tally.matched)), Row::put).end();
    }
}

/// A log source in words, also where there is none.
fn logs_in_words(logs: &str) -> Text {
    if logs == "{}" { words::without_logs() } else { words::logs(logs) }
}
