//! Why a rule cannot match here, and what to set so that a program writes more.

use super::words;

words! {
    /// It is one part of the rule that cannot.
    pub(crate) fn of_part(why, part) { fr: "{why} (sa partie «\u{a0}{part}\u{a0}»)", en: "{why} (its part `{part}`)" }
    /// Nothing writes such lines.
    pub(crate) fn no_source(logs) {
        fr: "aucune source du site ne peut dire {logs}",
        en: "no source of the site can say {logs}",
    }
    /// A source is not detailed enough.
    pub(crate) fn goes_no_further(source, most, lines) {
        fr: "la source {source} ne dépasse pas le niveau «\u{a0}{most}\u{a0}» dans ses {lines} dernières lignes",
        en: "source {source} goes no further than `{most}` in its last {lines} lines",
    }
    /// What it should be, and how.
    pub(crate) fn needs_level(quiet, needed, todo) {
        fr: "{quiet}, il faut «\u{a0}{needed}\u{a0}»\u{a0}; {todo}",
        en: "{quiet} and `{needed}` is needed; {todo}",
    }
    /// Nobody can tell yet.
    pub(crate) fn unheard(sources, needed) {
        fr: "on a trop peu vu de {sources} pour savoir si le niveau «\u{a0}{needed}\u{a0}» y est écrit",
        en: "too little was seen of {sources} to know whether the level `{needed}` is written there",
    }

    /// Orthanc, in detail.
    pub(crate) fn orthanc_traces() { fr: "démarrez Orthanc avec --trace", en: "start Orthanc with --trace" }
    /// Orthanc.
    pub(crate) fn orthanc_says_more() { fr: "démarrez Orthanc avec --verbose", en: "start Orthanc with --verbose" }
    /// DCMTK, in detail.
    pub(crate) fn dcmtk_traces() { fr: "démarrez DCMTK avec -d", en: "start DCMTK with -d" }
    /// DCMTK.
    pub(crate) fn dcmtk_says_more() {
        fr: "démarrez DCMTK avec -v, ou mettez son logger.cfg au niveau INFO",
        en: "start DCMTK with -v, or set its logger.cfg to INFO",
    }
    /// Samba.
    pub(crate) fn samba_audits() {
        fr: "réglez Samba avec log level = 1 auth_json_audit:3",
        en: "set Samba to log level = 1 auth_json_audit:3",
    }
    /// Any other.
    pub(crate) fn raise() { fr: "montez le niveau de ce journal", en: "raise the level of that log" }
}
