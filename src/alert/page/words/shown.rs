//! An alert's values, ready to be read.

use jiff::Timestamp;

use super::super::draft::{clip, one_line};
use super::Story;
use crate::alert::{Detection, Muted, MutedBy, Qualification, Unmuted, Why, WhyUnmuted};
use crate::base::id::PersonId;
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::redact::{Clean, redact};
use crate::base::visible::visible;
use crate::words::level::level;
use crate::words::time::At;
use crate::words::{Said as _, alert as said, page as words, silence};

/// How many values of a detection are shown.
const KEYS: usize = 8;
/// The longest value shown.
const VALUE: usize = 160;
/// The longest line of a log shown.
const LINE: usize = 300;
/// How many references of a rule are shown.
const REFERENCES: usize = 5;
/// How many detections are shown whole; of the others there is a line.
const WHOLE: usize = 5;
/// How many of the others are named.
const NAMED: usize = 20;

/// An alert's values, ready to be read in one language.
pub(super) struct Shown<'a> {
    pub(super) story: &'a Story<'a>,
    pub(super) language: Language,
}

/// A value out of a log: without identifiers, visible, not longer than can be read.
fn value(text: &str) -> String {
    clip(&visible(&redact(text)), VALUE)
}

/// A name and a value.
fn pair((key, text): &(String, Clean)) -> (String, String) {
    (value(key), clip(&visible(text), VALUE))
}

impl<'a> Shown<'a> {
    pub(super) fn of(story: &'a Story<'a>, language: Language) -> Self {
        Self { story, language }
    }

    pub(super) fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    pub(super) fn site(&self) -> String {
        value(&self.story.site)
    }

    /// What happened, in few words: of several signs how many, and the gravest.
    pub(super) fn title(&self) -> String {
        let alert = self.story.alert;
        let title = value(alert.title.get(self.language));
        if alert.signs > 1 { self.say(&words::signs(alert.signs, title)) } else { title }
    }

    fn level(&self, of: Level) -> String {
        self.say(&level(of))
    }

    /// One line for a list of mails: the number first, so that nothing can cut it off.
    pub(super) fn headline(&self, before: Option<&str>) -> String {
        let alert = self.story.alert;
        let mut head = format!("{} {}", alert.id, self.level(alert.level));
        for part in self.before(before) {
            head.push_str(", ");
            head.push_str(&part);
        }
        let about = self.subject().first().map_or_else(String::new, |(_, value)| format!(" ({value})"));
        format!("[{head}] {}{about} - {}", self.title(), self.site())
    }

    /// What stands before the title: which time it is told, that it was held back, and `more`.
    fn before(&self, more: Option<&str>) -> Vec<String> {
        let held_back = self.story.alert.unmuted.as_ref().map(|_| self.say(&silence::was_silenced()));
        self.repeat().into_iter().chain(held_back).chain(more.map(str::to_owned)).collect()
    }

    /// Which time somebody is told, from the second on.
    fn repeat(&self) -> Option<String> {
        match self.story.times {
            (0 | 1, _) => None,
            (time, Some(of)) => Some(self.say(&words::reminder_of(time, of))),
            (time, None) => Some(self.say(&words::reminder(time))),
        }
    }

    fn subject(&self) -> Vec<(String, String)> {
        self.story.alert.subject.iter().take(KEYS).map(pair).collect()
    }

    /// How to say "I have it" on a machine of the site, from any folder.
    pub(super) fn command(&self, to: &PersonId) -> String {
        format!("vigie alert ack {} --as {to}{}", self.story.alert.id, self.at_site())
    }

    /// How to hand it on, on a machine of the site.
    pub(super) fn handing_on(&self, next: &PersonId, by: &PersonId) -> String {
        format!("vigie alert hand {} --to {next} --as {by}{}", self.story.alert.id, self.at_site())
    }

    /// What names the site on the command line, from any folder.
    pub(super) fn at_site(&self) -> String {
        self.story.folder.as_ref().map(|folder| format!(" --site {}", quoted(folder))).unwrap_or_default()
    }

    /// What happened: every sign, where, since when, how often; who knows.
    pub(super) fn facts(&self) -> String {
        let Story { alert, detections, .. } = self.story;
        let heading = self.say(&words::heading(alert.id, level(alert.level)));
        let mut parts = vec![format!("{heading}\n{}", self.title()), self.say(&words::row(words::site(), self.site()))];
        let several = detections.len() > 1;
        for (place, detection) in (1..).zip(detections.iter().take(WHOLE)) {
            parts.push(self.detection(several.then_some(place), detection));
        }
        parts.extend(self.others());
        parts.extend(self.held_back());
        if several {
            parts.push(self.say(&words::row(words::seen(), self.when(alert.hits, alert.first, alert.last))));
        }
        parts.extend(self.meaning());
        parts.extend(self.gestures());
        parts.push(self.people());
        parts.join("\n\n")
    }

