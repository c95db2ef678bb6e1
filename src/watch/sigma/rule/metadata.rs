//! What a rule says about itself: everything but what it looks for.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::dependency::Dependencies;
use super::reading::{Reading, place};
use super::{attack, gestures};
use crate::base::id::{PlaybookId, RuleId};
use crate::base::language::Text;
use crate::base::level::Level;
use crate::finding::document::{no_level, no_status, unknown_key};
use crate::finding::expected;
use crate::finding::rule::{every_log, no_sigma_key};
use crate::text::diagnostic::{nearest, suggest};
use crate::text::node::Node;
use crate::text::read::read as read_struct;
use crate::text::spanned::Spanned;
use crate::watch::log_level::LogLevel;
pub use crate::watch::sigma::matcher::logsource::Logsource;
use crate::words::suggestion::did_you_mean;

/// The keys of a rule file and what they are for.
pub(crate) const KEYS: &[(&str, &str)] = &[
    ("title", "what the rule detects, in English"),
    ("id", "its identifier in the world, usually a random UUID"),
    ("name", "a name by which correlations refer to it"),
    ("related", "rules it comes from or replaces"),
    ("taxonomy", "where its field names come from"),
    ("status", "how mature it is"),
    ("description", "what it detects and why that matters, in English"),
    ("license", "its licence, as an SPDX identifier"),
    ("author", "who wrote it"),
    ("references", "where the knowledge comes from"),
    ("date", "when it was written"),
    ("modified", "when it was changed last"),
    ("logsource", "the logs it is for"),
    ("detection", "what it looks for in one event"),
    ("correlation", "what it looks for in several events"),
    ("filter", "what a site leaves out of rules that others wrote"),
    ("fields", "fields worth showing beside a match"),
    ("falsepositives", "innocent things that look the same"),
    ("level", "how serious a match is"),
    ("tags", "what it is about, such as attack.t1486"),
    ("scope", "the kinds of machines it is meant for"),
    ("generate", "for a correlation: whether its rules match on their own too"),
    ("vigie", "what vigie adds: French texts, what must be logged, the playbook, the subject, first gestures"),
    ("regression_tests_path", "where the rule set keeps samples for it"),
    ("simulation", "programs that show the behaviour"),
];

/// The maturities of the specification.
pub(crate) const STATUSES: [&str; 5] = ["stable", "test", "experimental", "deprecated", "unsupported"];

/// One rule, without what it looks for. Shared by all its matches.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name in this site.
    pub id: RuleId,
    /// Its `id:`, by which the world knows it.
    pub uuid: Option<String>,
    /// Its `name:`, by which correlations refer to it.
    pub name: Option<String>,
    /// What it detects.
    pub title: Text,
    /// What it detects and why that matters.
    pub description: Text,
    /// How serious a match is. A rule that does not say so counts as medium.
    pub level: Level,
    /// How mature it says it is.
    pub status: Option<String>,
    /// Who wrote it; licences of rules ask for the name to be shown with a match.
    pub author: Option<String>,
    /// When it was written, as it says.
    pub date: Option<String>,
    /// When it was changed last, as it says.
    pub modified: Option<String>,
    /// Where the knowledge comes from.
    pub references: Vec<String>,
    /// What it is about.
    pub tags: Vec<String>,
    /// Innocent things that look the same.
    pub falsepositives: Vec<String>,
    /// Its licence.
    pub license: Option<String>,
    /// Fields worth showing beside a match.
    pub fields: Vec<String>,
    /// What must be logged for it to see anything.
    pub needs: Option<Text>,
    /// The least level of its logs at which what it looks for is written. A correlation has none.
    pub log_level: Option<LogLevel>,
    /// The playbook that rehearses what it detects.
    pub playbook: Option<PlaybookId>,
    /// The fields whose values say who or what a match is about.
    pub subject: Vec<String>,
    /// What to do first, in order, in short sentences.
    pub(crate) gestures: Vec<Text>,
    /// The rules whose alerts are only a consequence of its own, by their names in this site.
    pub(crate) explains: Vec<RuleId>,
    /// The logs it is for. A correlation names none.
    pub logsource: Logsource,
    /// The logs that it or the rules under it are for.
    pub logsources: Vec<Logsource>,
    /// The rules that it counts, where it is a correlation.
    pub dependencies: Option<Dependencies<Self>>,
    /// Whether it gives matches of its own, and is not only counted by a correlation.
    pub emits: bool,
    pub(crate) unarmed: Option<Text>,
}

impl Rule {
    /// What correlations call it: its `name:`, or its name in this site.
    pub(crate) fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(self.id.as_str())
    }

    /// Why it cannot match, where that is so: a list that it needs is missing. Nothing for rules at work.
    pub fn unarmed(&self) -> Option<&Text> {
        self.unarmed.as_ref()
    }
}

