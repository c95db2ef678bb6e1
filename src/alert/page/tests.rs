//! Whatever a site lists and an author writes, an exercise stays an exercise.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::base::language::Language;

/// Reads a random seed out in small pieces: a hundred thousand configurations in seconds, the same ones each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (sides as u64)).expect("less than the sides")
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    fn words(&mut self) -> String {
        let words =
            ["EXERCICE", "EXERCISE", "alerte", "RÉEL", "été\n", "…", "[x]", "\u{202e}", "", "LIVE", "EXERCICES"];
        (0..self.roll(6)).map(|_| *self.pick(&words)).collect::<Vec<_>>().join(" ")
    }
}

const PEOPLE: [&str; 4] = ["rssi", "garde", "dpo", "direction"];
const CHANNELS: [&str; 4] = ["mail", "mail-secours", "sms", "papier"];

fn medium(channel: &str) -> Medium {
    match channel {
        "sms" => Medium::Sms,
        "papier" => Medium::Folder,
        _ => Medium::Mail,
    }
}

/// The address in the site's people file; nobody may be reached there unless it is listed too.
fn real(person: &str, medium: Medium) -> Address {
    match medium {
        Medium::Mail => Address::Mail(format!("{person}@ch-valmont.example")),
        Medium::Sms => Address::Sms(format!("+3360000000{}", person.len())),
        Medium::Folder => Address::Folder,
    }
}

fn written() -> Zoned {
    let now: Timestamp = "2026-11-21T19:31:05Z".parse().expect("an instant");
    now.to_zoned(TimeZone::get("Europe/Paris").expect("a zone of the database"))
}

/// To whom a declaration goes: words on a page, never an address of one.
fn authority() -> words::DutyText {
    let place = "signalement@autorite.example, +33123456789".to_owned();
    words::DutyText { what: "incident grave".to_owned(), place, due: None, fallback: None }
}

fn declared(language: Language) -> Draft {
    let title = crate::base::language::Text::quoted("Chiffrement");
    let level = crate::base::level::Level::High;
    let alert = crate::alert::Alert::new(Realm::Live, level, title, Timestamp::UNIX_EPOCH);
    let story = words::Story {
        site: "CH de Valmont".to_owned(),
        folder: None,
        zone: TimeZone::UTC,
        alert: &alert,
        detections: Vec::new(),
        gestures: Vec::new(),
        ended_by: None,
        told: Vec::new(),
        holder: None,
        owner: None,
        times: (1, None),
        until: None,
    };
    words::declare(&story, &"cert-sante".into(), &authority(), language)
}

fn random_list(dice: &mut Dice) -> (AllowList, BTreeSet<String>) {
    let mut allow = AllowList::nobody();
    let mut listed = BTreeSet::from(["folder".to_owned()]);
    for channel in CHANNELS {
        if dice.roll(2) == 0 {
            allow.allow(channel.into(), medium(channel));
        }
    }
    for person in PEOPLE {
        for medium in [Medium::Mail, Medium::Sms] {
            let address = match (dice.roll(4), medium) {
                (0, _) => real(person, medium),
                (1, Medium::Mail) => Address::Mail(format!("{person}+exercice@ch-valmont.example")),
                (1, _) => Address::Sms("+33700000000".to_owned()),
                _ => continue,
            };
            listed.insert(plain(&address));
            allow.list(person.into(), address);
        }
    }
    (allow, listed)
}

fn plain(address: &Address) -> String {
    match address {
        Address::Mail(text) | Address::Sms(text) => text.clone(),
        Address::Folder => "folder".to_owned(),
    }
}

fn assert_marked(letter: &Letter) {
    for text in [letter.subject(), letter.body(), letter.short()] {
        let marked = |word| text.starts_with(word) && text.ends_with(word);
        assert!(marked("EXERCICE") || marked("EXERCISE"), "{text:?}");
    }
    assert!(short::length(letter.short()).is_some_and(|length| length <= short::LIMIT), "{:?}", letter.short());
}

