//! What can be wrong with a source, in words for the person who can put it right.

use crate::base::id::SourceName;
use crate::base::language::Text;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Worth knowing; may be as intended.
    Notice,
    /// Lines are not read, or were lost.
    Warning,
}

/// Something wrong with a source. Reported once, and again only after it has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The source.
    pub source: SourceName,
    /// The file, with unprintable characters escaped.
    pub file: String,
    /// How much it matters.
    pub gravity: Gravity,
    /// What happened.
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
}

/// What can happen to a followed file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Fault {
    /// No file of that name, or no file matches.
    Missing,
    /// It is a directory, FIFO, socket or device.
    NotAFile,
    /// It may not be read.
    Denied,
    /// The operating system refused for another reason.
    Unreadable(String),
    /// Its content went away before it was read: at least so many bytes.
    Lost(u64),
    /// A program wrote over lines of an exercise.
    Overwritten,
    /// Its position was kept in a form that cannot be read.
    Position,
    /// The pattern is not one.
    Pattern(String),
    /// The operating system gives no hints about changes.
    Unwatched(String),
}

impl Fault {
    /// The words for it.
    pub(super) fn report(&self, source: &SourceName, file: String) -> Trouble {
        let gravity = match self {
            Self::Missing | Self::NotAFile | Self::Unwatched(_) => Gravity::Notice,
            _ => Gravity::Warning,
        };
        Trouble { source: source.clone(), file, gravity, what: self.what(), remedy: self.remedy() }
    }

    fn what(&self) -> Text {
        match self {
            Self::Missing => Text::both("Ce fichier n’existe pas encore.", "This file does not exist yet."),
            Self::NotAFile => Text::both(
                "Ce n’est pas un fichier ordinaire (dossier, tube, périphérique…) : il n’est pas lu.",
                "This is not a regular file (a directory, pipe, device…): it is not read.",
            ),
            Self::Denied => Text::both(
                "vigie n’a pas le droit de lire ce fichier : rien n’y est surveillé.",
                "vigie may not read this file: nothing in it is watched.",
            ),
            Self::Unreadable(why) => Text::both(
                &format!("Ce fichier ne peut pas être lu : {why}."),
                &format!("This file cannot be read: {why}."),
            ),
            Self::Lost(bytes) => Text::both(
                &format!(
                    "Le fichier a été vidé ou effacé avant d’être lu en entier : au moins {bytes} octets manquent."
                ),
                &format!(
                    "The file was emptied or removed before it was read to its end: at least {bytes} bytes are missing."
                ),
            ),
            Self::Overwritten => Text::both(
                "Un programme a écrit par-dessus des lignes d’exercice : ce qu’il y a écrit a été relu, et peut-être compté deux fois.",
                "A program wrote over lines of an exercise: what it wrote there was read again, and may have counted twice.",
            ),
            Self::Position => Text::both(
                "La position de lecture gardée pour ce fichier est illisible : il est relu depuis son début.",
                "The position kept for this file cannot be understood: it is read again from its start.",
            ),
            Self::Pattern(why) => Text::both(
                &format!("Ce motif de fichiers est incorrect : {why}."),
                &format!("This file pattern is not valid: {why}."),
            ),
            Self::Unwatched(why) => Text::both(
                &format!("Le système ne signale pas les changements ({why}) : vigie regarde chaque seconde."),
                &format!("The system does not signal changes ({why}): vigie looks every second."),
            ),
        }
    }

    fn remedy(&self) -> Text {
        match self {
            Self::Missing => Text::both(
                "Rien à faire s’il doit apparaître plus tard ; sinon, corrigez le chemin dans vigie.yaml.",
                "Nothing to do if it will appear later; otherwise correct the path in vigie.yaml.",
            ),
            Self::NotAFile => Text::both(
                "Écrivez un motif qui ne désigne que des fichiers, par exemple /var/log/app/*.log.",
                "Write a pattern that names files only, such as /var/log/app/*.log.",
            ),
            Self::Denied => Text::both(
                "Donnez le droit de lecture au compte de vigie, par exemple en l’ajoutant au groupe adm ; la lecture reprendra seule.",
                "Let vigie’s account read it, for instance by adding it to the group adm; reading will start by itself.",
            ),
            Self::Unreadable(_) => Text::both(
                "Vérifiez le disque ou le partage réseau ; vigie réessaie chaque seconde.",
                "Check the disk or the network share; vigie tries again every second.",
            ),
            Self::Lost(_) => Text::both(
                "Vérifiez la rotation de ce journal (gardez au moins une copie non compressée) et que personne ne l’a vidé à la main.",
                "Check how this log is rotated (keep at least one copy uncompressed) and that nobody emptied it by hand.",
            ),
            Self::Overwritten => Text::both(
                "Ce programme n’ajoute pas à la fin de son journal : retirez `writer: appends` de cette source dans vigie.yaml. Plus aucune ligne d’exercice n’y est écrite.",
                "This program does not append to its log: take `writer: appends` off this source in vigie.yaml. No exercise writes to it any more.",
            ),
            Self::Position => Text::both(
                "Des alertes déjà vues peuvent revenir ; vérifiez que la base de vigie n’a pas été modifiée ni écrite par une version plus récente.",
                "Alerts already seen may come back; check that vigie’s database was not changed, nor written by a newer version.",
            ),
            Self::Pattern(_) => Text::both(
                "Corrigez le motif dans vigie.yaml : * pour plusieurs caractères, ? pour un seul, [0-9] pour un choix.",
                "Correct the pattern in vigie.yaml: * for any characters, ? for one, [0-9] for a choice.",
            ),
            Self::Unwatched(_) => Text::both(
                "Les alertes peuvent venir une seconde plus tard ; augmentez fs.inotify.max_user_watches pour l’éviter.",
                "Alerts may come one second later; raise fs.inotify.max_user_watches to avoid it.",
            ),
        }
    }
}
