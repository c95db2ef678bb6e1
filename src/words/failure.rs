//! What went wrong, in words: errors of commands, and what the system says of files and connections.

use std::error::Error;
use std::fmt;
use std::io;

use super::words;
use crate::base::language::{Language, Text};

/// A sentence that ends a command. As an error it is English; whoever shows it picks the language.
#[derive(Debug)]
pub(crate) struct Failure(pub(crate) Text);

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.0.get(Language::En))
    }
}

impl Error for Failure {}

words! {
    /// What stands before an error.
    pub(crate) fn error() { fr: "erreur", en: "error" }
    /// Between a heading and what follows.
    pub(crate) fn colon() { fr: "\u{a0}: ", en: ": " }

    /// A file cannot be read.
    pub(crate) fn cannot_read(path, why) { fr: "impossible de lire {path}\u{a0}: {why}", en: "cannot read {path}: {why}" }
    /// A file cannot be written.
    pub(crate) fn cannot_write(path, why) {
        fr: "impossible d'écrire {path}\u{a0}: {why}",
        en: "cannot write {path}: {why}",
    }
    /// A folder cannot be made.
    pub(crate) fn cannot_make(path, why) { fr: "impossible de créer {path}\u{a0}: {why}", en: "cannot make {path}: {why}" }

    /// A file cannot be read; why stands behind it.
    pub(crate) fn unread(path) { fr: "impossible de lire {path}", en: "cannot read {path}" }
    /// A file cannot be written; why stands behind it.
    pub(crate) fn unwritten(path) { fr: "impossible d'écrire {path}", en: "cannot write {path}" }
    /// What is to be found again is nothing that stays.
    pub(crate) fn not_a_file(path) {
        fr: "{path} n'est pas un fichier\u{a0}: ce qui est gardé doit se retrouver, copiez-le d'abord dans un fichier",
        en: "{path} is not a file: what is kept must be found again, so copy it into a file first",
    }
    /// The machine gives no port.
    pub(crate) fn no_port() {
        fr: "impossible d'ouvrir un port sur cette machine",
        en: "cannot open a port on this machine",
    }
    /// The machine gives no thread.
    pub(crate) fn no_thread() {
        fr: "impossible de lancer un fil de plus\u{a0}; --threads 1 s'en passe",
        en: "cannot start another thread; --threads 1 does without",
    }
    /// vigie cannot begin its work.
    pub(crate) fn no_start() { fr: "impossible de démarrer", en: "cannot start" }

    fn absent() { fr: "aucun fichier ou dossier de ce nom", en: "no such file or directory" }
    fn denied() { fr: "permission refusée", en: "permission denied" }
    fn exists() { fr: "il existe déjà", en: "it exists already" }
    fn folder() { fr: "c'est un dossier", en: "it is a directory" }
    fn no_folder() { fr: "ce n'est pas un dossier", en: "it is not a directory" }
    fn full() { fr: "plus de place sur le disque", en: "no space left on the disk" }
    fn read_only() { fr: "le système de fichiers est en lecture seule", en: "the file system is read-only" }
    /// Waiting came to its end.
    pub(crate) fn late() { fr: "pas de réponse à temps", en: "no answer in time" }
    fn nobody() { fr: "personne n'écoute à cette adresse", en: "nobody listens there" }
    fn unreachable() { fr: "cette machine est injoignable", en: "that machine cannot be reached" }
    fn broken() { fr: "la connexion a été coupée", en: "the connection was cut" }
    fn cut() { fr: "la fin manque", en: "the end is missing" }
    fn in_use() { fr: "l'adresse est déjà prise", en: "the address is in use" }
    fn other(said) { fr: "{said}", en: "{said}" }
}

/// What the system says, in words. What was said in words already stays as it is.
pub(crate) fn system(error: &io::Error) -> Text {
    use io::ErrorKind as Kind;
    if let Some(Failure(said)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
        return said.clone();
    }
    match error.kind() {
        Kind::NotFound => absent(),
        Kind::PermissionDenied => denied(),
        Kind::AlreadyExists => exists(),
        Kind::IsADirectory => folder(),
        Kind::NotADirectory => no_folder(),
        Kind::StorageFull => full(),
        Kind::ReadOnlyFilesystem => read_only(),
        Kind::WouldBlock | Kind::TimedOut => late(),
        Kind::ConnectionRefused => nobody(),
        Kind::HostUnreachable | Kind::NetworkUnreachable => unreachable(),
        Kind::ConnectionReset | Kind::ConnectionAborted | Kind::BrokenPipe => broken(),
        Kind::UnexpectedEof => cut(),
        Kind::AddrInUse => in_use(),
        _ => other(error),
    }
}

/// What the system says of a connection: one that ends too soon was cut.
pub(crate) fn connection(error: &io::Error) -> Text {
    if error.kind() == io::ErrorKind::UnexpectedEof { broken() } else { system(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_speaks_both_languages_and_keeps_what_was_said_in_words() {
        let refused = system(&io::ErrorKind::ConnectionRefused.into());
        assert_eq!(refused, Text::both("personne n'écoute à cette adresse", "nobody listens there"));
        let end = io::Error::from(io::ErrorKind::UnexpectedEof);
        assert_eq!(
            (system(&end).get(Language::En), connection(&end).get(Language::En)),
            ("the end is missing", "the connection was cut")
        );
        let said = Text::both("à part", "apart");
        assert_eq!(system(&io::Error::new(io::ErrorKind::NotFound, Failure(said.clone()))), said);
    }
}
