//! What is said of the machine's clock.

use super::words;

words! {
    /// What people are told of a clock that was set forward.
    pub(crate) fn set_forward(far) {
        fr: "l'horloge de la machine de vigie a été avancée de {far}",
        en: "the clock of vigie's machine was set forward by {far}",
    }
    /// What people are told of a clock that was set back.
    pub(crate) fn set_back(far) {
        fr: "l'horloge de la machine de vigie a été reculée de {far}",
        en: "the clock of vigie's machine was set back by {far}",
    }
    /// What that means for logs and deadlines.
    pub(crate) fn what_it_means() {
        fr: "Les délais des chaînes n'en souffrent pas : vigie compte le temps qui passe. Mais les heures de la main \
             courante, des messages et des journaux de cette machine ne se suivent plus, et les règles qui comptent sur \
             une durée peuvent se tromper le temps de cet écart. Vérifiez l'heure (timedatectl) et sa synchronisation ; \
             si personne de la maison ne l'a réglée, cherchez qui l'a fait.",
        en: "The deadlines of chains do not suffer: vigie counts the time that passes. But the times in the ledger, in \
             messages and in this machine's logs no longer follow one another, and rules that count over a time may be \
             wrong for as long as it was moved. Check the time (timedatectl) and how it is synchronised; if nobody of the \
             house set it, find out who did.",
    }
}
