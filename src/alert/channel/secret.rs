//! Passwords: where they are kept, and how they are held without ever being shown.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::OpenError;

/// Where a secret is kept. A site's files name the place, never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    /// A file that holds it on its first line; written `file:/etc/vigie/mail.secret`.
    File(PathBuf),
    /// An environment variable; written `env:VIGIE_MAIL`.
    Env(String),
}

/// Text that says where a secret is kept, but not in one of the two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the place of a secret")]
pub struct NotAPlace;

impl FromStr for SecretPlace {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        match text.split_once(':') {
            Some(("file", path)) if !path.is_empty() => Ok(Self::File(path.into())),
            Some(("env", name)) if !name.is_empty() => Ok(Self::Env(name.to_owned())),
            _ => Err(NotAPlace),
        }
    }
}

impl fmt::Display for SecretPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(out, "file:{}", path.display()),
            Self::Env(name) => write!(out, "env:{name}"),
        }
    }
}

impl SecretPlace {
    /// Fetches the secret.
    pub(super) fn fetch(&self) -> Result<Secret, OpenError> {
        let text = match self {
            Self::File(path) => {
                std::fs::read_to_string(path).map_err(|source| OpenError::Unreadable { path: path.clone(), source })?
            }
            Self::Env(name) => std::env::var(name).map_err(|_| OpenError::NotSet(name.clone()))?,
        };
        match text.lines().next() {
            Some(line) if !line.is_empty() => Ok(Secret(line.to_owned())),
            _ => Err(OpenError::EmptySecret(self.to_string())),
        }
    }
}

/// A secret in memory. `Debug` shows that there is one, nothing more.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    /// The secret itself, for the one who must send it.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_fetched_from_its_file_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mail.secret");
        std::fs::write(&path, "t0p\nnot this line\n").expect("a file");
        let place: SecretPlace = format!("file:{}", path.display()).parse().expect("a place");
        let secret = place.fetch().expect("a secret");
        assert_eq!(secret.reveal(), "t0p");
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn a_place_that_holds_nothing_is_an_error_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("empty");
        std::fs::write(&path, "\n").expect("a file");
        let fetch = |text: &str| text.parse::<SecretPlace>().expect("a place").fetch().expect_err("nothing there");
        assert!(fetch(&format!("file:{}", path.display())).to_string().ends_with("is empty"));
        assert!(fetch("env:VIGIE_NO_SUCH_VARIABLE").to_string().contains("VIGIE_NO_SUCH_VARIABLE is not set"));
        assert!("hunter2".parse::<SecretPlace>().is_err());
    }
}
