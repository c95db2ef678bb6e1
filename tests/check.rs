//! What `vigie check` says of a site in which nearly everything is wrong.

use std::path::Path;
use std::process::Command;

/// Where each mistake of `tests/sites/twelve` is, and a word that its message or advice must hold.
const MISTAKES: [(&str, u64, u64, &str); 15] = [
    ("vigie.yaml", 1, 48, "Europe/Pari"),
    ("vigie.yaml", 4, 14, "did you mean `follow`?"),
    ("vigie.yaml", 4, 3, "does not say where its lines come from"),
    ("vigie.yaml", 5, 49, "did you mean `syslog`?"),
    ("vigie.yaml", 7, 51, "tls: required"),
    ("vigie.yaml", 8, 3, "2 kinds at once"),
    ("vigie.yaml", 11, 17, "papyrus"),
    ("people.yaml", 2, 72, "+33600000001"),
    ("people.yaml", 4, 55, "\"4500\""),
    ("people.yaml", 6, 29, "mon 08:00"),
    ("people.yaml", 6, 65, "c-nunes"),
    ("chains.yaml", 3, 14, "did you mean `critical`?"),
    ("chains.yaml", 5, 18, "did you mean `rssi`?"),
    ("chains.yaml", 6, 18, "authority"),
    ("chains.yaml", 6, 57, "not a duration"),
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
        // Its logs are on no machine.
        let codes = found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned());
        codes.filter(|code| code != "V116").collect::<Vec<_>>()
    };
    assert_eq!(codes(&site), ["V214"]);
    assert_eq!(codes(&format!("{site}\nlists:\n  known_aets: [CT1, IRM2]\n")), Vec::<String>::new());
}

/// A checkout with proposed files, beside a secret that nobody who proposes them may read.
struct Checkout(tempfile::TempDir);

impl Checkout {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a temporary folder"));
        place.write("../elsewhere/secret", "S3CRET {{unknown}}\n");
        place.write("../elsewhere/secret.yml", "S3CRET: hunter2\n");
        place.write("own/lines.log", "harmless\n");
        place
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join("proposed").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(self.path("")).expect("the checkout can be written");
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the checkout can be written");
        std::fs::write(path, text).expect("the checkout can be written");
    }

    fn link(&self, name: &str, target: &str) {
        std::fs::create_dir_all(self.path(name).parent().expect("it is in a folder"))
            .expect("the checkout can be written");
        std::os::unix::fs::symlink(target, self.path(name)).expect("the checkout can be written");
    }

    /// The example hospital in `site`, with `edit` made to its `vigie.yaml`.
    fn site(&self, edit: impl Fn(String) -> String) {
        let valmont = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/valmont");
        for name in ["vigie.yaml", "people.yaml", "chains.yaml"] {
            let text = std::fs::read_to_string(valmont.join(name)).expect("the example is there");
            self.write(&format!("site/{name}"), &if name == "vigie.yaml" { edit(text) } else { text });
        }
    }

    /// What vigie says in the checkout, as a pipeline has it: never a word of the secret.
    #[track_caller]
    fn said(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_vigie"))
            .env("LC_ALL", "en_US.UTF-8")
            .current_dir(self.path(""))
            .args(arguments)
            .output()
            .expect("vigie runs");
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(!text.contains("S3CRET") && !text.contains("hunter2"), "{arguments:?}: {text}");
        (output.status.code(), text)
    }

    /// The same, where it must be refused with this code.
    #[track_caller]
    fn refused(&self, arguments: &[&str], code: &str) {
        let (ended, text) = self.said(arguments);
        assert!(ended == Some(1) && text.contains(code), "{arguments:?}: {ended:?} {text}");
    }
}

