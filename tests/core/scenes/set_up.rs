//! What a scene changes in the site's files.

use std::path::Path;

/// Writes a line of the set-up into the site's files.
pub(super) fn write(folder: &Path, line: &str) {
    let (word, rest) = line.split_once(' ').expect("a word, and what it says");
    let append = |name: &str, text: &str| change(folder, name, |before| before + text);
    let edit = |name: &str, from: &str, to: &str| {
        change(folder, name, |before| {
            assert!(before.contains(from), "{name} does not hold {from}");
            before.replace(from, to)
        });
    };
    match (word, rest.trim()) {
        ("steps", steps) => {
            let steps = steps.replace("} {", "}, {");
            change(folder, "chains.yaml", |before| {
                let (_, minor) = before.split_once("  minor:").expect("there is another chain");
                let when = "when: {level: critical}";
                format!("chains:\n  major:\n    {when}\n    steps: [{steps}]\n    reack: 2h\n  minor:{minor}")
            });
        }
        ("unanswered", what) => {
            edit("chains.yaml", "    reack: 2h\n", &format!("    reack: 2h\n    unanswered: {what}\n"));
        }
        ("alerts", what) => append("vigie.yaml", &format!("alerts: {what}\n")),
        ("rotas", what) => append("people.yaml", &format!("rotas: {what}\n")),
        ("edit", what) => {
            let (file, change) = what.split_once(": ").expect("a file, and what changes in it");
            let (from, to) = change.split_once(" =>").expect("something becomes something");
            edit(file, from, to.strip_prefix(' ').unwrap_or(to));
        }
        _ => panic!("nothing is set up like that: {line}"),
    }
}

fn change(folder: &Path, name: &str, change: impl FnOnce(String) -> String) {
    let path = folder.join(name);
    let before = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, change(before)).unwrap();
}
