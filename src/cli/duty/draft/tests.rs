//! What a draft says of an alert, in both languages, and that nothing in it is blank.

use jiff::tz::TimeZone;

use super::facts::Facts;
use super::{made, text};
use crate::alert::duty::{Awareness, How, find};
use crate::alert::{Alert, Detection};
use crate::api::AlertView;
use crate::base::id::{AlertId, DrillId};
use crate::base::language::{Language, Text};
use crate::base::level::Level;
use crate::base::realm::Realm;
use crate::base::tie::{Tie, TieKind};

fn drafted(duty: &str, realm: Realm, language: Language) -> String {
    let at = "2026-10-24T01:00:00Z".parse().expect("an instant");
    let mut alert = Alert::new(realm, Level::Critical, Text::both("Rançongiciel", "Ransomware"), at);
    alert.id = AlertId(3);
    alert.aware = Some(Awareness { at, how: How::Acked("ann".into()) });
    let tie = |kind, name| Tie::of(kind, name).expect("a name");
    let ties = vec![tie(TieKind::Machine, "srv-dpi"), tie(TieKind::Account, "svc-backup")];
    let detection = Detection { ties, ..Detection::from(&alert) };
    let view = AlertView { alert, detections: vec![(1, detection)], duties: vec![], pages: vec![], story: vec![] };
    let (duty, zone) = (find(duty).expect("a duty"), TimeZone::get("Europe/Paris").expect("a zone"));
    let facts = Facts { view: &view, duty: &duty.id, site: None, zone: &zone, language };
    text(&made(&facts, duty, at))
}

#[test]
fn what_is_known_is_written_and_what_is_not_says_so() {
    let french = drafted("cert-sante", Realm::Live, Language::Fr);
    for said in [
        "BROUILLON – à valider par le déclarant",
        "Premier signe le 24 oct. 2026 03:00:00",
        "Rançongiciel (×1)",
        "Périmètre et systèmes touchés\n    srv-dpi",
        "Comptes concernés\n    svc-backup",
        "Cause, si elle est connue\n    inconnu à ce stade",
        "Numéro du récépissé",
        "vérifié le 30 nov. 2026",
    ] {
        assert!(french.contains(said), "{said}: {french}");
    }
    let english = drafted("cnil", Realm::Live, Language::En);
    assert!(english.contains("On 24 Oct 2026 03:00:00, when ann took the alert"), "{english}");
    assert!(english.contains("Likely consequences\n    unknown at this stage"), "{english}");
    for draft in [french, english] {
        assert!(!draft.contains("EXERC") && draft.lines().all(|line| line != "    "), "a blank: {draft}");
    }
}

#[test]
fn a_draft_of_an_exercise_is_marked_at_both_ends_and_one_of_no_law_says_so() {
    let played = drafted("cnil", Realm::Drill(DrillId(1)), Language::Fr);
    let lines: Vec<&str> = played.lines().collect();
    assert!(lines[0].starts_with("EXERCICE") && lines[lines.len() - 1].starts_with("EXERCICE"), "{played}");
    let pending = drafted("nis2-24h", Realm::Live, Language::Fr);
    assert!(pending.contains("n'est pas en vigueur") && pending.contains("prévu\u{a0}: 24 heures"), "{pending}");
}
