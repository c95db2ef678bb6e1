//! What `vigie check` says of a site in which nearly everything is wrong.

use std::path::Path;
use std::process::Command;

/// Where each mistake of `tests/sites/twelve` is, and a word that its message or advice must hold.
const MISTAKES: [(&str, u64, u64, &str); 15] = [
    ("vigie.yaml", 1, 48, "Europe/Pari"),
    ("vigie.yaml", 4, 14, "did you mean `follow`?"),
    ("vigie.yaml", 4, 14, "`follow` is missing"),
    ("vigie.yaml", 5, 49, "did you mean `syslog`?"),
    ("vigie.yaml", 7, 51, "tls: required"),
    ("vigie.yaml", 8, 3, "2 kinds at once"),
    ("vigie.yaml", 11, 17, "papyrus"),
    ("people.yaml", 2, 72, "+33600000001"),
    ("people.yaml", 4, 55, "\"4500\""),
    ("people.yaml", 6, 29, "mon 08:00"),
    ("people.yaml", 6, 65, "c-nunes"),
    ("chains.yaml", 3, 19, "did you mean `critical`?"),
    ("chains.yaml", 5, 18, "did you mean `rssi`?"),
    ("chains.yaml", 6, 18, "authority"),
    ("chains.yaml", 6, 49, "not a duration"),
];

fn check(arguments: &[&str]) -> (i32, String, String) {
    check_in("en_US.UTF-8", arguments)
}

