//! `vigie rules coverage`, in words.

use std::collections::BTreeMap;

use crate::base::id::RuleId;
use crate::base::language::Language;
use crate::check::{Coverage, Covered, Unfed};
use crate::cli::screen::Screen;

/// How many rules are named in one line.
const NAMED: usize = 6;

pub(super) fn show(screen: Screen, site: Option<&str>, coverage: &Coverage, language: Language) {
    let colon = language.pick("\u{a0}:", ":");
    let Coverage { rules, armed, .. } = coverage;
    screen.line(screen.bold(&match (site, language) {
        (Some(site), Language::Fr) => format!("{site}\u{a0}: {armed} règles armées sur {rules}"),
        (Some(site), Language::En) => format!("{site}: {armed} of {rules} rules armed"),
        // Whether anything feeds them, only a site can tell.
        (None, Language::Fr) if rules == armed => format!("{rules} règles"),
        (None, Language::En) if rules == armed => format!("{rules} rules"),
        (None, Language::Fr) => format!("{rules} règles, dont {} non armées sans un site", rules - armed),
        (None, Language::En) => format!("{rules} rules, {} of them not armed without a site", rules - armed),
    }));
    sources(screen, coverage, language);
    for (title, unfed) in [
        (language.pick("Règles non armées", "Rules that are not armed"), &coverage.not_armed),
        (language.pick("Règles armées en partie", "Rules that are armed in part"), &coverage.blind),
        (language.pick("Niveau de journal encore inconnu", "Log level not known yet"), &coverage.unheard),
    ] {
        if !unfed.is_empty() {
            head(screen, title);
        }
        for Unfed { why, rules } in unfed {
            screen.line(format!("  {}{colon} {}", why.get(language), names(rules, language)));
        }
    }
    if !coverage.needs.is_empty() {
        head(screen, language.pick("Ce qui doit être journalisé", "What must be logged"));
        for need in &coverage.needs {
            screen.line(format!("  {}{colon} {}", need.needs.get(language), names(&need.rules, language)));
        }
    }
    attack(screen, language.pick("Tactiques (ATT&CK)", "Tactics (ATT&CK)"), &coverage.tactics, language);
    attack(screen, language.pick("Techniques (ATT&CK)", "Techniques (ATT&CK)"), &coverage.techniques, language);
    head(screen, language.pick("Sans test", "Without a test"));
    let untested = if coverage.untested.is_empty() {
        language.pick("aucune\u{a0}: chaque règle a un test", "none: every rule has a test").to_owned()
    } else {
        names(&coverage.untested, language)
    };
    screen.line(format!("  {untested}"));
}

fn head(screen: Screen, words: &str) {
    screen.line(format!("\n{}", screen.bold(words)));
}

fn sources(screen: Screen, coverage: &Coverage, language: Language) {
    let Some(sources) = &coverage.sources else { return };
    head(screen, language.pick("Sources", "Sources"));
    if sources.is_empty() {
        screen.line(format!("  {}", language.pick("aucune\u{a0}: rien n'est surveillé", "none: nothing is watched")));
    }
    for watching in sources {
        let count = watching.rules.len();
        let watched = match (count, language) {
            (0, Language::Fr) => screen.red("aucune règle ne la regarde"),
            (0, Language::En) => screen.red("no rule looks at it"),
            (_, Language::Fr) => format!("{count} règles\u{a0}: {}", names(&watching.rules, language)),
            (1, Language::En) => format!("1 rule: {}", names(&watching.rules, language)),
            (_, Language::En) => format!("{count} rules: {}", names(&watching.rules, language)),
        };
        screen.line(format!("  {:<16} {:<14} {watched}", watching.source, watching.format));
    }
}

fn attack(screen: Screen, title: &str, covered: &BTreeMap<String, Covered>, language: Language) {
    head(screen, title);
    if covered.is_empty() {
        screen.line(format!("  {}", language.pick("aucune", "none")));
    }
    for (tag, Covered { armed, rules }) in covered {
        let words = match (armed == rules, language) {
            (true, _) => armed.to_string(),
            (false, Language::Fr) => format!("{armed} sur {rules}, les autres ne sont pas armées"),
            (false, Language::En) => format!("{armed} of {rules}, the others are not armed"),
        };
        screen.line(format!("  {tag:<24} {words}"));
    }
}

/// The first few rules and how many more there are.
fn names(rules: &[RuleId], language: Language) -> String {
    let shown: Vec<&str> = rules.iter().take(NAMED).map(RuleId::as_str).collect();
    match rules.len().saturating_sub(NAMED) {
        0 => shown.join(", "),
        more => {
            format!("{} {} {more} {}", shown.join(", "), language.pick("et", "and"), language.pick("autres", "more"))
        }
    }
}
