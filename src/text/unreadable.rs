//! Why a file cannot be a document, where the system itself has nothing against it.

use std::fmt;
use std::io;

use crate::base::language::{Language, Text};
use crate::words::failure::system;
use crate::words::words;

/// Why a file is refused. It travels inside of an [`io::Error`], beside what the system refuses.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unreadable {
    /// A name or a link leads out of the folder that it must stay in.
    LeadsOut,
    /// It is no ordinary file: a pipe would never end.
    NoFile,
    /// Links that lead to each other.
    Circle,
    /// It is larger than any document, in MiB.
    TooLarge { most: u64 },
    /// It is not text.
    NotUtf8 { line: usize, byte: usize },
}

words! {
    fn leads_out() { fr: "il mène hors de son dossier", en: "it leads out of its folder" }
    fn no_file() { fr: "ce n'est pas un fichier ordinaire", en: "it is not an ordinary file" }
    fn circle() { fr: "ses liens tournent en rond", en: "its links lead in a circle" }
    fn too_large(most) { fr: "il dépasse {most} Mio", en: "it is larger than {most} MiB" }
    fn not_utf8(line, byte) {
        fr: "la ligne {line} n'est pas du texte UTF-8 (octet {byte}) ; enregistrez le fichier en UTF-8",
        en: "line {line} is not UTF-8 text (byte {byte}); save the file as UTF-8",
    }
}

impl Unreadable {
    fn words(self) -> Text {
        match self {
            Self::LeadsOut => leads_out(),
            Self::NoFile => no_file(),
            Self::Circle => circle(),
            Self::TooLarge { most } => too_large(most),
            Self::NotUtf8 { line, byte } => not_utf8(line, byte),
        }
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.words().get(Language::En))
    }
}

impl std::error::Error for Unreadable {}

impl From<Unreadable> for io::Error {
    fn from(why: Unreadable) -> Self {
        let kind = match why {
            Unreadable::LeadsOut => io::ErrorKind::PermissionDenied,
            Unreadable::NoFile => io::ErrorKind::InvalidInput,
            Unreadable::Circle => io::ErrorKind::Other,
            Unreadable::TooLarge { .. } => io::ErrorKind::FileTooLarge,
            Unreadable::NotUtf8 { .. } => io::ErrorKind::InvalidData,
        };
        Self::new(kind, why)
    }
}

/// Why a file could not be read, in words.
pub(crate) fn why(error: &io::Error) -> Text {
    let own = error.get_ref().and_then(|inner| inner.downcast_ref::<Unreadable>());
    own.map_or_else(|| system(error), |why| why.words())
}