/// The `vigie:` key of a rule, all that vigie adds to Sigma.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Extension {
    /// The French texts.
    #[serde(default)]
    fr: French,
    /// What must be logged for the rule to see anything, such as a log level.
    needs: Option<String>,
    /// The log level from which on a program writes what the rule looks for: `info` where it writes nothing of it by
    /// default. A correlation has none; the rules that it counts have.
    log_level: Option<LogLevel>,
    /// The playbook that rehearses what the rule detects.
    playbook: Option<PlaybookId>,
    /// The fields whose values say who or what a match is about.
    #[serde(default)]
    subject: Vec<String>,
    /// What to do first, in order: short sentences in English. `{machine}`, `the account {account}` and `the address
    /// {address}` name what the match is about.
    #[serde(default)]
    gestures: Vec<Spanned<String>>,
    /// Rules whose alerts are only a consequence of this one's, such as `availability.disk_full`: while an alert of this rule
    /// is open, people are not told of theirs, where both have a machine, an account, an address or a source in common.
    /// `silence` stands for the silence of its own source.
    #[serde(default)]
    explains: Vec<String>,
    #[expect(dead_code, reason = "read with its places where correlations are")]
    #[schemars(schema_with = "super::schema::absence")]
    absence: Option<IgnoredAny>,
    #[expect(dead_code, reason = "read with its places where correlations are")]
    #[schemars(schema_with = "super::schema::first_seen")]
    first_seen: Option<IgnoredAny>,
}

/// Texts in French.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct French {
    /// What the rule detects.
    title: Option<String>,
    /// What it detects and why that matters.
    description: Option<String>,
    /// What must be logged for the rule to see anything.
    needs: Option<String>,
    /// What to do first: the same gestures in the same order.
    #[serde(default)]
    gestures: Vec<Spanned<String>>,
}

/// Reads what the document at `node` says about itself. Mistakes are in the findings; what can be read is kept.
pub(crate) fn read(reading: &mut Reading<'_>, node: &Node, id: RuleId) -> Rule {
    unknown_keys(reading, node);
    let plain = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let list = |texts: Vec<Spanned<String>>| texts.into_iter().map(|text| text.value).collect();
    let title = reading.needed(node, "title").and_then(|_| reading.text(node, "title"));
    let extension: Extension =
        node.get("vigie").and_then(|vigie| read_struct(reading.source, vigie, reading.found)).unwrap_or_default();
    let logsource = logsource(reading, node);
    let tags = reading.texts(node, "tags");
    attack::check(reading, &tags);
    let gestures = gestures::read(reading, node, &extension.gestures, &extension.fr.gestures);
    Rule {
        id,
        uuid: plain(reading.text(node, "id")),
        name: plain(reading.text(node, "name")),
        title: Text { fr: extension.fr.title, en: plain(title) },
        description: Text { fr: extension.fr.description, en: plain(reading.text(node, "description")) },
        level: level(reading, node),
        status: status(reading, node),
        author: plain(reading.text(node, "author")),
        date: plain(reading.text(node, "date")),
        modified: plain(reading.text(node, "modified")),
        references: list(reading.texts(node, "references")),
        tags: list(tags),
        falsepositives: list(reading.texts(node, "falsepositives")),
        license: plain(reading.text(node, "license")),
        fields: list(reading.texts(node, "fields")),
        needs: needs(extension.needs, extension.fr.needs),
        log_level: extension.log_level,
        playbook: extension.playbook,
        subject: extension.subject,
        gestures,
        explains: extension.explains.into_iter().map(RuleId).collect(),
        logsources: vec![logsource.clone()],
        logsource,
        dependencies: None,
        emits: true,
        unarmed: None,
    }
}

/// What must be logged, in the languages in which that is written.
fn needs(en: Option<String>, fr: Option<String>) -> Option<Text> {
    (en.is_some() || fr.is_some()).then_some(Text { fr, en })
}

/// Sigma allows keys of one's own, so an unknown key is only worth a warning.
fn unknown_keys(reading: &mut Reading<'_>, node: &Node) {
    for (key, _) in node.as_map().unwrap_or_default() {
        let name = reading.name(key);
        if KEYS.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let meant = nearest(&name, KEYS.iter().map(|(known, _)| *known));
        reading.say(no_sigma_key(&name).advice(meant.map(did_you_mean)), key.span);
    }
}

fn level(reading: &mut Reading<'_>, node: &Node) -> Level {
    let Some(written) = reading.text(node, "level") else { return Level::Medium };
    let level = Level::ALL.into_iter().find(|level| level.word() == *written);
    level.unwrap_or_else(|| {
        let help = suggest(&written, Level::ALL.into_iter().map(Level::word));
        reading.say(no_level(&written).advice(help), written.span);
        Level::Medium
    })
}

fn status(reading: &mut Reading<'_>, node: &Node) -> Option<String> {
    let written = reading.text(node, "status")?;
    if !STATUSES.contains(&written.as_str()) {
        let help = suggest(&written, STATUSES);
        reading.say(no_status(&written).advice(help), written.span);
    }
    Some(written.value)
}

fn logsource(reading: &mut Reading<'_>, node: &Node) -> Logsource {
    let Some((key, value)) = node.entry("logsource") else { return Logsource::default() };
    if value.as_map().is_none() {
        reading.wrong(expected::logsource(), key, value);
        return Logsource::default();
    }
    for (key, _) in value.as_map().unwrap_or_default() {
        let name = reading.name(key);
        let known = ["category", "product", "service", "definition"];
        if !known.contains(&name.as_str())
            && let Some(meant) = nearest(&name, known)
        {
            reading.say(unknown_key(&name).advice(Some(did_you_mean(meant))), key.span);
        }
    }
    let mut word = |key| reading.text(value, key).map(|text| text.value);
    let logsource = Logsource {
        category: word("category"),
        product: word("product"),
        service: word("service"),
        definition: word("definition"),
    };
    if logsource == (Logsource { definition: logsource.definition.clone(), ..Logsource::default() })
        && !reading.failed()
    {
        reading.say(every_log(), place(key, value));
    }
    logsource
}