/// Nobody is reached in an exercise but at a listed address by a listed channel, and never without the marking:
/// 100,000 random sites, their people, lists and words.
#[test]
fn an_exercise_reaches_listed_addresses_only_and_always_says_so() {
    let mut pages = 0;
    for seed in 0..100_000 {
        let mut dice = Dice(seed);
        let (allow, listed) = random_list(&mut dice);
        let (person, channel) = (*dice.pick(&PEOPLE), *dice.pick(&CHANNELS));
        let language = *dice.pick(&[Language::Fr, Language::En]);
        let draft = match dice.roll(32) {
            0 => declared(language),
            _ => Draft::new(language, &dice.words(), &dice.words(), &dice.words()),
        };
        let Some(admitted) = allow.admit(&person.into(), &channel.into(), medium(channel)) else { continue };
        let page = Page::<Drill>::new(PageId(seed), written(), DrillId(1), admitted, draft);
        pages += 1;
        let letter = page.letter();
        assert_marked(&letter);
        assert!(listed.contains(&plain(letter.address())), "{letter:?}");
        assert!(!authority().place.contains(&plain(letter.address())), "an authority was written to: {letter:?}");
        let is_real = *letter.address() == real(person, medium(channel)) && *letter.address() != Address::Folder;
        assert!(!is_real || listed.contains(&plain(&real(person, medium(channel)))));
        if seed % 8 == 0 {
            assert_marked(&page.letter_again());
            let row = page.store();
            assert_eq!(AnyPage::restore(&row, &allow).expect("its own row"), AnyPage::Drill(page));
            assert!(AnyPage::restore(&row, &AllowList::nobody()).is_err());
        }
    }
    assert!(pages > 10_000, "only {pages} pages were made: the test says little");
}

fn drill_page() -> (AllowList, Page<Drill>) {
    let mut allow = AllowList::nobody();
    allow.allow("mail".into(), Medium::Mail);
    allow.list("rssi".into(), Address::Mail("rssi+exercice@ch-valmont.example".to_owned()));
    let admitted = allow.admit(&"rssi".into(), &"mail".into(), Medium::Mail).expect("listed above");
    let draft = Draft::new(Language::Fr, "Renommage massif", "Tout est chiffré.", "A12 critique");
    (allow, Page::<Drill>::new(PageId(7), written(), DrillId(3), admitted, draft))
}

#[test]
fn the_marking_stands_at_both_ends_in_the_readers_language() {
    let (_, page) = drill_page();
    let letter = page.letter();
    assert_eq!(letter.subject(), "EXERCICE - Renommage massif - EXERCICE");
    assert_eq!(letter.short(), "EXERCICE A12 critique EXERCICE");
    assert!(letter.body().starts_with("EXERCICE\nCeci est un message d'exercice"));
    assert_eq!(page.realm(), Realm::Drill(DrillId(3)));
}

#[test]
fn a_repetition_says_so_inside_the_marking_and_keeps_its_name() {
    let (_, page) = drill_page();
    let (letter, again) = (page.letter(), page.letter_again());
    assert_eq!(letter.message_id(), again.message_id());
    assert_eq!(again.subject(), "EXERCICE - [rappel possible] Renommage massif - EXERCICE");
    assert_eq!(again.short(), "EXERCICE (rappel possible) A12 critique EXERCICE");
    assert!(again.body().contains("\n\nRappel possible\u{a0}: "));
}

#[test]
fn only_listed_people_by_listed_channels_are_admitted() {
    let (mut allow, _) = drill_page();
    let admitted = |allow: &AllowList, who: &str, channel: &str, medium| {
        allow.admit(&who.into(), &channel.into(), medium).map(|admitted| admitted.address().clone())
    };
    assert_eq!(admitted(&allow, "garde", "mail", Medium::Mail), None);
    assert_eq!(admitted(&allow, "rssi", "sms", Medium::Sms), None);
    assert_eq!(admitted(&allow, "rssi", "papier", Medium::Folder), None);
    allow.allow("papier".into(), Medium::Folder);
    allow.allow("sms".into(), Medium::Sms);
    assert_eq!(admitted(&allow, "rssi", "papier", Medium::Folder), Some(Address::Folder));
    assert_eq!(admitted(&allow, "rssi", "sms", Medium::Sms), None, "a channel without a listed address");
}

/// A row changed by hand, in each way that would make an exercise look real or go astray.
#[test]
fn a_row_that_was_changed_is_refused() {
    let (allow, page) = drill_page();
    let row = page.store();
    assert!(AnyPage::restore(&row, &allow).is_ok());
    for (from, to) in [
        ("rssi+exercice@", "rssi@"),
        ("\"person\":\"rssi\"", "\"person\":\"garde\""),
        ("\"channel\":\"mail\"", "\"channel\":\"sms\""),
        ("{\"mail\":\"rssi+exercice@ch-valmont.example\"}", "{\"sms\":\"+33600000001\"}"),
        ("{\"mail\":\"rssi+exercice@ch-valmont.example\"}", "\"folder\""),
        ("{\"drill\":3}", "\"live\""),
        ("EXERCICE - Renommage", "Renommage"),
        ("massif - EXERCICE", "massif"),
        ("\"body\":\"EXERCICE\\n", "\"body\":\""),
        ("\\nEXERCICE\"", "\""),
        ("\"short\":\"EXERCICE ", "\"short\":\""),
        ("critique EXERCICE", "critique"),
        ("\"language\":\"fr\"", "\"language\":\"en\""),
        ("\"realm\"", "\"extra\":1,\"realm\""),
    ] {
        let changed = row.replacen(from, to, 1);
        assert_ne!(changed, row, "{from} is not in {row}");
        assert!(AnyPage::restore(&changed, &allow).is_err(), "{changed}");
    }
}

