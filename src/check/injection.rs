//! Whether an exercise could write its lines where its playbooks want them: who writes to these logs is looked at, so that a
//! refusal is met before the exercise and not in the middle of it.

use std::collections::BTreeSet;

use super::playbooks::Script;
use crate::drill::playbook::ReferenceKind;
use crate::finding::Finding;
use crate::finding::together as finding;
use crate::site::{Site, SourceSettings};
use crate::text::diagnostic::Diagnostic;
use crate::watch::source::inject::{Writers, writers_of};

/// Adds a finding for each source of `site` that the `scripts` write to and that would take no line now. A log that is not
/// there yet is passed over: nothing can be seen of its program.
pub(super) fn check<'a>(site: &Site, scripts: impl Iterator<Item = &'a Script>, found: &mut Vec<Diagnostic>) {
    let references = scripts.flat_map(|script| script.playbook.references());
    let wanted: BTreeSet<String> = references
        .filter(|reference| matches!(reference.kind, ReferenceKind::Source))
        .map(|reference| reference.name.value.clone())
        .collect();
    let sources = site.settings.sources.iter().filter(|source| wanted.contains(source.name.as_str()));
    let file = site.folder.join("vigie.yaml");
    found.extend(sources.filter_map(refusal).map(|finding| finding.of_file(&file)));
}

/// Why a source would take no line of an exercise.
fn refusal(source: &SourceSettings) -> Option<Finding> {
    let (path, promised) = source.lines.injected()?;
    let log = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    match writers_of(&log) {
        Writers::Overwrite { program, .. } => Some(finding::written_over(&source.name, program)),
        Writers::Nobody | Writers::Unseen if promised.is_none() => Some(finding::nothing_shown(&source.name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use crate::base::language::Language;
    use crate::check::{open, write_example};

    /// What is said of the logs of the example hospital, where `promise` stands at each source and a shell has the log of
    /// its PACS open as this sign says.
    fn said(promise: &str, sign: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let settings = folder.path().join("vigie.yaml");
        let text = std::fs::read_to_string(&settings).unwrap().replace(", writer: appends}", &format!("{promise}}}"));
        std::fs::write(&settings, text).unwrap();
        std::fs::create_dir(folder.path().join("logs")).unwrap();
        let log = folder.path().join("logs/Orthanc.log");
        std::fs::write(&log, "").unwrap();
        let mut shell = Command::new("sh");
        let script = format!("exec 3{sign}\"$1\"; echo; read line");
        shell.args(["-c", &script, "sh"]).arg(&log).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut shell = shell.spawn().unwrap();
        std::io::Read::read_exact(shell.stdout.as_mut().unwrap(), &mut [0]).unwrap();
        let mut found = Vec::new();
        assert!(open(folder.path(), &mut found).is_some());
        shell.kill().unwrap();
        shell.wait().unwrap();
        found
            .iter()
            .map(|finding| format!("{} {}", finding.code(), finding.finding.message.get(Language::Fr)))
            .collect()
    }

    #[test]
    fn what_an_exercise_would_meet_is_said_before() {
        assert_eq!(said("", ">>"), [""; 0], "the program is seen to append");
        assert_eq!(said(", writer: appends", "<"), [""; 0], "the site knows");
        let shown = said("", "<");
        assert!(matches!(&shown[..], [one] if one.starts_with("V406") && one.contains("`pacs`")), "{shown:?}");
        for promise in ["", ", writer: appends"] {
            let over = said(promise, "<>");
            assert!(matches!(&over[..], [one] if one.starts_with("V406") && one.contains("sh")), "{over:?}");
        }
    }
}
