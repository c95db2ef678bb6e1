//! What people fill in, how the result is calculated, and what proves that nothing was rewritten.

use super::{Block, Cell, Section, paragraph, section, table};
use crate::base::language::Language;
use crate::drill::report::record::Record;
use crate::drill::report::score::Rating;
use crate::drill::report::words;

/// Rows left empty in the plan of action.
const ACTIONS: usize = 6;

pub(super) fn retex(language: Language) -> Section {
    let lines = |fr: &str, en: &str, count| Block::Lines(language.pick(fr, en).to_owned(), count);
    let head = language
        .pick(["N°", "Action", "Responsable", "Échéance", "Fait le"], ["No.", "Action", "Owner", "Due", "Done on"]);
    let row = |number: usize| {
        let mut row = vec![Cell::plain(number.to_string())];
        row.extend((1..head.len()).map(|_| Cell::plain("")));
        row
    };
    let plan = table(language.pick("Plan d'actions", "Plan of action"), &head, (1..=ACTIONS).map(row).collect());
    let blocks = vec![
        paragraph(
            language,
            "À remplir ensemble, à chaud. L'instruction DNS/2025/12 du 22 janvier 2025 demande aux établissements de santé français un exercice de crise cyber par an et un retour d'expérience formalisé\u{a0}: ce rapport n'est complet qu'une fois cette partie remplie.",
            "To be filled in together, right after the drill. In France, instruction DNS/2025/12 of 22 January 2025 asks every hospital for one cyber crisis drill a year and a written after-action review: this report is complete only once this part is filled in.",
        ),
        lines("Points forts", "Strengths", 4),
        lines("À améliorer", "To improve", 4),
        plan,
        lines("Établi par, date et signature", "Written by, date and signature", 2),
    ];
    section(language, "Retour d'expérience (RETEX)", "After-action review", blocks)
}

pub(super) fn score(record: &Record, language: Language) -> Section {
    let tally = record.tally;
    let formula = match language {
        Language::Fr => format!(
            "Part atteinte = (atteintes + ½ × en partie) ÷ (atteintes + en partie + non atteintes). Ici\u{a0}: ({} + ½ × {}) ÷ {} = {}.",
            tally.met,
            tally.partly,
            tally.judged(),
            words::share(language, tally)
        ),
        Language::En => format!(
            "Share met = (met + ½ × partly) ÷ (met + partly + missed). Here: ({} + ½ × {}) ÷ {} = {}.",
            tally.met,
            tally.partly,
            tally.judged(),
            words::share(language, tally)
        ),
    };
    let rows = Rating::ALL.iter().map(|rating| {
        let from = match rating {
            Rating::P => format!("{}", rating.of_share()),
            _ => format!("{} {}", language.pick("à partir de", "from"), rating.of_share()),
        };
        vec![
            Cell::plain(rating.letter()),
            Cell::plain(rating.label().get(language)),
            Cell::plain(format!("{from}{}%", language.pick("\u{a0}", ""))),
        ]
    });
    let head = language.pick(["Cote", "Sens", "Part atteinte"], ["Rating", "Meaning", "Share met"]);
    let blocks = vec![
        Block::Paragraph(formula),
        paragraph(
            language,
            "Ne comptent pas\u{a0}: ce que personne n'a observé, ce que la fin a interrompu, ce dont le stimulus n'a pas été joué. Une détection, un appel ou une réponse compte s'il arrive dans le délai permis, dernier instant compris. Une décision compte si les joueurs l'ont prise eux-mêmes\u{a0}: la valeur par défaut n'est jamais atteinte. Une action est jugée par l'observateur\u{a0}; vue après le délai, elle compte pour moitié. Les suspensions ne comptent pas dans les délais.",
            "Not counted: what nobody observed, what the end cut off, what belongs to injects that were not played. A detection, a page or an answer counts if it comes within the time allowed, its last instant included. A decision counts if the players took it themselves: the default is never met. An action is judged by the observer; seen after the time allowed, it counts half. Pauses do not count in any time.",
        ),
        table(language.pick("Cotation proposée (HSEEP)", "Suggested rating (HSEEP)"), &head, rows.collect()),
    ];
    section(language, "Comment le résultat est calculé", "How the result is calculated", blocks)
}

pub(super) fn proof(record: &Record, language: Language) -> Section {
    let mut facts = vec![(
        language.pick("Empreinte du scénario (SHA-256)", "Digest of the playbook (SHA-256)").to_owned(),
        record.digest.clone(),
    )];
    if let Some(ledger) = &record.ledger {
        facts.push((language.pick("Tête de la main courante", "Head of the ledger").to_owned(), ledger.head.clone()));
        facts.push((language.pick("Entrées", "Entries").to_owned(), ledger.entries.to_string()));
    }
    let explained = paragraph(
        language,
        "Deux exercices de même empreinte ont suivi le même scénario et se comparent. La tête de la main courante, imprimée ici, ne peut plus être changée\u{a0}: si la main courante est réécrite, «\u{a0}vigie ledger verify\u{a0}» ne la retrouve pas.",
        "Two drills with the same digest followed the same playbook and can be compared. The head of the ledger, printed here, can no longer be changed: if the ledger is rewritten, `vigie ledger verify` does not find it again.",
    );
    section(language, "Preuves", "Proof", vec![Block::Facts(facts), explained])
}
