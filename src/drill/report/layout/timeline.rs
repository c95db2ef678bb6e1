//! What happened when: injects, expectations, decisions, and what never happened.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::Language;
use crate::drill::playbook::{Awaited, Offset};
use crate::drill::report::record::{DecisionRecord, ExpectationRecord, InjectRecord, Outcome, Record};
use crate::drill::report::words;

pub(super) fn timeline(record: &Record, language: Language) -> Section {
    let rows = record.injects.iter().map(|inject| {
        let planned = inject.planned.map_or_else(|| "–".to_owned(), |at| Offset(at).to_string());
        let played = inject.played.map_or_else(|| "–".to_owned(), |at| Offset(at.script).to_string());
        let hour = inject.played.map(words::hour).unwrap_or_default();
        let mark = match inject.outcome {
            Outcome::Played => Mark::Plain,
            Outcome::NotChosen | Outcome::NotFired => Mark::Quiet,
            _ => Mark::Bad,
        };
        vec![
            Cell::plain(planned),
            Cell::plain(played),
            Cell::plain(hour),
            Cell::plain(format!("{} ({})", inject.title.get(language), inject.id)),
            Cell::plain(inject.class.label().get(language)),
            Cell::plain(addressed(inject, language)),
            Cell::marked(outcome(inject, language), mark),
        ]
    });
    let head = language.pick(
        ["Prévu", "Joué", "Heure", "Stimulus", "Classe", "Moyen", "Suite"],
        ["Planned", "Played", "Hour", "Inject", "Class", "Means", "Outcome"],
    );
    let caption = language.pick("Chronogramme prévu et réel", "Timeline, planned and real");
    section(language, "Chronogramme", "Timeline", vec![Block::Timeline, table(caption, &head, rows.collect())])
}

fn addressed(inject: &InjectRecord, language: Language) -> String {
    let word = inject.kind.word();
    let word = word.get(language);
    if inject.to.is_empty() { word.to_owned() } else { format!("{word} → {}", inject.to.join(", ")) }
}

fn outcome(inject: &InjectRecord, language: Language) -> String {
    let outcome = words::outcome(language, &inject.outcome);
    match inject.lines.filter(|_| inject.played.is_some()) {
        Some(lines) => {
            format!("{outcome}, {}/{} {}", lines.sent, lines.planned, language.pick("lignes", "lines"))
        }
        None => outcome,
    }
}

pub(super) fn expectations(record: &Record, language: Language) -> Section {
    let mut rows = Vec::new();
    for inject in &record.injects {
        for expected in &inject.expectations {
            rows.push(expectation(record, inject, expected, language));
        }
    }
    if rows.is_empty() {
        let none = paragraph(
            language,
            "Ce scénario n'attend rien de mesurable.",
            "This playbook expects nothing that is measured.",
        );
        return section(language, "Attentes", "Expectations", vec![none]);
    }
    let took = words::took_heading(language, record.pace);
    let head = language.pick(
        ["Stimulus", "Ce qui était attendu", "Résultat", &took, "Délai permis", "Preuve ou observation"],
        ["Inject", "What was expected", "Verdict", &took, "Time allowed", "Proof or observation"],
    );
    let caption = language.pick("Attentes et délais", "Expectations and times");
    section(language, "Attentes", "Expectations", vec![table(caption, &head, rows)])
}

fn expectation(record: &Record, inject: &InjectRecord, expected: &ExpectationRecord, language: Language) -> Vec<Cell> {
    let took = expected.took.map_or_else(|| "–".to_owned(), |took| words::took(language, took, record.pace));
    let awaited = match (&expected.awaited, &inject.decision) {
        (Awaited::Decision(option), Some(decision)) => {
            let label = option_label(decision, option, language);
            format!("{} {label}", language.pick("Décision\u{a0}:", "Decision:"))
        }
        _ => words::awaited(record, expected, language),
    };
    let proof = match (&expected.note, &expected.proof, &inject.decision) {
        (Some(note), ..) if note.text.is_empty() => note.by.clone(),
        (Some(note), ..) => format!("{}{} {}", note.by, language.pick("\u{a0}:", ":"), note.text),
        (None, Some(chosen), Some(decision)) => option_label(decision, chosen, language),
        (None, Some(proof), None) => proof.clone(),
        (None, None, _) => String::new(),
    };
    vec![
        Cell::plain(inject.title.get(language)),
        Cell::plain(awaited),
        Cell::marked(words::verdict(language, expected.verdict), Mark::of(expected.verdict)),
        Cell::plain(took),
        Cell::plain(words::duration(language, expected.within)),
        Cell::plain(proof),
    ]
}

