//! The hospital that does not exist: `examples/valmont`, inside vigie, for the demonstration and for rehearsals without
//! a site.

use std::path::Path;

use super::Deployment;
use crate::site;
use crate::text::diagnostic::has_errors;
use crate::text::source::Source;
use crate::watch::sigma::Engine;

/// Its files, one by one: a daemon that was tried in that folder leaves a key and a store there, which must never end up
/// inside the binary.
const FILES: [(&str, &str); 5] = [
    ("vigie.yaml", include_str!("../../examples/valmont/vigie.yaml")),
    ("people.yaml", include_str!("../../examples/valmont/people.yaml")),
    ("chains.yaml", include_str!("../../examples/valmont/chains.yaml")),
    ("genuine/Orthanc.log", include_str!("../../examples/valmont/genuine/Orthanc.log")),
    ("genuine/fichiers.log", include_str!("../../examples/valmont/genuine/fichiers.log")),
];

/// The example hospital, opened where it is; nothing is written.
pub fn example() -> Option<(Deployment, Engine)> {
    let open = |name: &str| {
        let file = FILES.iter().find(|(known, _)| *known == name);
        let (_, text) = file.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::NotFound))?;
        Ok(Source::new(format!("builtin/valmont/{name}"), *text))
    };
    let mut found = Vec::new();
    let site = site::load_with(Path::new("builtin/valmont"), &open, &mut found);
    let opened = super::load(site, &mut found)?;
    (!has_errors(&found)).then_some(opened)
}

/// Writes the example hospital's files into `folder`.
pub fn write_example(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder.join("genuine"))?;
    FILES.iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::level::Level;

    #[test]
    fn a_scan_of_the_portal_at_night_wakes_nobody_and_an_attack_does() {
        let (deployment, engine) = example().unwrap();
        let level = |id: &str| engine.rules().find(|rule| rule.id.as_str() == id).unwrap().level;
        let wakes = |level: Level| {
            let sunday_at_three = "2026-11-22T02:00:00Z".parse().unwrap();
            let chain = deployment.site.chain_for(level).unwrap();
            chain.hours.as_ref().is_none_or(|hours| hours.hold(sunday_at_three))
        };
        assert!(!wakes(level("perimeter.portal_scan")));
        assert!(wakes(level("identity.success_after_failures")) && wakes(level("ransomware.new_suffix")));
    }
}
