//! A decision to take: what the players choose leads to the next inject.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;

use super::means::{Means, Scene, Written};
use super::question::{Answer, Question};
use crate::base::id::InjectId;
use crate::base::language::{Language, Text};
use crate::drill::play::effect::{Card, Effect};
use crate::drill::playbook::checking::{Checking, in_order};
use crate::drill::playbook::players::Audience;
use crate::drill::playbook::scalar::{Word, Wording};
use crate::finding::playbook::no_choice;
use crate::finding::timeline::{no_next, not_offered};
use crate::text::one_or_many::OneOrMany;
use crate::text::spanned::Spanned;
use crate::words::sentence::Lines;
use crate::words::words;

/// How long players have to decide where the playbook does not say.
const USUAL_WITHIN: SignedDuration = SignedDuration::from_mins(10);

/// A decision to take.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::drill) struct DecisionWritten {
    /// Who decides: a cell, or people and rotas who are in one.
    to: Spanned<OneOrMany>,
    /// The question.
    ask: Spanned<Text>,
    /// What can be chosen: a name for each option.
    options: Spanned<BTreeMap<Spanned<Word>, OptionWritten>>,
    /// The option that is taken when nobody decides in time.
    default: Spanned<Word>,
    /// How long the players have, in script time; `10m` where it is left out.
    #[serde(default)]
    within: Option<Spanned<String>>,
}

/// Something that can be chosen.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OptionWritten {
    /// What is shown; the option's name where it is left out.
    #[serde(default)]
    label: Option<Spanned<Wording>>,
    /// The inject that is played when this is chosen. An inject named here is not played otherwise.
    #[serde(default)]
    next: Option<Spanned<String>>,
}

/// A decision to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decides.
    pub to: Audience,
    /// What is asked.
    pub question: Question,
}

impl Written for DecisionWritten {
    type Means = Decision;

    fn check(self, checking: &mut Checking<'_>) -> Option<Decision> {
        let to = checking.audience(&self.to);
        let ask = checking.text(&self.ask);
        let within = checking.duration_or(self.within.as_ref(), USUAL_WITHIN);
        if self.options.is_empty() {
            checking.say(no_choice(), self.options.span);
        }
        let source = checking.source;
        let answers: Vec<_> = in_order(self.options.value)
            .into_iter()
            .map(|(name, option)| option.check(checking, &name.written(source)))
            .collect();
        let default = self.default.written(source);
        let question = Question { ask, answers, default: default.value.clone(), within };
        if !question.answers.is_empty() && question.answer(&default.value).is_none() {
            checking.unknown(not_offered(&default), &default, question.names());
        }
        Some(Decision { to, question })
    }

    fn leads_to(&self) -> Vec<String> {
        self.options.values().filter_map(|option| option.next.as_ref()).map(|next| next.value.clone()).collect()
    }
}

impl OptionWritten {
    fn check(self, checking: &mut Checking<'_>, name: &Spanned<String>) -> Answer {
        let name = checking.name(name);
        let label = self.label.map_or_else(|| Text::both(&name, &name), |label| checking.wording(label));
        if let Some(next) = self.next.as_ref().filter(|next| !checking.injects.contains(&next.value)) {
            let known = checking.injects.clone();
            checking.unknown(no_next(next), next, known.iter().map(String::as_str));
        }
        let next = self.next.map(|next| InjectId(next.value));
        Answer { name, label, next }
    }
}

impl Means for Decision {
    fn audience(&self) -> Option<&Audience> {
        Some(&self.to)
    }

    fn question(&self) -> Option<&Question> {
        Some(&self.question)
    }

    fn asks(&self, Scene { drill, inject }: Scene<'_>) -> Option<Effect> {
        let Question { ask, answers, default, .. } = &self.question;
        let text = asked(Lines(ask), Lines(&boxes(answers)), default, drill, inject);
        let card = Card { to: self.to.clone(), heading: heading(), text };
        Some(Effect::Card { inject: inject.clone(), card })
    }
}

/// One box to tick for each answer.
fn boxes(answers: &[Answer]) -> Text {
    let line = |answer: &Answer, language| format!("  [ ] {}  {}\n", answer.name, answer.label.get(language));
    let lines = |language| answers.iter().map(|answer| line(answer, language)).collect::<String>();
    Text::both(&lines(Language::Fr), &lines(Language::En))
}

words! {
    /// What the report calls it.
    pub(super) fn word() { fr: "décision", en: "decision" }
    /// Stands before the names of those who decide.
    fn heading() { fr: "DÉCISION À DEMANDER À", en: "DECISION TO ASK OF" }
    /// The question, what can be chosen, and what to do with the answer.
    fn asked(ask, boxes, default, drill, inject) {
        fr: "\n{ask}\n\n{boxes}\n\nSans réponse : {default}\n\
             Noter la décision : vigie drill decide {drill} {inject} <option> --by <nom>\n",
        en: "\n{ask}\n\n{boxes}\n\nWithout an answer: {default}\n\
             Record the decision: vigie drill decide {drill} {inject} <option> --by <name>\n",
    }
}
