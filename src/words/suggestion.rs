//! Which name was meant.

use super::words;

words! {
    /// One name is near.
    pub(crate) fn did_you_mean(name) { fr: "vouliez-vous dire `{name}` ?", en: "did you mean `{name}`?" }
    /// No name is near, and there are few.
    pub(crate) fn known_here(names) { fr: "connus ici : {names}", en: "known here: {names}" }
    /// No name is near, and there are many.
    pub(crate) fn many_known(count, some) {
        fr: "{count} noms sont connus ici, par exemple {some}",
        en: "{count} names are known here, for example {some}",
    }
}
