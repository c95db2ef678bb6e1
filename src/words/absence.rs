//! What is said of something that should have come and did not.

use super::words;

words! {
    /// Nothing that is waited for comes any more.
    pub(crate) fn all_silent(count, since, who) {
        fr: "Plus aucun des {count} attendus n'est entendu depuis {since} ({who}). Regardez d'abord si leurs journaux arrivent encore : la source elle-même peut être muette.",
        en: "None of the {count} that are waited for has been heard of since {since} ({who}). See first whether their logs still arrive: the source itself may be silent.",
    }
    /// It should have come before vigie looked.
    pub(crate) fn late(due) {
        fr: "C'était dû à {due}, pendant que vigie ne regardait pas.",
        en: "It was due at {due}, while vigie was not looking.",
    }
    /// Both.
    pub(crate) fn both(silent, late) { fr: "{silent} {late}", en: "{silent} {late}" }
}
