//! Why a channel cannot be opened.

use super::words;

words! {
    /// Mail without encryption to another machine.
    pub(crate) fn in_clear(host) {
        fr: "sans chiffrement, le courriel ne peut aller qu'à cette machine même, et non à {host}\u{a0}: écrivez `tls: required`",
        en: "mail without encryption can only go to this machine itself, not to {host}: write `tls: required`",
    }
    /// A file without certificates.
    pub(crate) fn no_certificate(path, why) {
        fr: "{path} ne contient pas de certificat au format PEM\u{a0}: {why}",
        en: "{path} holds no certificate in PEM form: {why}",
    }
    /// A file of certificates that holds nothing.
    pub(crate) fn none_found() { fr: "aucun trouvé", en: "none found" }
    /// Encryption cannot be set up.
    pub(crate) fn tls(host, why) {
        fr: "impossible de préparer le chiffrement avec {host}\u{a0}: {why}",
        en: "cannot set up encryption with {host}: {why}",
    }
    /// A sender that is none.
    pub(crate) fn not_an_address(written) {
        fr: "`{written}` n'est pas une adresse de courriel",
        en: "`{written}` is not a mail address",
    }
    /// No secret there.
    pub(crate) fn not_set(name) {
        fr: "la variable d'environnement {name} n'est pas définie",
        en: "the environment variable {name} is not set",
    }
    /// No secret there.
    pub(crate) fn empty_secret(place) { fr: "le secret de {place} est vide", en: "the secret in {place} is empty" }
    /// Half a login.
    pub(crate) fn half_login() {
        fr: "un nom d'utilisateur et un mot de passe vont ensemble\u{a0}: il manque l'un des deux",
        en: "a user name and a password go together: one of them is missing",
    }
}
