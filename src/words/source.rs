//! What can be wrong with a source, and what to do about it.

use super::words;

words! {
    /// No file of that name.
    pub(crate) fn missing() {
        fr: "Ce fichier n’existe pas encore.",
        en: "This file does not exist yet.",
    }
    /// It was there.
    pub(crate) fn gone() {
        fr: "Ce fichier était là, et n’y est plus : rien n’y est surveillé.",
        en: "This file was there, and is not any more: nothing in it is watched.",
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
    /// Its end is gone that was read already.
    pub(crate) fn cut_back(read, from) {
        fr: "La fin de ce fichier, déjà lue jusqu’à l’octet {read}, n’y est plus, comme après une coupure de courant : il est relu depuis l’octet {from}.",
        en: "The end of this file is gone, which was read up to byte {read}, as after a power cut: it is read again from byte {from}.",
    }
    /// It vanished while vigie was stopped.
    pub(crate) fn vanished(read) {
        fr: "Ce fichier a disparu pendant que vigie était arrêtée : il était lu jusqu’à l’octet {read}, ce qui y a été écrit ensuite ne l’est pas.",
        en: "This file vanished while vigie was stopped: it had been read up to byte {read}; what was written to it after that is not read.",
    }
    /// What is packed cannot be unpacked.
    pub(crate) fn damaged(read) {
        fr: "Ce journal compressé est abîmé ou incomplet : il est lu jusqu’à l’octet {read} de ce qu’il contient, le reste ne l’est pas.",
        en: "This packed log is damaged or not whole: it is read up to byte {read} of what is packed in it; the rest is not.",
    }
    /// Records of a log of Windows are damaged.
    pub(crate) fn broken_records(count) {
        fr: "{count} enregistrement de ce journal est abîmé et n’a pas été lu ; les suivants le sont."
            | "{count} enregistrements de ce journal sont abîmés et n’ont pas été lus ; les suivants le sont.",
        en: "{count} record of this log is damaged and was not read; those behind it are."
            | "{count} records of this log are damaged and were not read; those behind them are.",
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
    pub(crate) fn mend_gone() {
        fr: "Cherchez qui a effacé ou déplacé ce journal ou son dossier, et si son programme écrit encore ; la lecture reprendra seule.",
        en: "Find out who deleted or moved this log or its folder, and whether its program still writes; reading will start by itself.",
    }
    /// What to do then.
    pub(crate) fn mend_not_a_file() {
        fr: "Écrivez un motif qui ne désigne que des fichiers, par exemple /var/log/app/*.log.",
        en: "Write a pattern that names files only, such as /var/log/app/*.log.",
    }
    /// What to do then.
    pub(crate) fn mend_cut_back() {
        fr: "Rien à faire : des lignes peuvent compter deux fois.",
        en: "Nothing to do: some lines may count twice.",
    }
    /// What to do then.
    pub(crate) fn mend_vanished() {
        fr: "S’il a été déplacé, passez-le à « vigie scan » : il lit aussi les fichiers .gz.",
        en: "If it was moved, give it to “vigie scan”, which also reads .gz files.",
    }
    /// What to do then.
    pub(crate) fn mend_damaged() {
        fr: "Cherchez une copie entière du journal, par exemple dans une sauvegarde, et passez-la à « vigie scan ».",
        en: "Look for a whole copy of the log, for instance in a backup, and give it to “vigie scan”.",
    }
    /// What to do then.
    pub(crate) fn mend_broken_records() {
        fr: "Regardez dans l’Observateur d’événements ce que dit le journal à cet endroit, et si son disque est sain. Quelqu’un peut l’avoir abîmé pour cacher une trace.",
        en: "See in the Event Viewer what the log says there, and whether its disk is sound. Somebody may have damaged it to hide a trace.",
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

    /// An alert about a source that cannot be read.
    pub(crate) fn blind(source) {
        fr: "la source {source} n’est pas lue",
        en: "the source {source} is not read",
    }
    /// What it means.
    pub(crate) fn what_blind_means(file, what, remedy) {
        fr: "{file} : {what} Une attaque qui n’est écrite que là ne serait pas vue. {remedy}",
        en: "{file}: {what} An attack that is written only there would not be seen. {remedy}",
    }
    /// An alert about a source that fell silent.
    pub(crate) fn silent(source, allowed) {
        fr: "la source {source} se tait depuis plus de {allowed}",
        en: "the source {source} has been silent for more than {allowed}",
    }
    /// What it means.
    pub(crate) fn what_silence_means(last) {
        fr: "Dernière ligne le {last}. Ou le programme s’est arrêté, ou ses lignes ne viennent plus jusqu’ici, ou \
             quelqu’un l’a fait taire. Vérifiez que ce programme tourne et où il écrit.",
        en: "Last line on {last}. Either the program has stopped, or its lines no longer come here, or somebody silenced \
             it. Check that the program runs, and where it writes.",
    }
    /// An alert about many sources that fell silent.
    pub(crate) fn silent_together(count) {
        fr: "{count} source se tait" | "{count} sources se taisent ensemble",
        en: "{count} source is silent" | "{count} sources are silent together",
    }
    /// What it means.
    pub(crate) fn what_silence_of_many_means(names) {
        fr: "Plus une ligne, depuis plus longtemps que permis, de : {names}. Cherchez d’abord ce qu’elles ont en commun : le \
             relais qui envoie (rsyslog), le réseau ou le pare-feu entre lui et vigie, le disque de cette machine. Qui ne veut \
             pas être vu commence par là.",
        en: "No line came, for longer than is allowed, from: {names}. Look first at what they have in common: the relay that \
             sends (rsyslog), the network or firewall between it and vigie, the disk of this machine. Whoever does not want \
             to be seen begins there.",
    }
    /// An alert about a source whose lines carry times that cannot be.
    pub(crate) fn wrong_clock(source) {
        fr: "l’heure des lignes de la source {source} est fausse",
        en: "the times of the lines of the source {source} are wrong",
    }
    /// What it means.
    pub(crate) fn what_clock_ahead_means(ahead) {
        fr: "Ses lignes disent une heure en avance de {ahead} au plus sur cette machine. vigie compte alors l’heure d’arrivée. \
             Comparez les deux horloges (`timedatectl`) ; des heures entières d’écart sont un fuseau : mettez `zone:` à cette \
             source dans vigie.yaml.",
        en: "Its lines say times up to {ahead} ahead of this machine. vigie then counts the time of arrival. Compare both \
             clocks (`timedatectl`); whole hours of difference are a time zone: set `zone:` of this source in vigie.yaml.",
    }
    /// What it means.
    pub(crate) fn what_clock_behind_means(late) {
        fr: "Ses lignes arrivent sans cesse, et disent une heure passée de {late} au plus : des règles qui comptent dans le temps \
             ne voient plus ensemble ce qui l’est. Comparez l’horloge de la machine qui écrit avec celle-ci (`timedatectl`).",
        en: "Its lines keep coming, and say times up to {late} in the past: rules that count within a time no longer see \
             together what is together. Compare the clock of the machine that writes with this one (`timedatectl`).",
    }
    /// An alert about a source whose lines come late.
    pub(crate) fn lagging(source) {
        fr: "les lignes de la source {source} arrivent en retard",
        en: "the lines of the source {source} come late",
    }
    /// What it means.
    pub(crate) fn what_lag_means(late) {
        fr: "Elles arrivent jusqu’à {late} après l’heure qu’elles disent : une attaque y serait vue d’autant plus tard. Ou vigie \
             ne suit plus (`vigie source list`, `top`), ou l’émetteur les retient (sa file d’attente, le réseau), ou son heure ou \
             son fuseau sont faux (`zone:` dans vigie.yaml).",
        en: "They come up to {late} after the time that they say: an attack would be seen that much later. Either vigie does not \
             keep up (`vigie source list`, `top`), or the sender holds them back (its queue, the network), or its clock or \
             time zone is wrong (`zone:` in vigie.yaml).",
    }
    /// An alert about a source that loses messages.
    pub(crate) fn losing(source) {
        fr: "la source {source} perd des messages",
        en: "the source {source} loses messages",
    }
    /// What it means.
    pub(crate) fn what_losing_means(count) {
        fr: "{count} messages sont arrivés plus vite que vigie ne les prend, et le système les a jetés : une attaque a pu s’y \
             cacher. Cherchez qui envoie tant (`vigie source list`, `ss -lunp`), et faites-le envoyer en TCP.",
        en: "{count} messages came faster than vigie takes them, and the system threw them away: an attack may hide among \
             them. Find out who sends so much (`vigie source list`, `ss -lunp`), and have it send over TCP.",
    }
    /// What it means where no line ever came.
    pub(crate) fn what_no_line_means(since) {
        fr: "Aucune ligne n’est venue depuis que vigie la suit, le {since}. Vérifiez le chemin dans vigie.yaml, que le \
             programme tourne et où il écrit.",
        en: "No line came since vigie began to follow it, on {since}. Check the path in vigie.yaml, that the program \
             runs, and where it writes.",
    }
}
