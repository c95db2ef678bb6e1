//! Loads the public `SigmaHQ` rules, where `VIGIE_SIGMAHQ` says they are: every rule works or is refused with a reason
//! that points into its text.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use vigie::base::id::RuleId;
use vigie::text::diagnostic::{Diagnostic, Severity};
use vigie::text::source::Source;
use vigie::watch::sigma::{Engine, code, read};

fn rule_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder of the rules can be read") {
        let path = entry.expect("the folder of the rules can be read").path();
        if path.is_dir() {
            rule_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "yml") {
            files.push(path);
        }
    }
}

#[test]
fn every_sigmahq_rule_works_or_is_refused_at_a_place() {
    let Some(folder) = std::env::var_os("VIGIE_SIGMAHQ") else {
        println!("skipped: VIGIE_SIGMAHQ does not say where the SigmaHQ rules are");
        return;
    };
    let mut files = Vec::new();
    rule_files(Path::new(&folder), &mut files);
    files.sort();
    assert!(files.len() > 3_000, "only {} rules in {}", files.len(), folder.display());

    let mut found: Vec<Diagnostic> = Vec::new();
    let mut documents = Vec::new();
    for file in &files {
        let source = Source::open(file).expect("a rule can be read");
        let place =
            |path: Option<&Path>| path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let id = RuleId(format!("{}.{stem}", place(file.parent()).unwrap_or_default()));
        documents.extend(read(&source, &id, &mut found));
    }
    let read = documents.len();
    let engine = Engine::compile(documents, &mut found);

    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in &found {
        *counts.entry((finding.severity, finding.code)).or_default() += 1;
        assert!(!finding.source.slice(finding.span).is_empty(), "points at nothing: {finding}");
    }
    println!("{} files, {read} documents, {} rules work; {counts:?}", files.len(), engine.rules().count());
    let refused: std::collections::BTreeSet<_> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.source.name())
        .collect();
    assert_eq!(engine.rules().count() + refused.len(), files.len(), "every rule works or is refused");
    for finding in found.iter().filter(|finding| finding.severity == Severity::Error) {
        assert!(
            [code::MODIFIER_REFUSED, code::BAD_REGEX].contains(&finding.code),
            "a rule of the public set is taken for wrong: {finding}"
        );
    }
}
