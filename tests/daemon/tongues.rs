//! Whoever reads French reads French, and whoever reads English reads English: every command is walked through in both, its
//! help included. The commands are asked of the program itself, so that a new one cannot be forgotten.

use std::collections::BTreeSet;
use std::process::Command;

use super::hospital::{Hospital, sample, wait};

/// Words that hold sentences together in one language and are none of the other.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "is", "are", "was", "were", "with", "for", "to", "from", "by", "not", "that", "this", "which",
    "who", "has", "have", "it", "its", "at", "be", "been", "when", "where", "what", "you", "your", "there", "cannot",
    "must", "will", "does", "yet", "any", "each", "other", "into", "only", "than", "then", "nothing", "nobody", "how",
    "write", "found", "unknown", "missing", "expected", "error", "warning", "help", "usage", "ago", "open", "seen",
    "over",
];
const FRENCH: &[&str] = &[
    "le",
    "la",
    "les",
    "des",
    "du",
    "une",
    "est",
    "sont",
    "dans",
    "pour",
    "avec",
    "sur",
    "par",
    "pas",
    "que",
    "qui",
    "ne",
    "ce",
    "cette",
    "aux",
    "et",
    "ou",
    "il",
    "elle",
    "dit",
    "rien",
    "personne",
    "aucun",
    "aucune",
    "depuis",
    "erreur",
    "avertissement",
    "alerte",
    "exercice",
    "règles",
    "ouverte",
    "jusqu",
];
/// Words of the trade that are written the same everywhere: names of files, keys, formats, programs.
const TRADE: &[&str] = &["help", "open", "nobody", "who"];

