//! What the three files mean once they are checked, and what their mistakes do to each other.

use std::path::Path;

use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};

use super::*;
use crate::alert::chain::{Step, StepKind};
use crate::alert::medium::{Address, Medium};
use crate::alert::oncall::{Handovers, Person, Rota};
use crate::base::id::{ChannelName, PersonId, RotaId};
use crate::base::language::Language;
use crate::finding::Severity;
use crate::text::diagnostic::has_errors;

const SITE: &str = r#"
site: {name: "CH de Test", language: fr, zone: Europe/Paris}
sources:
  pacs: {follow: logs/pacs.log}
channels:
  mail:   {smtp: "127.0.0.1:2525", tls: none, from: vigie@ch.example}
  sms:    {spool: spool/sms, rate: 20/min}
  papier: {folder: spool/papier}
drills:
  allow: [mail]
  address: {rssi: {mail: rssi+exercice@ch.example, sms: "+33600000009"}}
"#;
const PEOPLE: &str = r#"
people:
  rssi: {name: "Mme A. Ferrand", mail: rssi@ch.example, sms: "+33 6 00 00 00 01"}
  bl:   {name: "M. B. Leroy", mail: bl@ch.example, language: en}
rotas:
  garde: {handover: "lundi 08:00", members: [bl, rssi], start: 2026-01-07, else: rssi}
"#;
const CHAINS: &str = r"
chains:
  tout:
    levels: [low, medium, high, critical]
    steps:
      - {notify: garde, by: mail + papier , if_undelivered: papier, answer_within: 1h30m}
    declare:
      - {what: cert-sante, who: rssi, by: mail+sms}
    nobody_answers: {rounds: 3, leave_in: papier}
";

/// The site that these three texts make, and what is wrong with them.
fn load_texts(site: &str, people: &str, chains: &str) -> (Option<Site>, Vec<Diagnostic>) {
    let files = |name: &str| {
        let text = match name {
            "vigie.yaml" => site,
            "people.yaml" => people,
            _ => chains,
        };
        Ok(Source::new(name, text))
    };
    let mut found = Vec::new();
    let site = load_with(Path::new("/none"), &files, &mut found);
    (site, found)
}

fn sound(site: &str, people: &str, chains: &str) -> Site {
    let (site, found) = load_texts(site, people, chains);
    assert!(!has_errors(&found), "{found:#?}");
    site.expect("a site without mistakes is one")
}

/// The codes of all mistakes after `from` was written as `to` in one of the files.
fn codes(from: &str, to: &str) -> Vec<&'static str> {
    let texts = [SITE, PEOPLE, CHAINS].map(|text| text.replace(from, to));
    assert_ne!(texts.concat(), [SITE, PEOPLE, CHAINS].concat(), "{from} is not there");
    let (_, found) = load_texts(&texts[0], &texts[1], &texts[2]);
    found.iter().map(|diagnostic| diagnostic.code().0).collect()
}

fn steps(site: &Site) -> &[Step] {
    &site.chains[0].steps
}

#[test]
fn people_and_rotas_are_as_written() {
    let site = sound(SITE, PEOPLE, CHAINS);
    let person = |id: &str| -> &Person { &site.roster.people[&PersonId::from(id)] };
    let number = Address::Sms("+33600000001".to_owned());
    assert_eq!(person("rssi").address(Medium::Sms), Some(number), "spaces are for people");
    assert_eq!([person("rssi").language, person("bl").language].map(|language| format!("{language:?}")), ["Fr", "En"]);
    let rota: &Rota = &site.roster.rotas[&RotaId::from("garde")];
    let monday_at_eight =
        Handovers::new(rota.handovers.zone().clone(), [(Some(Weekday::Monday), Time::constant(8, 0, 0, 0))]);
    assert_eq!(rota.handovers, monday_at_eight);
    assert_eq!(rota.start.to_string(), "2026-01-12T07:00:00Z", "the first Monday behind the Wednesday written");
    assert_eq!(rota.members, [PersonId::from("bl"), PersonId::from("rssi")]);
}

