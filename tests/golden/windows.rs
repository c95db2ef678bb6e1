//! What rules had counted, they go on counting.

use super::hospital::Hospital;

fn refused(account: &str) -> String {
    format!(
        r#"{{"timestamp": "2026-11-29T12:26:34.000000+0000", "type": "Authentication", "Authentication": {{"version": {{"major": 1, "minor": 2}}, "eventId": 4625, "logonType": 3, "status": "NT_STATUS_WRONG_PASSWORD", "remoteAddress": "ipv4:10.20.4.17:42838", "serviceDescription": "Kerberos KDC", "authDescription": "ENC-TS Pre-authentication", "clientAccount": "{account}@CH-VALMONT.EXAMPLE", "becameAccount": "{account}", "becameDomain": "CH-VALMONT", "mappedAccount": "{account}", "mappedDomain": "CH-VALMONT", "passwordType": "aes256-cts-hmac-sha1-96", "duration": 2627}}}}"#
    )
}

const PROBE: &str =
    r#"203.0.113.77 - - [29/Nov/2026:12:26:34 +0000] "GET /.git/config HTTP/1.1" 404 183 "-" "Mozilla/5.0""#;

#[test]
fn five_accounts_before_and_three_after_are_one_spray() {
    let see = |hospital: &mut Hospital| {
        for account in ["accueil", "pharmacie"] {
            hospital.see("annuaire", &[refused(account)]);
            assert_eq!(hospital.new_alerts(), [], "seven are not eight");
        }
        hospital.see("annuaire", &[refused("radiologie")]);
    };
    let mut hospital = Hospital::left_behind();
    see(&mut hospital);
    assert_eq!(hospital.new_alerts(), [("identity.password_spray".to_owned(), "live".to_owned())]);
    let mut forgetful = Hospital::forgetful();
    see(&mut forgetful);
    assert_eq!(forgetful.open_alerts(), [0; 0], "it needs what was counted before");
}

#[test]
fn two_probes_before_and_one_after_are_a_scan() {
    let mut hospital = Hospital::left_behind();
    hospital.see("portail", &[PROBE]);
    assert_eq!(hospital.new_alerts(), [("perimeter.portal_scan".to_owned(), "live".to_owned())]);
    let mut forgetful = Hospital::forgetful();
    forgetful.see("portail", &[PROBE]);
    assert_eq!(forgetful.open_alerts(), [0; 0], "it needs what was counted before");
}
