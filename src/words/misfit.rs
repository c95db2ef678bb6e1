//! Why a line cannot be read as its format. What decides names the reason by its English words, which stand in the ledger.

use crate::base::language::Text;

/// Why a log is not read whole that is kept in records of which some are damaged.
pub(crate) const DAMAGED: &str = "damaged records";

/// Every reason, and its words in French.
const FRENCH: [(&str, &str); 30] = [
    ("JSON that stops in the middle", "un JSON qui s'arrête au milieu"),
    ("XML that stops in the middle, or is more than a message", "un XML qui s'arrête au milieu, ou plus d'un message"),
    ("XML that stops in the middle, or is more than an event", "un XML qui s'arrête au milieu, ou plus d'un événement"),
    ("an audit message without its event", "un message d'audit sans son événement"),
    ("an event of Windows without a system part", "un événement de Windows sans sa partie système"),
    (DAMAGED, "des enregistrements abîmés"),
    ("more JSON than a log line holds", "plus de JSON que n'en tient une ligne de journal"),
    ("no CEF head", "pas d'en-tête CEF"),
    ("no DCMTK header", "pas d'en-tête de DCMTK"),
    ("no JSON object", "pas d'objet JSON"),
    ("no LEEF head", "pas d'en-tête LEEF"),
    ("no Orthanc header", "pas d'en-tête d'Orthanc"),
    ("no audit record", "pas d'enregistrement d'audit"),
    ("no event of Windows behind MSWinEventLog", "pas d'événement de Windows derrière MSWinEventLog"),
    ("no format that vigie knows", "aucun format que vigie connaisse"),
    ("no line of an ESXi or a vCenter", "pas une ligne d'un ESXi ou d'un vCenter"),
    ("no message of a Cisco device", "pas un message d'un équipement Cisco"),
    ("no names and values", "ni noms ni valeurs"),
    ("no operation of vfs_full_audit", "pas d'opération de vfs_full_audit"),
    ("no report of Veeam", "pas un compte rendu de Veeam"),
    ("no syslog header", "pas d'en-tête syslog"),
    ("no values of a Palo Alto firewall", "pas les valeurs d'un pare-feu Palo Alto"),
    ("not a JSON object", "pas un objet JSON"),
    ("not an AuditEvent of FHIR", "pas un AuditEvent de FHIR"),
    ("not an OpenCanary event", "pas un événement d'OpenCanary"),
    ("not an access log line", "pas une ligne de journal d'accès"),
    ("not an audit message in XML", "pas un message d'audit en XML"),
    ("not an event of Windows in XML", "pas un événement de Windows en XML"),
    ("not valid JSON", "un JSON incorrect"),
    ("smbd_audit without an operation", "smbd_audit sans opération"),
];

/// The words of a reason in both languages; as it stands where it is none of ours.
pub(crate) fn misfit(why: &str) -> Text {
    let french = FRENCH.iter().find(|(english, _)| *english == why).map_or(why, |(_, french)| french);
    Text::both(french, why)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use regex::Regex;

    use super::*;

    fn sources(folder: &Path, texts: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, texts);
            } else if path.extension().is_some_and(|end| end == "rs") {
                texts.push(fs::read_to_string(path).unwrap());
            }
        }
    }

    /// A reason that the code gives and that has no French is found here, and so is one that nothing gives any more.
    #[test]
    fn every_reason_that_the_code_gives_has_its_words() {
        let mut texts = Vec::new();
        sources(Path::new("src/watch"), &mut texts);
        let reason = Regex::new(r#"(?:Misfit|Unreadable)\(\s*"([^"]+)"|const UNKNOWN: &str = "([^"]+)""#).unwrap();
        let given: BTreeSet<&str> = texts
            .iter()
            .flat_map(|text| reason.captures_iter(text))
            .map(|found| found.get(1).or_else(|| found.get(2)).unwrap().as_str())
            .chain([DAMAGED])
            .collect();
        assert_eq!(given, FRENCH.iter().map(|(english, _)| *english).collect());
    }
}
