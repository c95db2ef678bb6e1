//! An error that ended a command, in the language of whoever reads it.

use std::error::Error;

use crate::base::language::{Language, Text};
use crate::daemon::DaemonError;
use crate::daemon::client::ClientError;
use crate::store::StoreError;
use crate::words::failure::Failure;
use crate::words::{self, failure::system};

/// What went wrong, with the causes behind it, each once.
pub(super) fn said(error: &anyhow::Error, language: Language) -> String {
    let mut said = String::new();
    let mut english = String::new();
    for cause in error.chain() {
        let plain = cause.to_string();
        // Many errors repeat what caused them; a reader needs it once.
        if english.contains(&plain) {
            continue;
        }
        let words = of(cause).or_else(|| around(error, &plain));
        let words = words.map_or_else(|| plain.clone(), |text| text.get(language).to_owned());
        if !said.is_empty() {
            said.push_str(words::failure::colon().get(language));
        }
        said.push_str(&words);
        english.push_str(&plain);
    }
    said
}

/// The words that were put around an error: as a cause of its own they are not to be had.
fn around(error: &anyhow::Error, plain: &str) -> Option<Text> {
    error.downcast_ref::<Failure>().filter(|words| words.to_string() == plain).map(|Failure(text)| text.clone())
}

/// The words for an error that has some.
fn of(cause: &(dyn Error + 'static)) -> Option<Text> {
    if let Some(Failure(text)) = cause.downcast_ref() {
        return Some(text.clone());
    }
    if let Some(error) = cause.downcast_ref::<std::io::Error>() {
        return Some(system(error));
    }
    if let Some(error) = cause.downcast_ref::<ClientError>() {
        return Some(error.words());
    }
    if let Some(error) = cause.downcast_ref::<DaemonError>() {
        return Some(match error {
            DaemonError::Store(error) => store(error),
            DaemonError::Socket { path, error } => words::status::no_socket(path.display(), system(error)),
            DaemonError::Thread(error) => words::status::cannot_start(system(error)),
        });
    }
    cause.downcast_ref::<StoreError>().map(store)
}

fn store(error: &StoreError) -> Text {
    match error {
        StoreError::Folder { folder, error } => words::store::folder(folder.display(), system(error)),
        StoreError::Taken(folder) => words::store::taken(folder.display()),
        StoreError::Foreign(file, version) => words::store::foreign(file.display(), version),
        StoreError::Absent(file) => words::store::absent(file.display()),
        StoreError::NotYours(file) => words::store::not_yours(file.display()),
        StoreError::NotAStore(file) => words::store::not_a_store(file.display()),
        StoreError::Displaced(file) => words::store::displaced(file.display()),
        StoreError::Nowhere => words::store::nowhere(),
        StoreError::Keyless => words::store::keyless(),
        StoreError::Sqlite(error) => words::store::broken(error),
        StoreError::Unsound(found) => words::store::unsound(found),
        StoreError::Row { table } => words::store::row(table),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn an_error_is_said_in_both_languages_and_its_cause_once() {
        let absent = || std::io::Error::from(std::io::ErrorKind::NotFound);
        let error = Err::<(), _>(StoreError::Folder { folder: "x".into(), error: absent() }).context("y").unwrap_err();
        assert_eq!(
            said(&error, Language::Fr),
            "y\u{a0}: impossible d'utiliser le dossier d'état x\u{a0}: aucun fichier ou dossier de ce nom"
        );
        assert_eq!(said(&error, Language::En), "y: cannot use the state folder x: no such file or directory");
        let error = Err::<(), _>(absent()).with_context(|| Failure(words::failure::unread("x"))).unwrap_err();
        assert_eq!(said(&error, Language::Fr), "impossible de lire x\u{a0}: aucun fichier ou dossier de ce nom");
        assert_eq!(said(&error, Language::En), "cannot read x: no such file or directory");
        let error = anyhow::Error::from(Failure(words::demo::not_empty("A7")));
        assert!(said(&error, Language::Fr).starts_with("A7 n'est pas vide"));
    }
}