/// Whoever proposes a playbook must not have other files of the machine read, and printed with their mistakes.
#[test]
fn the_lines_of_a_playbook_come_from_its_own_folder() {
    let place = Checkout::new();
    let secret = place.path("../elsewhere/secret");
    place.link("link.log", secret.to_str().unwrap());
    place.link("folder", "../elsewhere");
    place.link("inside.log", "own/lines.log");
    place.link("endless.log", "/dev/zero");
    let made = Command::new("mkfifo").arg(place.path("pipe.log")).status().unwrap();
    assert!(made.success());
    let playbook = |name: &str| {
        let text = format!(
            "playbook: p\ntitle: {{fr: F, en: E}}\nduration: 20m\ntimeline:\n  - id: a\n    at: T+0:00\n    \
             do: {{log: {{source: s, lines: {name}}}}}\n"
        );
        place.write("p.yaml", &text);
    };
    let secret = secret.to_str().unwrap();
    for name in ["link.log", "folder/secret", "../elsewhere/secret", secret, "pipe.log", "endless.log"] {
        playbook(name);
        place.refused(&["check", "p.yaml"], "V317");
    }
    for name in ["own/lines.log", "inside.log"] {
        playbook(name);
        assert_eq!(place.said(&["check", "p.yaml"]).0, Some(0), "{name}");
    }
}

const RULE: &str = "title: t\nlevel: low\nlogsource: {product: dpi}\ndetection: {keywords: [S3CRET, harmless], \
                    condition: keywords}\nvigie: {subject: [message], fr: {title: t}}\n";

#[test]
fn rules_come_from_the_folder_that_is_checked() {
    let place = Checkout::new();
    place.write("rules/own.yml", RULE);
    place.link("more/again.yml", "../rules/own.yml");
    assert_eq!(place.said(&["check", "rules"]).0, Some(0));
    assert_eq!(place.said(&["check", "more"]).0, Some(0), "a link that stays in the checkout");
    place.link("rules/bad.yml", "../../elsewhere/secret.yml");
    place.refused(&["check", "rules"], "V401");
    place.refused(&["check", "rules/bad.yml"], "V401");
    place.refused(&["check", place.path("rules").to_str().unwrap()], "V401");
    std::fs::remove_file(place.path("rules/bad.yml")).unwrap();
    place.link("rules/deep", "../../elsewhere");
    place.refused(&["check", "rules"], "V401");
    std::fs::remove_file(place.path("rules/deep")).unwrap();
    place.link("rules/endless.yml", "/dev/zero");
    let made = Command::new("mkfifo").arg(place.path("rules/pipe.yml")).status().unwrap();
    assert!(made.success());
    place.refused(&["check", "rules"], "V401");
}

#[test]
fn the_lines_of_a_test_come_from_the_checkout() {
    let place = Checkout::new();
    place.write("rules/own.yml", RULE);
    let case = |file: &str| {
        let test = format!(
            "cases:\n  - {{name: {{fr: f, en: e}}, format: plain, logsource: {{product: dpi}}, file: {file}, hits: 1, \
             subject: {{message: other}}}}\n"
        );
        place.write("rules/own.test.yml", &test);
    };
    let secret = place.path("../elsewhere/secret");
    place.link("rules/link.log", "../../elsewhere/secret");
    place.link("folder", "../elsewhere");
    for file in ["../../elsewhere/secret", "link.log", "../folder/secret", secret.to_str().unwrap(), "/dev/zero"] {
        case(file);
        place.refused(&["test", "rules"], "V412");
    }
    case("../own/lines.log");
    let (code, text) = place.said(&["test", "rules"]);
    assert!(code == Some(1) && text.contains("found harmless"), "its own lines are looked at: {text}");
    std::fs::remove_file(place.path("rules/own.test.yml")).unwrap();
    place.link("rules/own.test.yml", "../../elsewhere/secret.yml");
    place.refused(&["test", "rules"], "V412");
}

#[test]
fn the_files_of_a_site_come_from_the_checkout() {
    for name in ["vigie.yaml", "people.yaml", "chains.yaml"] {
        let place = Checkout::new();
        place.site(|text| text);
        assert_eq!(place.said(&["check", "site"]).0, Some(0));
        std::fs::remove_file(place.path(&format!("site/{name}"))).unwrap();
        place.link(&format!("site/{name}"), "../../elsewhere/secret.yml");
        place.refused(&["check", "site"], "V100");
        place.refused(&["drill", "list", "--site", "site"], "V100");
    }
    let place = Checkout::new();
    place.site(|text| text);
    place.link("site/playbooks/p.yaml", "../../../elsewhere/secret.yml");
    place.site(|text| text.replace("playbooks: [builtin]", "playbooks: [builtin, playbooks]"));
    place.refused(&["check", "site"], "V402");
}

