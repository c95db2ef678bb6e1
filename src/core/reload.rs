//! Taking up changed files while everything goes on: the new rules count on in the windows of the old ones, and nothing
//! that is open, owed or being played is touched. All or nothing: with a mistake anywhere, or a change that only a new
//! start can take up, everything stays as it was.

use std::sync::Arc;

use jiff::Timestamp;

use super::context::Context;
use super::{Core, Order};
use crate::api::{Answer, Done, Fact, Obstacle, Refusal, Reloaded, RulesFact};
use crate::base::id::SourceName;
use crate::base::language::Text;
use crate::base::realm::Realm;
use crate::base::redact;
use crate::check::Deployment;
use crate::site::{Site, SourceSettings};
use crate::watch::sigma::Engine;

/// A site, read again without mistakes.
#[derive(Debug)]
pub struct Reread {
    /// The site.
    pub deployment: Arc<Deployment>,
    /// Its rules.
    pub engine: Engine,
    /// How many warnings there were on the way.
    pub warnings: usize,
}

impl Core {
    /// Takes up what was read, or says why not.
    pub(super) fn reread(&mut self, now: Timestamp, read: Result<Box<Reread>, Vec<Text>>) -> Answer {
        let refusal = match read {
            Ok(reread) => match self.obstacles(&reread.deployment.site) {
                obstacles if obstacles.is_empty() => return Answer::Done(Done::Reloaded(self.take_up(now, *reread))),
                obstacles => Refusal::Obstacles(obstacles),
            },
            Err(mistakes) => Refusal::Mistakes(mistakes),
        };
        let reasons = match &refusal {
            Refusal::Obstacles(obstacles) => obstacles.len(),
            Refusal::Mistakes(mistakes) => mistakes.len(),
            _ => 1,
        };
        self.out.keep(Realm::Live, Fact::Rules(RulesFact::Refused { reasons }));
        Answer::Refused(refusal)
    }

    /// What changed that cannot be taken up now.
    fn obstacles(&self, next: &Site) -> Vec<Obstacle> {
        let site = &self.deployment.site;
        let (old, new) = (&site.settings, &next.settings);
        let parts = [
            ("state", old.home.state != new.home.state),
            ("socket", old.home.speaking() != new.home.speaking()),
            ("channels", old.channels != new.channels),
            ("zone", old.zone != new.zone),
        ];
        let changed = parts.into_iter().filter(|(_, changed)| *changed);
        let mut obstacles: Vec<Obstacle> = changed.map(|(part, _)| Obstacle::NeedsStart(part.to_owned())).collect();
        let people = site.roster != next.roster
            || site.chains != next.chains
            || old.allow != new.allow
            || old.sources != new.sources;
        if people && !self.exercises.running().is_empty() {
            obstacles.push(Obstacle::ExerciseRuns);
        }
        obstacles
    }

    /// Goes on with the new files.
    fn take_up(&mut self, now: Timestamp, reread: Reread) -> Reloaded {
        let Reread { deployment, engine, warnings } = reread;
        let turnover = self.deployment.manifest.turnover(&deployment.manifest);
        let people = self.deployment.site.roster != deployment.site.roster
            || self.deployment.site.chains != deployment.site.chains
            || self.deployment.site.digest != deployment.site.digest;
        let maintenance = self.deployment.site.settings.maintenance != deployment.site.settings.maintenance;
        let windows_before = self.lines.hand_over(now, engine);
        let sources = self.change_sources(now, &deployment.site.settings.sources);
        redact::use_own(deployment.site.settings.redact.clone());
        self.deployment = deployment;
        if people {
            let deployment = self.deployment.clone();
            let context = Context { now, deployment: &deployment };
            self.alerts.look_again(context, &mut self.out);
            self.outbox.look_again(context);
        } else if maintenance {
            let context = Context { now, deployment: &self.deployment };
            self.alerts.weigh_again(context, &mut self.out);
        }
        let engine = self.lines.engine();
        let manifest = &self.deployment.manifest;
        let reloaded = Reloaded {
            rules: engine.rules().filter(|rule| rule.emits).count(),
            papers: manifest.count(),
            seal: manifest.seal().to_string(),
            new: turnover.new,
            gone: turnover.gone,
            changed: turnover.changed,
            windows: engine.windows(),
            windows_before,
            people,
            sources,
            warnings,
        };
        self.out.keep(Realm::Live, Fact::Rules(RulesFact::Reloaded(reloaded.clone())));
        self.out.order(Order::Site(self.deployment.clone()));
        reloaded
    }

    /// Goes on with these sources; how many are not as they were. One that is read in another way, or no more, is left
    /// first: what it has read already counts.
    fn change_sources(&mut self, now: Timestamp, next: &[SourceSettings]) -> usize {
        let before = self.deployment.site.settings.sources.clone();
        let find =
            |sources: &[SourceSettings], name: &SourceName| sources.iter().find(|source| source.name == *name).cloned();
        let mut changed = 0;
        for source in &before {
            let after = find(next, &source.name);
            changed += usize::from(after.as_ref() != Some(source));
            match after {
                Some(after) if after == *source => {}
                Some(after) if after.lines == source.lines => self.lines.change(&after, now),
                _ => self.out.order(Order::Leave { source: source.name.clone() }),
            }
        }
        for source in next.iter().filter(|source| find(&before, &source.name).is_none()) {
            changed += 1;
            self.watch(source, now);
        }
        changed
    }

    /// A source that was left has brought its last line.
    pub(super) fn over(&mut self, source: &SourceName, now: Timestamp) {
        let settings = self.deployment.site.settings.sources.iter().find(|next| next.name == *source).cloned();
        match settings {
            Some(settings) => self.watch(&settings, now),
            None => self.lines.forget(source, &mut self.out),
        }
    }

    fn watch(&mut self, settings: &SourceSettings, now: Timestamp) {
        self.lines.change(settings, now);
        let positions = self.lines.positions(&settings.name);
        self.out.order(Order::Watch { settings: Box::new(settings.clone()), positions });
    }
}
