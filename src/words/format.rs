//! Log formats: what each is for, and how a line was understood.

use super::words;

words! {
    pub(crate) fn auto() { fr: "ce que les lignes se révèlent être", en: "whatever the lines turn out to be" }
    pub(crate) fn syslog() {
        fr: "syslog sous toutes ses formes (RFC 3164 et 5424), avec ce que disent dedans sshd, sudo, PAM, les pare-feux et les appareils",
        en: "syslog in every layout (RFC 3164 and 5424), with what sshd, sudo, PAM, firewalls and devices say inside it",
    }
    pub(crate) fn json() {
        fr: "un objet JSON par ligne, dont les événements de Windows que livrent les collecteurs",
        en: "one JSON object a line, events of Windows as collectors deliver them among them",
    }
    pub(crate) fn kv() {
        fr: "des noms et des valeurs\u{a0}: FortiGate, Stormshield, Sophos, Ivanti, SonicWall, Check Point, Wallix, logfmt",
        en: "names and values: FortiGate, Stormshield, Sophos, Ivanti, SonicWall, Check Point, Wallix, logfmt",
    }
    pub(crate) fn cef() {
        fr: "le Common Event Format, que parlent beaucoup d'EDR, de pare-feux et de passerelles",
        en: "the Common Event Format, which many EDRs, firewalls and gateways speak",
    }
    pub(crate) fn leef() {
        fr: "le Log Event Extended Format, versions 1 et 2\u{a0}: WatchGuard et ce qui est fait pour QRadar",
        en: "the Log Event Extended Format, versions 1 and 2: WatchGuard, and what is made for QRadar",
    }
    pub(crate) fn cisco() {
        fr: "les appareils Cisco\u{a0}: IOS, NX-OS, ASA, Firepower",
        en: "devices of Cisco: IOS, NX-OS, ASA, Firepower",
    }
    pub(crate) fn palo_alto() {
        fr: "les pare-feux Palo Alto Networks, des valeurs entre virgules",
        en: "firewalls of Palo Alto Networks, values between commas",
    }
    pub(crate) fn esxi() {
        fr: "VMware ESXi et vCenter, avec les commandes tapées dans le shell d'un ESXi",
        en: "VMware ESXi and vCenter, with the commands typed in the shell of an ESXi",
    }
    pub(crate) fn veeam() {
        fr: "les événements de Veeam Backup & Replication",
        en: "the events of Veeam Backup & Replication",
    }
    pub(crate) fn combined() {
        fr: "le journal d'accès de nginx ou d'Apache",
        en: "the access log of nginx or Apache",
    }
    pub(crate) fn orthanc() { fr: "le journal du serveur DICOM Orthanc", en: "the log of the Orthanc DICOM server" }
    pub(crate) fn dcmtk() { fr: "ce qu'affichent les serveurs de DCMTK", en: "what DCMTK's servers print" }
    pub(crate) fn samba_audit() {
        fr: "l'audit des fichiers de Samba (vfs_full_audit)",
        en: "Samba's audit of files (vfs_full_audit)",
    }
    pub(crate) fn samba_json() {
        fr: "l'audit JSON des connexions et des comptes de Samba",
        en: "Samba's JSON audit of log-ins and accounts",
    }
    pub(crate) fn open_canary() { fr: "les leurres OpenCanary", en: "OpenCanary decoys" }
    pub(crate) fn auditd() {
        fr: "les enregistrements du système d'audit de Linux",
        en: "records of the Linux audit system",
    }
    pub(crate) fn event_xml() {
        fr: "les événements de Windows en XML, seuls ou dans une ligne de syslog",
        en: "events of Windows as XML, alone or inside a syslog line",
    }
    pub(crate) fn snare() {
        fr: "les événements de Windows que Snare ou NXLog (`to_syslog_snare`) envoient entre des tabulations, seuls ou dans une ligne de syslog",
        en: "events of Windows that Snare or NXLog (`to_syslog_snare`) send between tabs, alone or inside a syslog line",
    }
    pub(crate) fn atna() {
        fr: "les messages d'audit d'IHE ATNA en XML : qui a consulté quel dossier",
        en: "audit messages of IHE ATNA in XML: who looked at whose record",
    }
    pub(crate) fn fhir() {
        fr: "les ressources AuditEvent de FHIR : qui a consulté quel dossier",
        en: "AuditEvent resources of FHIR: who looked at whose record",
    }
    pub(crate) fn other() { fr: "les lignes du programme de ce nom", en: "lines of the program of that name" }
    pub(crate) fn plain() {
        fr: "rien que des lignes, pour les programmes qui n'ont pas de format ici",
        en: "nothing but lines, for programs that no other format is for",
    }

    /// What stands beside the name of a format.
    pub(crate) fn logs() { fr: "journaux", en: "logs" }
    /// Its fields.
    pub(crate) fn fields() { fr: "champs", en: "fields" }
    /// A line of it.
    pub(crate) fn example() { fr: "exemple", en: "example" }
    /// How to know more.
    pub(crate) fn more() {
        fr: "`vigie formats NOM` en dit plus\u{a0}; `vigie scan FICHIER --line NUMÉRO` dit comment une ligne est comprise",
        en: "`vigie formats NAME` says more; `vigie scan FILE --line NUMBER` says how a line is understood",
    }

    /// Which line it is, and as what it was read.
    pub(crate) fn line_is(number, format) {
        fr: "ligne {number}, comprise comme {format}",
        en: "line {number}, understood as {format}",
    }
    /// It is of no format.
    pub(crate) fn line_unknown(number) {
        fr: "ligne {number}, d'aucun format connu\u{a0}: regardée telle quelle",
        en: "line {number}, in no known format: looked at as it stands",
    }
    /// It says nothing.
    pub(crate) fn line_skipped(number, format) {
        fr: "ligne {number}, comprise comme {format}\u{a0}: rien à dire d'elle-même (vide, un en-tête, la suite d'une ligne d'avant)",
        en: "line {number}, understood as {format}: nothing to say of its own (blank, a header, part of a line before it)",
    }
    /// It cannot be read.
    pub(crate) fn line_misread(number, format, why) {
        fr: "ligne {number}, pas du format {format} ({why})",
        en: "line {number}, not in the format {format} ({why})",
    }
    /// When it happened.
    pub(crate) fn time() { fr: "heure", en: "time" }
    /// The line says no time.
    pub(crate) fn time_of_arrival(time) {
        fr: "{time}, celle du fichier\u{a0}: la ligne n'en dit pas",
        en: "{time}, that of the file: the line says none",
    }
    /// Which kind of log it is.
    pub(crate) fn logsource() { fr: "journal", en: "log source" }
    /// Nothing is known of it.
    pub(crate) fn no_logsource() {
        fr: "aucun\u{a0}: seules les règles pour tous les journaux la regardent\u{a0}; dites ce qu'elle est sous `logsource:`",
        en: "none: only rules for all logs look at it; say what it is under `logsource:`",
    }
    /// How often it happened.
    pub(crate) fn times(count) { fr: "compte pour {count}" | "compte pour {count}", en: "counts as {count}" | "counts as {count}" }
    /// What is not shown of a value.
    pub(crate) fn taken_out() { fr: "retiré de ce qui sort", en: "taken out of what leaves" }
    /// How many values are not shown in full.
    pub(crate) fn taken_out_of(count) {
        fr: "{count} valeur où quelque chose est retiré avant de sortir\u{a0}; les règles la voient entière"
            | "{count} valeurs où quelque chose est retiré avant de sortir\u{a0}; les règles les voient entières",
        en: "{count} value of which something is taken out before it leaves; rules see all of it"
            | "{count} values of which something is taken out before they leave; rules see all of them",
    }
}
