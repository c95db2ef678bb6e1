//! Passwords: where they are kept, and how they are held without ever being shown.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::str::FromStr;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::timeout;

use super::OpenError;

/// Where a secret is kept. A site's files name the place, never the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    /// A file that holds it on its first line; written `file:/etc/vigie/mail.secret`.
    File(PathBuf),
    /// An environment variable; written `env:VIGIE_MAIL`.
    Env(String),
    /// A program that prints it on its first line; written `command:/usr/local/bin/mail-token`.
    Command(PathBuf),
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
            Some(("command", path)) if !path.is_empty() => Ok(Self::Command(path.into())),
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
            Self::Command(path) => write!(out, "command:{}", path.display()),
        }
    }
}

impl SecretPlace {
    /// Whether the secret could be fetched now. A program is not run for that, only looked for.
    pub(super) fn check(&self) -> Result<(), OpenError> {
        match self {
            Self::Command(path) => {
                let met = std::fs::metadata(path);
                met.map(drop).map_err(|source| OpenError::Unreadable { path: path.clone(), source })
            }
            Self::File(_) | Self::Env(_) => self.text().and_then(|text| self.secret(&text)).map(drop),
        }
    }

    /// Fetches the secret. A program has so much time.
    pub(super) async fn fetch(&self, limit: Duration) -> Result<Secret, OpenError> {
        let Self::Command(path) = self else { return self.secret(&self.text()?) };
        let failed = |source| OpenError::Unreadable { path: path.clone(), source };
        let mut program = Command::new(path);
        program.stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        let printed = timeout(limit, program.output()).await.map_err(|late| failed(late.into()))?.map_err(failed)?;
        if !printed.status.success() {
            return Err(failed(io::Error::other(printed.status.to_string())));
        }
        self.secret(&String::from_utf8_lossy(&printed.stdout))
    }

    fn text(&self) -> Result<String, OpenError> {
        match self {
            Self::File(path) | Self::Command(path) => {
                std::fs::read_to_string(path).map_err(|source| OpenError::Unreadable { path: path.clone(), source })
            }
            Self::Env(name) => std::env::var(name).map_err(|_| OpenError::NotSet(name.clone())),
        }
    }

    fn secret(&self, text: &str) -> Result<Secret, OpenError> {
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

    const SOON: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn a_secret_is_fetched_from_its_file_and_never_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mail.secret");
        std::fs::write(&path, "t0p\nnot this line\n").expect("a file");
        let place: SecretPlace = format!("file:{}", path.display()).parse().expect("a place");
        let secret = place.fetch(SOON).await.expect("a secret");
        assert_eq!(secret.reveal(), "t0p");
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn a_place_that_holds_nothing_is_an_error_in_words() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("empty");
        std::fs::write(&path, "\n").expect("a file");
        let fetch = |text: &str| text.parse::<SecretPlace>().expect("a place").check().expect_err("nothing there");
        assert!(fetch(&format!("file:{}", path.display())).to_string().ends_with("is empty"));
        assert!(fetch("env:VIGIE_NO_SUCH_VARIABLE").to_string().contains("VIGIE_NO_SUCH_VARIABLE is not set"));
        assert!("hunter2".parse::<SecretPlace>().is_err());
    }

    /// Written by another process: a file that this one has open for writing cannot be run, nor while a child of another
    /// test has it.
    fn write(path: &std::path::Path, script: &str) {
        let shell = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\"; chmod 700 \"$0\"";
        let written = std::process::Command::new("sh").arg("-c").arg(shell).arg(path).arg(script).status();
        assert!(written.is_ok_and(|status| status.success()));
    }

    #[tokio::test]
    async fn a_program_prints_a_secret_each_time_or_says_why_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("token");
        let place: SecretPlace = format!("command:{}", path.display()).parse().expect("a place");
        assert!(place.check().is_err(), "it is not there");
        for (script, expected) in [("echo one; echo two", Ok("one")), ("exit 3", Err("3")), ("true", Err("is empty"))] {
            write(&path, script);
            place.check().expect("it is there");
            match (place.fetch(SOON).await, expected) {
                (Ok(secret), Ok(expected)) => assert_eq!(secret.reveal(), expected),
                (Err(error), Err(expected)) => assert!(error.to_string().contains(expected), "{error}"),
                (fetched, _) => panic!("{script}: {fetched:?}"),
            }
        }
        write(&path, "sleep 600");
        assert!(place.fetch(Duration::from_millis(200)).await.is_err(), "nobody waits for it");
    }
}
