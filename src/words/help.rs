//! The help of the command line. Its English stands beside each command and argument in `src/cli`, where clap takes it
//! from; here each of these sentences has its French. A test fails where one is missing or stands here for nothing.

use super::words;

/// What clap says in English, and the same in French.
pub(crate) const HELP: &[(&str, &str)] = &[
    (
        "Watch a hospital's logs, warn the right people through a short chain, rehearse a cyber crisis with the same \
         rules and chain",
        "Veiller sur les journaux d'un hôpital, prévenir les bonnes personnes par une chaîne courte, s'exercer à une \
         crise cyber avec les mêmes règles et la même chaîne",
    ),
    (
        "What is asked of a running vigie over its local socket, and what it answers and tells of",
        "Ce qui se demande à une vigie en marche par sa prise locale, ce qu'elle répond et ce qu'elle annonce",
    ),
    (
        "Shows what would be taken out of lines before they are kept or shown, and why",
        "Montre ce qui serait retiré des lignes avant qu'elles soient gardées ou montrées, et pourquoi",
    ),
    ("A file, or `-` for what is typed or piped in", "Un fichier, ou `-` pour ce qui est tapé ou passé par un tube"),
    (
        "One JSON object for each line out of which something goes",
        "Un objet JSON pour chaque ligne dont quelque chose est retiré",
    ),
    ("Print help", "Affiche l'aide"),
    ("Print help (see more with '--help')", "Affiche l'aide (davantage avec --help)"),
    ("Print version", "Affiche la version"),
    (
        "Print this message or the help of the given subcommand(s)",
        "Affiche ce message, ou l'aide de la sous-commande nommée",
    ),
    (
        "Shows everything on a made-up hospital, in under a minute",
        "Montre tout sur un hôpital inventé, en moins d'une minute",
    ),
    (
        "Keep everything in this folder instead of a temporary one",
        "Garder tout dans ce dossier au lieu d'un dossier temporaire",
    ),
    (
        "The language of the story: fr or en; the one of your terminal where left out",
        "La langue du récit\u{a0}: fr ou en ; sinon celle de votre terminal",
    ),
    (
        "Watches a site: reads its logs, raises alerts, pages people, plays drills",
        "Veille sur un site\u{a0}: lit ses journaux, donne l'alerte, prévient les personnes, joue les exercices",
    ),
    (
        "The site's folder: where vigie.yaml is; the environment variable `VIGIE_SITE` names it too",
        "Le dossier du site\u{a0}: là où est vigie.yaml ; la variable d'environnement `VIGIE_SITE` le nomme aussi",
    ),
    ("Says how the running daemon is doing", "Dit comment va le démon en marche"),
    ("Print it as JSON", "L'afficher en JSON"),
    ("Print them as JSON", "Les afficher en JSON"),
    ("Print the findings as JSON", "Afficher les constats en JSON"),
    (
        "Explain a kind of finding by its code, such as V102",
        "Expliquer une sorte de constat d'après son code, par exemple V102",
    ),
    ("List every kind of finding", "Montrer toutes les sortes de constats"),
    (
        "Has the running daemon take up changed rules, lists, pipelines, playbooks, people and chains",
        "Fait reprendre par le démon en marche les règles, listes, pipelines, scénarios, personnes et chaînes modifiés",
    ),
    (
        "Checks a site's files, or rules and playbooks on their own",
        "Vérifie les fichiers d'un site, ou des règles et des scénarios seuls",
    ),
    ("Site folders, rule files or folders, playbooks", "Dossiers de sites, fichiers ou dossiers de règles, scénarios"),
    (
        "Runs the tests of rules and rehearses playbooks (for CI)",
        "Passe les tests des règles et répète les scénarios (pour l'intégration continue)",
    ),
    ("Rule files, playbooks, or folders of them", "Fichiers de règles, scénarios, ou dossiers qui en contiennent"),
    (
        "Test them as they would run at this site: rules with its lists, pipelines and time zone. Playbooks are rehearsed \
         at the site in this folder where none is named",
        "Les tester comme ils tourneraient sur ce site\u{a0}: les règles avec ses listes, ses pipelines et son fuseau \
         horaire. Sans nom, les scénarios sont répétés sur le site de ce dossier",
    ),
    (
        "Finds attacks in existing logs, in one pass; nobody is paged",
        "Trouve des attaques dans des journaux existants, en un passage ; personne n'est prévenu",
    ),
    (
        "Log files, folders of them, or `-` for what is piped in",
        "Fichiers de journaux, dossiers qui en contiennent, ou `-` pour ce qui arrive par un tube",
    ),
    ("What the lines look like", "À quoi ressemblent les lignes"),
    (
        "What kind of log they are, where the lines do not say it: `product=linux,service=sshd`, as under `logsource:` in \
         vigie.yaml",
        "De quel journal il s'agit, si les lignes ne le disent pas\u{a0}: `product=linux,service=sshd`, comme sous \
         `logsource:` dans vigie.yaml",
    ),
    (
        "Rule files or folders, instead of the pack inside vigie; may be given several times",
        "Fichiers ou dossiers de règles, au lieu de celles contenues dans vigie ; peut être répété",
    ),
    (
        "A processing pipeline that changes the rules; may be given several times",
        "Un pipeline qui transforme les règles ; peut être répété",
    ),
    ("The zone of timestamps that name none", "Le fuseau des horodatages qui n'en nomment pas"),
    (
        "Say why this rule matched, or what was missing in the events that came nearest; a rule by its name here, its \
         `name:` or its `id:`. A number instead is that of a line: how it is understood, without any rule",
        "Dire pourquoi cette règle s'est déclenchée, ou ce qui manquait aux événements les plus proches ; la règle par son \
         nom ici, son `name:` ou son `id:`. Un nombre à la place est celui d'une ligne : comment elle est comprise, sans règle",
    ),
    (
        "Explain this line only; without a rule, how it is understood",
        "N'expliquer que cette ligne ; sans règle, comment elle est comprise",
    ),
    (
        "Lists the log formats, or says what there is to know of one",
        "Liste les formats de journaux, ou dit ce qu'il y a à savoir de l'un d'eux",
    ),
    ("One format", "Un format"),
    (
        "Keep what is found as alerts, with a sealed ledger, in this folder; lines known from an earlier scan into it are \
         not counted again",
        "Garder ce qui est trouvé comme alertes, avec une main courante scellée, dans ce dossier ; les lignes connues \
         d'une analyse précédente n'y sont pas recomptées",
    ),
    (
        "How many threads look at the lines, instead of as many as there are cores; what is found is the same with any",
        "Combien de fils d'exécution regardent les lignes, au lieu d'un par cœur ; ce qui est trouvé est le même",
    ),
    (
        "One JSON object for each hit; for each file with --explain or --store",
        "Un objet JSON par détection ; par fichier avec --explain ou --store",
    ),
    (
        "The language of the answer; that of the terminal where it is left out",
        "La langue de la réponse ; sinon celle du terminal",
    ),
    ("Lists rules and says what they cover", "Liste les règles et dit ce qu'elles couvrent"),
    (
        "Lists rules: for which logs, armed or why not, with a test or not",
        "Liste les règles\u{a0}: pour quels journaux, armées ou pourquoi non, avec un test ou sans",
    ),
    (
        "Says which sources are watched, which rules nothing feeds, which techniques would be seen, what no test covers",
        "Dit quelles sources sont regardées, quelles règles rien n'alimente, quelles techniques seraient vues, ce qu'aucun \
         test ne couvre",
    ),
    (
        "Rule files or folders. Where none is named: the rules of the site, or the pack inside vigie without a site",
        "Fichiers ou dossiers de règles. Sinon\u{a0}: les règles du site, ou sans site celles contenues dans vigie",
    ),
    (
        "Hold them against this site: its sources, lists and pipelines. Where no PATH is named either: the site in this \
         folder, if there is one",
        "Les confronter à ce site\u{a0}: ses sources, ses listes et ses pipelines. Sans PATH non plus\u{a0}: le site de ce \
         dossier, s'il y en a un",
    ),
    (
        "Lists, shows, acknowledges, qualifies, resolves or raises alerts",
        "Liste, montre, prend en charge, qualifie, termine ou donne des alertes",
    ),
    (
        "Counts alerts, answers and messages month by month: by person, by turn, and at night",
        "Compte les alertes, les réponses et les messages, mois par mois\u{a0}: par personne, par tour, et de nuit",
    ),
    ("So many months up to this one", "Autant de mois, celui-ci compris"),
    ("Tables of plain text", "des tableaux en texte"),
    ("One table for a spreadsheet", "un tableau pour un tableur"),
    ("Lists open alerts, the latest last", "Liste les alertes ouvertes, la plus récente à la fin"),
    ("Also those that are over", "Aussi celles qui sont terminées"),
    ("Shows one alert with all its pages", "Montre une alerte avec tous ses messages"),
    ("Its number, such as A12", "Son numéro, par exemple A12"),
    ("Their numbers, such as A12, A12 A14 or A12-A15", "Leurs numéros, par exemple A12, A12 A14 ou A12-A15"),
    (
        "All that are open and that nobody has; with resolve, all that are open",
        "Toutes celles qui sont ouvertes et dont personne ne s'occupe ; avec resolve, toutes celles qui sont ouvertes",
    ),
    (
        "The folder of `vigie scan --store`, instead of a site",
        "Le dossier de «\u{a0}vigie scan --store\u{a0}», au lieu d'un site",
    ),
    (
        "Says \"I have it\": nobody else is asked",
        "Dit «\u{a0}je m'en occupe\u{a0}»\u{a0}: on ne demande plus rien aux autres",
    ),
    (
        "Who says so, by their name in people.yaml; where left out, whoever your account belongs to",
        "Qui le dit, par son nom dans people.yaml\u{a0}; sinon, la personne à qui est votre compte",
    ),
    ("Takes over from whoever has it, who is told", "La reprend à qui s'en occupait, qui l'apprend"),
    ("Hands it on to somebody else, who is paged at once", "La passe à quelqu'un d'autre, qui est prévenu aussitôt"),
    ("To whom: a name of people.yaml", "À qui\u{a0}: un nom de people.yaml"),
    ("Says \"I have it, ask me again later\"", "Dit «\u{a0}je m'en occupe, redemandez-moi plus tard\u{a0}»"),
    ("After how long, such as 30m; at most a day", "Au bout de combien de temps, par exemple 30m ; un jour au plus"),
    (
        "Says what it is: false, to be checked, confirmed",
        "Dit ce que c'est\u{a0}: fausse alerte, à vérifier, confirmée",
    ),
    ("Whether it is an attack", "Si c'est une attaque"),
    ("It is no attack", "ce n'est pas une attaque"),
    ("Nobody knows yet", "personne ne le sait encore"),
    ("It is an attack", "c'est une attaque"),
    (
        "Whether personal data are touched, as far as is known",
        "Si des données personnelles sont touchées, pour autant qu'on le sache",
    ),
    ("Whether care is touched, as far as is known", "Si les soins sont touchés, pour autant qu'on le sache"),
    ("In your words, without a patient's name", "Avec vos mots, sans nom de patient"),
    ("Takes signs out of it into an alert of their own", "En sépare des signes, qui deviennent une alerte à eux"),
    (
        "The numbers of the signs, as `vigie alert show` has them",
        "Les numéros des signes, comme les montre «\u{a0}vigie alert show\u{a0}»",
    ),
    (
        "Tells exactly those who were told that it was wrong",
        "Dit à ceux qui ont été prévenus, et à eux seuls, que c'était faux",
    ),
    ("What is right, without a patient's name", "Ce qui est juste, sans nom de patient"),
    (
        "Pages the next step of the chain now, or one of your choice",
        "Prévient maintenant l'échelon suivant de la chaîne, ou celui de votre choix",
    ),
    ("Which step, from 1; the next where it is left out", "Quel échelon, à partir de 1 ; sinon le suivant"),
    ("Ends an alert; it comes back if what was found goes on", "Termine une alerte ; elle revient si cela continue"),
    ("Why, without a patient's name", "Pourquoi, sans nom de patient"),
    (
        "Who saw it, if it was not you: a ward, a name, without a patient's",
        "Qui l'a vue, si ce n'est pas vous\u{a0}: un service, un nom, pas celui d'un patient",
    ),
    ("Raises an alert that a person saw", "Donne une alerte qu'une personne a vue"),
    (
        "What happened, in few words and without a patient's name",
        "Ce qui s'est passé, en peu de mots et sans nom de patient",
    ),
    ("How serious it is", "Sa gravité"),
    (
        "Rehearses, starts and leads exercises, and writes their reports",
        "Répète, lance et conduit des exercices, et écrit leurs rapports",
    ),
    ("Lists the playbooks that can be played", "Liste les scénarios qui peuvent être joués"),
    (
        "Plays playbooks on a virtual clock with a scripted cast; nobody is paged",
        "Joue des scénarios sur une horloge virtuelle, avec une distribution écrite ; personne n'est prévenu",
    ),
    ("Playbooks", "Scénarios"),
    ("Who answers", "Qui répond"),
    ("As the playbook's `cast` says", "comme le dit `cast` dans le scénario"),
    ("Nobody answers at all", "personne ne répond"),
    (
        "Also write the report of each: report.html, .md and .json, in a folder of its name below this one",
        "Écrire aussi le rapport de chacun\u{a0}: report.html, .md et .json, dans un dossier à son nom sous celui-ci",
    ),
    ("Starts an exercise in the running daemon", "Lance un exercice dans le démon en marche"),
    ("Its name, as `vigie drill list` shows it", "Son nom, comme le montre «\u{a0}vigie drill list\u{a0}»"),
    ("How many minutes of the script pass in a minute", "Combien de minutes du scénario passent en une minute"),
    (
        "Shows the running exercise: what was played, what comes, what waits for you",
        "Montre l'exercice en cours\u{a0}: ce qui a été joué, ce qui vient, ce qui vous attend",
    ),
    ("Plays an inject now", "Joue un stimulus maintenant"),
    ("Leaves an inject out", "Saute un stimulus"),
    ("Says that the call of a phone card was made", "Dit que l'appel d'une fiche a été passé"),
    ("The exercise, such as D1", "L'exercice, par exemple D1"),
    ("The inject's id", "Le nom du stimulus"),
    ("Records what was seen of an expected action", "Note ce qui a été vu d'une action attendue"),
    ("What was seen", "Ce qui a été vu"),
    (
        "Which of the inject's expectations, from 1; all its actions where left out",
        "Laquelle des attentes du stimulus, à partir de 1 ; sinon toutes ses actions",
    ),
    ("In your words", "Avec vos mots"),
    ("Records a decision", "Note une décision"),
    ("The option that was chosen", "L'option choisie"),
    ("Who decided: a name of people.yaml", "Qui a décidé\u{a0}: un nom de people.yaml"),
    ("Writes something down", "Écrit une note"),
    ("What", "Quoi"),
    (
        "Who writes, by their name in people.yaml; where left out, whoever your account belongs to",
        "Qui écrit, par son nom dans people.yaml\u{a0}; sinon, la personne à qui est votre compte",
    ),
    (
        "Looks through the store, or puts a question in SQL to it; changes nothing",
        "Examine la base, ou lui pose une question en SQL\u{a0}; ne change rien",
    ),
    (
        "Looks through every table, every index and the sealed ledger",
        "Examine chaque table, chaque index et la main courante scellée",
    ),
    ("The site's folder, instead of --site", "Le dossier du site, à la place de --site"),
    (
        "Answers one SELECT; patients and secrets are taken out of what it shows",
        "Répond à un SELECT\u{a0}; patients et secrets sont ôtés de ce qu'il montre",
    ),
    (
        "One statement, such as \"SELECT kind, count(*) FROM ledger GROUP BY kind\"",
        "Une instruction, par exemple «\u{a0}SELECT kind, count(*) FROM ledger GROUP BY kind\u{a0}»",
    ),
    ("So many rows at most", "Au plus tant de lignes"),
    (
        "Ticks first gestures that are done, by their numbers in `vigie alert show`",
        "Coche des premiers gestes faits, d'après leurs numéros dans «\u{a0}vigie alert show\u{a0}»",
    ),
    ("The numbers of the gestures", "Les numéros des gestes"),
    ("Take the ticks away instead", "Retirer les coches au lieu de les mettre"),
    ("Stops the clock of the exercise", "Arrête l'horloge de l'exercice"),
    ("Lets the clock of the exercise run on", "Relance l'horloge de l'exercice"),
    ("Ends the exercise now", "Termine l'exercice maintenant"),
    (
        "Why, for the report; that the facilitator ended it where left out",
        "Pourquoi, pour le rapport ; sinon, que l'animateur y a mis fin",
    ),
    ("Writes the after-action report (RETEX)", "Écrit le retour d'expérience (RETEX)"),
    ("HTML, Markdown or JSON", "HTML, Markdown ou JSON"),
    ("One page that opens anywhere and prints on A4", "une page qui s'ouvre partout et s'imprime en A4"),
    ("Text for a wiki or a mail", "du texte pour un wiki ou un courriel"),
    ("Data", "des données"),
    ("The language; the site's where left out", "La langue ; sinon celle du site"),
    ("Write it to this file instead of the screen", "L'écrire dans ce fichier plutôt qu'à l'écran"),
    (
        "Silences: what people need not be told of for a while",
        "Silences\u{a0}: ce dont on n'a pas à être prévenu pendant un temps",
    ),
    (
        "Tells nobody of something for a while: alerts are raised and listed, and told when it ends",
        "Ne prévient personne de quelque chose pendant un temps\u{a0}: les alertes sont données, listées, et annoncées à la fin",
    ),
    ("Lists silences and maintenance windows", "Montre les silences et les fenêtres de maintenance"),
    (
        "Ends a silence now: what it held back is told at once",
        "Lève un silence\u{a0}: ce qu'il retenait est aussitôt annoncé",
    ),
    ("Its number, such as S3", "Son numéro, par exemple S3"),
    (
        "What the law asks to declare: who does it, by when, and what was done",
        "Ce que la loi demande de déclarer\u{a0}: qui le fait, avant quand, et ce qui a été fait",
    ),
    (
        "Lists what must be declared here, with the texts that ask for it and when they were looked at",
        "Montre ce qui doit être déclaré ici, avec les textes qui le demandent et quand ils ont été vérifiés",
    ),
    ("Also those of alerts that are done with", "Aussi celles qui sont faites"),
    (
        "Writes a draft of the declaration, with what is known of the alert, to print or to copy from",
        "Écrit un brouillon de la déclaration, avec ce que l'on sait de l'alerte, à imprimer ou à recopier",
    ),
    ("The duty, such as cert-sante", "L'obligation, par exemple cert-sante"),
    ("The alert it is about, such as A12", "L'alerte dont il s'agit, par exemple A12"),
    ("Text, or one page that prints on A4", "Du texte, ou une page qui s'imprime en A4"),
    ("Plain text", "du texte simple"),
    (
        "Says that it was declared, with the receipt, or that it need not be: reminders end",
        "Dit que c'est déclaré, avec le récépissé, ou qu'il n'y a pas à le faire : les rappels cessent",
    ),
    ("The number of the receipt", "Le numéro du récépissé"),
    ("Why it need not be declared, without a patient's name", "Pourquoi il n'y a pas à déclarer, sans nom de patient"),
    (
        "When it was declared, such as 14:05 or \"2026-12-01 14:05\"; now where it is left out",
        "Quand c'était, par exemple 14:05 ou \"2026-12-01 14:05\" ; sinon maintenant",
    ),
    ("The duties of this country instead, such as DE", "Plutôt les obligations de ce pays, par exemple DE"),
    (
        "Of this rule; `vigie:` and what suffers for an alert about vigie itself, such as vigie:channel:sms",
        "De cette règle ; `vigie:` et ce qui souffre pour une alerte de vigie sur lui-même, par exemple vigie:channel:sms",
    ),
    ("About this machine", "Au sujet de cette machine"),
    ("About this account", "Au sujet de ce compte"),
    ("About this address", "Au sujet de cette adresse"),
    ("In lines of this source", "Dans les lignes de cette source"),
    ("Nothing graver than this level", "Rien de plus grave que ce niveau"),
    ("Why, without a patient's name", "Pourquoi, sans nom de patient"),
    (
        "From when on, such as 22:00 or \"2026-12-01 22:00\"; now where it is left out",
        "À partir de quand, par exemple 22:00 ou \"2026-12-01 22:00\" ; sinon maintenant",
    ),
    (
        "Up to when, such as 06:00 or \"2026-12-02 06:00\"; 30 days at most",
        "Jusqu'à quand, par exemple 06:00 ou \"2026-12-02 06:00\" ; 30 jours au plus",
    ),
    ("For how long, such as 2h", "Pendant combien de temps, par exemple 2h"),
    (
        "Shows where lines come from, how fast, and what is wrong there",
        "Montre d'où viennent les lignes, à quelle vitesse, et ce qui ne va pas",
    ),
    ("Lists all sources", "Liste toutes les sources"),
    ("Shows one source with all that is known of it", "Montre une source avec tout ce qui en est connu"),
    ("Its name in vigie.yaml", "Son nom dans vigie.yaml"),
    ("Says who is on call, now or at any other time", "Dit qui est de garde, maintenant ou à tout autre moment"),
    (
        "A rota or a person of people.yaml; all rotas where none is named",
        "Un tour de garde ou une personne de people.yaml\u{a0}; tous les tours si rien n'est nommé",
    ),
    (
        "At which time: an hour such as 22:00, or a day and hour such as `2026-12-24T22:00`",
        "À quel moment\u{a0}: une heure comme 22:00, ou un jour et une heure comme `2026-12-24T22:00`",
    ),
    ("The plan of so many days instead", "Le planning de tant de jours, à la place"),
    (
        "Write a calendar of their turns instead (iCalendar, .ics), of 90 days unless --days says otherwise",
        "Écrit à la place un agenda de leurs gardes (iCalendar, .ics), de 90 jours si --days ne dit rien d'autre",
    ),
    ("The file of the calendar", "Le fichier de l'agenda"),
    ("Shows who would be told of an alert, and when", "Montre qui serait prévenu d'une alerte, et quand"),
    ("Shows the chains, with who is on call", "Montre les chaînes, avec qui est de garde"),
    ("One chain of chains.yaml", "Une chaîne de chains.yaml"),
    (
        "Plays a chain on a virtual clock, and says who is told when",
        "Joue une chaîne sur une horloge virtuelle, et dit qui est prévenu quand",
    ),
    ("A chain of chains.yaml", "Une chaîne de chains.yaml"),
    (
        "When the alert is raised: an hour such as 22:00, or a day and hour such as `2026-12-24T22:00`",
        "Quand l'alerte est donnée\u{a0}: une heure comme 22:00, ou un jour et une heure comme `2026-12-24T22:00`",
    ),
    (
        "Who answers, and how long after they were asked: `bob`, `bob=5m`",
        "Qui répond, et combien de temps après la question\u{a0}: `bob`, `bob=5m`",
    ),
    ("A channel that takes nothing", "Un canal qui ne prend rien"),
    ("How long to look", "Combien de temps regarder"),
    (
        "Writes the call tree for paper: whom to call in which order, with room to write, and who is on call",
        "Écrit l'arbre d'appel sur papier\u{a0}: qui appeler dans quel ordre, avec la place d'écrire, et qui est de garde",
    ),
    (
        "The file to write, a page for a browser or printer",
        "Le fichier à écrire, une page pour un navigateur ou une imprimante",
    ),
    ("How many days of the plan", "Combien de jours de planning"),
    (
        "Shows and verifies the ledger (main courante): who was told what, when, with what proof",
        "Montre et vérifie la main courante\u{a0}: qui a été prévenu de quoi, quand, avec quelle preuve",
    ),
    ("Shows the entries, oldest first", "Montre les écritures, la plus ancienne d'abord"),
    (
        "Only the entries from this number on, such as 40",
        "Seulement les écritures à partir de ce numéro, par exemple 40",
    ),
    ("One JSON object a line", "Un objet JSON par ligne"),
    (
        "Finds any entry that was changed, removed or reordered, and names it",
        "Trouve toute écriture modifiée, retirée ou déplacée, et la nomme",
    ),
    (
        "The seal printed on a report, a mail or a paper, or its first digits: the ledger must hold it",
        "Le sceau imprimé sur un rapport, un mail ou un papier, ou ses premiers chiffres\u{a0}: la main courante doit le contenir",
    ),
    (
        "Erases what entries say, for good: their numbers, times, kinds and seals stay, and the ledger still verifies",
        "Efface ce que des écritures disent, pour de bon\u{a0}: leurs numéros, heures, sortes et sceaux restent, et la main \
         courante se vérifie toujours",
    ),
    (
        "Exports the file of one alert: who was told what, when, with what proof",
        "Exporte le dossier d'une alerte\u{a0}: qui a été prévenu de quoi, quand, avec quelle preuve",
    ),
    ("Which alert, such as A12", "Quelle alerte, par exemple A12"),
    ("In which form", "Sous quelle forme"),
    (
        "In which language, fr or en; the site's where left out",
        "Dans quelle langue, fr ou en\u{a0}; sinon celle du site",
    ),
    ("Into this file instead of on the screen", "Dans ce fichier au lieu de l'écran"),
    ("The entries, for a spreadsheet", "les écritures, pour un tableur"),
    ("What is about this alert, such as A12", "Ce qui concerne cette alerte, par exemple A12"),
    ("What is older than this, such as 2025-12-01", "Ce qui est plus ancien que ce jour, par exemple 2025-12-01"),
    (
        "Writes down what somebody saw, did or decided, in the ledger",
        "Écrit dans la main courante ce que quelqu'un a vu, fait ou décidé",
    ),
    ("What, without a patient's name", "Quoi, sans nom de patient"),
    ("About which alert, such as A12", "Au sujet de quelle alerte, par exemple A12"),
    (
        "When it happened, such as 14:20 or \"2026-12-01 14:20\"; now where it is left out",
        "Quand c'est arrivé, par exemple 14:20 ou «\u{a0}2026-12-01 14:20\u{a0}»\u{a0}; sinon maintenant",
    ),
    ("Prints the JSON Schema of a file, for editors", "Affiche le schéma JSON d'un fichier, pour les éditeurs"),
    ("Which file", "Quel fichier"),
    ("vigie.yaml", "vigie.yaml"),
    ("people.yaml", "people.yaml"),
    ("chains.yaml", "chains.yaml"),
    ("A playbook", "un scénario"),
    ("A detection rule", "une règle de détection"),
    ("A processing pipeline", "un pipeline"),
];

