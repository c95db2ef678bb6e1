//! `vigie.yaml`: who the hospital is, what it watches, where its rules and playbooks are.

use super::findings;

findings! {
    { fr: "vigie.yaml", en: "vigie.yaml" }

    UNREADABLE = "V100" error {
        title { fr: "Un fichier du site ne peut pas être ouvert", en: "A file of the site cannot be opened" }
        why { fr: "Sans lui, il n'y a pas de site à surveiller.", en: "Without it there is no site to watch." }
        todo {
            fr: "Un site est un dossier avec `vigie.yaml`, `people.yaml` et `chains.yaml`, enregistrés en UTF-8 ; aucun \
                 lien ne mène hors du dossier vérifié.",
            en: "A site is a folder with `vigie.yaml`, `people.yaml` and `chains.yaml`, saved as UTF-8; no link leads out of \
                 the folder that is checked."
        }
        fn site_file(why) {
            fr: "ce fichier du site ne peut pas être lu : {why}"
                => "un site est un dossier avec vigie.yaml, people.yaml et chains.yaml ; voyez examples/valmont",
            en: "this file of the site cannot be read: {why}"
                => "a site is a folder with vigie.yaml, people.yaml and chains.yaml; see examples/valmont",
        }
    }

    SOURCE = "V101" error {
        title { fr: "Une source qui ne peut pas être suivie telle quelle", en: "A source that cannot be followed as written" }
        why { fr: "Aucune de ses lignes ne serait lue.", en: "None of its lines would be read." }
        todo {
            fr: "`follow` nomme un fichier, ou un motif comme `/var/log/samba/*.log` ; `listen` une adresse de cette machine, comme \
                 `udp://0.0.0.0:5514`.",
            en: "`follow` names a file, or a pattern such as `/var/log/samba/*.log`; `listen` an address of this machine, such \
                 as `udp://0.0.0.0:5514`."
        }
        fn no_pattern(written, why) {
            fr: "« {written} » n'est pas un motif ({why})"
                => "`*` remplace n'importe quelles lettres d'un nom de fichier",
            en: "\"{written}\" is not a pattern: {why}" => "`*` stands for any letters of a file name",
        }
        fn no_file_followed() {
            fr: "`follow` ne nomme aucun fichier" => "écrivez le chemin d'un journal",
            en: "`follow` names no file" => "write the path of a log",
        }
        fn no_way(name, keys) {
            fr: "la source `{name}` ne dit pas d'où viennent ses lignes" => "écrivez une des clés `{keys}`",
            en: "the source `{name}` does not say where its lines come from" => "write one of the keys `{keys}`",
        }
        fn several_ways(name, keys) {
            fr: "la source `{name}` vient de plusieurs endroits à la fois" => "gardez une seule des clés `{keys}`",
            en: "the source `{name}` comes from several places at once" => "keep one of the keys `{keys}`",
        }
        fn no_address_listened(written, why) {
            fr: "vigie ne peut pas écouter à « {written} » : {why}" => "écrivez par exemple `udp://0.0.0.0:5514`",
            en: "vigie cannot listen at \"{written}\": {why}" => "write for example `udp://0.0.0.0:5514`",
        }
        fn no_certificates(written) {
            fr: "« {written} » chiffre, et rien ne dit avec quels certificats"
                => "ajoutez `tls: {{certificate: vigie.pem, key: vigie.key, clients: ca.pem}}`",
            en: "\"{written}\" encrypts, and nothing says with which certificates"
                => "add `tls: {{certificate: vigie.pem, key: vigie.key, clients: ca.pem}}`",
        }
        fn needless_certificates(written) {
            fr: "« {written} » ne chiffre pas : les certificats de `tls` n'y servent à rien" => "écrivez `tls://`, ou enlevez `tls`",
            en: "\"{written}\" does not encrypt: the certificates of `tls` are of no use there" => "write `tls://`, or take out `tls`",
        }
        fn no_size(written) {
            fr: "« {written} » n'est pas une taille" => "écrivez par exemple `64KiB` ou `256MiB`",
            en: "\"{written}\" is not a size" => "write for example `64KiB` or `256MiB`",
        }
        fn no_bound(written, least, most) {
            fr: "« {written} » est hors des bornes pour une ligne d'un journal" => "écrivez une taille entre {least} et {most}",
            en: "\"{written}\" is out of bounds for a line of a log" => "write a size between {least} and {most}",
        }
        fn folder_followed(path) {
            fr: "`follow` nomme le dossier {path}" => "nommez un journal qui s'y trouve, ou tous avec `*.log`",
            en: "`follow` names the folder {path}" => "name a log in it, or all of them with `*.log`",
        }
    }

    ZONE = "V102" error {
        title {
            fr: "Un fuseau horaire qui n'est pas dans la base IANA",
            en: "A time zone that is not in the IANA database"
        }
        why {
            fr: "Les heures des journaux et des astreintes seraient comptées de travers.",
            en: "The hours of logs and of people on call would be counted wrongly."
        }
        todo { fr: "Écrivez un nom comme `Europe/Paris`.", en: "Write a name such as `Europe/Paris`." }
        fn unknown_zone(written) {
            fr: "le fuseau horaire « {written} » n'est pas connu"
                => "écrivez un nom de la base IANA, comme Europe/Paris",
            en: "the time zone \"{written}\" is not known" => "write a name of the IANA database, such as Europe/Paris",
        }
    }

    DRILL_CHANNEL = "V107" error {
        title { fr: "Un canal d'exercice qui n'existe pas", en: "A channel for exercises that does not exist" }
        why {
            fr: "Un exercice ne pourrait prévenir personne par ce canal.",
            en: "An exercise could tell nobody by this channel."
        }
        todo { fr: "Nommez un canal de `channels:`.", en: "Name a channel of `channels:`." }
        fn no_drill_channel(name) { fr: "il n'y a pas de canal `{name}`", en: "there is no channel `{name}`" }
    }

    RULE_SET = "V108" error {
        title { fr: "Un jeu de règles qui ne peut pas être lu", en: "A rule set that cannot be read" }
        why { fr: "Aucune de ses règles ne veillerait.", en: "None of its rules would watch." }
        todo { fr: "`builtin:health`, ou un dossier de règles.", en: "`builtin:health`, or a folder of rule files." }
        fn no_builtin(name) {
            fr: "il n'y a pas de jeu de règles `{name}` dans vigie"
                => "écrivez `builtin:health`, ou un dossier de règles",
            en: "there is no rule set `{name}` inside vigie" => "write `builtin:health`, or a folder of rule files",
        }
        fn no_rule_folder(path) {
            fr: "le dossier de règles {path} n'est pas là" => "écrivez `builtin:health`, ou un dossier de règles",
            en: "the rule folder {path} is not there" => "write `builtin:health`, or a folder of rule files",
        }
    }

    PLAYBOOK_SET = "V110" error {
        title { fr: "Un jeu de scénarios qui ne peut pas être lu", en: "A set of playbooks that cannot be read" }
        why { fr: "Aucun de ses scénarios ne pourrait être joué.", en: "None of its playbooks could be played." }
        todo { fr: "`builtin`, ou un dossier de scénarios.", en: "`builtin`, or a folder of playbooks." }
        fn no_playbook_folder(path) {
            fr: "le dossier de scénarios {path} n'est pas là" => "écrivez `builtin`, ou un dossier de scénarios",
            en: "the playbook folder {path} is not there" => "write `builtin`, or a folder of playbooks",
        }
    }

    NO_SOURCE = "V111" warning {
        title { fr: "Un site sans source", en: "A site without sources" }
        why { fr: "Rien n'est surveillé.", en: "Nothing is watched." }
        todo { fr: "Ajoutez un journal sous `sources:`.", en: "Add a log under `sources:`." }
        fn no_source() {
            fr: "ce site n'a pas de source : rien n'est surveillé"
                => "ajoutez un journal sous `sources:`, comme `pacs: {{follow: /var/log/orthanc/Orthanc.log}}`",
            en: "this site has no source: nothing is watched"
                => "add a log under `sources:`, such as `pacs: {{follow: /var/log/orthanc/Orthanc.log}}`",
        }
    }

    PIPELINE = "V112" error {
        title { fr: "Un pipeline qui n'est pas là", en: "A pipeline that is not there" }
        why {
            fr: "Les règles chercheraient des champs que vos journaux appellent autrement.",
            en: "Rules would look for fields that your logs call differently."
        }
        todo {
            fr: "Le chemin d'un fichier de pipeline, depuis le dossier du site.",
            en: "The path of a pipeline file, from the site's folder."
        }
        fn no_pipeline(path) {
            fr: "le pipeline {path} n'est pas là" => "écrivez le chemin d'un fichier de pipeline, comme pipelines/ecs.yml",
            en: "the pipeline {path} is not there" => "write the path of a pipeline file, such as pipelines/ecs.yml",
        }
    }

    NAMELESS = "V113" warning {
        title {
            fr: "Une source de format `plain` sans `logsource`",
            en: "A source of the format `plain` without `logsource`"
        }
        why {
            fr: "Seules la regardent les règles qui ne demandent ni produit, ni service, ni catégorie.",
            en: "Only rules that ask for no product, service or category look at it."
        }
        todo {
            fr: "Écrivez `logsource: {product: dpi}`, avec les mots que demandent ses règles.",
            en: "Write `logsource: {product: dpi}`, in the words that its rules ask for."
        }
        fn nameless(name) {
            fr: "rien ne dit quelle sorte de journal est `{name}` : presque aucune règle ne la regarde"
                => "dites ce que demandent ses règles, comme `logsource: {{product: dpi}}` : des lignes simples ne le \
                    disent pas",
            en: "nothing says what kind of log `{name}` is, so it feeds hardly any rule"
                => "say what its rules ask for, such as `logsource: {{product: dpi}}`: plain lines do not tell",
        }
    }

    SOCKET = "V114" error {
        title {
            fr: "Une socket que le groupe visé ne peut pas atteindre",
            en: "A socket that the group it is for cannot reach"
        }
        why {
            fr: "Le dossier d'état est fermé à tous sauf à vigie : qui doit répondre aux alertes ne le pourrait pas. Un \
                 avertissement si cette machine n'a pas un tel groupe.",
            en: "The state folder is closed to all but vigie: those who are to answer alerts could not. A warning where \
                 this machine has no such group."
        }
        todo {
            fr: "`socket: {folder: run, group: NOM}`, et un groupe de la machine où tourne vigie.",
            en: "`socket: {folder: run, group: NAME}`, and a group of the machine that vigie runs on."
        }
        fn socket_inside(group) {
            fr: "le groupe `{group}` ne peut pas atteindre une socket dans le dossier d'état"
                => "vigie seul lit son état : écrivez un autre dossier, comme `folder: run`",
            en: "the group `{group}` cannot reach a socket inside the state folder"
                => "only vigie reads its state: write another folder, such as `folder: run`",
        }
        fn no_group(group) warning {
            fr: "cette machine n'a pas de groupe `{group}`"
                => "créez-le là où tourne vigie, par exemple avec `groupadd` ; sans lui, vigie ne démarre pas",
            en: "this machine has no group `{group}`"
                => "make it where vigie runs, such as with `groupadd`; without it the daemon does not start",
        }
        fn no_group_for_others(group) warning {
            fr: "cette machine n'a pas de groupe `{group}`"
                => "créez-le là où tourne vigie, par exemple avec `groupadd` ; sans lui, personne ne parle pour autrui",
            en: "this machine has no group `{group}`"
                => "make it where vigie runs, such as with `groupadd`; without it nobody speaks for others",
        }
    }

    LOG = "V116" warning {
        title { fr: "Un journal qui n'est pas lu ici", en: "A log that is not read here" }
        why {
            fr: "Rien de ce qui s'y écrit ne serait vu ; un journal au chemin mal écrit ressemble à une nuit calme.",
            en: "Nothing that is written there would be seen; a log whose path is misspelt looks like a quiet night."
        }
        todo {
            fr: "Corrigez le chemin, ou laissez le compte de vigie lire le journal. Vérifiez le site sur la machine et avec \
                 le compte de vigie.",
            en: "Correct the path, or let vigie's account read the log. Check the site on vigie's machine and as its account."
        }
        fn log_not_read(source, file, what, remedy) {
            fr: "la source `{source}`, {file} : {what}" => "{remedy}",
            en: "the source `{source}`, {file}: {what}" => "{remedy}",
        }
        fn no_log_here(count) {
            fr: "aucun des {count} journaux de ce site n'est sur cette machine"
                => "vérifiez le site sur la machine de vigie, et avec son compte",
            en: "none of the {count} logs of this site is on this machine"
                => "check the site on vigie's machine, and as its account",
        }
    }

    JOINING = "V117" error {
        title {
            fr: "Ce qui doit réunir des détections ne peut pas être lu",
            en: "What is to join detections cannot be read"
        }
        why {
            fr: "Des signes d'une même attaque donneraient des alertes séparées, ou des signes sans rapport une seule.",
            en: "Signs of one attack would be alerts apart, or signs of nothing in common one alert."
        }
        todo {
            fr: "`within` et `same_rule` sont des durées d'un jour au plus ; `shared` nomme des machines, des comptes, des adresses.",
            en: "`within` and `same_rule` are durations of up to a day; `shared` names machines, accounts, addresses."
        }
        fn no_span(written) {
            fr: "« {written} » n'est pas une durée d'un jour au plus" => "écrivez par exemple `1h`, ou `0s` pour ne rien réunir",
            en: "\"{written}\" is not a duration of up to a day" => "write for example `1h`, or `0s` to join nothing",
        }
        fn names_nothing(written) {
            fr: "« {written} » ne nomme ni une machine, ni un compte, ni une adresse qui puisse réunir quoi que ce soit"
                => "enlevez-le : cela ne réunit rien de toute façon",
            en: "\"{written}\" names no machine, account or address that could join anything"
                => "take it out: it joins nothing anyway",
        }
    }

    NOT_UNDERSTOOD = "V119" warning {
        title { fr: "Un journal dont vigie ne comprend pas les lignes", en: "A log whose lines vigie does not understand" }
        why {
            fr: "Ses lignes sont regardées telles quelles\u{a0}: une règle qui nomme un champ, un produit ou un service n'y voit rien.",
            en: "Its lines are looked at as they stand: a rule that names a field, a product or a service sees nothing in them."
        }
        todo {
            fr: "Donnez à la source le `format:` de son programme, et sous `logsource:` ce qu'elle est.",
            en: "Give the source the `format:` of its program, and under `logsource:` what it is."
        }
        fn not_understood(unknown, source, lines, format) {
            fr: "la source `{source}` (format `{format}`) : {unknown} de ses {lines} dernières lignes n'ont pas été comprises"
                => "donnez-lui le format de son programme, ou `plain`",
            en: "the source `{source}` (format `{format}`): {unknown} of {lines} lines at the end of its log were not understood"
                => "give it the format of its program, or `plain`",
        }
    }

    ANCHOR = "V144" warning {
        title { fr: "Une ancre à côté de ce qu'elle doit garder", en: "An anchor beside what it is to keep" }
        why {
            fr: "Qui remet un état plus ancien ou récrit la base change l'ancre avec.",
            en: "Whoever puts an older state back or rewrites the store changes the anchor with it."
        }
        todo {
            fr: "Mettez-la hors du dossier d'état, au mieux sur une autre machine.",
            en: "Put it outside of the state folder, at best on another machine."
        }
        fn anchor_beside(path) {
            fr: "l'ancre « {path} » est dans le dossier d'état : elle revient en arrière avec lui"
                => "un dossier d'une autre machine, par exemple `/srv/temoin/`",
            en: "the anchor \"{path}\" is in the state folder: it goes back together with it"
                => "a folder of another machine, such as `/srv/witness/`",
        }
    }

    SHARED_LOG = "V161" warning {
        title { fr: "Deux sources lisent le même journal", en: "Two sources read the same log" }
        why {
            fr: "Chacune de ses lignes compterait deux fois : un seuil serait atteint deux fois trop tôt.",
            en: "Each of its lines would count twice: thresholds would be reached at half their number."
        }
        todo {
            fr: "Laissez ce journal à une seule des deux sources ; un motif plus étroit peut suffire.",
            en: "Leave that log to one of the two sources; a narrower pattern may do."
        }
        fn shared_log(one, other, log) {
            fr: "les sources `{one}` et `{other}` lisent toutes deux {log}" => "laissez-le à une seule des deux",
            en: "the sources `{one}` and `{other}` both read {log}" => "leave it to one of the two",
        }
    }
}
