//! Whether two sources of a site read one log: each of its lines would count twice.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::finding::site as finding;
use crate::site::Site;
use crate::text::diagnostic::Diagnostic;

/// What tells one log from another: the numbers of its file, or the path of one that is not there yet.
type Identity = Result<(u64, u64), PathBuf>;

/// Adds a finding for every pair of sources of `site` that read a log in common, by whatever names and links.
pub(super) fn check(site: &Site, found: &mut Vec<Diagnostic>) {
    let file = site.folder.join("vigie.yaml");
    let mut readers: BTreeMap<Identity, (&str, PathBuf)> = BTreeMap::new();
    let mut said = Vec::new();
    for source in &site.settings.sources {
        let name = source.name.as_str();
        for (path, identity) in source.lines.logs() {
            let (first, shown) = readers.entry(identity.ok_or_else(|| path.clone())).or_insert((name, path));
            let pair = (*first, name);
            if *first != name && !said.contains(&pair) {
                said.push(pair);
                found.push(finding::shared_log(*first, name, shown.display()).of_file(&file));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use crate::base::language::Language;
    use crate::check::{open, write_example};

    /// What is said of the example hospital with two sources more.
    fn said(one: &str, other: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        write_example(folder.path()).unwrap();
        let logs = folder.path().join("logs");
        fs::create_dir(&logs).unwrap();
        fs::write(logs.join("app.log"), "").unwrap();
        fs::hard_link(logs.join("app.log"), logs.join("hard.log")).unwrap();
        symlink("app.log", logs.join("soft.log")).unwrap();
        let settings = folder.path().join("vigie.yaml");
        let text = fs::read_to_string(&settings).unwrap();
        let more = format!("sources:\n  one: {{follow: {one}}}\n  other: {{follow: {other}}}\n");
        fs::write(&settings, text.replace("sources:\n", &more)).unwrap();
        let mut found = Vec::new();
        open(folder.path(), &mut found);
        let shared = found.iter().filter(|finding| finding.code().to_string() == "V161");
        shared.map(|finding| finding.finding.message.get(Language::En).to_owned()).collect()
    }

    #[test]
    fn one_log_of_two_sources_is_found_by_whatever_name() {
        for (one, other, shared) in [
            ("logs/app.log", "logs/app.log", true),
            ("logs/app.log", "logs/*.log", true),
            ("logs/hard.log", "logs/soft.log", true),
            ("logs/../logs/app.log", "'logs/a?p.log'", true),
            ("logs/later.log", "logs/later.log", true),
            ("logs/later.log", "logs/./later.log", true),
            ("logs/app.log", "logs/later.log", false),
            ("logs/app.log", "'other/*.log'", false),
        ] {
            let said = said(one, other);
            assert_eq!(said.len(), usize::from(shared), "{one} {other}: {said:?}");
            assert!(said.iter().all(|said| said.contains("`one`") && said.contains("`other`")), "{said:?}");
        }
    }
}