    /// One sign: what it is about, when, the line and its place.
    fn detection(&self, number: Option<usize>, detection: &Detection) -> String {
        let mut lines = Vec::new();
        if let Some(number) = number {
            let title = value(detection.title.get(self.language));
            lines.push(format!("{number}. {title} ({})", self.level(detection.level)));
        }
        let row = |name: Text, what: String| self.say(&words::row(name, what));
        lines.extend(detection.subject.iter().take(KEYS).map(pair).map(|(name, what)| row(said::field(&name), what)));
        let more = detection.subject.len().saturating_sub(KEYS);
        if more > 0 {
            lines.push(row(words::other_values(), more.to_string()));
        }
        let when = self.when(detection.hits, detection.first, detection.last);
        lines.push(row(words::seen(), self.say(&when)));
        lines.extend(place(detection).map(|place| row(words::source(), place)));
        lines.extend(detection.line.as_ref().map(|line| row(words::line(), clip(&visible(line), LINE))));
        if detection.line.is_none() {
            let known = |field: &&(String, Clean)| !detection.subject.contains(field);
            let fields = detection.fields.iter().filter(known).take(KEYS).map(pair);
            lines.extend(fields.map(|(name, what)| row(said::field(&name), what)));
        }
        lines.extend(detection.remark.as_ref().map(|remark| self.say(remark)));
        lines.extend(detection.joined.as_ref().map(|why| self.say(&joined(why))));
        let indent = if number.is_some() { "\n   " } else { "\n" };
        lines.join(indent)
    }

    /// Those that are not shown whole: a name each, as far as names help.
    fn others(&self) -> Option<String> {
        let Story { alert, detections, .. } = self.story;
        let hidden = (alert.others + 1).saturating_sub(detections.len().min(WHOLE) as u64);
        if hidden == 0 {
            return None;
        }
        let name = |detection: &&Detection| detection.subject.first().map(pair).map(|(_, what)| what);
        let names: Vec<String> = detections.iter().skip(WHOLE).filter_map(name).take(NAMED).collect();
        let names = if names.is_empty() { String::new() } else { names.join(", ") };
        Some(self.say(&words::and_others(hidden, names)))
    }

    /// How often and when, on the site's clock.
    fn when(&self, count: u64, first: Timestamp, last: Timestamp) -> Text {
        let (first, last) = (At(first, &self.story.zone), At(last, &self.story.zone));
        let times = words::times(count);
        // What is read to the second is compared to the second.
        if first.said(self.language) == last.said(self.language) {
            return words::at(times, first);
        }
        words::span(times, first, last)
    }

    /// What held it back before, and why that is over.
    pub(super) fn held_back(&self) -> Option<String> {
        let Unmuted { muted: Muted { since, until, by }, why } = self.story.alert.unmuted.as_ref()?;
        let at = |instant| At(instant, &self.story.zone);
        let is_explained = matches!(by, MutedBy::Explained { .. });
        let by = named(by, self.story.owner.as_deref());
        if is_explained {
            return Some(self.say(&silence::unexplained_since(at(*since), by, unmuted_why(*why))));
        }
        Some(self.say(&silence::unmuted(at(*since), by, at(*until), unmuted_why(*why))))
    }

    fn meaning(&self) -> Option<String> {
        let said = self.story.alert.description.get(self.language);
        // On one line: whoever wrote the rule begins none here.
        let said = one_line(said);
        (!said.is_empty()).then(|| format!("{}\n{said}", self.say(&words::meaning())))
    }

    /// What to look at first, with room to tick.
    fn gestures(&self) -> Option<String> {
        let is_done = |gesture: &Text| self.story.alert.ticks.iter().any(|tick| tick.gesture == *gesture);
        let line = |(number, gesture): (usize, &&Text)| {
            let tick = if is_done(gesture) { "x" } else { " " };
            format!("  [{tick}] {number}. {}", one_line(gesture.get(self.language)))
        };
        let lines: Vec<String> = (1..).zip(&self.story.gestures).map(line).collect();
        (!lines.is_empty()).then(|| format!("{}\n{}", self.say(&words::first_gestures()), lines.join("\n")))
    }