/// What is typed for each command beside its help. `SITE` stands for the hospital's folder, and is added where it is not
/// named. Of those without a line, the reason stands behind them.
const WALK: &[(&str, &[&str])] = &[
    ("demo", &[]),   // tells its story for a minute; its sentences are held by its own test
    ("schema", &[]), // an export for programs
    ("run", &["run SITE"]),
    ("status", &["status", "status --site /nowhere", "status --nonsense"]),
    ("reload", &["reload"]),
    ("check", &["check SITE", "check /nowhere", "check --list", "check --explain V120", "check --explain V999"]),
    ("chains", &["chains SITE", "chains"]),
    (
        "who",
        &[
            "who",
            "who --days 20",
            "who --days 0",
            "who nonsense",
            "who --at nonsense",
            "who --ics",
            "who --ics -o SITE/gardes.ics",
            "who --ics -o /nowhere/gardes.ics",
        ],
    ),
    ("chain show", &["chain show", "chain show nonsense"]),
    (
        "chain simulate",
        &[
            "chain simulate cyber-majeur --answers adm-garde",
            "chain simulate cyber-ouvrable --down mail",
            "chain simulate x",
        ],
    ),
    ("chain print", &["chain print -o SITE/arbre.html", "chain print -o /nowhere/arbre.html", "chain print --days 0"]),
    ("test", &["test SITE/rules", "test /nowhere"]),
    (
        "scan",
        &[
            "scan SITE/logs/fichiers.log",
            "scan /nowhere",
            "scan SITE/logs/portail.log --format nonsense",
            "scan x --line 0",
            "scan x --threads 999",
        ],
    ),
    ("formats", &["formats", "formats kv", "formats nonsense"]),
    ("redact", &["redact SITE/logs/portail.log", "redact /nowhere"]),
    ("source list", &["source list"]),
    ("source show", &["source show pacs", "source show nonsense"]),
    ("rules list", &["rules list"]),
    ("rules coverage", &["rules coverage"]),
    ("rules seen", &["rules seen"]),
    ("alert list", &["alert list", "alert list --all"]),
    (
        "alert stats",
        &["alert stats", "alert stats --format csv", "alert stats --format html", "alert stats --months 0"],
    ),
    ("alert show", &["alert show A1", "alert show A99", "alert show A-1"]),
    (
        "alert ack",
        &["alert ack A1 --as rssi", "alert ack A99 --as rssi", "alert ack A1 --as nemo", "alert ack --as rssi"],
    ),
    ("alert take", &["alert take A1 --as b-leroy", "alert take"]),
    ("alert hand", &["alert hand A1 --to c-nunez --as rssi", "alert hand A1 --to nemo --as rssi"]),
    (
        "alert snooze",
        &["alert snooze A1 --for 10m --as rssi", "alert snooze A1 --for 40h --as rssi", "alert snooze A1 --for x"],
    ),
    ("alert qualify", &["alert qualify A1 confirmed --care yes --note vu --as rssi", "alert qualify A1 nonsense"]),
    ("alert split", &["alert split A1 7 --as rssi"]),
    ("alert tick", &["alert tick A1 1 --as rssi", "alert tick A1 99 --as rssi", "alert tick A1 1 --undo --as rssi"]),
    ("alert erratum", &["alert erratum A1 autre --as rssi"]),
    ("alert escalate", &["alert escalate A1", "alert escalate A1 --to 9", "alert escalate A99"]),
    ("alert raise", &["alert raise noir --as rssi", "alert raise noir --level nonsense --as rssi"]),
    ("alert resolve", &["alert resolve A2 --reason vu --as rssi", "alert resolve A2 --as rssi"]),
    ("silence list", &["silence list", "silence list --all"]),
    (
        "silence add",
        &["silence add rule=x --for 1h --reason travaux --as rssi", "silence add nonsense --for 1h --as rssi"],
    ),
    ("silence end", &["silence end S1 --as rssi", "silence end S9 --as rssi", "silence end x --as rssi"]),
    ("duty list", &["duty list", "duty list --country ES", "duty list --country nonsense"]),
    (
        "duty draft",
        &["duty draft cert-sante --alert A1", "duty draft cnil --alert A1 --format html", "duty draft x --alert A1"],
    ),
    (
        "duty done",
        &[
            "duty done cert-sante --alert A1 --receipt 42 --as rssi",
            "duty done cert-sante --alert A1 --receipt 42 --as rssi",
            "duty done cnil --alert A99 --not-due essai --as rssi",
            "duty done cnil --alert A1 --as rssi",
        ],
    ),
    ("drill list", &["drill list"]),
    ("drill rehearse", &["drill rehearse /nowhere"]),
    (
        "drill start",
        &["drill start premier-exercice --pace 60", "drill start nonsense", "drill start premier-exercice"],
    ),
    ("drill status", &["drill status"]),
    ("drill fire", &["drill fire D1 nonsense", "drill fire D9 debut"]),
    ("drill skip", &["drill skip D1 nonsense"]),
    ("drill called", &["drill called D1 nonsense"]),
    ("drill observe", &["drill observe D1 nonsense done"]),
    ("drill decide", &["drill decide D1 nonsense oui --by rssi"]),
    ("drill note", &["drill note D1 vu --by rssi"]),
    ("drill pause", &["drill pause D1"]),
    ("drill resume", &["drill resume D1"]),
    ("drill stop", &["drill stop D1", "drill stop D1"]),
    ("drill report", &["drill report D1 --form markdown", "drill report D9"]),
    (
        "note",
        &["note vu --alert A1 --as rssi", "note vu --as nemo", "note vu --alert A99 --as rssi", "note vu --at 25:00"],
    ),
    ("ledger show", &["ledger show"]),
    ("ledger export", &["ledger export --alert A1", "ledger export --alert A99"]),
    (
        "ledger erase",
        &[
            "ledger erase --alert A2 --reason vu --as rssi",
            "ledger erase --reason vu",
            "ledger erase --before x --reason vu",
        ],
    ),
    (
        "ledger verify",
        &["ledger verify", "ledger verify --head 0000000000000000000000000000000000000000000000000000000000000000"],
    ),
    ("store check", &["store check"]),
    ("store query", &["store query SELECT(1)", "store query DELETE", "store query SELECT(x)"]),
];