#[test]
fn plus_joins_channels_and_what_is_undelivered_goes_another_way() {
    let site = sound(SITE, PEOPLE, CHAINS);
    let names = |step: &Step| -> Vec<Vec<String>> {
        step.by.iter().map(|group| group.iter().map(ChannelName::to_string).collect()).collect()
    };
    assert_eq!(names(&steps(&site)[0]), [vec!["mail", "papier"], vec!["papier"]]);
    assert_eq!(steps(&site)[0].ack, SignedDuration::from_mins(90));
    assert!(matches!(&steps(&site)[1].kind, StepKind::Declare(duty) if duty.as_str() == "cert-sante"));
    assert_eq!(site.chains[0].unanswered.repeat, 2);
    assert_eq!(site.chains[0].reack, Some(SignedDuration::from_hours(2)), "what a chain does not say");
}

#[test]
fn a_channel_is_pointed_at_inside_its_group() {
    for group in ["mail+smss", "\"mail + smss\"", "[smss+mail]", "mail, if_undelivered: [sms, papier+smss]"] {
        let chains = CHAINS.replace("mail + papier , if_undelivered: papier", group);
        let (_, found) = load_texts(SITE, PEOPLE, &chains);
        let found: Vec<_> = found.iter().map(|one| (one.code().0, one.span.start)).collect();
        assert_eq!(found, [("V131", chains.find("smss").unwrap())], "{group}");
    }
}

#[test]
fn exercises_reach_only_what_is_listed() {
    let site = sound(SITE, PEOPLE, CHAINS);
    let allow = format!("{:?}", site.settings.allow);
    assert!(allow.contains("rssi+exercice@ch.example") && !allow.contains("papier"), "{allow}");
}

#[test]
fn one_mistake_is_one_finding() {
    for (from, to, wanted) in [
        // A rota or channel with a mistake is still one: chains that name it are right.
        ("lundi 08:00", "lundy 08:00", &["V121"][..]),
        ("lundi 08:00", "lundi 24:00", &["V121"]),
        ("lundi 08:00", "montagne 08:00", &["V121"]),
        // The nights of the clock changes are Sundays.
        ("lundi 08:00", "dimanche 02:30", &["V140"]),
        ("lundi 08:00", "02:30", &["V140"]),
        ("lundi 08:00", "lundi 02:30", &[]),
        ("bl@ch.example", "RSSI@ch.example", &["V128"]),
        ("bl@ch.example,", "bl@ch.example, sms: \"+33600000001\",", &["V128"]),
        ("2026-01-07", "2026-13-07", &["V125"]),
        ("2026-01-07", "9999-12-31", &["V125"]),
        ("127.0.0.1:2525", "127.0.0.1", &["V105"]),
        ("{folder: spool/papier}", "{}", &["V104"]),
        // A value of the wrong kind is not also a missing one.
        ("by: mail + papier", "by: 5", &["V004"]),
        ("within: 1h30m", "within: 90", &["V004"]),
        ("within: 1h30m", "within: 0m", &["V133"]),
        ("within: 1h30m", "within: 99999999999999999h", &["V133"]),
        (", answer_within: 1h30m", "", &["V134"]),
        ("mail+sms", "mail+", &["V131"]),
        ("mail+sms", "\"\"", &["V131"]),
        (", by: mail+sms", "", &["V134"]),
        ("rounds: 3", "rounds: 0", &["V149"]),
        ("rounds: 3", "rounds: three", &["V004"]),
        ("[low, medium, high, critical]", "[low, medium, critical]", &["V146"]),
        ("[low, medium, high, critical]", "[]", &["V146", "V138"]),
        ("[low, medium, high, critical]", "[low, medium, high, high, critical]", &["V137"]),
        ("[low, medium, high, critical]", "[low, medium, hihg, critical]", &["V004"]),
        ("within: 1h30m", "within: 25h", &["V148"]),
        ("nobody_answers:", "ask_again_after: never\n    nobody_answers:", &["V148"]),
        // What would be read and silently not done.
        ("tls: none,", "tls: none, rate: 3/min,", &["V106"]),
        ("channels:\n", "playbooks: [buitin]\nchannels:\n", &["V110"]),
        ("logs/pacs.log", "/", &["V101"]),
        ("\n  pacs: {follow: logs/pacs.log}", " {}", &["V111"]),
        // Plain lines do not say what they are.
        ("{follow: logs/pacs.log}", "{follow: logs/pacs.log, format: plain}", &["V113"]),
        ("{follow: logs/pacs.log}", "{follow: logs/pacs.log, format: plain, logsource: {}}", &["V113"]),
        ("{follow: logs/pacs.log}", "{follow: logs/pacs.log, format: plain, logsource: {product: dpi}}", &[]),
        // Names go into the subjects of mails.
        ("Mme A. Ferrand", "Mme\\r\\nBcc: a@b.example", &["V127"]),
        ("CH de Test", " ", &["V127"]),
        // An account tells who somebody is.
        ("name: \"Mme", "account: root, name: \"Mme", &[]),
        ("name: \"Mme", "account: [root, nobody], name: \"Mme", &[]),
        ("name: \"Mme", "account: no-such-account, name: \"Mme", &["V129"]),
        ("name: \"M", "account: root, name: \"M", &["V129"]),
        ("name: \"M", "account: [nobody, root], name: \"M", &["V129", "V129"]),
        ("name: \"M. B", "account: [root, root], name: \"M. B", &["V129"]),
        ("name: \"M. B", "account: {root: yes}, name: \"M. B", &["V004"]),
        ("drills:\n", "socket: {for_others: no-such-group}\ndrills:\n", &["V114"]),
    ] {
        assert_eq!(codes(from, to), wanted, "{from} → {to}");
    }
}

