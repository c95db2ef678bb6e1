//! Everything that can be broken gives a clear message and stops nothing else.

use std::net::TcpListener;

use super::hospital::{Hospital, sample, wait};

/// The attack that must be seen whatever else is wrong.
fn attack_is_seen(hospital: &Hospital) {
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the rename burst", || hospital.alerts().into_iter().find(|(rule, _)| rule == "ransomware.rename_burst"));
    wait("its mail", || hospital.mailbox.mails().into_iter().find(|mail| mail.to == "rssi@ch-valmont.example"));
}

#[test]
fn lines_of_every_wrong_kind_cost_only_themselves() {
    let mut hospital = Hospital::new();
    hospital.start();
    let mut wrong: Vec<u8> = (0..=255_u8).cycle().take(100_000).collect();
    wrong.extend(b"\nJ'ai \xe9crit en Latin-1\n\xff\xfe\xfd\n");
    wrong.extend(std::iter::repeat_n(b'[', 100_000));
    wrong.extend(b"\n\0\0\0\0\0\n<999>1 not a date - - - -\n{\"a\":\n<34>\n");
    wrong.extend(std::iter::repeat_n(b'x', 10 * 1024 * 1024));
    wrong.push(b'\n');
    for log in ["fichiers.log", "Orthanc.log", "annuaire.log", "portail.log", "leurre.log"] {
        hospital.append(log, &wrong);
    }
    attack_is_seen(&hospital);
    let status = hospital.json(&["status", "--json"]);
    let malformed: u64 =
        status["sources"].as_array().unwrap().iter().map(|source| source["malformed"].as_u64().unwrap()).sum();
    assert!(malformed > 0, "wrong lines are counted: {status:#}");
    hospital.ledger_is_whole();
}

#[test]
fn a_mail_relay_that_is_not_there_delays_only_mail_and_mail_arrives_when_it_is_back() {
    let mut hospital = Hospital::new();
    // A port that is free now and refuses until something listens there.
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    hospital.edit("vigie.yaml", &hospital.mailbox.address.to_string(), &address.to_string());
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    let delayed = wait("a page that is delayed", || hospital.entries("page.delayed").into_iter().next());
    let why = format!("{address}\u{a0}: connexion impossible\u{a0}: personne n'écoute à cette adresse");
    assert_eq!(delayed["body"]["why"], why.as_str(), "a French hospital reads it in French");
    wait("a text message meanwhile", || hospital.has_files("spool/sms").then_some(()));
    hospital.mailbox.also_at(address);
    wait("mail once the relay is back", || {
        hospital.mailbox.mails().into_iter().find(|mail| mail.to == "rssi@ch-valmont.example")
    });
    hospital.ledger_is_whole();
}

#[test]
fn a_channel_whose_secret_cannot_be_read_is_told_and_the_next_one_is_used() {
    let mut hospital = Hospital::new();
    hospital.edit(
        "vigie.yaml",
        "from: vigie@ch-valmont.example",
        "from: vigie@ch-valmont.example, username: x, password: \"file:not-there\"",
    );
    hospital.edit("chains.yaml", "by: mail + sms,", "by: mail,");
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the page on paper", || hospital.has_files("spool/papier").then_some(()));
    let failed = hospital.entries("page.failed");
    assert!(failed[0]["body"]["proof"].as_str().unwrap().contains("not-there"), "{failed:#?}");
}

#[test]
fn a_site_with_broken_yaml_does_not_start_and_says_where() {
    let hospital = Hospital::new();
    hospital.edit("chains.yaml", "chains:", "chains: [");
    let (code, _, error) = hospital.run();
    assert_eq!(code, 1, "{error}");
    assert!(error.contains("chains.yaml:") && error.contains("not valid YAML"), "{error}");
}

#[test]
fn a_second_daemon_on_the_same_state_is_refused() {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, _, error) = hospital.run();
    assert_eq!(code, 4, "{error}");
    assert!(error.contains("in use by another vigie"), "{error}");
    attack_is_seen(&hospital);
}

