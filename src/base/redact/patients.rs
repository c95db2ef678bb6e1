//! What is labelled as a patient's number, name or day of birth, in the names that programs and people use for it.

use std::ops::Range;

use super::rule::{Found, Rule, all_of_it};
use super::secrets::{quoted_or, sign};
use super::state::{is_state, is_word};
use super::value::{count_digits, is_elsewise, name_end, number_end};

/// What the name of a patient's number is called.
macro_rules! number {
    () => {
        r#"(?: (?:num|code|no|id)?[_-]?(?:ipp|iep|nda|nir|nss) | ins(?:[_-]?(?:c|nir|nia|calcul[eé]))? | (?:matricule|num(?:[eé]ro)?)[_\s-]?ins(?:[_-]?nir)?
            | nip | mrn | niss | insz | kvnr | bsn | ssn | ahv(?:[_-]?(?:nr|nummer))? | nhs(?:[_\s-]?(?:number|num|no|nr))?
            | (?:num(?:[eé]ro)?|num[eé]ros?|no|n°|nr|id|ref|code|identifiant)[_\s.-]?(?:du[_\s]|de[_\s]|d'|of[_\s])?(?:patient|dossier|s[eé]jour|venue|secu|avs|ss|s[eé]curit[eé][_\s-]?sociale)
            | dossier[_\s-]?(?:patient|m[eé]dical) | (?:no|nr)[_\s-]?pat | identifiant[_\s-]patient
            | patient['’]?s?[_\s-]*(?:id(?:entifier|s)?(?:list)?|ids|number|num|no|nr|mrn|key|code|ref)
            | other[_\s-]?patient[_\s-]?ids?
            | pat[_-]?(?:id|no|nr|num|number) | medical[_\s-]?record(?:[_\s-]?(?:number|num|no))? | accession[_\s-]?(?:number|num|no|nr)?
            | (?:admission|visit|encounter)[_\s-]?(?:id|number|num|no) | rijksregister(?:[_\s-]?nummer)? | registre[_\s-]national
            | (?:kranken)?versicherten(?:[_\s-]?(?:nummer|nr|id)) | patienten?[_\s-]?(?:id|nr|nummer) | fall(?:nummer|nr)
            | codice[_\s-]?fiscale | social[_\s-]?security(?:[_\s-]?(?:number|num|no))? | s[eé]curit[eé][_\s]sociale )"#
    };
}

/// What the name of a patient's name or birthday is called.
macro_rules! person {
    () => {
        r#"(?: patient['’]?s?[_\s-]*(?:full[_-]?|first[_-]?|last[_-]?|birth[_-]?|family[_-]?|given[_-]?)?(?:name|nom|surname|dob)s? | pat[_-]?(?:name|nom)
            | patient['’]?s?[_\s-]*(?:birth[_\s-]?(?:date|day|time)|address|adresse|phone|telephone(?:[_-]?numbers?)?|mother['’]?s?[_\s-]?birth[_\s-]?name|comments?|contact|mother)
            | (?:other|responsible)[_\s-]?patient[_\s-]?names? | nom[_\s-]?(?:du[_\s]|de[_\s])?patient | patient
            | nom(?:[_\s-]?(?:de[_\s-]?)?(?:famille|naissance|usuel|usage|marital|jeune[_\s-]?fille|complet))? | pr[eé]noms?
            | (?:first|last|family|given|middle|maiden)[_-]?name | surname | nachname | vorname
            | date[_\s-]?(?:de[_\s-]?)?naissance | dt?[_-]?naiss(?:ance)? | ddn | birth[_\s-]?(?:date|day) | date[_\s-]?of[_\s-]?birth | dob | geburts(?:datum|tag) | geboortedatum
            | (?:referring|requesting|performing|attending)[_\s-]?physician(?:['’]?s)?[_\s-]?(?:name)? )"#
    };
}

/// A name begins where a word does; a part before it ends in `_` or `.`.
macro_rules! begins {
    () => {
        r#"(?: ^ | %[0-9A-Fa-f]{2} | [^\w-] | [A-Za-z0-9_.]*[_.] )"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "patient number",
        needles: NUMBERS,
        of_digits: false,
        pattern: concat!(
            "(?x)",
            begins!(),
            "(?i:",
            number!(),
            r#") (?P<sign> (?: (?: \\* ["'\]] )? [\s\x{a0}]* (?: =&gt; | &gt; | => | := | [:=>] | %3[AaDd] ) (?: [\s\x{a0}\["'\\] | %20 | \+ | &nbsp; )* ) ) (?P<v> \[…\] | [A-Za-z0-9*][\w*]* )"#
        ),
        judge: signed_number,
    },
    Rule {
        name: "patient number, spoken",
        needles: NUMBERS,
        of_digits: false,
        pattern: concat!(
            "(?x)",
            begins!(),
            "(?i:",
            number!(),
            r#" ) (?i: [\s\x{a0}_\#(-] | %20 | \+ | n[°ºo]\.? | num[eé]ro | number | num\.? | nr\.? | no\.? | : | du\x20patient | of\x20patient | patient | est\x20 | is\x20 ){0,6}
            (?P<v> [A-Za-z]{0,3}[0-9][\w]* )"#
        ),
        judge: spoken_number,
    },
    Rule {
        name: "patient name or birthday",
        needles: PERSONS,
        of_digits: false,
        pattern: concat!(
            "(?x)",
            begins!(),
            "(?P<name> (?i:",
            person!(),
            ") ) (?P<sign>",
            sign!(),
            r#") (?P<v> "#,
            quoted_or!(r#"\[…\] | [^\s",;&<\]}{|\\]+"#),
            " )"
        ),
        judge: person,
    },
    Rule {
        name: "birthday, spoken",
        needles: &["né", "NÉ", "born", "geboren", "nee le", "ne le"],
        of_digits: false,
        pattern: r"(?x) (?: ^ | [^\w] ) (?i: n[ée]\(?e?\)? \s+ le | born (?:\s+on)? | geboren (?:\s+am)? ) \s*:?\s* (?P<v> [0-9]{1,2} (?: [./-][0-9]{1,2}[./-] | (?:er)?\s\pL+\s ) [0-9]{2,4} | [0-9]{4}-[0-9]{2}-[0-9]{2} | [0-9]{8} )",
        judge: all_of_it,
    },
];

const NUMBERS: &[&str] = &[
    "ipp",
    "iep",
    "nda",
    "nir",
    "nss",
    "ins",
    "nip",
    "mrn",
    "niss",
    "insz",
    "kvnr",
    "bsn",
    "ssn",
    "ahv",
    "nhs",
    "patient",
    "dossier",
    "séjour",
    "sejour",
    "SÉJOUR",
    "venue",
    "secu",
    "sécu",
    "SÉCU",
    "avs",
    "pat_",
    "pat-",
    "patid",
    "patn",
    "_ss",
    "_pat",
    "-pat",
    "nopat",
    "nrpat",
    "medical",
    "accession",
    "admission",
    "visit",
    "encounter",
    "rijks",
    "registre",
    "versicherten",
    "fall",
    "codice",
    "social",
    "_ss",
    "ross",
    "noss",
    "-ss",
    " ss",
    "°ss",
    "idss",
    "numss",
    "refss",
    "codess",
    "nrss",
    "°",
    ".ss",
];

const PERSONS: &[&str] = &[
    "patient",
    "patname",
    "pat_name",
    "pat-name",
    "patnom",
    "pat_nom",
    "nom",
    "name",
    "surname",
    "naiss",
    "ddn",
    "birth",
    "dob",
    "geburts",
    "geboorte",
    "physician",
    "vorname",
];

/// A number behind a sign: whatever has a digit is one, but for what is plainly something else.
fn signed_number(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let end = number_end(found.text, at.start);
    let value = &found.text[at.start..end];
    let sign = found.group("sign");
    let strong =
        sign.contains(['=', '>', '"', '\'']) || sign.contains("%3") && !sign.to_ascii_uppercase().contains("%3A");
    let digits = count_digits(value);
    let enough = if strong {
        digits >= 1
    } else {
        digits >= 5 && !is_elsewise(value) || digits >= 3 && value.len() == digits && !sign.is_empty()
    };
    let count = !strong && digits < 5 && is_counted(&found.text[end..]);
    (enough && !count && !(strong && is_elsewise(value))).then_some(at.start..end)
}

/// Whether a word follows, as behind a number of things.
fn is_counted(after: &str) -> bool {
    after.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// A number that somebody says the name of.
fn spoken_number(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let end = number_end(found.text, at.start);
    let value = &found.text[at.start..end];
    (count_digits(value) >= 5 && !is_elsewise(value)).then_some(at.start..end)
}

fn person(found: &Found<'_>) -> Option<Range<usize>> {
    let at = found.at();
    let value = &found.text[at.clone()];
    let sign = found.group("sign");
    let is_bare = found.groups.name("v").is_some_and(|value| value.range() == at);
    let name = found.group("name").to_lowercase();
    // A sentence goes on behind a colon; `patient` alone is a word of many.
    let spoken = sign.ends_with([' ', '\u{a0}']);
    if is_state(value) || is_bare && spoken && is_word(value) {
        return None;
    }
    if name == "patient" && (value.len() < 2 || is_elsewise(value) || value.starts_with(['/', '[', '('])) {
        return None;
    }
    if !is_bare {
        // `'D'ARTAGNAN'`: a quote with a letter behind it ends nothing.
        let rest = &found.text[at.end..];
        let inside = rest.strip_prefix('\'').filter(|rest| rest.starts_with(char::is_alphabetic));
        let more = inside.and_then(|rest| rest.find('\''));
        return Some(at.start..more.map_or(at.end, |more| at.end + 1 + more));
    }
    // In XML a value ends where its element does.
    if sign.trim_end().ends_with('>') && !sign.contains('=') {
        let end = found.text[at.start..].find('<').map_or(found.text.len(), |length| at.start + length);
        return Some(at.start..end);
    }
    // No name begins with a digit; the words behind a number are somebody else's.
    let is_number = name == "patient" && value.starts_with(|first: char| first.is_ascii_digit());
    let end = if is_number { number_end(found.text, at.start) } else { name_end(found.text, at.start) };
    Some(at.start..end.max(at.end))
}