#[test]
fn a_row_that_grew_old_is_refused() {
    let (_, page) = drill_page();
    let refused = AnyPage::restore(&page.store(), &AllowList::nobody()).expect_err("nobody is listed any more");
    assert_eq!(refused.to_string(), "page P7 of an exercise may not reach rssi by mail");
}

#[test]
fn a_real_text_message_uses_all_there_is_and_only_an_exercise_leaves_room_for_the_marking() {
    let long = "abcdefghi ".repeat(30);
    let to =
        Recipient { person: "rssi".into(), channel: "sms".into(), address: Address::Sms("+33600000001".to_owned()) };
    let draft = Draft::new(Language::Fr, "x", "x", &long);
    let page = Page::<Live>::new(PageId(1), written(), to, draft.clone());
    for letter in [page.letter(), page.letter_again()] {
        assert!((158..=160).contains(&letter.short().len()), "{} {:?}", letter.short().len(), letter.short());
    }
    let (allow, _) = drill_page();
    let admitted = allow.admit(&"rssi".into(), &"mail".into(), Medium::Mail).expect("listed");
    let page = Page::<Drill>::new(PageId(1), written(), DrillId(9), admitted, draft);
    for letter in [page.letter(), page.letter_again()] {
        assert!((158..=160).contains(&letter.short().len()), "{} {:?}", letter.short().len(), letter.short());
        assert_marked(&letter);
    }
}

proptest! {
    /// Real alerts are never lost to the marking: whatever they say, they come back from the store and go out.
    #[test]
    fn a_live_page_comes_back_as_it_was(subject in ".{0,40}", body in "(?s).{0,80}", brief in ".{0,200}", marked: bool) {
        let mark = |text: String| if marked { format!("EXERCICE {text} EXERCICE") } else { text };
        let draft = Draft::new(Language::En, &mark(subject), &mark(body), &mark(brief));
        let address = Address::Sms("+33600000001".to_owned());
        let page = Page::<Live>::new(PageId(1), written(), Recipient { person: "rssi".into(), channel: "sms".into(), address }, draft);
        let back = AnyPage::restore(&page.store(), &AllowList::nobody());
        prop_assert_eq!(back.expect("its own row"), AnyPage::Live(page));
    }

    #[test]
    fn a_drill_page_comes_back_as_it_was(subject in ".{0,40}", body in "(?s).{0,80}", brief in ".{0,200}") {
        let (allow, _) = drill_page();
        let admitted = allow.admit(&"rssi".into(), &"mail".into(), Medium::Mail).expect("listed");
        let draft = Draft::new(Language::Fr, &subject, &body, &brief);
        let page = Page::<Drill>::new(PageId(1), written(), DrillId(9), admitted, draft);
        assert_marked(&page.letter());
        assert_marked(&page.letter_again());
        let back = AnyPage::restore(&page.store(), &allow);
        prop_assert_eq!(back.expect("its own row"), AnyPage::Drill(page));
    }
}

#[test]
fn a_mark_behind_a_marking_stands_in_the_store_as_it_was_sent() {
    let words = "EXERCICE \u{11180} EXERCICE";
    let to = Recipient { person: "rssi".into(), channel: "papier".into(), address: Address::Folder };
    let page = Page::<Live>::new(PageId(1), written(), to, Draft::new(Language::Fr, words, words, ""));
    let back = AnyPage::restore(&page.store(), &AllowList::nobody()).expect("its own row");
    assert_eq!((back.letter().subject(), back), (page.letter().subject(), AnyPage::Live(page.clone())));
}

#[test]
fn two_sites_name_their_messages_differently() {
    let page = |site: &str| {
        let draft = Draft::new(Language::Fr, "x", site, "x");
        Page::<Live>::new(
            PageId(12),
            written(),
            Recipient { person: "rssi".into(), channel: "papier".into(), address: Address::Folder },
            draft,
        )
        .letter()
    };
    let (one, other) = (page("CH de Valmont"), page("CH d'Aubremont"));
    assert!(one.message_id().starts_with("P12."));
    assert_ne!(one.message_id(), other.message_id());
}
