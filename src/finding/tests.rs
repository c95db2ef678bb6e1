//! The registry is whole, and `docs/diagnostics.md` is what it says.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use super::*;

/// What the page says before the tables.
const HEAD: &str = "\
# Diagnostics

What `vigie check` can say. Every finding has one of these codes, its place (file, line, column) and, in the message
itself, what to write instead. A code never changes its meaning and is never used again. With `--json` the same comes as
data; the codes are the same in every language, messages are in that of the reader. An error makes `vigie check` end
with 1; a warning does not. `vigie check --explain V102` says the same on the terminal, in French on a French one, and
`vigie check --list` shows all kinds.

This page is made from `src/finding`: a test holds it to that, and writes it anew where `VIGIE_WRITE=1` is set.

## What is read

A pipeline checks what strangers propose, so `vigie check` and `vigie test` read nothing beyond the folder that is checked:
the one you stand in where you name something below it (`vigie check rules`), otherwise the one you name (`vigie check
/srv/vigie`). A file of a site, a rule, a playbook, a test or its lines that a name or a link leads elsewhere for is refused;
so is what is no ordinary file, and what is larger than 32 MiB.

Rules, pipelines and playbooks that `vigie.yaml` itself names by an absolute path or with `..` are another matter: a hospital
keeps them where it likes. They are read, as the daemon reads them, but what they say is not shown: a finding in them is the
name of its kind and its place, without the line and without a word of it. Logs (`follow`), spools, sockets, certificates and
secret files are for the daemon: a check may look whether they are there, who owns them and how detailed a log is, and shows
nothing of what they hold.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for family in FAMILIES {
        let columns = "| code | | what it means | why it matters | what to do |\n|---|---|---|---|---|";
        write!(page, "\n## {}\n\n{columns}\n", family.title.en).unwrap();
        for Kind { code, severity, title, why, todo } in family.kinds {
            let todo = todo.en.replace('|', "\\|");
            writeln!(page, "| {code} | {} | {}. | {} | {} |", severity.word(), title.en, why.en, todo).unwrap();
        }
    }
    page
}

#[test]
fn the_page_is_what_the_registry_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    if std::env::var_os("VIGIE_WRITE").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap();
    assert!(written == page(), "docs/diagnostics.md is not what src/finding says; write it anew with VIGIE_WRITE=1");
}

#[test]
fn a_code_is_used_once_and_found_again() {
    let codes: BTreeSet<Code> = all().map(|kind| kind.code).collect();
    assert_eq!(codes.len(), all().count());
    for kind in all() {
        let Code(code) = kind.code;
        assert!(code.len() == 4 && code.starts_with('V') && code[1..].parse::<u16>().is_ok(), "{code}");
        assert_eq!(find(&code.to_lowercase()).map(|found| found.code), Some(kind.code));
    }
    assert!(find("V000").is_none());
    for family in FAMILIES {
        assert!(family.kinds.is_sorted_by_key(|kind| kind.code), "{}", family.title.en);
    }
}

#[test]
fn what_is_explained_is_written_as_a_sentence_in_both_languages() {
    let ends = |text: &str| text.ends_with(['.', '`']);
    for kind in all() {
        for language in [Language::Fr, Language::En] {
            let [title, why, todo] = [kind.title, kind.why, kind.todo].map(|both| both.get(language));
            assert!(!title.ends_with('.') && ends(why) && ends(todo), "{}: {title} | {why} | {todo}", kind.code);
            assert!(!title.contains('|') && !why.contains('|'), "{}: it would break the table", kind.code);
        }
        assert_ne!(kind.title.fr, kind.title.en);
    }
}
