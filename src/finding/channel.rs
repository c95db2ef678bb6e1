//! The channels of `vigie.yaml`: how people are reached.

use super::findings;

findings! {
    { fr: "Canaux de vigie.yaml", en: "Channels of vigie.yaml" }

    CHANNEL_KIND = "V104" error {
        title { fr: "Un canal d'aucune sorte, ou de deux", en: "A channel of no kind, or of two" }
        why { fr: "vigie ne sait pas comment il joint quelqu'un.", en: "vigie does not know how it reaches anybody." }
        todo { fr: "Exactement un de `smtp`, `spool`, `folder`.", en: "Exactly one of `smtp`, `spool`, `folder`." }
        fn no_kind(name, examples) {
            fr: "le canal `{name}` ne dit pas comment il joint les gens" => "écrivez exactement un de {examples}",
            en: "the channel `{name}` does not say how it reaches people" => "write exactly one of {examples}",
        }
        fn several_kinds(name, count, examples) {
            fr: "le canal `{name}` est de {count} sortes à la fois" => "écrivez exactement un de {examples}",
            en: "the channel `{name}` is of {count} kinds at once" => "write exactly one of {examples}",
        }
    }

    CHANNEL = "V105" error {
        title { fr: "Un canal qui ne peut pas marcher tel quel", en: "A channel that cannot work as written" }
        why { fr: "Aucun message ne partirait par lui.", en: "No message would leave by it." }
        todo {
            fr: "`smtp: hôte:port`, `from:` une adresse, `tls: required` sauf si le relais est cette machine.",
            en: "`smtp: host:port`, `from:` an address, `tls: required` unless the relay is this machine."
        }
        fn no_relay(written) {
            fr: "« {written} » ne peut pas être lu" => "un relais est un hôte et un port : écrivez `relais.example:587`",
            en: "\"{written}\" cannot be read" => "a relay is a host and a port: write `relay.example:587`",
        }
        fn no_rate(written) {
            fr: "« {written} » ne peut pas être lu"
                => "un débit est un nombre de messages, 1 ou plus, par seconde, minute ou heure : écrivez `20/min`",
            en: "\"{written}\" cannot be read"
                => "a rate is a number of messages, 1 or more, in a second, minute or hour: write `20/min`",
        }
        fn no_hello(written) {
            fr: "« {written} » n'est pas le nom d'une machine" => "écrivez-le comme `vigie.votre-hopital.example`",
            en: "\"{written}\" is not the name of a machine" => "write it like `vigie.your-hospital.example`",
        }
        fn no_sender() {
            fr: "un canal de courriel a besoin d'un expéditeur" => "ajoutez `from: vigie@votre-hopital.example`",
            en: "a mail channel needs a sender" => "add `from: vigie@your-hospital.example`",
        }
        fn in_clear(host) {
            fr: "les courriels vers {host} traverseraient le réseau en clair"
                => "écrivez `tls: required` ; `none` est réservé à un relais sur cette machine",
            en: "mail to {host} would cross the network in clear"
                => "write `tls: required`; `none` is for a relay on this machine only",
        }
    }

    STRAY_KEY = "V106" error {
        title { fr: "Une clé d'une autre sorte de canal", en: "A key that belongs to another kind of channel" }
        why { fr: "Elle n'aurait aucun effet ici.", en: "It would have no effect here." }
        todo {
            fr: "Retirez-la, ou faites-en un canal de cette sorte.",
            en: "Take it out, or make it a channel of that kind."
        }
        fn stray_key(word, owner, own, example) {
            fr: "`{word}` va avec un canal `{owner}`, pas avec un canal `{own}`"
                => "retirez la clé, ou écrivez `{owner}: {example}`",
            en: "`{word}` belongs to a channel with `{owner}`, not to one with `{own}`"
                => "take the key out, or write `{owner}: {example}`",
        }
    }

    PASSWORD = "V109" error {
        title {
            fr: "Un mot de passe écrit là où tout le monde peut le lire",
            en: "A password written where everybody can read it"
        }
        why {
            fr: "Ce fichier est lu, copié et relu par bien des gens.",
            en: "Many people read, copy and review this file."
        }
        todo {
            fr: "`file:CHEMIN` (un fichier que vigie seul peut lire) ou `env:NOM`.",
            en: "`file:PATH` (a file only vigie can read) or `env:NAME`."
        }
        // Never repeat what is written there: it may well be the password.
        fn password_here() {
            fr: "un mot de passe n'a pas sa place dans ce fichier"
                => "mettez-le dans un fichier que vigie seul peut lire et écrivez `file:CHEMIN`, ou `env:NOM`",
            en: "a password does not belong in this file"
                => "put it in a file only vigie can read and write `file:PATH`, or `env:NAME`",
        }
    }

    LEFT_OUT = "V115" warning {
        title {
            fr: "Un dossier dont le propriétaire ne pourrait pas lire ce que vigie y met",
            en: "A folder whose owner could not read what vigie puts there"
        }
        why { fr: "Un SMS n'y partirait jamais.", en: "A text message would never be sent." }
        todo {
            fr: "Mettez le compte de vigie dans le groupe du dossier.",
            en: "Put vigie's account into the folder's group."
        }
        fn left_out(owner, path, vigie, group) {
            fr: "{owner}, à qui est {path}, ne pourrait pas lire ce que {vigie} y met"
                => "mettez {vigie} dans le groupe {group}, par exemple avec `usermod -aG {group} {vigie}`",
            en: "{owner}, who owns {path}, could not read what {vigie} puts there"
                => "put {vigie} into the group {group}, such as with `usermod -aG {group} {vigie}`",
        }
    }

    NO_SENT = "V118" warning {
        title {
            fr: "Des SMS dont rien ne dirait s'ils sont partis",
            en: "Text messages of which nothing would say whether they were sent"
        }
        why {
            fr: "vigie tient pour parti tout SMS qui a quitté le répertoire d'envoi, même refusé par le modem.",
            en: "vigie takes every text message that left the spool as sent, even one that the modem refused."
        }
        todo {
            fr: "Donnez à gammu-smsd `sentsmspath` et `errorsmspath`, et à vigie `sent:` et `error:`.",
            en: "Give gammu-smsd `sentsmspath` and `errorsmspath`, and vigie `sent:` and `error:`."
        }
        fn no_sent_folder(path) {
            fr: "{path} n'est pas un dossier que vigie peut voir"
                => "nommez sous `sent:` et `error:` les dossiers `sentsmspath` et `errorsmspath` de gammu-smsd",
            en: "{path} is not a folder that vigie can see"
                => "name under `sent:` and `error:` the folders `sentsmspath` and `errorsmspath` of gammu-smsd",
        }
    }
}
