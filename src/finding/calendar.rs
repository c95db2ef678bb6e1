//! Calendars (`.ics`) that a rota names: who takes it for once.

use super::findings;

findings! {
    { fr: "calendriers, .ics", en: "calendars, .ics" }

    UNREADABLE = "V165" error {
        title {
            fr: "Un agenda qui ne peut pas être lu, ou qui n'en est pas un",
            en: "A calendar that cannot be read, or that is none"
        }
        why {
            fr: "Aucun de ses remplacements ne compterait, et on appellerait quelqu'un d'autre.",
            en: "None of its overrides would count, and somebody else would be called."
        }
        todo {
            fr: "Un fichier `.ics` du dossier du site, en UTF-8, de 4 Mio et 10 000 événements au plus.",
            en: "An `.ics` file in the site's folder, in UTF-8, with no more than 4 MiB and 10,000 events."
        }
        fn not_opened(name, why) {
            fr: "l'agenda « {name} » ne peut pas être lu : {why}" => "nommez un fichier .ics du dossier du site",
            en: "the calendar \"{name}\" cannot be read: {why}" => "name an .ics file in the site's folder",
        }
        fn no_calendar() {
            fr: "ce n'est pas un agenda : il n'y a pas de ligne `BEGIN:VCALENDAR`"
                => "exportez l'agenda au format iCalendar (.ics)",
            en: "this is no calendar: there is no line `BEGIN:VCALENDAR`" => "export the calendar as iCalendar (.ics)",
        }
        fn too_large(most) {
            fr: "cet agenda est trop grand : {most} Mio au plus" => "n'exportez que l'agenda des gardes, ou moins d'années",
            en: "this calendar is too large: {most} MiB at most" => "export the on-call calendar alone, or fewer years",
        }
        fn too_many(most) {
            fr: "cet agenda a trop d'événements : {most} au plus"
                => "n'exportez que l'agenda des gardes, ou moins d'années",
            en: "this calendar has too many events: {most} at most" => "export the on-call calendar alone, or fewer years",
        }
    }

    EVENT = "V166" warning {
        title {
            fr: "Un événement d'agenda qui ne dit pas de quand à quand",
            en: "An event of a calendar that does not say from when until when"
        }
        why {
            fr: "Lui seul ne compte pas : à ses heures, c'est le tour de garde qui vaut.",
            en: "It alone does not count: at its hours the rota is as it would be."
        }
        todo {
            fr: "Corrigez l'événement dans son agenda, puis exportez-le de nouveau.",
            en: "Correct the event in its calendar, and export it again."
        }
        fn never_closed() {
            fr: "cet événement n'a pas de fin : il manque la ligne `END:VEVENT`" => "exportez l'agenda de nouveau",
            en: "this event is not closed: the line `END:VEVENT` is missing" => "export the calendar again",
        }
        fn no_start() {
            fr: "cet événement ne dit pas quand il commence" => "écrivez un `DTSTART`, comme `DTSTART:20261224T170000Z`",
            en: "this event does not say when it begins" => "write a `DTSTART`, such as `DTSTART:20261224T170000Z`",
        }
        fn no_time(property) {
            fr: "`{property}` n'est pas une date et une heure" => "écrivez-le comme `20261224T170000Z` ou `20261224`",
            en: "`{property}` is not a date and time" => "write it as `20261224T170000Z` or `20261224`",
        }
        fn no_zone(zone) {
            fr: "aucun fuseau ne s'appelle `{zone}`" => "choisissez-en un de la base IANA, comme `Europe/Paris`",
            en: "no time zone is called `{zone}`" => "choose one of the IANA database, such as `Europe/Paris`",
        }
        fn no_length() {
            fr: "cet événement finit au moment où il commence, ou avant" => "corrigez ses heures dans l'agenda",
            en: "this event ends when it begins, or before" => "correct its hours in the calendar",
        }
    }

    REPEATED = "V167" warning {
        title {
            fr: "Un événement d'agenda qui se répète d'une façon que vigie ne suit pas",
            en: "An event of a calendar that repeats in a way vigie does not follow"
        }
        why {
            fr: "Lui seul ne compte pas : à ses heures, c'est le tour de garde qui vaut.",
            en: "It alone does not count: at its hours the rota is as it would be."
        }
        todo {
            fr: "Une répétition par jour, semaine, mois ou an, ou des événements sans répétition ; ce qui revient toujours a sa \
                 place sous `shifts:`.",
            en: "Repeat it by day, week, month or year, or write events that do not repeat; what always comes again belongs \
                 under `shifts:`."
        }
        fn not_repeated(rule) {
            fr: "vigie ne suit pas cette répétition : `{rule}`"
                => "répétez par jour, semaine, mois ou an, ou écrivez chaque fois un événement",
            en: "vigie does not follow this repetition: `{rule}`"
                => "repeat by day, week, month or year, or write an event for each time",
        }
        fn repeats_too_often(most) {
            fr: "cet agenda se répète trop souvent : {most} fois en tout, et cet événement va au-delà"
                => "donnez une fin aux répétitions (`UNTIL`)",
            en: "this calendar repeats too often: {most} times in all, and this event goes beyond that"
                => "give the repetitions an end (`UNTIL`)",
        }
        fn and_all_later() {
            fr: "vigie ne suit pas un changement « de celui-ci et de tous les suivants »"
                => "terminez la série avant lui, et commencez-en une nouvelle",
            en: "vigie does not follow a change of \"this and all that follow\""
                => "end the series before it, and begin a new one",
        }
    }

    NOBODY = "V168" warning {
        title {
            fr: "Un événement d'agenda qui ne dit pas qui est de garde",
            en: "An event of a calendar that does not say who is on call"
        }
        why {
            fr: "Lui seul ne compte pas : à ses heures, c'est le tour de garde qui vaut.",
            en: "It alone does not count: at its hours the rota is as it would be."
        }
        todo {
            fr: "Invitez la personne à l'adresse qu'elle a dans people.yaml, ou écrivez son nom comme titre.",
            en: "Invite the person at the address that they have in people.yaml, or write their name as the title."
        }
        fn nobody_of(written, count) {
            fr: "personne, sous `people:`, n'est « {written} » (événements : {count})"
                => "invitez la personne à son adresse de people.yaml, ou donnez son nom pour titre",
            en: "nobody under `people:` is \"{written}\" (events: {count})"
                => "invite the person at their address of people.yaml, or give their name as the title",
        }
        fn several_of(people) {
            fr: "cet événement nomme plusieurs personnes : {people}" => "donnez pour titre le nom de qui est de garde",
            en: "this event names several people: {people}" => "give the name of whoever is on call as the title",
        }
    }

    OVERLAP = "V169" warning {
        title {
            fr: "Deux personnes à la même heure dans un agenda",
            en: "Two people at the same time in a calendar"
        }
        why {
            fr: "Chacune se croirait de garde, ou l'autre. C'est l'événement qui commence le plus tard qui compte.",
            en: "Each would think that they are on call, or that the other is. The event that begins later counts."
        }
        todo { fr: "Retirez l'un des deux de l'agenda.", en: "Take one of the two out of the calendar." }
        fn both(first, second, at) {
            fr: "`{first}` et `{second}` ont tous deux la garde le {at} : c'est `{second}` qui compte"
                => "retirez l'un des deux événements de l'agenda",
            en: "`{first}` and `{second}` are both on call on {at}: `{second}` counts"
                => "take one of the two events out of the calendar",
        }
    }
}
