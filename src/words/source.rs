//! What can be wrong with a source, and what to do about it.

use super::words;

words! {
    /// No file of that name.
    pub(crate) fn missing() {
        fr: "Ce fichier n’existe pas encore.",
        en: "This file does not exist yet.",
    }
    /// Something else than a file.
    pub(crate) fn not_a_file() {
        fr: "Ce n’est pas un fichier ordinaire (dossier, tube, périphérique…) : il n’est pas lu.",
        en: "This is not a regular file (a directory, pipe, device…): it is not read.",
    }
    /// It may not be read.
    pub(crate) fn denied() {
        fr: "vigie n’a pas le droit de lire ce fichier : rien n’y est surveillé.",
        en: "vigie may not read this file: nothing in it is watched.",
    }
    /// It cannot be read for another reason.
    pub(crate) fn unreadable(why) {
        fr: "Ce fichier ne peut pas être lu : {why}.",
        en: "This file cannot be read: {why}.",
    }
    /// It went away before it was read.
    pub(crate) fn lost(bytes) {
        fr: "Le fichier a été vidé ou effacé avant d’être lu en entier : au moins {bytes} octets manquent.",
        en: "The file was emptied or removed before it was read to its end: at least {bytes} bytes are missing.",
    }
    /// A program wrote over lines of an exercise.
    pub(crate) fn overwritten() {
        fr: "Un programme a écrit par-dessus des lignes d’exercice : ce qu’il y a écrit a été relu, et peut-être compté deux fois.",
        en: "A program wrote over lines of an exercise: what it wrote there was read again, and may have counted twice.",
    }
    /// Where it was read to was kept in a form that is not known.
    pub(crate) fn position() {
        fr: "La position de lecture gardée pour ce fichier est illisible : il est relu depuis son début.",
        en: "The position kept for this file cannot be understood: it is read again from its start.",
    }
    /// The pattern is not one.
    pub(crate) fn pattern(why) {
        fr: "Ce motif de fichiers est incorrect : {why}.",
        en: "This file pattern is not valid: {why}.",
    }
    /// The operating system gives no hints about changes.
    pub(crate) fn unwatched(why) {
        fr: "Le système ne signale pas les changements ({why}) : vigie regarde chaque seconde.",
        en: "The system does not signal changes ({why}): vigie looks every second.",
    }

    /// What to do then.
    pub(crate) fn mend_missing() {
        fr: "Rien à faire s’il doit apparaître plus tard ; sinon, corrigez le chemin dans vigie.yaml.",
        en: "Nothing to do if it will appear later; otherwise correct the path in vigie.yaml.",
    }
    /// What to do then.
    pub(crate) fn mend_not_a_file() {
        fr: "Écrivez un motif qui ne désigne que des fichiers, par exemple /var/log/app/*.log.",
        en: "Write a pattern that names files only, such as /var/log/app/*.log.",
    }
    /// What to do then.
    pub(crate) fn mend_denied() {
        fr: "Donnez le droit de lecture au compte de vigie, par exemple en l’ajoutant au groupe adm ; la lecture reprendra seule.",
        en: "Let vigie’s account read it, for instance by adding it to the group adm; reading will start by itself.",
    }
    /// What to do then.
    pub(crate) fn mend_unreadable() {
        fr: "Vérifiez le disque ou le partage réseau ; vigie réessaie chaque seconde.",
        en: "Check the disk or the network share; vigie tries again every second.",
    }
    /// What to do then.
    pub(crate) fn mend_lost() {
        fr: "Vérifiez la rotation de ce journal (gardez au moins une copie non compressée) et que personne ne l’a vidé à la main.",
        en: "Check how this log is rotated (keep at least one copy uncompressed) and that nobody emptied it by hand.",
    }
    /// What to do then.
    pub(crate) fn mend_overwritten() {
        fr: "Ce programme n’ajoute pas à la fin de son journal : retirez `writer: appends` de cette source dans vigie.yaml. Plus aucune ligne d’exercice n’y est écrite.",
        en: "This program does not append to its log: take `writer: appends` off this source in vigie.yaml. No exercise writes to it any more.",
    }
    /// What to do then.
    pub(crate) fn mend_position() {
        fr: "Des alertes déjà vues peuvent revenir ; vérifiez que la base de vigie n’a pas été modifiée ni écrite par une version plus récente.",
        en: "Alerts already seen may come back; check that vigie’s database was not changed, nor written by a newer version.",
    }
    /// What to do then.
    pub(crate) fn mend_pattern() {
        fr: "Corrigez le motif dans vigie.yaml : * pour plusieurs caractères, ? pour un seul, [0-9] pour un choix.",
        en: "Correct the pattern in vigie.yaml: * for any characters, ? for one, [0-9] for a choice.",
    }
    /// What to do then.
    pub(crate) fn mend_unwatched() {
        fr: "Les alertes peuvent venir une seconde plus tard ; augmentez fs.inotify.max_user_watches pour l’éviter.",
        en: "Alerts may come one second later; raise fs.inotify.max_user_watches to avoid it.",
    }
}