#[test]
fn older_words_mean_what_they_meant_and_name_the_newer_ones() {
    let older = r"
chains:
  tout:
    when: {level: low}
    steps:
      - {notify: garde, by: [ mail + papier , papier], ack: 1h30m}
      - {declare: cert-sante, owner: rssi, by: [mail+sms]}
    unanswered: {repeat: 2, then: papier}
    reack: 2h
";
    let (read, found) = load_texts(SITE, PEOPLE, older);
    let (read, newer) = (read.unwrap(), sound(SITE, PEOPLE, CHAINS));
    assert!(found.iter().all(|found| found.code().0 == "V145" && found.severity() == Severity::Hint), "{found:#?}");
    let instead: Vec<_> =
        found.iter().filter_map(|found| Some(found.finding.help.as_ref()?.get(Language::En).to_owned())).collect();
    assert_eq!(
        instead,
        [
            "write `levels: [low, medium, high, critical]`",
            "write `nobody_answers: {rounds: 3, leave_in: papier}`",
            "write `ask_again_after: 2h`",
            "write `by: mail + papier, if_undelivered: papier`",
            "write `answer_within: 1h30m`",
            "write `declare: [{what: cert-sante, who: rssi, by: …}]`",
        ]
    );
    assert_eq!(steps(&read), steps(&newer));
    assert_eq!(read.chains[0].unanswered, newer.chains[0].unanswered);
    for level in Level::ALL {
        assert_eq!(read.chain_for(level).map(|chain| &chain.id), newer.chain_for(level).map(|chain| &chain.id));
    }
}

#[test]
fn a_word_that_is_said_twice_is_a_mistake() {
    for twice in ["reack: 2h\n    ask_again_after: 3h", "unanswered: {repeat: 1}", "when: {level: low}"] {
        let chains = format!("{CHAINS}    {twice}\n");
        let (_, found) = load_texts(SITE, PEOPLE, &chains);
        assert!(has_errors(&found), "{twice}: {found:#?}");
    }
}