/// What vigie says to somebody who reads `language`.
fn says(language: &str, arguments: &[&str]) -> String {
    let mut vigie = Command::new(env!("CARGO_BIN_EXE_vigie"));
    let output = vigie.env("LC_ALL", language).env("NO_COLOR", "1").args(arguments).output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The commands under `above`, as its help lists them.
fn commands(above: &[String]) -> Vec<Vec<String>> {
    let mut arguments: Vec<&str> = above.iter().map(String::as_str).collect();
    arguments.push("--help");
    let help = says("en_US.UTF-8", &arguments);
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    names.map(|name| [above, &[name.to_owned()]].concat()).collect()
}

/// Every command that does something, by all its words, and every page of help.
fn all(above: &[String], leaves: &mut BTreeSet<String>, pages: &mut Vec<Vec<String>>) {
    pages.push(above.to_vec());
    let below = commands(above);
    if below.is_empty() {
        leaves.insert(above.join(" "));
    }
    for command in below {
        all(&command, leaves, pages);
    }
}

/// The words of what was said, without what is quoted, named or typed: code, paths, options, lines of a log.
fn words(said: &str) -> Vec<String> {
    let mut words = Vec::new();
    for line in said.lines().filter(|line| !line.contains('│')) {
        let mut quoted = false;
        let spoken: String = line
            .chars()
            .map(|letter| {
                quoted = (quoted || letter == '«' || letter == '`') && letter != '»' && !(quoted && letter == '`');
                if quoted { ' ' } else { letter }
            })
            .collect();
        let named = |word: &&str| !word.contains(['=', '/', '_', '@', '<', '{', '"', '\\']) && !word.starts_with('-');
        let spoken = spoken.replace(['\u{a0}', '’', '\''], " ");
        for word in spoken.split(' ').filter(named) {
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            if !word.contains(['.', '-', ':']) {
                words.push(word.to_lowercase());
            }
        }
    }
    words
}

/// Lines of what was said that hold a word of the other language.
fn foreign(said: &str, other: &[&str]) -> Vec<String> {
    let is_other = |word: &String| other.contains(&word.as_str()) && !TRADE.contains(&word.as_str());
    let line = |line: &str| {
        let found: Vec<String> = words(line).into_iter().filter(is_other).collect();
        (!found.is_empty()).then(|| format!("{found:?} in: {line}"))
    };
    said.lines().filter_map(line).collect()
}

fn typed(line: &str, site: &str) -> Vec<String> {
    let names_it =
        line.contains("SITE") || line.contains("/nowhere") || line.starts_with("check --") || line == "chains";
    let mut words: Vec<String> = line.split(' ').map(|word| word.replace("SITE", site)).collect();
    if !names_it && !line.starts_with("test") {
        words.extend(["--site".to_owned(), site.to_owned()]);
    }
    words
}

/// A hospital that has lived a little.
fn hospital(site: &str) -> Hospital {
    let mut hospital = Hospital::new();
    hospital.edit("vigie.yaml", "language: fr", &format!("language: {site}"));
    std::fs::create_dir(hospital.path("rules")).unwrap();
    std::fs::write(hospital.path("rules/x.yml"), "title: x\n").unwrap();
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("an alert", || hospital.json(&["alert", "list", "--json"]).as_array().filter(|all| all.len() > 1).map(|_| ()));
    hospital
}

fn walk(site: &str, language: &str, other: &[&str]) {
    let (mut leaves, mut pages) = (BTreeSet::new(), Vec::new());
    all(&[], &mut leaves, &mut pages);
    let walked: BTreeSet<String> = WALK.iter().map(|(command, _)| (*command).to_owned()).collect();
    assert!(leaves.len() > 35, "{leaves:?}");
    let forgotten: Vec<_> = leaves.difference(&walked).collect();
    assert!(forgotten.is_empty(), "say in WALK what is to be typed for {forgotten:?}");
    let hospital = hospital(site);
    let site = hospital.path("").display().to_string();
    let site = site.trim_end_matches('/');
    let mut found = Vec::new();
    for page in pages {
        let arguments: Vec<&str> = page.iter().map(String::as_str).chain(["--help"]).collect();
        let foreign = foreign(&says(language, &arguments), other);
        found.extend(foreign.into_iter().map(|line| format!("{arguments:?}: {line}")));
    }
    for line in WALK.iter().flat_map(|(_, lines)| *lines) {
        let arguments = typed(line, site);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = says(language, &arguments).replace(site, "");
        // Behind its kind, an entry of the ledger holds names and values as they are kept.
        let said = if *line == "ledger show" { cut(&said) } else { said };
        found.extend(foreign(&said, other).into_iter().map(|foreign| format!("{line}: {foreign}")));
    }
    assert!(found.is_empty(), "{} lines in another tongue:\n{}", found.len(), found.join("\n"));
}

fn cut(ledger: &str) -> String {
    let kept = ledger.lines().map(|line| line.split("  ").take(4).collect::<Vec<_>>().join("  "));
    kept.collect::<Vec<_>>().join("\n")
}

#[test]
fn whoever_reads_french_finds_no_english() {
    walk("fr", "fr_FR.UTF-8", ENGLISH);
}

#[test]
fn whoever_reads_english_finds_no_french() {
    walk("en", "en_US.UTF-8", FRENCH);
}
