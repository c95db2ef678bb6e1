//! What must be taken out of a text, and what must stay.

use proptest::prelude::*;

use super::*;

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
    assert_eq!((once.as_str(), &*redact(&once)), ("nir :'[…]'", "nir :'[…]'"));
    assert_eq!(redact("patientName='D'ARTAGNAN Charles'"), "patientName='[…]'");
}

#[test]
fn takes_out_secrets_names_phones_and_mailboxes() {
    for (text, wanted) in [
        ("authorization: [Basic YWxpY2U6c2VjcmV0]", "authorization: [Basic […]]"),
        ("HTTP header: [authorization]: [Basic YWxpY2U6c2VjcmV0]", "HTTP header: [authorization]: [Basic […]]"),
        ("Authorization: Bearer abc.def user=x", "Authorization: Bearer […]"),
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
        ("PID|1||900001^^^CH||DUPONT^MARIE", "PID|[…]"),
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
fn knows_private_names() {
    for name in ["PASSWORD", "logdata.PASSWORD", "client_secret", "newPassword", "patient_id", "00100010", "X-Api-Key"]
    {
        assert!(is_private(name), "{name}");
    }
    for name in ["passwordType", "transactionId", "instance", "origins", "sessionId", "dupins", "00080052"] {
        assert!(!is_private(name), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_overlooks_what_a_pattern_would_find(pieces in prop::collection::vec(piece(), 0..8)) {
        let text = pieces.concat();
        if STEPS.iter().any(|(pattern, _)| pattern.is_match(&text)) {
            prop_assert!(suspects(&text), "{text}");
        }
    }
}

/// Pieces that together often make something private, or nearly.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
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
        ])
        .prop_map(str::to_owned),
        "[0-9 .AB-]{1,12}",
        "\\PC{0,3}",
    ]
}

#[test]
fn what_a_person_types_loses_numbers_that_they_name_and_names_with_carets() {
    for (typed, kept) in [
        ("Patient DUPONT^JEAN NIR 1 85 05 78 006 084 36 aux urgences", "Patient […] NIR […] aux urgences"),
        ("IPP 123456789, chambre 12", "IPP […], chambre 12"),
        ("iep n° 20261121", "iep n° […]"),
        ("Écran noir sur 12 postes, 3 services", "Écran noir sur 12 postes, 3 services"),
        ("ins 12 écrans", "ins 12 écrans"),
    ] {
        assert_eq!(redact_words(typed), kept);
    }
}

#[test]
fn numbers_that_stand_next_to_each_other_all_go() {
    for (text, wanted) in [
        ("185057800608491 185057800608491", "[…] […]"),
        ("185057800608491,185057800608491;185057800608491.", "[…],[…];[…]."),
        // The first one only looks like one.
        ("185057800608400 185057800608491", "185057800608400 […]"),
        ("0612345678 0612345678 0712345678", "[…] […] […]"),
        ("185057800608491 0612345678 185057800608491", "[…] […] […]"),
    ] {
        assert_eq!(redact_line(text), wanted);
        assert_eq!(redact_line(wanted), wanted);
    }
}

/// How [`is_private`] is meant: the last part of the name, as people who write it differently would all write it.
fn is_private_slowly(name: &str) -> bool {
    let last = name.rsplit(['.', ' ', '/', ':']).next().unwrap_or(name);
    let plain: String = last.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect();
    SECRETS.iter().any(|end| plain.ends_with(end))
        || PERSONS.iter().any(|person| plain == *person)
        || plain == "pass"
        || (plain.len() == 8 && plain.starts_with("0010") && plain.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

proptest! {
    #[test]
    fn private_names_are_told_as_if_they_were_written_out(
        start in "([A-Za-z_é-]{0,5}[./: ]?){0,2}",
        name in prop::sample::select([&SECRETS[..], &PERSONS[..], &["pass", "00101abc", "0010zzzz", "001012345"]].concat()),
        joints in prop::collection::vec((0..20_usize, prop::sample::select(vec!['_', '-'])), 0..3),
        upper: bool,
        end in "[._a-z-]{0,1}",
    ) {
        let mut name = if upper { name.to_uppercase() } else { name.to_owned() };
        for (at, joint) in joints {
            name.insert(at.min(name.len()), joint);
        }
        let name = format!("{start}{name}{end}");
        prop_assert_eq!(is_private(&name), is_private_slowly(&name), "{}", name);
        prop_assert_eq!(is_private(&start), is_private_slowly(&start), "{}", start);
    }
}

#[test]
fn what_was_taken_out_before_is_left_alone() {
    for text in ["pass:[…]x", "password=\"[…]\"", "NIR : […]", "cookie: […]; a"] {
        let once = redact_line(text).into_owned();
        assert!(matches!(redact_line(&once), Cow::Borrowed(_)), "{text}: {once}");
    }
}