pub(super) fn decisions(record: &Record, language: Language) -> Section {
    let asked: Vec<_> = record
        .injects
        .iter()
        .filter(|inject| inject.played.is_some())
        .filter_map(|inject| inject.decision.as_ref().map(|decision| decision_row(record, inject, decision, language)))
        .collect();
    if asked.is_empty() {
        let none = paragraph(language, "Aucune décision n'a été demandée.", "No decision was asked for.");
        return section(language, "Décisions", "Decisions", vec![none]);
    }
    let took = words::took_heading(language, record.pace);
    let head = language.pick(
        ["Question", "Choix offerts", "Décision", "Par", "Heure", &took],
        ["Question", "Options", "Decision", "By", "Hour", &took],
    );
    let caption = language.pick("Décisions demandées et prises", "Decisions asked for and taken");
    section(language, "Décisions", "Decisions", vec![table(caption, &head, asked)])
}

fn decision_row(record: &Record, inject: &InjectRecord, decision: &DecisionRecord, language: Language) -> Vec<Cell> {
    let options: Vec<_> = decision.options.iter().map(|option| option.label.get(language)).collect();
    let default = option_label(decision, &decision.default, language);
    let taken = match (&decision.chosen, decision.at) {
        (Some(chosen), _) => Cell::plain(option_label(decision, chosen, language)),
        (None, Some(_)) => {
            let text = match language {
                Language::Fr => format!("pas décidé à temps\u{a0}; par défaut\u{a0}: {default}"),
                Language::En => format!("not decided in time; by default: {default}"),
            };
            Cell::marked(text, Mark::Bad)
        }
        (None, None) => {
            Cell::marked(language.pick("pas décidé avant la fin", "not decided before the end"), Mark::Quiet)
        }
    };
    let by = decision.by.as_deref().map(|by| record.name_of(by)).unwrap_or_default();
    let took = decision.took.map_or_else(|| "–".to_owned(), |took| words::took(language, took, record.pace));
    vec![
        Cell::plain(format!("{} ({})", decision.ask.get(language), inject.to.join(", "))),
        Cell::plain(options.join(" · ")),
        taken,
        Cell::plain(by),
        Cell::plain(decision.at.map(words::hour).unwrap_or_default()),
        Cell::plain(took),
    ]
}

fn option_label(decision: &DecisionRecord, name: &str, language: Language) -> String {
    let option = decision.options.iter().find(|option| option.name == name);
    option.map_or(name, |option| option.label.get(language)).to_owned()
}

/// What should have been played and was not, or not wholly. Branches and reserves left unplayed are no fault.
pub(super) fn never_happened(record: &Record, language: Language) -> Section {
    let amiss = record.injects.iter().filter(|inject| inject.outcome.is_amiss());
    let rows: Vec<_> = amiss
        .map(|inject| {
            let planned = inject.planned.map_or_else(|| "–".to_owned(), |at| Offset(at).to_string());
            vec![
                Cell::plain(planned),
                Cell::plain(format!("{} ({})", inject.title.get(language), inject.id)),
                Cell::marked(outcome(inject, language), Mark::Bad),
            ]
        })
        .collect();
    let blocks = if rows.is_empty() {
        vec![paragraph(
            language,
            "Tout ce que le scénario prévoyait sur le chemin suivi a eu lieu.",
            "Everything that the playbook planned on the path taken did happen.",
        )]
    } else {
        let head = language.pick(["Prévu", "Stimulus", "Ce qui s'est passé"], ["Planned", "Inject", "What happened"]);
        vec![table(language.pick("Stimuli concernés", "Injects concerned"), &head, rows)]
    };
    section(language, "Ce qui n'a pas eu lieu", "What did not happen", blocks)
}