    /// Who has it, and who else was told.
    fn people(&self) -> String {
        let Story { holder, told, alert, .. } = self.story;
        let has = match (holder, alert.open()) {
            (Some(name), _) => self.say(&said::has_it(one_line(name))),
            (None, true) => self.say(&said::nobody_has_it()),
            (None, false) => self.say(&said::over()),
        };
        let told: Vec<String> = told.iter().map(|name| one_line(name)).collect();
        let told = if told.is_empty() { words::told_nobody() } else { words::told(told.join(", ")) };
        format!("{}\n{}", self.say(&words::row(words::in_hands(), has)), self.say(&told))
    }

    /// Where the alert comes from: the rule's licence asks that its author be named.
    pub(super) fn origin(&self) -> String {
        let alert = self.story.alert;
        let mut lines = vec![match &alert.rule {
            Some(rule) => words::row(words::rule(), value(rule.as_str())),
            None if alert.ailing.is_some() => words::by_vigie(),
            None => words::by_hand(),
        }];
        lines.extend(alert.author.as_ref().map(|author| words::row(words::author(), value(author))));
        if !alert.references.is_empty() {
            lines.push(words::references());
        }
        let mut lines: Vec<String> = lines.iter().map(|line| self.say(line)).collect();
        let references = alert.references.iter().take(REFERENCES);
        lines.extend(references.map(|reference| format!("  - {}", value(reference))));
        lines.join("\n")
    }

    /// What somebody found out.
    pub(super) fn verdict(&self, found: &Qualification) -> String {
        let mut text = self.say(&found.verdict.said());
        if let Some(note) = &found.note {
            text.push_str(": ");
            text.push_str(&one_line(note));
        }
        text
    }

    /// The text for a telephone: number, level, where and what, then how often, since when and about whom, as far as there
    /// is room. Nothing that a telephone cannot do.
    pub(super) fn short(&self, before: Option<&str>) -> String {
        let alert = self.story.alert;
        let mut head = format!("{} {}", alert.id, self.level(alert.level).to_uppercase());
        for part in self.before(before) {
            head.push_str(", ");
            head.push_str(&part);
        }
        let since = alert.first.to_zoned(self.story.zone.clone()).strftime("%H:%M").to_string();
        let mut parts = vec![self.say(&words::count_since(alert.hits, since))];
        if alert.others > 0 {
            parts.push(self.say(&said::and_others(alert.others)).trim().to_owned());
        }
        parts.extend(self.subject().into_iter().map(|(_, value)| value));
        format!("{head}, {}: {} - {}", self.site(), self.title(), parts.join(", "))
    }
}

/// Where the line of a sign came from, and where it stands there.
fn place(detection: &Detection) -> Option<String> {
    let source = detection.source.as_ref().map(|source| value(source.as_str()));
    let parts: Vec<String> = source.into_iter().chain(detection.place.as_ref().map(|place| value(place))).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Why a sign is in this alert.
pub(crate) fn joined(why: &Why) -> Text {
    match why {
        Why::Shares(tie) => words::shares(said::tie(tie.kind), value(&tie.value)),
        Why::SameRule => words::same_rule(),
        Why::Explained => words::explained(),
        Why::Split => words::was_split(),
    }
}

/// What holds an alert back; `owner` is a name where one is known.
pub(crate) fn muted_by(by: &MutedBy) -> Text {
    named(by, None)
}

fn named(by: &MutedBy, name: Option<&str>) -> Text {
    let name = |owner: &PersonId| name.map_or_else(|| owner.to_string(), one_line);
    match by {
        MutedBy::Silence { silence: number, owner, reason } => silence::silence(number, name(owner), one_line(reason)),
        MutedBy::Explained { by } => silence::explanation(by),
        MutedBy::Maintenance { owner, reason } => silence::maintenance(name(owner), one_line(reason)),
    }
}

/// Why nothing holds an alert back any more.
pub(crate) fn unmuted_why(why: WhyUnmuted) -> Text {
    match why {
        WhyUnmuted::Over => silence::over(),
        WhyUnmuted::Ended => silence::was_ended(),
        WhyUnmuted::Uncovered => silence::uncovered(),
        WhyUnmuted::Gone => silence::gone(),
        WhyUnmuted::Unexplained => silence::unexplained(),
        WhyUnmuted::Asked => silence::asked(),
    }
}

/// A path as a shell reads it back.
fn quoted(path: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+@,:".contains(letter);
    if path.chars().all(plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
