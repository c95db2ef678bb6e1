//! The turn of a rota passes on while an alert is open: an open question goes to whoever comes on, and whoever went home
//! learns so. What somebody holds stays theirs, and both learn of it.

use jiff::{SignedDuration, Timestamp};

use super::definition::StepKind;
use super::effect::{Effect, Fact, PageReason};
use super::escalation::{Context, Escalation, Status};
use crate::alert::oncall::Target;
use crate::base::id::PersonId;

/// How far ahead the end of a turn is looked for. A turn that lasts longer is looked at again then.
const AHEAD: SignedDuration = SignedDuration::from_hours(24 * 35);

impl Escalation {
    /// Who it is about: whoever is waited for, or has it.
    pub(super) fn concerned(&self) -> Option<PersonId> {
        match &self.status {
            Status::Escalating => self.told.clone(),
            Status::Acked { by, .. } => Some(by.clone()),
            Status::Exhausted | Status::Resolved => None,
        }
    }

    /// Notes when the turn of whoever is waited for, or has it, ends.
    pub(super) fn expect_relief(&mut self, context: Context<'_>) {
        self.relief = self.concerned().and_then(|person| {
            let steps = self.steps_of_turn(context);
            let own = steps.filter(|(_, target)| on_call(context, target, context.now).as_ref() == Some(&person));
            own.filter_map(|(_, target)| end_of_turn(context, target)).min()
        });
    }

    /// The steps whose turn matters: the one stood on while it is a question, all of them while somebody has it.
    fn steps_of_turn<'a>(&self, context: Context<'a>) -> impl Iterator<Item = (usize, &'a Target)> + use<'a> {
        let asked = matches!(self.status, Status::Escalating).then_some(self.step);
        let steps = context.chain.steps.iter().enumerate();
        steps
            .filter(move |(number, step)| asked.map_or(step.kind == StepKind::Notify, |asked| asked == *number))
            .map(|(number, step)| (number, &step.to))
    }

    /// Whether the rota of the open question, as it is now, has somebody else of its people now: an override was written down
    /// after it began. Whoever was asked otherwise, such as by a chain that was another one, stays asked.
    pub(super) fn is_turned_over(&self, context: Context<'_>) -> bool {
        let step = context.chain.steps.get(self.step);
        let rota = step.map(|step| &step.to).filter(|target| matches!(target, Target::Rota(_)));
        self.muted.is_none()
            && self.waits.is_none()
            && self.told.as_ref().zip(rota).is_some_and(|(told, rota)| {
                context.roster.can_be(rota).contains(told)
                    && on_call(context, rota, context.now).is_some_and(|now| now != *told)
            })
    }

    /// A turn ended, or the rota is another one.
    pub(super) fn hand_over(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        let ended = self.relief.take();
        match self.status.clone() {
            Status::Escalating => self.ask_next(context, effects),
            Status::Acked { by, .. } => {
                if let Some(ended) = ended {
                    self.turn_of_holder_ended(context, &by, ended, effects);
                }
            }
            Status::Exhausted | Status::Resolved => {}
        }
    }

    /// Whoever comes on is asked, and has as long to answer as anybody.
    fn ask_next(&mut self, context: Context<'_>, effects: &mut Vec<Effect>) {
        let Some((told, step)) = self.told.clone().zip(context.chain.steps.get(self.step)) else { return };
        let Some(next) = on_call(context, &step.to, context.now).filter(|next| *next != told) else { return };
        effects.push(Effect::Fact(Fact::Relieved { of: told.clone(), by: next }));
        self.attempts.give_up_on(&told, effects);
        let (number, was_told) = (self.step, self.was_told(context, &told));
        self.advance(context, number, context.now, effects);
        if was_told {
            self.relieved(context, told, number, effects);
        }
    }

    /// Who has it keeps it, and whoever is on call now learns so.
    fn turn_of_holder_ended(
        &mut self,
        context: Context<'_>,
        by: &PersonId,
        ended: Timestamp,
        effects: &mut Vec<Effect>,
    ) {
        let before = ended.saturating_sub(SignedDuration::from_millis(1)).unwrap_or(Timestamp::MIN);
        let passed_on = self.steps_of_turn(context).find_map(|(number, target)| {
            let next = on_call(context, target, context.now).filter(|next| next != by)?;
            (on_call(context, target, before).as_ref() == Some(by)).then_some((number, next))
        });
        let Some((number, next)) = passed_on else { return };
        effects.push(Effect::Fact(Fact::Relieved { of: by.clone(), by: next.clone() }));
        self.relieved(context, by.clone(), number, effects);
        let groups = context.groups(number, &next);
        self.notices = self.notices.saturating_add(1);
        let about = self.about(number, next, PageReason::OnDuty(self.notices));
        self.attempts.begin(about, groups, self.clock(context), effects);
    }

    /// Tells somebody, by what wakes nobody, that their turn is over.
    fn relieved(&mut self, context: Context<'_>, person: PersonId, step: usize, effects: &mut Vec<Effect>) {
        let by = self.informed.get(&person).cloned().unwrap_or_default();
        let Some(channel) = context.reach.quiet_way(&person, &by) else { return };
        self.notices = self.notices.saturating_add(1);
        let about = self.about(step, person, PageReason::Relieved(self.notices));
        self.attempts.begin(about, vec![vec![channel]], self.clock(context), effects);
    }
}

fn on_call(context: Context<'_>, target: &Target, at: Timestamp) -> Option<PersonId> {
    context.roster.who(target, at).map(|person| person.id.clone())
}

fn end_of_turn(context: Context<'_>, target: &Target) -> Option<Timestamp> {
    let look_again = || matches!(target, Target::Rota(_)).then(|| context.now.saturating_add(AHEAD).ok()).flatten();
    context.roster.next_change(target, context.now, AHEAD).or_else(look_again)
}