#[test]
fn a_grave_alert_needs_another_way_than_mail() {
    let mail = CHAINS.replace(" + papier , if_undelivered: papier", "").replace(", leave_in: papier", "");
    let alone = mail.replace("mail+sms", "mail");
    let found =
        |chains: &str| load_texts(SITE, PEOPLE, chains).1.iter().map(|found| found.code().0).collect::<Vec<_>>();
    assert_eq!(found(&alone), ["V147"]);
    assert!(found(&mail).is_empty());
    // What can wait can wait for the mail too.
    let low = alone.replace("low, medium, high, critical", "low");
    let both =
        format!("{}{}", low.replace("tout", "bas"), CHAINS.replace("chains:\n", "").replace("low, medium, ", ""));
    assert_eq!(found(&both), ["V146"]);
}

/// The site with this under `maintenance:`.
fn maintained(windows: &str) -> (Option<Site>, Vec<Diagnostic>) {
    load_texts(&SITE.replace("channels:\n", &format!("maintenance:\n{windows}\nchannels:\n")), PEOPLE, CHAINS)
}

#[test]
fn a_maintenance_window_is_about_what_it_names() {
    let window =
        "  - {machines: [SRV1.ch.example], sources: [pacs], hours: \"dim 22:00-24:00\", reason: sauvegarde, owner: bl}";
    let (site, found) = maintained(window);
    assert!(found.is_empty(), "{found:#?}");
    let [window] = &site.unwrap().settings.maintenance[..] else { panic!("one window") };
    assert_eq!((window.up_to, window.owner.as_str(), window.matcher.ties.len()), (Level::High, "bl", 1));
    // The night on which the clock is set back: midnight is midnight.
    let at = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    assert_eq!(window.hours.end(at("2026-10-25T21:30:00Z")), Some(at("2026-10-25T23:00:00Z")));
    assert_eq!(window.hours.end(at("2026-10-25T23:00:00Z")), None);
}

#[test]
fn what_is_wrong_with_a_maintenance_window_is_said_at_its_place() {
    for (window, code, column) in [
        ("  - {hours: \"dim 02:00-04:00\", reason: x, owner: bl}", "V150", 13),
        ("  - {machines: [s], hours: \"dim 04:00-02:00\", reason: x, owner: bl}", "V151", 28),
        ("  - {machines: [s], hours: \"00:00-24:00\", reason: x, owner: bl}", "V151", 28),
        ("  - {machines: [s], hours: \"dim 02:00-04:00\", reason: \" \", owner: bl}", "V152", 55),
        ("  - {sources: [pax], hours: \"dim 02:00-04:00\", reason: x, owner: bl}", "V152", 16),
        ("  - {machines: [s], hours: \"dim 02:00-04:00\", reason: x, owner: bll}", "V120", 65),
        ("  - {machines: [localhost], hours: \"dim 02:00-04:00\", reason: x, owner: bl}", "V117", 17),
    ] {
        let (_, found) = maintained(window);
        let said: Vec<_> = found.iter().map(|found| (found.code().0, found.position())).collect();
        assert_eq!(said.first(), Some(&(code, (6, column))), "{window}: {found:#?}");
        assert_eq!(found.iter().filter(|found| found.code().0 == code).count(), 1, "{window}");
    }
}