fn check_in(locale: &str, arguments: &[&str]) -> (i32, String, String) {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/twelve");
    let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
        .env("LC_ALL", locale)
        .arg("check")
        .args(arguments)
        .arg(site)
        .env("NO_COLOR", "1")
        .output()
        .expect("vigie runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("vigie prints UTF-8");
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

#[test]
fn every_mistake_of_every_file_is_named_at_its_place_in_one_run() {
    let (code, out, _) = check(&["--json"]);
    assert_eq!(code, 1);
    let found: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
    let missing: Vec<_> = MISTAKES
        .iter()
        .filter(|(file, line, column, word)| {
            !found.iter().any(|finding| {
                let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
                text("file").ends_with(file)
                    && finding["line"] == *line
                    && finding["column"] == *column
                    && (text("message").contains(word) || text("help").contains(word))
            })
        })
        .collect();
    assert!(missing.is_empty(), "not named: {missing:#?}\nnamed: {found:#?}");
    assert_eq!(found.len(), MISTAKES.len(), "something else was named too: {found:#?}");
}

#[test]
fn the_human_form_shows_the_line_and_what_to_write() {
    let (code, _, error) = check(&[]);
    assert_eq!(code, 1);
    for words in ["error[V002]", "people.yaml:2:72", "in international form: \"+33600000001\"", "folow"] {
        assert!(error.contains(words), "{words} is not in:\n{error}");
    }
}

#[test]
fn a_french_terminal_reads_findings_in_french_and_nothing_else_changes() {
    let found = |locale| -> Vec<serde_json::Value> {
        serde_json::from_str(&check_in(locale, &["--json"]).1).expect("findings are JSON")
    };
    let (french, english) = (found("fr_FR.UTF-8"), found("en_US.UTF-8"));
    assert_eq!(french.len(), english.len());
    for (fr, en) in french.iter().zip(&english) {
        for key in ["code", "severity", "file", "line", "column", "end_line", "end_column"] {
            assert_eq!(fr[key], en[key], "{fr}");
        }
        assert!(fr["message"] != en["message"] && (fr["help"].is_null() || fr["help"] != en["help"]), "{fr} {en}");
    }
    let (code, _, error) = check_in("fr_FR.UTF-8", &[]);
    assert_eq!(code, 1);
    for words in ["erreur[V102]: le fuseau horaire", "conseil: vouliez-vous dire", "erreurs, 0 avertissement"] {
        assert!(error.contains(words), "{words} is not in:\n{error}");
    }
    for words in ["error[", "help:", "did you mean", "expected", "write "] {
        assert!(!error.contains(words), "{words} is in:\n{error}");
    }
}

#[test]
fn a_kind_of_finding_is_explained_by_its_code() {
    let explained = |locale: &str, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", locale)
            .arg("check")
            .args(arguments)
            .output()
            .expect("vigie runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("vigie prints UTF-8"))
    };
    let (code, french) = explained("fr_FR.UTF-8", &["--explain", "V102"]);
    assert!(code == Some(0) && french.contains("fuseau horaire") && french.contains("Que faire"), "{french}");
    let (code, english) = explained("en_US.UTF-8", &["--explain", "v102"]);
    assert!(code == Some(0) && english.contains("time zone") && english.contains("What to do"), "{english}");
    assert_eq!(explained("en_US.UTF-8", &["--explain", "V000"]).0, Some(2));
    let (_, list) = explained("en_US.UTF-8", &["--list"]);
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/diagnostics.md")).unwrap();
    let documented = page.lines().filter_map(|line| line.strip_prefix("| V")?.get(..3)).collect::<Vec<_>>();
    assert!(documented.len() > 80, "{documented:?}");
    for code in documented {
        assert!(list.contains(&format!("  V{code}  ")), "V{code} is not in {list}");
    }
    let (_, data) = explained("fr_FR.UTF-8", &["--list", "--json"]);
    let data: Vec<serde_json::Value> = serde_json::from_str(&data).expect("the list is JSON");
    assert!(data.iter().all(|kind| kind["todo"].is_string()) && data.len() > 80);
}

/// A rule that waits for a site's list is armed by it, and said to be idle without it.
#[test]
fn a_list_of_the_site_arms_the_rules_that_speak_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let valmont = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/valmont");
    for name in ["people.yaml", "chains.yaml"] {
        std::fs::copy(valmont.join(name), folder.path().join(name)).unwrap();
    }
    std::fs::create_dir_all(folder.path().join("rules/imaging")).unwrap();
    let rule = "title: Known machine\nid: 11111111-2222-4333-8444-555555555555\ndescription: A machine of the list calls.\n\
                logsource: {product: orthanc}\ndetection:\n  known:\n    aet|expand: '%known_aets%'\n  condition: known\n\
                level: low\nvigie: {fr: {title: Machine connue, description: Une machine de la liste appelle.}}\n";
    std::fs::write(folder.path().join("rules/imaging/known.yml"), rule).unwrap();
    let site = std::fs::read_to_string(valmont.join("vigie.yaml"))
        .unwrap()
        .replace("[\"builtin:health\"]", "[\"builtin:health\", rules]");
    let codes = |site: &str| {
        std::fs::write(folder.path().join("vigie.yaml"), site).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .args(["check", "--json"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
        let found: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
        found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&site), ["V214"]);
    assert_eq!(codes(&format!("{site}\nlists:\n  known_aets: [CT1, IRM2]\n")), Vec::<String>::new());
}

/// Whoever proposes a playbook must not have other files of the machine read, and printed with their mistakes.
#[test]
fn the_lines_of_a_playbook_come_from_its_own_folder() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("proposed");
    std::fs::create_dir_all(folder.join("own")).unwrap();
    std::fs::create_dir(place.path().join("elsewhere")).unwrap();
    let secret = place.path().join("elsewhere/secret");
    std::fs::write(&secret, "S3CRET {{unknown}}\n").unwrap();
    std::fs::write(folder.join("own/lines.log"), "harmless\n").unwrap();
    std::os::unix::fs::symlink(&secret, folder.join("link.log")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.join("folder")).unwrap();
    std::os::unix::fs::symlink("own/lines.log", folder.join("inside.log")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", folder.join("endless.log")).unwrap();
    let made = Command::new("mkfifo").arg(folder.join("pipe.log")).status().unwrap();
    assert!(made.success());
    let playbook = |name: &str| {
        let text = format!(
            "playbook: p\ntitle: {{fr: F, en: E}}\nduration: 20m\ntimeline:\n  - id: a\n    at: T+0:00\n    \
             do: {{log: {{source: s, lines: {name}}}}}\n"
        );
        std::fs::write(folder.join("p.yaml"), text).unwrap();
        let output =
            Command::new(env!("CARGO_BIN_EXE_vigie")).arg("check").arg(folder.join("p.yaml")).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!text.contains("S3CRET"), "{name}: {text}");
        (output.status.code(), text)
    };
    let secret = secret.to_str().unwrap();
    for name in ["link.log", "folder/secret", "../elsewhere/secret", secret, "pipe.log", "endless.log"] {
        let (code, text) = playbook(name);
        assert!(code == Some(1) && text.contains("V317"), "{name}: {code:?} {text}");
    }
    for name in ["own/lines.log", "inside.log"] {
        assert_eq!(playbook(name).0, Some(0), "{name}");
    }
}
