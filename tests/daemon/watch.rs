//! From a line in a log to a mail in a box, and to somebody who has it.

use super::hospital::{Hospital, sample, wait};

#[test]
fn a_genuine_attack_pages_the_on_call_and_their_answer_stops_the_chain() {
    let mut hospital = Hospital::new();
    hospital.edit("chains.yaml", "answer_within: 10m", "answer_within: 2s");
    hospital.start();
    hospital.append("fichiers.log", &sample("linux/samba-full_audit.log"));
    let burst = wait("the rename burst", || {
        let raised = hospital.entries("alert.raised");
        raised.into_iter().find(|entry| entry["body"]["rule"] == "ransomware.rename_burst")
    });
    let alert = burst["body"]["alert"].as_str().unwrap().to_owned();
    wait("a mail to the security officer", || {
        let mails = hospital.mailbox.mails();
        mails.iter().any(|mail| mail.to == "rssi@ch-valmont.example" && mail.text.contains(&alert)).then_some(())
    });
    // Nobody answers: the chain climbs to whoever is on call.
    let reached = wait("the second step", || {
        let reached = hospital.entries("chain.step_reached");
        reached.into_iter().find(|entry| entry["body"]["alert"] == alert.as_str() && entry["body"]["step"] == 2)
    });
    let on_call = reached["body"]["person"].as_str().unwrap().to_owned();
    let (code, out, error) = hospital.vigie(&["alert", "ack", &alert, "--as", &on_call]);
    assert_eq!(code, 0, "{out}{error}");
    wait("the acknowledgement", || {
        hospital.entries("chain.acked").into_iter().find(|entry| entry["body"]["alert"] == alert.as_str())
    });
    let shown = hospital.json(&["alert", "show", &alert, "--json"]);
    assert_eq!(shown["alert"]["acks"][0][0], on_call.as_str());
    let reached: Vec<_> = hospital
        .entries("chain.step_reached")
        .into_iter()
        .filter(|entry| entry["body"]["alert"] == alert.as_str())
        .collect();
    assert_eq!(reached.len(), 2, "nobody else is told: {reached:#?}");
    assert!(std::fs::read_dir(hospital.path("spool/sms")).unwrap().count() >= 1, "a text message went to the spool");
    hospital.ledger_is_whole();
}

#[test]
fn a_burst_is_one_alert_with_a_count_and_one_page_each() {
    let mut hospital = Hospital::new();
    hospital.start();
    let lines = sample("orthanc/orthanc-1.12.7-default.log");
    for _ in 0..20 {
        hospital.append("Orthanc.log", &lines);
    }
    let hits = |hospital: &Hospital| -> u64 {
        let alerts = hospital.json(&["alert", "list", "--json"]);
        let unknown = alerts.as_array().unwrap().iter().filter(|alert| alert["rule"] == "imaging.unknown_aet");
        unknown.map(|alert| alert["hits"].as_u64().unwrap()).sum()
    };
    wait("sixty hits", || (hits(&hospital) == 60).then_some(()));
    let unknown = hospital.alerts().into_iter().filter(|(rule, _)| rule == "imaging.unknown_aet").count();
    assert_eq!(unknown, 3, "one alert for each title");
    let (_, out, _) = hospital.vigie(&["alert", "list"]);
    assert!(out.contains("×20"), "{out}");
}

/// Measures, and says, how long a line takes to become a mail in a box. Nothing is asserted about time: machines that
/// run tests are shared. `cargo test --test daemon latency -- --nocapture` shows it.
#[test]
#[expect(clippy::disallowed_methods, reason = "this is a measurement")]
fn latency_from_a_line_to_a_mail() {
    let mut hospital = Hospital::new();
    hospital.start();
    let mut times = Vec::new();
    for number in 0..11 {
        let line = format!(
            "W1121 19:21:31.936428     DICOM-SERVER OrthancConfiguration.cpp:852] \
             Modality \"INTRUS{number}\" is not listed in the \"DicomModalities\" configuration option\n"
        );
        let start = std::time::Instant::now();
        hospital.append("Orthanc.log", line.as_bytes());
        let title = format!("INTRUS{number}\n");
        wait("the mail", || hospital.mailbox.mails().iter().any(|mail| mail.text.contains(&title)).then_some(()));
        times.push(start.elapsed());
    }
    times.sort();
    println!(
        "line to mail, {} times: median {:?}, slowest {:?}",
        times.len(),
        times[times.len() / 2],
        times[times.len() - 1]
    );
}