#[test]
fn a_digest_says_when_to_whom_and_how() {
    let with = |digest: &str| load_texts(SITE, PEOPLE, &format!("{CHAINS}digest: {digest}\n"));
    let (site, found) = with("{at: \"lun-ven 07:30\", notify: garde, by: mail}");
    assert!(!has_errors(&found), "{found:#?}");
    let digest = site.unwrap().digest.unwrap();
    assert_eq!((digest.days.len(), digest.at, digest.by.len()), (5, Time::constant(7, 30, 0, 0), 1));
    for (wrong, code) in [
        ("{at: matin, notify: garde, by: mail}", "V153"),
        ("{at: \"25:00\", notify: garde, by: mail}", "V153"),
        ("{at: \"07:30\", notify: gardes, by: mail}", "V120"),
        ("{at: \"07:30\", notify: garde, by: male}", "V131"),
        ("{at: \"07:30\", notify: bl, by: sms}", "V132"),
    ] {
        let (_, found) = with(wrong);
        assert!(found.iter().any(|found| found.code().0 == code), "{wrong}: {found:#?}");
    }
    // Levels that wake nobody are heard of once a day, or a hint says that they are not.
    let high = CHAINS.replace("[low, medium, high, critical]", "[high, critical]");
    let unheard = |chains: &str| load_texts(SITE, PEOPLE, chains).1.iter().any(|found| found.code().0 == "V154");
    assert!(unheard(&high));
    assert!(!unheard(CHAINS));
    assert!(!unheard(&format!("{high}digest: {{at: \"07:30\", notify: garde, by: mail}}\n")));
}

/// What is said of a declaration where this stands in place of `cert-sante`: its code, its place, what to write.
fn declaring(country: &str, what: &str) -> Vec<(&'static str, String, String)> {
    let site = SITE.replace("zone: Europe/Paris", &format!("zone: Europe/Paris{country}"));
    let (_, found) = load_texts(&site, PEOPLE, &CHAINS.replace("what: cert-sante", &format!("what: {what}")));
    let of_duties = found.iter().filter(|found| ["V136", "V172", "V173", "V174", "V175"].contains(&found.code().0));
    let said = |found: &Diagnostic| {
        let help = found.finding.help.as_ref().map(|help| help.get(Language::En).to_owned()).unwrap_or_default();
        (found.code().0, found.source.slice(found.span).to_owned(), help)
    };
    of_duties.map(said).collect()
}

#[test]
fn what_is_no_law_here_is_not_declared() {
    let says = |country: &str, what: &str, code: &str, place: &str, advice: &str| {
        let said = declaring(country, what);
        let one = said.iter().find(|(found, ..)| *found == code).unwrap_or_else(|| panic!("{what}: {said:?}"));
        assert_eq!(one.1, place, "{what}");
        assert!(one.2.contains(advice), "{what}: {}", one.2);
    };
    for fine in ["cert-sante", "cnil", "cnil-34", "plainte", "anssi-ose", "sous-traitant"] {
        assert_eq!(declaring("", fine), [], "{fine}");
    }
    for pending in ["nis2-24h", "nis2-72h", "nis2-final"] {
        says("", pending, "V172", pending, "vigie duty list");
    }
    says("", "cert-sant", "V136", "cert-sant", "did you mean `cert-sante`");
    says("", "ministere-de-tutelle", "V136", "ministere-de-tutelle", "`cnil`");
    says("", "be-dpa", "V173", "be-dpa", "country: BE");
    assert_eq!(declaring(", country: BE", "be-dpa"), []);
    says(", country: BE", "cnil", "V173", "cnil", "country: FR");
    says(", country: BE", "be-nis2-final", "V175", "tout", "what: be-nis2-72h");
    says(", country: ES", "cert-sante", "V174", "ES", "a list of your own");
    says(", country: Espagne", "cert-sante", "V174", "Espagne", "two letters");
    assert_eq!(declaring(", country: GB", "uk-ico"), []);
}

#[test]
fn a_site_is_where_it_says_else_where_its_clock_is() {
    for (zone, country) in [
        ("Europe/Paris", "FR"),
        ("Europe/Brussels", "BE"),
        ("America/Chicago", "US"),
        ("Europe/Brussels, country: FR", "FR"),
        ("Europe/Madrid", "FR"),
    ] {
        let (site, _) = load_texts(&SITE.replace("zone: Europe/Paris", &format!("zone: {zone}")), PEOPLE, CHAINS);
        assert_eq!(site.expect("a site").settings.country.as_str(), country, "{zone}");
    }
}