#[test]
fn a_state_folder_that_cannot_be_made_is_named() {
    let hospital = Hospital::new();
    // A file where the folder should be stops even an administrator.
    std::fs::write(hospital.path("state"), "in the way").unwrap();
    let (code, _, error) = hospital.run();
    assert_eq!(code, 4, "{error}");
    assert!(error.contains("state") && error.contains("cannot use the state folder"), "{error}");
}

#[test]
fn commands_without_a_daemon_say_so() {
    let hospital = Hospital::new();
    let (code, _, error) = hospital.vigie(&["alert", "ack", "A1", "--as", "rssi"]);
    assert_eq!(code, 4, "{error}");
    assert!(error.contains("vigie run"), "{error}");
    let (code, _, error) = hospital.vigie(&["ledger", "verify"]);
    assert_eq!(code, 3, "{error}");
    assert!(error.contains("there is no store"), "{error}");
}

#[test]
fn an_unknown_name_or_number_is_refused_with_the_nearest_known() {
    let mut hospital = Hospital::new();
    hospital.start();
    let (code, out, error) = hospital.vigie(&["alert", "raise", "écran noir", "--as", "rsi"]);
    assert_eq!(code, 4, "{out}");
    assert!(error.contains("did you mean `rssi`?"), "{error}");
    let (code, _, error) = hospital.vigie(&["alert", "ack", "A99", "--as", "rssi"]);
    assert_eq!(code, 4);
    assert!(error.contains("no alert A99"), "{error}");
    let (code, _, error) = hospital.vigie(&["drill", "start", "premier-exercise"]);
    assert_eq!(code, 4);
    assert!(error.contains("did you mean `premier-exercice`?"), "{error}");
}

#[test]
fn one_altered_byte_of_the_ledger_is_found_and_its_entry_named() {
    let mut hospital = Hospital::new();
    hospital.start();
    attack_is_seen(&hospital);
    hospital.kill();
    let store = rusqlite::Connection::open(hospital.path("state/vigie.db")).unwrap();
    let entries: i64 = store.query_row("SELECT max(id) FROM ledger", [], |row| row.get(0)).unwrap();
    let altered = entries / 2;
    let body: String = store.query_row("SELECT body FROM ledger WHERE id = ?1", [altered], |row| row.get(0)).unwrap();
    let mut bytes = body.into_bytes();
    bytes[2] ^= 1;
    let body = String::from_utf8(bytes).unwrap();
    store.execute("UPDATE ledger SET body = ?1 WHERE id = ?2", rusqlite::params![body, altered]).unwrap();
    let (code, _, error) = hospital.vigie(&["ledger", "verify"]);
    assert_eq!(code, 5, "{error}");
    assert!(error.contains(&format!("entry L{altered}:")), "{error}");
}

#[test]
fn whoever_connects_and_says_nothing_half_a_line_or_too_much_holds_nobody_else() {
    use std::io::Write as _;
    use std::os::unix::net::UnixStream;
    let mut hospital = Hospital::new();
    hospital.start();
    let said: [Vec<u8>; 4] = [Vec::new(), b"{\"ack\":".to_vec(), vec![b'x'; 1 << 20], vec![0xff, b'\n']];
    let mut open = Vec::new();
    for words in said.iter().cycle().take(20) {
        let mut stream = UnixStream::connect(hospital.path("state/vigie.sock")).unwrap();
        // A daemon that has heard enough hangs up.
        drop(stream.write_all(words));
        open.push(stream);
    }
    let (code, out, error) = hospital.vigie(&["status"]);
    assert_eq!(code, 0, "{out}{error}");
    attack_is_seen(&hospital);
}

#[test]
fn a_stop_while_the_relay_hangs_comes_to_its_end_and_loses_no_page() {
    let mut hospital = Hospital::new();
    // Takes connections and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let working = hospital.mailbox.address.to_string();
    let hanging = silent.local_addr().unwrap().to_string();
    hospital.edit("vigie.yaml", &working, &hanging);
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    wait("the page on its way", || hospital.entries("page.owed").pop());
    hospital.stop();
    assert_eq!(hospital.entries("page.failed").len(), 0);
    hospital.edit("vigie.yaml", &hanging, &working);
    hospital.start();
    wait("the mail that was owed", || {
        hospital.mailbox.mails().into_iter().find(|mail| mail.to == "rssi@ch-valmont.example")
    });
    hospital.ledger_is_whole();
}
