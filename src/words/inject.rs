//! Why lines of an exercise did not get into a log.

use super::words;

words! {
    /// A source follows a pattern and names no file.
    pub(crate) fn no_file() {
        fr: "la source n'a pas de fichier où un exercice puisse écrire\u{a0}: ajoutez `inject: <fichier>` à cette source dans vigie.yaml",
        en: "the source has no file that exercises may write to: add `inject: <file>` to it in vigie.yaml",
    }

    /// So many lines came in, and no more.
    pub(crate) fn stopped(count; path, why) {
        fr: "{path}, après {count} ligne\u{a0}: {why}" | "{path}, après {count} lignes\u{a0}: {why}",
        en: "{path}, after {count} line: {why}" | "{path}, after {count} lines: {why}",
    }
    /// No line came in.
    pub(crate) fn refused(path, why) { fr: "{path}\u{a0}: {why}", en: "{path}: {why}" }
    /// Its program is in the middle of a line.
    pub(crate) fn unfinished() {
        fr: "la dernière ligne du journal n'est pas terminée",
        en: "the last line of the log is not finished",
    }
    /// Two lines became one.
    pub(crate) fn glued() {
        fr: "un autre programme écrivait une ligne au même moment, et les deux n'en font plus qu'une",
        en: "another program was writing a line at the same moment, and the two lines are now one",
    }
    /// A program keeps a place of its own in the log.
    pub(crate) fn overwrites(program, process) {
        fr: "{program} (processus {process}) n'ajoute pas à la fin de ce journal (O_APPEND)\u{a0}: il écrirait par-dessus les lignes de l'exercice, et vigie ne verrait pas les siennes",
        en: "{program} (process {process}) does not append to this log (O_APPEND): it would write over the lines of the exercise, and vigie would not see its own",
    }
    /// No program was seen that writes to the log.
    pub(crate) fn nobody() {
        fr: "aucun programme n'a ce journal ouvert en ce moment, rien ne montre donc que le sien ajoute à la fin\u{a0}; si c'est le cas, écrivez `writer: appends` à cette source dans vigie.yaml",
        en: "no program has this log open at the moment, so nothing shows that its own appends; if it does, write `writer: appends` at this source in vigie.yaml",
    }
    /// Programs could not be looked at.
    pub(crate) fn unseen() {
        fr: "vigie ne peut pas voir quels programmes écrivent dans ce journal, rien ne montre donc qu'ils ajoutent à la fin\u{a0}; si c'est le cas, écrivez `writer: appends` à cette source dans vigie.yaml",
        en: "vigie cannot see which programs write to this log, so nothing shows that they append; if they do, write `writer: appends` at this source in vigie.yaml",
    }
    /// What was appended is gone.
    pub(crate) fn overwritten() {
        fr: "des lignes d'exercice écrites plus tôt n'y sont plus\u{a0}: un programme écrit par-dessus, plus aucune n'y est ajoutée\u{a0}; retirez `writer: appends` de cette source dans vigie.yaml",
        en: "lines of exercises that were written earlier are not there any more: a program writes over them, and no more are added; take `writer: appends` off this source in vigie.yaml",
    }
    /// A line of two lines.
    pub(crate) fn two_lines() { fr: "la ligne contient un retour à la ligne", en: "the line contains a line break" }
    /// A line with a NUL.
    pub(crate) fn nul() { fr: "la ligne contient un caractère NUL", en: "the line contains a NUL character" }
    /// A line that reading would change.
    pub(crate) fn taken_off() {
        fr: "la ligne commence ou finit par un caractère que la lecture enlève",
        en: "the line begins or ends with a character that reading takes off",
    }
    /// A line that would be cut.
    pub(crate) fn too_long() { fr: "la ligne dépasse 64 Kio", en: "the line is longer than 64 KiB" }
    /// A log in another encoding.
    pub(crate) fn foreign() { fr: "le journal est écrit en UTF-16", en: "the log is written in UTF-16" }
    /// Something else than a log.
    pub(crate) fn not_a_file() { fr: "ce n'est pas un fichier ordinaire", en: "not a regular file" }
    /// A link to somewhere else.
    pub(crate) fn leads_away() {
        fr: "c'est un lien qui mène hors de son dossier\u{a0}: nommez le fichier lui-même",
        en: "it is a link that leads out of its folder: name the file itself",
    }
}