/// The French of a sentence of the help.
pub(crate) fn french(english: &str) -> Option<&'static str> {
    HELP.iter().find(|(en, _)| *en == english).map(|(_, fr)| *fr)
}

words! {
    /// Over how a command is called.
    pub(crate) fn usage() { fr: "Utilisation\u{a0}:", en: "Usage:" }
    /// Over the subcommands.
    pub(crate) fn commands() { fr: "Commandes\u{a0}:", en: "Commands:" }
    /// Over the positional arguments.
    pub(crate) fn arguments() { fr: "Arguments\u{a0}:", en: "Arguments:" }
    /// Over the options.
    pub(crate) fn options() { fr: "Options\u{a0}:", en: "Options:" }
    /// What an argument can be.
    pub(crate) fn values(values) { fr: "valeurs possibles\u{a0}: {values}", en: "possible values: {values}" }
    /// What an argument is where it is left out.
    pub(crate) fn default(value) { fr: "par défaut\u{a0}: {value}", en: "default: {value}" }
    /// Where to read more.
    pub(crate) fn more() { fr: "Pour en savoir plus, essayez «\u{a0}--help\u{a0}».", en: "For more information, try '--help'." }

    /// A value that cannot be meant.
    pub(crate) fn invalid_value(value, argument) {
        fr: "la valeur «\u{a0}{value}\u{a0}» ne convient pas pour «\u{a0}{argument}\u{a0}»",
        en: "invalid value '{value}' for '{argument}'",
    }
    /// The same, with the reason.
    pub(crate) fn invalid_value_because(value, argument, why) {
        fr: "la valeur «\u{a0}{value}\u{a0}» ne convient pas pour «\u{a0}{argument}\u{a0}»\u{a0}: {why}",
        en: "invalid value '{value}' for '{argument}': {why}",
    }
    /// An argument without its value.
    pub(crate) fn empty_value(argument) {
        fr: "il faut une valeur pour «\u{a0}{argument}\u{a0}»",
        en: "a value is required for '{argument}'",
    }
    /// An argument that there is not.
    pub(crate) fn unknown_argument(argument) {
        fr: "argument inattendu\u{a0}: «\u{a0}{argument}\u{a0}»",
        en: "unexpected argument '{argument}'",
    }
    /// A subcommand that there is not.
    pub(crate) fn unknown_command(command) {
        fr: "il n'y a pas de commande «\u{a0}{command}\u{a0}»",
        en: "unrecognized subcommand '{command}'",
    }
    /// What was likely meant.
    pub(crate) fn similar(name) {
        fr: "vouliez-vous dire «\u{a0}{name}\u{a0}»\u{a0}?",
        en: "did you mean '{name}'?",
    }
    /// Arguments that are missing.
    pub(crate) fn missing(arguments) { fr: "il manque\u{a0}: {arguments}", en: "missing: {arguments}" }
    /// Arguments that exclude each other.
    pub(crate) fn conflict(argument, other) {
        fr: "«\u{a0}{argument}\u{a0}» ne va pas avec «\u{a0}{other}\u{a0}»",
        en: "'{argument}' cannot be used with '{other}'",
    }
    /// An argument that is given twice.
    pub(crate) fn twice(argument) {
        fr: "«\u{a0}{argument}\u{a0}» ne peut être donné qu'une fois",
        en: "'{argument}' cannot be used multiple times",
    }
}
