//! What `vigie redact` says of what it takes out.

use super::words;
use crate::base::language::Text;

/// The rules by their names, and the same in French. A test fails where one is missing.
pub(crate) const RULES: &[(&str, &str)] = &[
    ("password", "mot de passe"),
    ("secret", "secret"),
    ("session", "session"),
    ("signature", "signature"),
    ("authorization", "autorisation"),
    ("cookie", "cookie"),
    ("jwt", "jeton JWT"),
    ("key of a service", "clé d'un service"),
    ("private key", "clé privée"),
    ("hashed password", "mot de passe haché"),
    ("login in an address", "identifiants dans une adresse"),
    ("login in an encoded address", "identifiants dans une adresse encodée"),
    ("password in a configuration", "mot de passe dans une configuration"),
    ("password in SQL", "mot de passe en SQL"),
    ("password option", "option de mot de passe"),
    ("password of a command", "mot de passe d'une commande"),
    ("password of a login", "mot de passe d'une connexion"),
    ("password that looks like one", "ce qui ressemble à un mot de passe"),
    ("login of a transfer", "identifiants d'un transfert"),
    ("login of a share", "identifiants d'un partage"),
    ("password of an account command", "mot de passe d'une commande de compte"),
    ("password through a pipe", "mot de passe passé par un tube"),
    ("login of a database", "identifiants d'une base de données"),
    ("password of PowerShell", "mot de passe de PowerShell"),
    ("patient number", "numéro de patient"),
    ("patient number, spoken", "numéro de patient, en toutes lettres"),
    ("patient name or birthday", "nom ou date de naissance d'un patient"),
    ("birthday, spoken", "date de naissance, en toutes lettres"),
    ("patient in an audit", "patient dans un audit"),
    ("detail in an audit", "détail dans un audit"),
    ("text in an audit", "texte dans un audit"),
    ("name of a document", "nom d'un document"),
    ("subject of a mail", "objet d'un message"),
    ("title of a window", "titre d'une fenêtre"),
    ("social security number", "numéro de sécurité sociale"),
    ("DICOM attribute", "attribut DICOM"),
    ("DICOM attribute without a sign", "attribut DICOM sans signe"),
    ("DICOM attribute as a parameter", "attribut DICOM en paramètre"),
    ("DICOM attribute in JSON", "attribut DICOM en JSON"),
    ("DICOM attribute in XML", "attribut DICOM en XML"),
    ("HL7 segment", "segment HL7"),
    ("HL7 segment, encoded", "segment HL7 encodé"),
    ("number with its authority", "numéro avec son autorité"),
    ("name with carets", "nom avec des accents circonflexes"),
    ("search for a patient", "recherche d'un patient"),
    ("patient as a parameter", "patient en paramètre"),
    ("reference to a patient", "référence à un patient"),
    ("name beside a reference", "nom à côté d'une référence"),
    ("name before a reference", "nom devant une référence"),
    ("patient resource", "ressource d'un patient"),
    ("telephone number", "numéro de téléphone"),
    ("international telephone number", "numéro de téléphone international"),
    ("labelled telephone number", "numéro de téléphone nommé"),
    ("mailbox", "adresse électronique"),
    ("named mailbox", "adresse électronique avec un nom"),
];

/// A rule in both languages; the name that a site gave to one of its own is the same in both.
pub(crate) fn rule(name: &str) -> Text {
    let french = RULES.iter().find(|(english, _)| *english == name).map_or(name, |(_, french)| french);
    Text::both(french, name)
}

words! {
    /// Something that goes because of the name of its member.
    pub(crate) fn by_its_name() {
        fr: "membre d'un objet JSON, par son nom",
        en: "a member of a JSON object, by its name",
    }
    /// What goes by one rule.
    pub(crate) fn goes(rule, text) { fr: "{rule}\u{a0}: {text}", en: "{rule}: {text}" }
    /// What was found in a file.
    pub(crate) fn summary(count; with) {
        fr: "{count} ligne lue, à retirer dans {with}" | "{count} lignes lues, à retirer dans {with}",
        en: "{count} line read, something to take out of {with}" | "{count} lines read, something to take out of {with}",
    }
    /// How often a rule took something out.
    pub(crate) fn times(count; rule) { fr: "{count} fois {rule}" | "{count} fois {rule}", en: "{count} time {rule}" | "{count} times {rule}" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::redact::names;

    #[test]
    fn every_rule_has_its_french() {
        let known: Vec<&str> = RULES.iter().map(|(english, _)| *english).collect();
        assert_eq!(known, names().collect::<Vec<_>>());
    }
}