/// What a site names by a path out of its folder is read, and never shown: its own people write such paths on purpose,
/// and so may a stranger.
#[test]
fn sets_that_a_site_names_elsewhere_are_read_and_not_shown() {
    let secret = |place: &Checkout| place.path("../elsewhere").to_str().unwrap().to_owned();
    for (kind, code) in [("rules", "V201"), ("playbooks", "V002")] {
        for absolute in [false, true] {
            let place = Checkout::new();
            place.write("../elsewhere/secret.yaml", "playbook: x\nS3CRET: hunter2\ntitle: {hunter2: S3CRET}\n");
            let path = if absolute { secret(&place) } else { "../../elsewhere".to_owned() };
            place.site(|text| {
                let (old, new) = match kind {
                    "rules" => ("rules: [\"builtin:health\"]", format!("rules: [\"builtin:health\", \"{path}\"]")),
                    _ => ("playbooks: [builtin]", format!("playbooks: [builtin, \"{path}\"]")),
                };
                assert!(text.contains(old), "{text}");
                text.replace(old, &new)
            });
            let (ended, text) = place.said(&["check", "site"]);
            let shown = text.contains("elsewhere/secret.y") && text.contains(code);
            assert!(ended == Some(1) && shown && text.contains("secret.yaml:2:1"), "{kind}: {text}");
        }
        let place = Checkout::new();
        place.link("site/linked", "../../elsewhere");
        place.site(|text| match kind {
            "rules" => text.replace("[\"builtin:health\"]", "[linked]"),
            _ => text.replace("playbooks: [builtin]", "playbooks: [linked]"),
        });
        place.refused(&["check", "site"], "it leads out of its folder");
    }
}

#[test]
fn a_pipeline_that_a_site_names_elsewhere_is_read_and_not_shown() {
    let place = Checkout::new();
    let site = |name: &str| place.site(|text| format!("{text}\npipelines: [\"{name}\"]\n"));
    let absolute = place.path("../elsewhere/secret.yml");
    for name in ["../../elsewhere/secret.yml", absolute.to_str().unwrap()] {
        site(name);
        let (ended, text) = place.said(&["check", "site"]);
        assert!(ended == Some(1) && text.contains("V002") && text.contains("secret.yml:1:1"), "{name}: {text}");
        place.write("rules/own.yml", RULE);
        place.refused(&["test", "rules", "--site", "site"], "V002");
    }
    place.link("site/linked.yml", "../../elsewhere/secret.yml");
    site("linked.yml");
    place.refused(&["check", "site"], "it leads out of its folder");
}

/// Logs, spools and passwords lie where the daemon has to find them; a check reads none of them out.
#[test]
fn what_only_the_daemon_reads_is_not_shown() {
    let place = Checkout::new();
    let secret = place.path("../elsewhere/secret");
    let secret = secret.to_str().unwrap();
    place.link("site/log", secret);
    place.site(|text| {
        let follows = text.matches("follow: ").count();
        assert!(follows > 0);
        let log = format!("sources:\n  secret: {{follow: \"{secret}\", format: orthanc, inject: log}}\n");
        let mail = format!(
            "channels:\n  own: {{smtp: \"127.0.0.1:25\", tls: none, from: a@b.example, \
                            password: \"file:{secret}\", ca: \"{secret}\"}}\n  out: {{folder: \"{secret}\"}}\n"
        );
        text.replacen("sources:\n", &log, 1).replacen("channels:\n", &mail, 1)
    });
    for arguments in
        [&["check", "site"][..], &["rules", "coverage", "--site", "site"], &["drill", "list", "--site", "site"]]
    {
        place.said(arguments);
    }
}
