//! What must be taken out of a text, and what must stay. The two lists of `tests/leak` are read here as they are; the suite of
//! that name sends them through every format and every way out.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

#[path = "../../../tests/leak/marked.rs"]
mod marked;

use marked::list;

#[test]
fn whatever_is_private_goes_and_no_more_than_that() {
    let all = list(include_str!("../../../tests/leak/private.txt"));
    assert!(all.len() >= 404, "{}", all.len());
    let line = |(text, marks): &(String, Vec<String>)| {
        assert!(!marks.is_empty(), "nothing is marked: {text}");
        let mut wanted = text.clone();
        for mark in marks {
            wanted = wanted.replacen(mark.as_str(), REMOVED, 1);
        }
        let once = redact(text).into_owned();
        let rules: Vec<_> = taken(text).into_iter().map(|one| one.rule).collect();
        (once != wanted).then(|| format!("{text}\n  -> {once}\n  not {wanted} {rules:?}"))
    };
    let wrong: Vec<String> = all.iter().filter_map(line).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn what_was_taken_out_is_not_taken_out_again() {
    for (text, _) in list(include_str!("../../../tests/leak/private.txt")) {
        let once = redact(&text).into_owned();
        assert!(matches!(redact(&once), Cow::Borrowed(_)), "{text}\n  -> {once}\n  -> {}", redact(&once));
    }
}

#[test]
fn whatever_is_harmless_stays() {
    let all = list(include_str!("../../../tests/leak/harmless.txt"));
    assert!(all.len() >= 150, "{}", all.len());
    let line = |(text, _): &(String, Vec<String>)| {
        let rules: Vec<_> = taken(text).into_iter().map(|one| one.rule).collect();
        (redact(text) != *text).then(|| format!("{text}\n  -> {} {rules:?}", redact(text)))
    };
    let wrong: Vec<String> = all.iter().filter_map(line).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn every_rule_can_be_read_has_a_name_of_its_own_and_takes_something() {
    let mut names: Vec<&str> = names().collect();
    let all = list(include_str!("../../../tests/leak/private.txt"));
    let used: Vec<_> = all.iter().flat_map(|(text, _)| all_taken(text)).map(|one| one.rule).collect();
    for (number, name) in names.iter().enumerate() {
        table::regex(number);
        assert!(used.iter().any(|rule| rule == name), "no form of tests/leak/private.txt needs the rule `{name}`");
    }
    let many = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!((names.len(), many <= 64), (many, true));
}

/// What all rules take, those too that are not suspected.
fn all_taken(text: &str) -> Vec<Taken> {
    let mut taken = Vec::new();
    (0..names().count()).for_each(|number| table::find(number, text, &mut taken));
    taken
}

#[test]
fn takes_out_numbers_whose_key_is_right() {
    for number in ["185057800608491", "2 55 08 14 168 025 38", "180032A00406734", "290052B12345656"] {
        let text = format!("dossier {number} ouvert");
        assert_eq!(redact(&text), format!("dossier {REMOVED} ouvert"), "{number}");
    }
}

#[test]
fn leaves_innocent_text_alone() {
    for text in [
        "185057800608492",
        "eventtime=1665675824075327440",
        "1.2.840.113619.2.55.3.604688119.868.1289298.185057800608491",
        "1699999999123",
        "10.99.0.1:42838",
        "uid 2.25.185057800608491.3",
        "2026-11-21T19:37:30.240120+0000",
        "Failed password for invalid user veeam from 127.0.0.1 port 58032 ssh2",
        r#""passwordType": "NTLMv2", "netlogonNegotiateFlags": "0x00000000""#,
        r#"{"type": "Authorization", "Authorization": {"version": {"major": 1}}}"#,
        "alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/bin/ls",
        "I: (0008,0052) CS [STUDY]      #   6, 1 QueryRetrieveLevel",
        "medecin1|127.0.0.1|srv-fic01|PID|openat|ok|r|/srv/partages/commun",
        "/instances/?expand",
    ] {
        assert_eq!(redact(text), text);
    }
}

#[test]
fn what_stands_for_a_quoted_number_is_not_taken_out_again() {
    let once = redact("nir :'70000500000").into_owned();
    assert_eq!((once.as_str(), &*redact(&once)), ("nir :'[…]", "nir :'[…]"));
    assert_eq!(redact("patientName='D'ARTAGNAN Charles'"), "patientName='[…]'");
}

#[test]
fn takes_out_secrets_names_phones_and_mailboxes() {
    for (text, wanted) in [
        ("authorization: [Basic YWxpY2U6c2VjcmV0]", "authorization: [Basic […]]"),
        ("HTTP header: [authorization]: [Basic YWxpY2U6c2VjcmV0]", "HTTP header: [authorization]: [Basic […]]"),
        ("Authorization: Bearer abc.def user=x", "Authorization: Bearer […] user=x"),
        (r#"[authorization]: [Digest username="x", response="6629"]"#, "[authorization]: [[…]]"),
        ("Cookie: sid=42; theme=dark", "Cookie: […]"),
        (r#"{"PASSWORD": "Admin123","USERNAME": "x"}"#, r#"{"PASSWORD": "[…]","USERNAME": "x"}"#),
        (r#"password="deux mots" user=x"#, r#"password="[…]" user=x"#),
        (r#"{"password": "a\"b c", "x": 1}"#, r#"{"password": "[…]", "x": 1}"#),
        (r#"m="{\"password\": \"deux mots\", \"x\": 1}""#, r#"m="{\"password\": \"[…]\", \"x\": 1}""#),
        ("db_password=abc", "db_password=[…]"),
        ("?access_token=abc&x=1", "?access_token=[…]&x=1"),
        ("(0010,0010) PN [DUPONT^MARIE]", "(0010,0010) PN [[…]]"),
        ("(0010,0010) PN [DUPONT, MARIE]      #  16, 1 PatientName", "(0010,0010) PN [[…]]      #  16, 1 PatientName"),
        ("(0010,0010)  PatientName = DUPONT, MARIE", "(0010,0010)  PatientName = […]"),
        ("(0008,1030) LO [IRM CEREBRALE]", "(0008,1030) LO [[…]]"),
        ("/find?patientName=DUPONT&x=1", "/find?patientName=[…]&x=1"),
        ("GET /fhir/Patient?name=dupont&birthdate=1985 HTTP/1.1", "GET /fhir/Patient?[…] HTTP/1.1"),
        ("/studies?00100010=DUPONT*&limit=1", "/studies?00100010=[…]&limit=1"),
        ("PID|1||900001^^^CH||DUPONT^MARIE", "PID|1|[…]"),
        (r#"ParticipantObjectName="DUPONT^MARIE">"#, r#"ParticipantObjectName="[…]">"#),
        (
            "<ParticipantObjectName>DUPONT^MARIE</ParticipantObjectName>",
            "<ParticipantObjectName>[…]</ParticipantObjectName>",
        ),
        ("appel du 06 12 34 56 78.", "appel du […]."),
        ("appel du +33612345678", "appel du […]"),
        ("?q=tel%200612345678&r=%2B33612345678", "?q=tel%20[…]&r=[…]"),
        ("?q=nir%20185057800608491", "?q=nir%20[…]"),
        ("?back=%2Flogin%3Fpassword%3Dabc HTTP/1.1", "?back=%2Flogin%3Fpassword%3D[…] HTTP/1.1"),
        ("de a.ferrand@ch-valmont.example", "de […]@ch-valmont.example"),
    ] {
        assert_eq!(redact(text), wanted);
        assert_eq!(redact(wanted), wanted, "once more changes nothing");
    }
}

#[test]
fn a_name_says_what_may_be_shown_of_its_values() {
    for (class, names) in [
        (
            Class::Secret,
            &[
                "PASSWORD",
                "logdata.PASSWORD",
                "client_secret",
                "newPassword",
                "X-Api-Key",
                "token",
                "cookie",
                "Authorization",
                "pass",
            ][..],
        ),
        (
            Class::Patient,
            &[
                "patient_id",
                "00100010",
                "0010,0010",
                "ipp",
                "IPP",
                "nom",
                "prenom",
                "dateNaissance",
                "tel_patient",
                "NHSNumber",
                "Patient Name",
                "participantObject.ParticipantObjectID",
                "patient.ipp.value",
                "matriculeIns",
            ],
        ),
        (
            Class::Account,
            &[
                "user",
                "TargetUserName",
                "account",
                "cs-username",
                "username",
                "user.name",
                "acct",
                "suser",
                "Authorization.account",
            ],
        ),
        (Class::Id, &["logid", "transactionId", "sessionId", "serial", "lot"]),
        (Class::Phone, &["phone", "tel", "mobile", "telephone"]),
        (Class::OfPerson, &["name", "name.family", "entity.what.display", "identifier.value"]),
        (
            Class::Open,
            &[
                "passwordType",
                "instance",
                "origins",
                "dupins",
                "00080052",
                "message",
                "CommandLine",
                "src_ip",
                "host",
                "agent.who.display",
                "subject",
                "nom_poste",
                "hostname",
                "email",
            ],
        ),
    ] {
        for name in names {
            assert_eq!(class_of(name), class, "{name}");
        }
    }
}

#[test]
fn a_value_is_shown_as_its_name_allows() {
    for (name, value, shown) in [
        ("user", "alice@ch.fr", "alice@ch.fr"),
        ("mail", "alice@ch.fr", "[…]@ch.fr"),
        ("TargetUserName", "bob@CH.FR", "bob@CH.FR"),
        ("user", "password=Xk9vQ2tr", "password=[…]"),
        ("token", "expired", "expired"),
        ("token", "Xk9vQ2tr", REMOVED),
        ("phone", "0612345678", REMOVED),
        ("logid", "01 01 03 94 26", "01 01 03 94 26"),
        ("ipp", "connexion perdue", REMOVED),
        ("message", "0612345678", "0612345678"),
    ] {
        assert_eq!(redact_in(class_of(name), value), shown, "{name}={value}");
        assert_eq!(Clean::in_class(class_of(name), value), shown, "{name}={value}");
    }
    assert_eq!(Class::OfPerson.within(r#"{"reference":"Patient/1"}"#), Class::Patient);
    assert_eq!(Class::OfPerson.within(r#"{"resourceType":"Device"}"#), Class::Open);
}

#[test]
fn numbers_that_stand_next_to_each_other_all_go() {
    for (text, wanted) in [
        ("185057800608491 185057800608491", "[…] […]"),
        ("185057800608491,185057800608491;185057800608491.", "[…],[…];[…]."),
        // The first one only looks like one.
        ("185057800608400 185057800608491", "185057800608400 […]"),
        ("06 12 34 56 78 06 12 34 56 78", "[…] […]"),
        ("185057800608491 0612345678 185057800608491", "[…] 0612345678 […]"),
    ] {
        assert_eq!(redact(text), wanted);
        assert_eq!(redact(wanted), wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_overlooks_what_a_rule_would_find(pieces in prop::collection::vec(piece(), 0..8)) {
        let text = pieces.concat();
        let suspected = suspects::suspects(&text);
        for number in 0..names().count() {
            let mut taken = Vec::new();
            table::find(number, &text, &mut taken);
            prop_assert!(taken.is_empty() || suspected & (1 << number) != 0, "{:?} in {text}", taken);
        }
    }

    #[test]
    fn nothing_is_in_a_word_that_a_rule_would_find(
        pieces in prop::collection::vec(prop_oneof![piece(), "[0-9a-zA-Z._-]{1,15}", "[0-9.-]{1,15}"], 1..4),
    ) {
        let text = pieces.concat();
        let text = text.get(..15).unwrap_or(&text);
        for number in 0..names().count() {
            let mut taken = Vec::new();
            table::find(number, text, &mut taken);
            prop_assert!(taken.is_empty() || !suspects::is_word(text), "{:?} in {text}", taken);
        }
    }

    #[test]
    fn what_goes_stays_gone(pieces in prop::collection::vec(piece(), 0..8)) {
        let once = redact(&pieces.concat()).into_owned();
        let twice = redact(&once).into_owned();
        prop_assert_eq!(redact(&twice), &*twice);
    }
}

/// Pieces that together often make something private, or nearly.
const PIECES: &[&str] = &[
    "eyJhbGciOi.eyJzdWIi.x",
    "matriculeIns",
    "MRN",
    "n° ",
    "numero de dossier ",
    "(0010, 0010) PN: ",
    "\"Value\": [",
    "DUPONT^JEAN",
    "\\rPID|1|",
    "#015MRG|",
    "Patient/",
    "?patient=",
    "https://a:",
    "-----BEGIN PRIVATE KEY-----",
    "mysql -p",
    " --password ",
    "curl -u a:",
    "tel ",
    "+32 ",
    "(0)",
    "%C2%A0",
    "\u{202f}",
    "subject",
    "sender=",
    "user=",
    "authorization",
    "Cookie",
    "PASSWORD",
    "pwd",
    "PassPhrase",
    "mot_de_passe",
    "mdp",
    "token",
    "secret",
    "api-key",
    "community_string",
    "pass",
    "patientName",
    "patient_birth-date",
    "nir",
    "INS",
    "ipp",
    "accession_number",
    "ParticipantObjectName",
    "00100010",
    "(0010,0010)",
    "(0008,0050) ",
    "PID|1|",
    "NK1||",
    "/Patient?",
    "06",
    " 12",
    ".34",
    "-56",
    "78",
    "+33",
    "0033",
    "1 85 05 78 006 084 91",
    "185057800608491",
    "180032A00406734",
    "a.b",
    "@",
    "ch.fr",
    ":",
    "=",
    "\"",
    "'",
    "[",
    "]",
    " ",
    "\t",
    "\u{a0}",
    "é",
    ">",
    "<",
    "Basic ",
    "{",
    "}",
    ";",
    ",",
    "\n",
    "_",
    "\\",
    "%",
    "%20",
    "%2B33",
    "%3D",
    "%3a",
    "0",
    "1",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(PIECES).prop_map(str::to_owned), "[0-9 .AB-]{1,12}", "\\PC{0,3}",]
}
