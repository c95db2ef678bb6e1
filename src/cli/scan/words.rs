//! What `vigie scan --explain` found, in plain words.

use super::answer::{Answer, Explained, Looked, Question};
use crate::base::language::Language;
use crate::cli::screen::{Paint, Row, Screen};
use crate::watch::sigma::explain::counting::Counting;
use crate::watch::sigma::explain::{Asked, Chosen, Item, Looked as Parts};

/// How many wanted values, groups and kinds of logs are shown.
const VALUES: usize = 5;
const GROUPS: usize = 10;
const LOGS: usize = 8;

/// Tells an answer.
pub(super) fn tell(screen: Screen, question: &Question, answer: &Answer, language: Language) {
    let teller = Teller { screen, language };
    teller.heading(question, answer);
    if let Some(why) = question.rule.unarmed().map(|why| why.get(language)) {
        teller.painted(
            Paint::Red,
            &teller.pick(
                &format!("  la règle n'est pas armée, elle ne correspond à rien\u{a0}: {why}"),
                &format!("  the rule is not armed and matches nothing: {why}"),
            ),
        );
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
    language: Language,
}

impl Teller {
    fn say(self, text: &str) {
        self.screen.line(text);
    }

    fn painted(self, paint: Paint, text: &str) {
        self.screen.row().paint(paint, text).end();
    }

    /// A row that begins with whether something holds.
    fn marked(self, indent: usize, holds: bool) -> Row {
        let (paint, mark) = if holds { (Paint::Green, "✓") } else { (Paint::Red, "✗") };
        self.screen.row().cell(indent, "").paint(paint, mark).put(" ")
    }

    fn pick(self, fr: &str, en: &str) -> String {
        self.language.pick(fr, en).to_owned()
    }

    fn heading(self, question: &Question, answer: &Answer) {
        let rule = &question.rule;
        let title = format!("{} ({}) — {}", rule.id, rule.level.word(), rule.title.get(self.language));
        self.painted(Paint::Bold, &title);
        let Answer { file, lines, events, matches, .. } = answer;
        self.say(&self.pick(
            &format!(
                "{file}\u{a0}: {lines} lignes lues, {events} événements, correspondances de la règle\u{a0}: {matches}"
            ),
            &format!("{file}: {lines} lines read, {events} events, matches of the rule: {matches}"),
        ));
        if let Some(why) = &answer.first_malformed {
            let count = answer.malformed;
            self.say(&self.pick(
                &format!("  {count} lignes ne sont pas de ce format ({why})"),
                &format!("  {count} lines are not of this format ({why})"),
            ));
        }
        if let Some(line) = question.line
            && answer.lines < line
        {
            self.painted(
                Paint::Red,
                &self.pick(&format!("  le fichier n'a pas de ligne {line}"), &format!("  the file has no line {line}")),
            );
        }
    }

    /// What one rule over single events made of the file.
    fn looked(self, question: &Question, answer: &Answer, looked: &Looked) {
        self.say("");
        let Looked { rule, logs, events, matched, .. } = looked;
        self.painted(
            Paint::Bold,
            &self.pick(
                &format!("{rule}, pour les journaux {logs}\u{a0}: {matched} événements sur {events} correspondent"),
                &format!("{rule}, for the logs {logs}: {matched} of {events} events match"),
            ),
        );
        if *events == 0 {
            self.no_logs(answer, logs);
        }
        if question.line.is_some() && looked.explained.is_empty() && question.line <= Some(answer.lines) {
            self.say(&self.pick(
                "  cette ligne ne donne pas d'événement\u{a0}: vide, suite d'une autre, ou pas de ce format",
                "  this line makes no event: blank, a part of another one, or not of this format",
            ));
        }
        for explained in &looked.explained {
            self.explained(explained, logs);
        }
    }

    fn no_logs(self, answer: &Answer, logs: &str) {
        self.painted(
            Paint::Red,
            &self.pick(
                &format!("  aucun événement n'a la source de journal {logs}"),
                &format!("  no event has the log source {logs}"),
            ),
        );
        let mut seen: Vec<_> = answer.logs.iter().collect();
        seen.sort_by(|a, b| b.1.cmp(a.1));
        for (logs, count) in seen.into_iter().take(LOGS) {
            let logs = self.logs(logs);
            self.say(&self.pick(
                &format!("  le fichier a\u{a0}: {logs}, {count} événements"),
                &format!("  the file has: {logs}, {count} events"),
            ));
        }
    }

    /// A log source in words, also where there is none.
    fn logs(self, logs: &str) -> String {
        if logs == "{}" { self.pick("sans source de journal", "without a log source") } else { logs.to_owned() }
    }

    fn explained(self, explained: &Explained, wanted: &str) {
        let Explained { line, time, why, .. } = explained;
        let when = time.strftime("%Y-%m-%d %H:%M:%SZ");
        let head = self.pick(&format!("ligne {line}, {when}"), &format!("line {line}, {when}"));
        let (count, items) = (why.distance.selections, why.distance.items);
        let (paint, verdict) = if why.matches && explained.of_its_logs {
            (Paint::Green, self.pick("correspond", "matches"))
        } else {
            let words = self.pick(
                &format!("ne correspond pas, à {count} sélection(s) et {items} élément(s) près"),
                &format!("does not match, short of {count} selection(s) and {items} item(s)"),
            );
            (Paint::Red, words)
        };
        let row = self.screen.row().put("  ").put(head).put(self.pick("\u{a0}:", ":")).put(" ");
        row.paint(paint, verdict).end();
        if !explained.of_its_logs {
            let logs = self.logs(&explained.logs);
            self.painted(
                Paint::Red,
                &self.pick(
                    &format!("    l'événement est {logs}, la règle regarde {wanted}\u{a0}: elle ne le voit pas"),
                    &format!("    the event is {logs}, the rule looks at {wanted}: it does not see it"),
                ),
            );
        }
        for asked in &why.conditions {
            self.condition(asked);
        }
    }

    fn condition(self, asked: &Asked) {
        let what = if asked.filter { self.pick("filtre", "filter") } else { self.pick("condition", "condition") };
        let Asked { file, line, written, .. } = asked;
        self.marked(4, asked.holds).put(format!("{what} ({file}:{line}): {written}")).end();
        for chosen in &asked.selections {
            self.chosen(chosen);
        }
    }

    fn chosen(self, chosen: &Chosen) {
        let row = self.marked(6, chosen.holds).put(&chosen.name).put(self.pick("\u{a0}:", ":")).put(" ");
        match (chosen.holds, chosen.to_blame) {
            (true, false) => row.put(self.pick("vraie", "true")),
            (false, false) => row.put(self.pick("fausse", "false")),
            (true, true) => row.paint(Paint::Red, self.pick("vraie, il la faudrait fausse", "true, should be false")),
            (false, true) => row.paint(Paint::Red, self.pick("fausse, il la faudrait vraie", "false, should be true")),
        }
        .end();
        self.parts(&chosen.looks_for, 8);
    }

    fn parts(self, parts: &Parts, indent: usize) {
        let (holds, of, words) = match parts {
            Parts::Item(item) => return self.item(item, indent),
            Parts::All { holds, of } => (holds, of, None),
            Parts::Any { holds, of } => (holds, of, Some(self.pick("l'un de\u{a0}:", "one of:"))),
        };
        let nested = words.is_some() || indent > 8;
        if nested {
            let words = words.unwrap_or_else(|| self.pick("tout ceci\u{a0}:", "all of:"));
            self.marked(indent, *holds).put(words).end();
        }
        for part in of {
            self.parts(part, if nested { indent + 2 } else { indent });
        }
    }

    fn item(self, item: &Item, indent: usize) {
        let line = self.pick("la ligne", "the line");
        let field = item.field.as_deref().unwrap_or(&line);
        let key = std::iter::once(field).chain(item.modifiers.iter().map(String::as_str)).collect::<Vec<_>>().join("|");
        // Those that fit say more than those that do not.
        let mut values: Vec<_> = item.values.iter().collect();
        values.sort_by_key(|value| !value.fits);
        let shown: Vec<String> = values.iter().take(VALUES).map(|value| value.written.clone()).collect();
        let more = match values.len().saturating_sub(VALUES) {
            0 => String::new(),
            more => self.pick(&format!(" … et {more} autres"), &format!(" … and {more} more")),
        };
        self.marked(indent, item.holds).put(format!("{key}: {}{more}", shown.join(", "))).end();
        let has: Vec<String> = item.has.clone();
        let has = match (has.is_empty(), &item.alike) {
            (false, _) => self.pick(
                &format!("l'événement a «\u{a0}{}\u{a0}»", has.join(" », « ")),
                &format!("the event has \"{}\"", has.join("\", \"")),
            ),
            (true, Some(alike)) => self.pick(
                &format!("l'événement n'a pas ce champ\u{a0}; il a {alike}"),
                &format!("the event does not have this field; it has {alike}"),
            ),
            (true, None) => self.pick("l'événement n'a pas ce champ", "the event does not have this field"),
        };
        self.screen.row().cell(indent + 4, "").paint(Paint::Dim, has).end();
        for value in item.values.iter().filter(|value| !value.other.is_empty()) {
            let other = value.other.join(", ");
            let row = self.screen.row().cell(indent + 4, "").put(&value.written).put(": ");
            row.paint(Paint::Dim, other).end();
        }
    }

    /// What a correlation counted.
    fn counting(self, counting: &Counting) {
        self.say("");
        let rules: Vec<&str> = counting.rules.iter().map(crate::base::id::RuleId::as_str).collect();
        let asks: Vec<String> = counting.condition.iter().map(|(word, number)| format!("{word} {number}")).collect();
        let (rules, asks, span) = (rules.join(", "), asks.join(", "), counting.timespan);
        let by = counting.group_by.join(", ");
        let by = if by.is_empty() { by } else { format!(" {} {by}", self.pick("par", "by")) };
        let Counting { rule, kind, .. } = counting;
        self.painted(
            Paint::Bold,
            &self.pick(
                &format!("{rule} compte ({kind}) {rules} en {span} s{by}, attend {asks}"),
                &format!("{rule} counts ({kind}) {rules} within {span} s{by}, asks for {asks}"),
            ),
        );
        if counting.groups.is_empty() {
            self.say(&self.pick("  rien n'a été compté", "  nothing was counted"));
        }
        for (group, tally) in counting.groups.iter().take(GROUPS) {
            let group: Vec<String> =
                counting.group_by.iter().zip(group).map(|(name, value)| format!("{name}={value}")).collect();
            let group = if group.is_empty() { self.pick("tout", "all") } else { group.join(" ") };
            let at = tally.at.strftime("%Y-%m-%d %H:%M:%SZ");
            // Only a bound from above makes the lowest count worth a word.
            let lowest = counting.condition.iter().any(|(word, _)| !word.starts_with('g'));
            let lowest =
                lowest.then(|| self.language.pick(", au moins ", ", at least ").to_owned() + &tally.lowest.to_string());
            let (highest, events, lowest) = (tally.highest, tally.events, lowest.unwrap_or_default());
            let words = self.pick(
                &format!("{group}\u{a0}: au plus {highest} (le {at}){lowest}, pour {events} événements"),
                &format!("{group}: at most {highest} (at {at}){lowest}, over {events} events"),
            );
            let matched = match tally.matched {
                0 => String::new(),
                count => self.pick(&format!(", {count} fois vraie"), &format!(", true {count} times")),
            };
            self.marked(2, tally.matched > 0).put(words).put(matched).end();
        }
        let more = counting.groups.len().saturating_sub(GROUPS) as u64 + counting.beyond;
        for (count, fr, en) in [
            (more, "autres groupes ou événements qui ne sont pas montrés", "more groups or events that are not shown"),
            (
                counting.lack_group,
                "événements sans un champ du groupement\u{a0}: pas comptés",
                "events lack a field that is grouped by and were not counted",
            ),
            (
                counting.lack_value,
                "événements sans la valeur à compter\u{a0}: pas comptés",
                "events lack the value that is counted and were not counted",
            ),
        ] {
            if count > 0 {
                self.say(&format!("  {count} {}", self.pick(fr, en)));
            }
        }
    }
}
