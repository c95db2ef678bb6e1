//! Whether the logs of a site can be read where it is checked: a path with a letter too many is watched in vain, and a
//! quiet one looks just like it.

use std::path::Path;

use jiff::Timestamp;

use crate::finding::site as finding;
use crate::site::{Site, SourceSettings};
use crate::text::diagnostic::{Diagnostic, suggest};
use crate::watch::source::trouble::{Gravity, Trouble};
use crate::watch::source::{Opening, Source};

/// Adds a finding for whatever keeps a source of `site` from being read by this account on this machine. Where no log is
/// there at all, it is another machine that watches, and that is said once.
pub fn check_logs(site: &Site, now: Timestamp, found: &mut Vec<Diagnostic>) {
    let sources = &site.settings.sources;
    let troubles: Vec<(&SourceSettings, Vec<Trouble>)> =
        sources.iter().map(|source| (source, troubles(source, now))).collect();
    let file = site.folder.join("vigie.yaml");
    let absent = |trouble: &Trouble| trouble.gravity == Gravity::Notice;
    if sources.len() > 1 && troubles.iter().all(|(_, troubles)| troubles.iter().any(absent)) {
        return found.push(finding::no_log_here(sources.len()).of_file(&file));
    }
    for (source, troubles) in troubles {
        for Trouble { file: log, what, remedy, .. } in troubles {
            let said = finding::log_not_read(&source.name, &log, what, remedy);
            found.push(said.advice(suggest(&log, beside(&log).iter().map(String::as_str))).of_file(&file));
        }
    }
}

/// What keeps a source from being read, as the daemon would find it at its very first look.
fn troubles(source: &SourceSettings, now: Timestamp) -> Vec<Trouble> {
    let mut reader = Source::open(source.name.clone(), &source.lines, Opening::default());
    reader.look(now).lasting.unwrap_or_default()
}

/// The files in the folder of a log.
fn beside(log: &str) -> Vec<String> {
    let folder = Path::new(log).parent().and_then(|folder| std::fs::read_dir(folder).ok());
    folder.into_iter().flatten().flatten().map(|entry| entry.path().display().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::account;
    use crate::check::{open, write_example};

    const NOW: &str = "2026-11-21T19:31:05Z";

    /// What is said of the example hospital, of whose logs these are there, with this edit of its settings.
    fn said(logs: &[&str], from: &str, to: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let settings = folder.path().join("vigie.yaml");
        let text = std::fs::read_to_string(&settings).unwrap();
        assert!(text.contains(from), "{from}");
        std::fs::write(&settings, text.replace(from, to)).unwrap();
        std::fs::create_dir(folder.path().join("logs")).unwrap();
        for log in logs {
            let path = folder.path().join("logs").join(log.trim_start_matches('!'));
            std::fs::write(&path, "").unwrap();
            let mode = if log.starts_with('!') { 0o000 } else { 0o644 };
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        }
        let (deployment, _) = open(folder.path(), &mut Vec::new()).unwrap();
        let mut found = Vec::new();
        check_logs(&deployment.site, NOW.parse().unwrap(), &mut found);
        let inside = format!("{}/", folder.path().display());
        let shown = |finding: &Diagnostic| {
            let help = finding.finding.help.as_ref().and_then(|help| help.en.clone()).unwrap_or_default();
            format!("{finding} {help}").replace(&inside, "")
        };
        found.iter().map(shown).collect()
    }

    const ALL: [&str; 5] = ["Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"];

    #[test]
    fn logs_that_are_there_are_no_finding() {
        assert_eq!(said(&ALL, "", ""), [""; 0]);
        // Of a pattern, one is enough.
        assert_eq!(said(&ALL, "logs/leurre.log", "logs/le*.log"), [""; 0]);
    }

    #[test]
    fn a_path_with_a_slip_is_found_and_the_log_beside_it_named() {
        for (slip, offered) in [("logs/Orthnac.log", true), ("lgos/Orthanc.log", false), ("logs/pacs-*.log", false)] {
            let shown = said(&ALL, "logs/Orthanc.log", slip);
            assert!(matches!(&shown[..], [one] if one.contains("[V116]") && one.contains(slip)), "{shown:?}");
            assert_eq!(shown[0].contains("did you mean `logs/Orthanc.log`"), offered, "{shown:?}");
        }
    }

    #[test]
    fn a_log_that_this_account_may_not_read_is_found() {
        let shown = said(&["!Orthanc.log", "fichiers.log", "annuaire.log", "portail.log", "leurre.log"], "", "");
        if account::own() == account::ROOT {
            // Nothing is closed to root.
            return assert_eq!(shown, [""; 0]);
        }
        assert!(matches!(&shown[..], [one] if one.contains("may not read")), "{shown:?}");
    }

    #[test]
    fn where_no_log_is_there_it_is_said_once() {
        let shown = said(&[], "", "");
        assert!(matches!(&shown[..], [one] if one.contains("none of the 5 logs")), "{shown:?}");
    }
}
