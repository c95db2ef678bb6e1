//! Every file of a duty, and what they hold together.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use super::clock::{From, Within};
use super::definition::{Duty, Status};
use super::file;
use super::library::{all, documents, find};
use crate::base::id::DutyId;
use crate::base::language::Language;
use crate::text::diagnostic::Diagnostic;
use crate::text::source::Source as Document;

fn read(text: &str) -> (Option<Duty>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let duty = file::read(&Document::new("fr/cnil.yaml", text), &mut found);
    (duty, found)
}

fn cnil() -> String {
    documents().into_iter().find(|file| file.name() == "fr/cnil.yaml").expect("a file").text().to_owned()
}

#[test]
fn every_file_is_sound() {
    let files = documents();
    assert!(files.len() >= 20, "only {} files", files.len());
    for file in &files {
        let mut found = Vec::new();
        let duty = file::read(file, &mut found);
        let said: Vec<String> = found.iter().map(|found| found.words().get(Language::En).to_owned()).collect();
        assert_eq!(said, [""; 0], "{}", file.name());
        let duty = duty.expect("a duty");
        let folder = file.name().split('/').next().expect("a folder");
        assert_eq!(duty.country.as_str().to_lowercase(), folder, "{} stands in the folder of its country", file.name());
        assert!(!duty.form.is_empty(), "{} asks nothing", file.name());
        if let From::Done(other) = &duty.clock.from {
            let other = find(other.as_str()).unwrap_or_else(|| panic!("{}: no {other}", duty.id));
            assert_eq!((&other.country, other.status), (&duty.country, duty.status), "{}", duty.id);
        }
        let pending = duty.status == Status::Pending;
        assert!(!pending || duty.note.is_some(), "{}: what is pending says why", duty.id);
        assert_eq!(duty.status == Status::Unverified, duty.checked_on().is_none(), "{}", duty.id);
    }
    let ids: BTreeSet<&DutyId> = all().iter().map(|duty| &duty.id).collect();
    assert_eq!(ids.len(), files.len(), "each has a name of its own");
}

#[test]
fn names_that_sites_use_stay() {
    for (id, country, within) in [
        ("cert-sante", "FR", Within::WithoutDelay),
        ("cnil", "FR", Within::Hours(72)),
        ("cnil-34", "FR", Within::WithoutDelay),
        ("sous-traitant", "FR", Within::WithoutDelay),
        ("plainte", "FR", Within::Hours(72)),
        ("anssi-ose", "FR", Within::WithoutDelay),
        ("nis2-24h", "FR", Within::Hours(24)),
        ("nis2-72h", "FR", Within::Hours(72)),
        ("nis2-final", "FR", Within::Months(1)),
        ("be-nis2-24h", "BE", Within::Hours(24)),
        ("de-nis2-72h", "DE", Within::Hours(72)),
        ("uk-ico", "UK", Within::Hours(72)),
        ("us-hipaa", "US", Within::Hours(60 * 24)),
    ] {
        let duty = find(id).unwrap_or_else(|| panic!("no {id}"));
        assert_eq!((duty.country.as_str(), duty.clock.within), (country, within), "{id}");
    }
    let pending = ["nis2-24h", "nis2-72h", "nis2-final", "uk-csr-24h", "uk-csr-72h", "us-circia"];
    let found: Vec<&str> =
        all().iter().filter(|duty| duty.status == Status::Pending).map(|duty| duty.id.as_str()).collect();
    assert_eq!(found, pending);
    let last = find("nis2-final").expect("a duty");
    assert_eq!(last.clock.from, From::Done("nis2-72h".into()), "it counts from the notification");
}

#[test]
fn what_is_wrong_with_a_file_is_said_and_the_file_refused() {
    for (right, wrong, says) in [
        ("country: FR", "country: France", "\"France\" is not a country"),
        ("within: 72h", "within: soon", "\"soon\" is not a delay"),
        ("status: in_force", "status: maybe", "`maybe` is not known here"),
        ("checked_on: 2026-11-30", "checked_on: yesterday", "\"yesterday\" is not a day"),
        ("    seen_at: gdpr-expert.com\n", "", "checked, but it is not said where"),
        ("  en: The CNIL, the French data protection authority\n", "", "this cannot be read in both languages"),
        ("status: in_force", "status: in_force\nemail: cnil@cnil.example", "`email`"),
        ("fill: owner", "fill: boss", "`boss` is not known here"),
    ] {
        let text = cnil();
        assert!(text.contains(right), "{right}");
        let (duty, found) = read(&text.replacen(right, wrong, 1));
        let said: Vec<String> = found.iter().map(|found| found.words().get(Language::En).to_owned()).collect();
        assert!(said.iter().any(|said| said.contains(says)), "{wrong}: {said:?}");
        assert!(duty.is_none(), "{wrong}");
    }
}

#[test]
fn what_was_looked_at_long_ago_is_stale() {
    let duty = find("plainte").expect("a duty");
    let day = |text: &str| text.parse::<Date>().expect("a day");
    assert_eq!(duty.checked_on(), Some(day("2026-11-30")));
    assert!(!duty.is_stale(day("2026-11-30")) && !duty.is_stale(day("2027-05-29")), "180 days are not more");
    assert!(duty.is_stale(day("2027-05-30")));
    assert!(find("uk-ico").expect("a duty").is_stale(day("2026-11-30")), "what was never looked at is");
}

/// Everything of a duty that people read, in both languages, with the days of its sources.
fn sentences(duty: &Duty) -> String {
    let mut said = format!("{} ({}, {})\n", duty.id, duty.country, duty.status.said().get(Language::En));
    let clock = duty.clock.said();
    let parts = [
        ("title", Some(&duty.title)),
        ("who", Some(&duty.who)),
        ("to", Some(&duty.to)),
        ("trigger", Some(&duty.trigger)),
        ("how", Some(&duty.how)),
        ("clock", Some(&clock)),
        ("fallback", duty.fallback.as_ref()),
        ("note", duty.note.as_ref()),
    ];
    for (name, text) in parts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        for language in [Language::Fr, Language::En] {
            writeln!(said, "  {name} {language}: {}", text.get(language)).unwrap();
        }
    }
    for source in &duty.sources {
        let day = source.checked_on.map_or("unverified".to_owned(), |day| day.to_string());
        let [fr, en] = [Language::Fr, Language::En].map(|language| source.text.get(language));
        writeln!(said, "  source: {fr} | {en} [{} {day}]", source.seen_at.as_deref().unwrap_or("-")).unwrap();
    }
    for question in &duty.form {
        let [fr, en] = [Language::Fr, Language::En].map(|language| question.ask.get(language));
        writeln!(said, "  asks: {fr} | {en}").unwrap();
    }
    said
}

/// Nobody changes a sentence of the law in passing: whoever does writes this anew, and says when it was looked up.
#[test]
fn every_sentence_of_the_law_is_as_it_was_looked_up() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/alert/duty/sentences.txt");
    let said: String = all().iter().map(sentences).collect::<Vec<_>>().join("\n");
    if std::env::var_os("VIGIE_WRITE").is_some() {
        std::fs::write(&path, &said).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(
        kept == said,
        "what a duty says is not what was looked up: look it up once more, set `checked_on`, and write {} anew with \
         VIGIE_WRITE=1",
        path.display()
    );
}
