//! What was played, and how it came out.

use super::{Block, Cell, Mark, Section, paragraph, section, table};
use crate::base::language::Language;
use crate::drill::playbook::Offset;
use crate::drill::report::record::{Mode, Record};
use crate::drill::report::score::{Rating, Tally};
use crate::drill::report::words;

pub(super) fn identity(record: &Record, language: Language) -> Section {
    let fact = |fr: &str, en: &str, value: String| (language.pick(fr, en).to_owned(), value);
    let mode = match record.mode {
        Mode::Live => language.pick("joué par des personnes", "played by people"),
        Mode::Rehearsal => language.pick("répétition sans personne", "rehearsal without people"),
    };
    let pace = match record.pace {
        1 => language.pick("temps réel", "real time").to_owned(),
        pace => format!("×{pace}"),
    };
    let mut facts = vec![
        fact("Établissement", "Hospital", record.site.clone()),
        fact("Exercice", "Drill", format!("{} — {}", record.drill, record.playbook)),
        fact("Mode", "Mode", format!("{mode}, {pace}")),
        fact("Début", "Start", words::day_and_hour(language, record.started)),
    ];
    if let Some(ended) = record.ended {
        facts.push(fact("Fin", "End", words::day_and_hour(language, ended)));
        let played = words::duration(language, ended.script);
        let planned = words::duration(language, record.duration);
        let played = match language {
            Language::Fr => format!("{played} de scénario jouées sur {planned} prévues"),
            Language::En => format!("{played} of the script played, {planned} planned"),
        };
        facts.push(fact("Durée", "Duration", played));
    }
    facts.push(fact("Terminé", "Ended", words::ending(language, record.ending.as_ref())));
    if let Some(leans_on) = &record.leans_on {
        facts.push(fact("D'après", "After", leans_on.get(language).to_owned()));
    }
    for cell in &record.cells {
        let members: Vec<_> = cell.members.iter().map(|member| record.name_of(&member.0)).collect();
        facts.push((format!("{} {}", language.pick("Cellule", "Cell"), cell.id), members.join(", ")));
    }
    let mut blocks = Vec::new();
    if record.mode == Mode::Rehearsal {
        blocks.push(Block::Notice(rehearsal_notice(language).to_owned()));
    }
    blocks.push(Block::Facts(facts));
    if !record.gaps.is_empty() {
        blocks.push(gaps(record, language));
    }
    section(language, "L'exercice", "The drill", blocks)
}

fn rehearsal_notice(language: Language) -> &'static str {
    language.pick(
        "Répétition\u{a0}: personne n'a joué. Les réponses viennent de la distribution écrite dans le scénario. Ce rapport montre que le scénario, les règles et les chaînes fonctionnent ; il ne dit rien des équipes.",
        "Rehearsal: nobody played. The answers come from the cast written in the playbook. This report shows that playbook, rules and chains work; it says nothing about the teams.",
    )
}

fn gaps(record: &Record, language: Language) -> Block {
    let rows = record.gaps.iter().map(|gap| {
        let to = gap.to.map(words::hour).unwrap_or_default();
        let at = Offset(gap.from.script).to_string();
        vec![Cell::plain(words::hour(gap.from)), Cell::plain(to), Cell::plain(at)]
    });
    let head = language.pick(["Depuis", "Jusqu'à", "Heure du scénario"], ["From", "To", "Script time"]);
    table(language.pick("Suspensions", "Pauses"), &head, rows.collect())
}

pub(super) fn outcome(record: &Record, language: Language) -> Section {
    let mut blocks = vec![Block::Paragraph(in_one_sentence(record, language))];
    if !record.objectives.is_empty() {
        blocks.push(objectives(record, language));
        blocks.push(paragraph(
            language,
            "La cotation proposée découle de la part atteinte (voir «\u{a0}Comment le résultat est calculé\u{a0}»). La cotation retenue est celle de l'évaluateur.",
            "The suggested rating follows from the share met (see “How the result is calculated”). The rating that counts is the evaluator's.",
        ));
    }
    section(language, "Résultat", "Result", blocks)
}

fn in_one_sentence(record: &Record, language: Language) -> String {
    let Tally { met, partly, missed, not_observed, cut_off, not_reached } = record.tally;
    let judged = record.tally.judged();
    let share = words::share(language, record.tally);
    match language {
        Language::Fr => format!(
            "{share} de ce qui pouvait être jugé a été atteint\u{a0}: sur {judged} attentes jugées, {met} atteintes, {partly} en partie, {missed} non atteintes. Hors calcul\u{a0}: {not_observed} non observées, {cut_off} interrompues par la fin, {not_reached} dont le stimulus n'a pas été joué."
        ),
        Language::En => format!(
            "{share} of what could be judged was met: of {judged} expectations judged, {met} met, {partly} met in part, {missed} missed. Not counted: {not_observed} not observed, {cut_off} cut off by the end, {not_reached} whose inject was not played."
        ),
    }
}

fn objectives(record: &Record, language: Language) -> Block {
    let rows = record.objectives.iter().map(|objective| {
        let tally = objective.tally;
        let suggested = objective
            .suggested
            .map_or_else(|| "–".to_owned(), |rating| format!("{} — {}", rating.letter(), rating.label().get(language)));
        let mark = match objective.suggested {
            Some(Rating::P) => Mark::Good,
            Some(Rating::S | Rating::M) => Mark::Half,
            Some(Rating::U) => Mark::Bad,
            None => Mark::Quiet,
        };
        vec![
            Cell::plain(objective.title.get(language)),
            Cell::plain(tally.met.to_string()),
            Cell::plain(tally.partly.to_string()),
            Cell::plain(tally.missed.to_string()),
            Cell::plain((tally.all() - tally.judged()).to_string()),
            Cell::plain(words::share(language, tally)),
            Cell::marked(suggested, mark),
            Cell::plain(""),
        ]
    });
    let head = language.pick(
        [
            "Objectif",
            "Atteint",
            "En partie",
            "Non atteint",
            "Non jugé",
            "Part atteinte",
            "Cotation proposée",
            "Cotation retenue",
        ],
        ["Objective", "Met", "Partly", "Missed", "Not judged", "Share met", "Suggested rating", "Rating given"],
    );
    table(language.pick("Objectifs", "Objectives"), &head, rows.collect())
}
