//! Who and what was reached: rules that matched, people who were told, who answered, and what was written down.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::Language;
use crate::drill::playbook::Offset;
use crate::drill::report::record::{Record, When};
use crate::drill::report::words;

pub(super) fn detections(record: &Record, language: Language) -> Section {
    if record.hits.is_empty() {
        let none = paragraph(language, "Aucune règle ne s'est déclenchée.", "No rule matched.");
        return section(language, "Détections", "Detections", vec![none]);
    }
    let rows = record.hits.iter().map(|hit| {
        let title = record.rules.get(&hit.rule).map(|title| title.get(language)).unwrap_or_default();
        let mut row = when(hit.at);
        row.extend([Cell::plain(hit.rule.as_str()), Cell::plain(title), Cell::plain(hit.alert.to_string())]);
        row
    });
    let head =
        language.pick(["Scénario", "Heure", "Règle", "Titre", "Alerte"], ["Script", "Hour", "Rule", "Title", "Alert"]);
    let caption =
        language.pick("Règles déclenchées par les lignes de l'exercice", "Rules matched by lines of the drill");
    section(language, "Détections", "Detections", vec![table(caption, &head, rows.collect())])
}

pub(super) fn pages(record: &Record, language: Language) -> Section {
    let mut blocks = Vec::new();
    if record.pages.is_empty() {
        blocks.push(paragraph(language, "Personne n'a été prévenu par une chaîne.", "Nobody was told by a chain."));
    } else {
        let rows = record.pages.iter().map(|page| {
            let mut row = when(page.at);
            row.extend([
                Cell::plain(record.name_of(page.person.as_str())),
                Cell::plain(page.channel.as_str()),
                Cell::plain(page.chain.as_str()),
            ]);
            row
        });
        let head = language.pick(
            ["Scénario", "Heure", "Personne", "Canal", "Chaîne"],
            ["Script", "Hour", "Person", "Channel", "Chain"],
        );
        blocks.push(table(language.pick("Appels partis", "Pages sent"), &head, rows.collect()));
    }
    if record.acks.is_empty() {
        blocks.push(paragraph(
            language,
            "Personne n'a répondu «\u{a0}je m'en occupe\u{a0}».",
            "Nobody answered “I have it”.",
        ));
    } else {
        let rows = record.acks.iter().map(|ack| {
            let mut row = when(ack.at);
            row.extend([
                Cell::marked(record.name_of(ack.by.as_str()), Mark::Good),
                Cell::plain(ack.alert.to_string()),
                Cell::plain(ack.chain.as_str()),
            ]);
            row
        });
        let head = language.pick(
            ["Scénario", "Heure", "Personne", "Alerte", "Chaîne"],
            ["Script", "Hour", "Person", "Alert", "Chain"],
        );
        let caption = language.pick("Prises en charge («\u{a0}je m'en occupe\u{a0}»)", "Answers (“I have it”)");
        blocks.push(table(caption, &head, rows.collect()));
    }
    section(language, "Personnes prévenues", "People told", blocks)
}

pub(super) fn notes(record: &Record, language: Language) -> Section {
    let mut blocks = Vec::new();
    if !record.real_alerts.is_empty() {
        blocks.push(Block::Notice(
            language
                .pick(
                    "De vraies alertes ont été levées pendant l'exercice. Elles ont suivi leur propre chemin et n'entrent pas dans le résultat.",
                    "Real alerts were raised during the drill. They went their own way and do not count in the result.",
                )
                .to_owned(),
        ));
        let rows = record.real_alerts.iter().map(|real| {
            let mut row = when(real.at);
            row.push(Cell::marked(real.alert.to_string(), Mark::Bad));
            row
        });
        let head = language.pick(["Scénario", "Heure", "Alerte réelle"], ["Script", "Hour", "Real alert"]);
        blocks.push(table(language.pick("Alertes réelles", "Real alerts"), &head, rows.collect()));
    }
    if record.notes.is_empty() {
        blocks.push(paragraph(language, "Aucune note n'a été prise.", "No note was taken."));
    } else {
        let rows = record.notes.iter().map(|note| {
            let mut row = when(note.at);
            row.extend([Cell::plain(record.name_of(&note.by)), Cell::plain(note.text.as_str())]);
            row
        });
        let head = language.pick(["Scénario", "Heure", "Par", "Note"], ["Script", "Hour", "By", "Note"]);
        blocks.push(table(language.pick("Notes", "Notes"), &head, rows.collect()));
    }
    section(language, "Notes et alertes réelles", "Notes and real alerts", blocks)
}

fn when(at: When) -> Vec<Cell> {
    vec![Cell::plain(Offset(at.script).to_string()), Cell::plain(words::hour(at))]
}
